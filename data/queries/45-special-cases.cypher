// Matters and the more general ones of which they are a special case
MATCH (p:Proposition)-[:PART_OF]->(g:Proposition)
RETURN g.label_en AS general, p.label_en AS special, p.status AS status, p.articles AS articles, p.id AS proposition
ORDER BY general, articles DESC, proposition LIMIT 100
