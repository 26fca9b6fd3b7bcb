// Pages that changed: their versions and how many claims each states
MATCH (a:Article)
WHERE a.version > 1
MATCH (b:Article {url: a.url})
OPTIONAL MATCH (b)-[:STATES]->(c:Claim)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN b.url AS url, b.version AS version, count(DISTINCT c) AS claims
ORDER BY url, version
