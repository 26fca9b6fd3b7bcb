// Who says that one party took another's technology: through which chain, how firmly, in which exact sentence
// param accused = "deepseek"
// param victim = "openai"
MATCH (a:Article)-[:STATES]->(c:Claim)-[:SUBJECT]->(:Entity {id: $accused})
MATCH (c)-[:OBJECT]->(:Entity {id: $victim})
WHERE c.claim_type = 'allegation' AND c.polarity = 'affirmed' AND c.misread IS NULL
OPTIONAL MATCH (c)-[r:CLAIMED_BY]->(who:Entity)
WITH a, c, r, who ORDER BY c.id, r.depth
WITH a, c, collect(who.name) AS chain
RETURN chain AS chain, c.origin AS origin, c.modality AS firmness, c.text AS sentence, c.start_char AS from_char,
  c.end_char AS to_char, a.url AS article
ORDER BY c.reported_at, c.id
