// Entities two claims away from one: named together with something that is named together with it
// param id = "huawei"
MATCH (e:Entity {id: $id})<-[:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(m:Entity)
WHERE m.id <> e.id AND coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
WITH DISTINCT e, m
MATCH (m)<-[:SUBJECT|OBJECT]-(d:Claim)-[:SUBJECT|OBJECT]->(o:Entity)
WHERE o.id <> e.id AND o.id <> m.id
  AND coalesce(d.score, 1) >= 0.2 AND d.refuted IS NULL AND d.misread IS NULL
RETURN o.name AS name, count(DISTINCT m) AS through, count(DISTINCT d) AS claims
ORDER BY through DESC, claims DESC, name
LIMIT 20
