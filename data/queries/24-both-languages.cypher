// Entities that claims in both languages are about
MATCH (e:Entity)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
WITH e, collect(DISTINCT c.lang) AS langs
WHERE 'en' IN langs AND 'ja' IN langs
RETURN e.name AS name, e.name_ja AS name_ja
ORDER BY name
