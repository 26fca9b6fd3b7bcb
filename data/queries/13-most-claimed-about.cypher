// The entities most claims are about
MATCH (e:Entity)<-[:SUBJECT|OBJECT|ON]-(c:Claim)
RETURN e.name AS name, count(DISTINCT c) AS claims
ORDER BY claims DESC, name
LIMIT 10
