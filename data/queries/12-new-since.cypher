// What is new since a moment about these entities, of these types
// param since = "2025-01-27T00:00:00Z"
// param entities = ["deepseek", "openai"]
// param types = ["allegation", "legal"]
MATCH (c:Claim)-[:SUBJECT|OBJECT|ON]->(e:Entity)
WHERE c.reported_at >= $since AND e.id IN $entities AND c.claim_type IN $types
  AND c.misread IS NULL
RETURN DISTINCT c.reported_at AS at, c.claim_type AS type, c.modality AS firmness, c.polarity AS polarity,
  c.text AS sentence, c.id AS claim
ORDER BY at DESC, claim
LIMIT 50
