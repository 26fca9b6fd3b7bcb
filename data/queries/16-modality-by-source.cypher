// How firmly each source puts its claims
MATCH (s:Source)-[:PUBLISHED]->(:Article)-[:STATES]->(c:Claim)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN s.name AS source, c.modality AS firmness, count(*) AS claims
ORDER BY source, claims DESC, firmness
