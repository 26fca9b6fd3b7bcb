// Which articles affirm and deny the same of the same, or put each of two ahead of the other on one benchmark
MATCH (a:Article)-[:STATES]->(c:Claim {polarity: 'affirmed'})-[:SUBJECT]->(x:Entity)
MATCH (a)-[:STATES]->(d:Claim)-[:SUBJECT]->(y:Entity)
WHERE c.predicate = d.predicate AND c.misread IS NULL AND d.misread IS NULL
OPTIONAL MATCH (c)-[:OBJECT]->(v:Entity)
OPTIONAL MATCH (d)-[:OBJECT]->(w:Entity)
OPTIONAL MATCH (c)-[:ON]->(b:Entity)
OPTIONAL MATCH (d)-[:ON]->(e:Entity)
WITH a, c, d, x, y, v, w, b, e
WHERE (x.id = y.id AND d.polarity = 'denied')
  OR (c.predicate = 'outperforms' AND d.polarity = 'affirmed' AND x.id < y.id AND x.id = w.id AND y.id = v.id AND b.id = e.id)
RETURN DISTINCT a.url AS article, x.name AS subject, c.predicate AS predicate, d.polarity AS polarity, c.text AS one,
  d.text AS other
ORDER BY article, one, other
