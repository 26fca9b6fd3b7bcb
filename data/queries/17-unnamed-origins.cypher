// Claims that come from somebody whom nobody names
MATCH (a:Article)-[:STATES]->(c:Claim)
WHERE c.origin IS NOT NULL AND NOT EXISTS { (c)-[:CLAIMED_BY]->(w:Entity) WHERE w.name = c.origin }
  AND coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN c.origin AS origin, count(DISTINCT c) AS claims, count(DISTINCT a) AS articles
ORDER BY claims DESC, origin
