// What was so of an accusation on a day, as far as is known now: steps that had begun by then
// param accused = "deepseek"
// param day = "2025-01-30"
MATCH (:Entity {id: $accused})<-[:SUBJECT]-(:Claim)-[:SAYS]->(p:Proposition)
WHERE p.claim_type = 'allegation'
WITH DISTINCT p
MATCH (p)-[:HAD]->(v:Event)
WHERE v.valid_from < $day
WITH p, max(v.valid_from) AS since
MATCH (p)-[:HAD]->(w:Event {valid_from: since})
RETURN p.label_en AS matter, w.status AS status, since AS since, w.step AS step, p.id AS proposition
ORDER BY since DESC, proposition, step
