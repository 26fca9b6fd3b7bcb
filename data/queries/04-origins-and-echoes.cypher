// How many origins stand behind an accusation, against how many articles that repeat it
// param accused = "deepseek"
// param victim = "openai"
MATCH (:Entity {id: $accused})<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(:Entity {id: $victim})
MATCH (c)-[:SAYS]->(p:Proposition)
WHERE p.claim_type = 'allegation' AND c.polarity = 'affirmed'
  AND coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN p.label_en AS matter, p.origins AS origins, p.articles AS articles, count(DISTINCT c) AS claims, p.id AS proposition
ORDER BY claims DESC, proposition
