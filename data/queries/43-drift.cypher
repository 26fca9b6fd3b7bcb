// Who put one thing more firmly, or less, or the other way, at another time
MATCH (e:Entity)<-[:CLAIMED_BY]-(c:Claim)-[:SAYS]->(p:Proposition)
WITH e, p, count(DISTINCT c.modality) AS ways, count(DISTINCT c.polarity) AS sides, min(c.reported_at) AS first,
  max(c.reported_at) AS last
WHERE (ways > 1 OR sides > 1) AND first < last
MATCH (e)<-[:CLAIMED_BY]-(d:Claim)-[:SAYS]->(p)
RETURN DISTINCT e.name AS speaker, p.label_en AS matter, d.reported_at AS at, d.modality AS firmness,
  d.polarity AS polarity, d.text AS sentence, d.id AS claim
ORDER BY speaker, matter, at, claim
