// Who speaks most, and how much of it is passed on by others first
MATCH (c:Claim)-[r:CLAIMED_BY]->(who:Entity)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN who.name AS speaker, count(DISTINCT c) AS claims, sum(CASE WHEN r.depth > 0 THEN 1 ELSE 0 END) AS passed_on
ORDER BY claims DESC, speaker
LIMIT 15
