// Which comparisons a vendor makes about its own models, on which benchmark, and how many others say the same
// param vendor = "deepseek"
MATCH (v:Entity {id: $vendor})-[:MAKES]->(m:Entity)<-[:SUBJECT]-(c:Claim)-[:CLAIMED_BY]->(v)
WHERE c.claim_type = 'benchmark' AND c.misread IS NULL
OPTIONAL MATCH (c)-[:OBJECT]->(o:Entity)
OPTIONAL MATCH (c)-[:ON]->(b:Entity)
WITH DISTINCT v, m, c, o, b
OPTIONAL MATCH (m)<-[:SUBJECT]-(d:Claim)-[:CLAIMED_BY]->(w:Entity)
WHERE d.claim_type = 'benchmark' AND w.id <> v.id
  AND coalesce(d.score, 1) >= 0.2 AND d.refuted IS NULL AND d.misread IS NULL
RETURN m.name AS model, c.predicate AS predicate, o.name AS other, b.name AS benchmark,
  count(DISTINCT w) AS others, c.text AS sentence
ORDER BY model, predicate, other, sentence
