// How the status of an accusation changed, step by step, and on what basis; no rows until propositions are kept
// param accused = "deepseek"
// param known_on = "2025-02-01"
MATCH (e:Entity {id: $accused})<-[:SUBJECT]-(c:Claim)-[:SAYS]->(p:Proposition)-[:HAD]->(v:Event)
WHERE v.recorded_at < $known_on
RETURN DISTINCT p.label_en AS matter, v.status AS status, v.valid_from AS since, v.basis AS basis
ORDER BY since, matter, status
