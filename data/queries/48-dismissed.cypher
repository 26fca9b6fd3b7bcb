// Contradictions that somebody judged to be none
MATCH (p:Proposition)-[x:CONTRADICTS]->(q:Proposition)
WHERE x.state = 'dismissed'
RETURN p.label_en AS one, q.label_en AS other, x.kind AS kind, p.id AS one_id, q.id AS other_id
ORDER BY one_id, other_id
