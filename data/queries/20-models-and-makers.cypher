// Who makes which model, and how many claims there are about each
MATCH (maker:Entity)-[:MAKES]->(m:Model)
OPTIONAL MATCH (m)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN maker.name AS maker, m.name AS model, count(DISTINCT c) AS claims
ORDER BY maker, model
