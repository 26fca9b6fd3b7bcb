// What an earlier version of a page stated and the later one does not
MATCH (a:Article)-[:STATES]->(c:Claim)
MATCH (b:Article {url: a.url})
WHERE c.misread IS NULL AND b.version = a.version + 1 AND NOT EXISTS { MATCH (b)-[:STATES]->(d:Claim) WHERE d.text = c.text }
RETURN a.url AS url, a.version AS version, c.text AS dropped
ORDER BY url, version, dropped
