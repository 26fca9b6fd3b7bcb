// What links two entities: which claims name both, in what roles
// param one = "deepseek"
// param other = "openai"
MATCH (:Entity {id: $one})<-[r]-(c:Claim)-[t]->(:Entity {id: $other})
WHERE c.misread IS NULL
RETURN DISTINCT c.id AS claim, type(r) AS first, type(t) AS second, c.claim_type AS type, c.text AS sentence
ORDER BY claim, first, second
