// What had become of everything said about somebody, as known before a day
// param about = "deepseek"
// param known_by = "2025-02-01"
MATCH (:Entity {id: $about})<-[:SUBJECT|OBJECT]-(:Claim)-[:SAYS]->(p:Proposition)
WITH DISTINCT p
MATCH (p)-[:HAD]->(v:Event)
WHERE v.recorded_at < $known_by
WITH p, max(v.step) AS last
MATCH (p)-[:HAD]->(w:Event {step: last})
RETURN p.label_en AS matter, w.status AS status, w.recorded_at AS known_since, p.id AS proposition
ORDER BY known_since DESC, proposition
