// Matters that cannot both hold and that nobody has judged, those in most articles first
MATCH (p:Proposition)-[x:CONTRADICTS]->(q:Proposition)
WHERE x.state = 'open'
RETURN p.label_en AS one, q.label_en AS other, x.kind AS kind, x.score AS score, p.articles + q.articles AS articles,
  p.id AS one_id, q.id AS other_id
ORDER BY articles DESC, one_id, other_id
