// Speakers who speak of themselves: how much, and how much of it they deny
MATCH (e:Entity)<-[:CLAIMED_BY]-(c:Claim)-[:SUBJECT]->(e)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
WITH DISTINCT e, c
RETURN e.name AS name, count(c) AS claims, sum(CASE c.polarity WHEN 'denied' THEN 1 ELSE 0 END) AS denied
ORDER BY claims DESC, name
