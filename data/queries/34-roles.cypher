// In how many claims each entity stands as subject, object, benchmark and speaker
MATCH (e:Entity)
WITH e, COUNT { (e)<-[:SUBJECT]-() } AS subject, COUNT { (e)<-[:OBJECT]-() } AS object, COUNT { (e)<-[:ON]-() } AS benchmark,
  COUNT { (e)<-[:CLAIMED_BY]-() } AS speaker
WHERE subject + object + benchmark + speaker > 0
RETURN e.id AS id, subject AS subject, object AS object, benchmark AS benchmark, speaker AS speaker
ORDER BY id
