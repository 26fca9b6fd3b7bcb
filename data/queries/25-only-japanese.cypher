// Entities that only claims in Japanese are about
MATCH (e:Entity)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
WITH e, collect(DISTINCT c.lang) AS langs, count(DISTINCT c) AS claims
WHERE size(langs) = 1 AND langs[0] = 'ja'
RETURN e.name AS name, claims AS claims
ORDER BY claims DESC, name
