// The entities most claims are about
MATCH (e:Entity)<-[:SUBJECT|OBJECT|ON]-(c:Claim)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN e.name AS name, count(DISTINCT c) AS claims
ORDER BY claims DESC, name
LIMIT 10
