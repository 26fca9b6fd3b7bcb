// Which benchmarks are cited, for whom, against whom
MATCH (c:Claim)-[:ON]->(b:Benchmark)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
OPTIONAL MATCH (c)-[:SUBJECT]->(s:Entity)
OPTIONAL MATCH (c)-[:OBJECT]->(o:Entity)
RETURN b.name AS benchmark, s.name AS subject, c.predicate AS predicate, o.name AS object, count(DISTINCT c) AS claims
ORDER BY benchmark, claims DESC, subject, predicate, object
