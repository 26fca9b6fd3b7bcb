// Entities that articles name often and no claim is about
MATCH (a:Article)-[m:MENTIONS]->(e:Entity)
WHERE NOT EXISTS { (e)<-[:SUBJECT|OBJECT|ON]-(c:Claim) WHERE c.misread IS NULL }
RETURN e.name AS name, count(a) AS articles, sum(m.count) AS times
ORDER BY articles DESC, name
LIMIT 20
