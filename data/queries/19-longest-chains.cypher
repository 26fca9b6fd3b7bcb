// The claims with the most speakers between the event and the reader
MATCH (c:Claim)-[r:CLAIMED_BY]->(w:Entity)
WHERE c.misread IS NULL
WITH c, r, w ORDER BY c.id, r.depth
WITH c, collect(w.name) AS chain, max(r.depth) AS depth
RETURN depth + 1 AS speakers, chain AS chain, c.text AS sentence
ORDER BY speakers DESC, c.id
LIMIT 10
