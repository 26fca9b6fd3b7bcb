// Claims whose sentence holds a word, newest first
// param word = "蒸留"
MATCH (a:Article)-[:STATES]->(c:Claim)
WHERE c.text CONTAINS $word AND c.misread IS NULL
RETURN c.reported_at AS at, c.text AS sentence, a.title AS article
ORDER BY at DESC, c.id
LIMIT 20
