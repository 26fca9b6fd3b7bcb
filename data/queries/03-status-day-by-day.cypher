// How the status of an accusation changed, step by step, as known before a day, and on what basis
// param accused = "deepseek"
// param known_by = "2025-02-01"
MATCH (:Entity {id: $accused})<-[:SUBJECT]-(:Claim)-[:SAYS]->(p:Proposition)-[:HAD]->(v:Event)
WHERE p.claim_type = 'allegation' AND v.recorded_at < $known_by
RETURN DISTINCT p.label_en AS matter, p.id AS proposition, v.step AS step, v.status AS status, v.valid_from AS since,
  v.recorded_at AS known_since, v.basis AS basis
ORDER BY matter, proposition, step
