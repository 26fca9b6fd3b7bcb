// Which articles put one ahead of another and the other ahead of the one on the same benchmark
MATCH (a:Article)-[:STATES]->(c:Claim {predicate: 'outperforms', polarity: 'affirmed'})-[:SUBJECT]->(x:Entity)
MATCH (c)-[:OBJECT]->(y:Entity)
MATCH (c)-[:ON]->(b:Entity)
MATCH (a)-[:STATES]->(d:Claim {predicate: 'outperforms', polarity: 'affirmed'})-[:SUBJECT]->(y)
MATCH (d)-[:OBJECT]->(x)
MATCH (d)-[:ON]->(b)
WHERE x.id < y.id
RETURN DISTINCT a.url AS article, x.name AS one, y.name AS other, b.name AS benchmark, c.text AS first, d.text AS second
ORDER BY article, one, other, benchmark
