// How many matters of each type have come to which status
MATCH (p:Proposition)
RETURN p.claim_type AS type, p.status AS status, count(p) AS propositions, sum(p.articles) AS articles
ORDER BY type, propositions DESC, status
