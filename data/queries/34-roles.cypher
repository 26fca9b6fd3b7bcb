// In how many claims each entity stands as subject, object, benchmark and speaker
MATCH (e:Entity)<-[r:SUBJECT|OBJECT|ON|CLAIMED_BY]-(c:Claim)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN e.id AS id, sum(CASE type(r) WHEN 'SUBJECT' THEN 1 ELSE 0 END) AS subject,
  sum(CASE type(r) WHEN 'OBJECT' THEN 1 ELSE 0 END) AS object, sum(CASE type(r) WHEN 'ON' THEN 1 ELSE 0 END) AS benchmark,
  sum(CASE type(r) WHEN 'CLAIMED_BY' THEN 1 ELSE 0 END) AS speaker
ORDER BY id
