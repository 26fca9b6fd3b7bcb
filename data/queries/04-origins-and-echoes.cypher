// How many origins stand behind an accusation, against how many articles that repeat it
// param accused = "deepseek"
// param victim = "openai"
MATCH (a:Article)-[:STATES]->(c:Claim)-[:SUBJECT]->(:Entity {id: $accused})
MATCH (c)-[:OBJECT]->(:Entity {id: $victim})
WHERE c.claim_type = 'allegation' AND c.polarity = 'affirmed'
RETURN c.predicate AS predicate, count(DISTINCT c.origin) AS origins, count(DISTINCT a) AS articles, count(c) AS claims
ORDER BY claims DESC, predicate
