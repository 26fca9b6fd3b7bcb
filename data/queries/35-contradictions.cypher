// Propositions that cannot both hold; no rows until propositions are kept
MATCH (p:Proposition)-[x:CONTRADICTS]->(q:Proposition)
WHERE x.state = 'open'
RETURN p.label_en AS one, q.label_en AS other, x.kind AS kind, x.score AS score
ORDER BY one, other
