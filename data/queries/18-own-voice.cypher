// What sources say in their own voice, by type
MATCH (s:Source)-[:PUBLISHED]->(:Article)-[:STATES]->(c:Claim)
WHERE c.origin IS NULL AND coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN s.name AS source, c.claim_type AS type, count(c) AS claims
ORDER BY source, type
