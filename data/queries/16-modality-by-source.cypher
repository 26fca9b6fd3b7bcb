// How firmly each source puts its claims
MATCH (s:Source)-[:PUBLISHED]->(:Article)-[:STATES]->(c:Claim)
RETURN s.name AS source, c.modality AS firmness, count(*) AS claims
ORDER BY source, claims DESC, firmness
