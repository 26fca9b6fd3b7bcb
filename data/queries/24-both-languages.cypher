// Entities that claims in both languages are about
MATCH (e:Entity)<-[:SUBJECT|OBJECT]-(c:Claim)
WITH e, collect(DISTINCT c.lang) AS langs
WHERE 'en' IN langs AND 'ja' IN langs
RETURN e.name AS name, e.name_ja AS name_ja
ORDER BY name
