// Every figure reported for one measure, least first: where they disagree
// param measure = "training_cost"
MATCH (c:Claim {measure: $measure})-[:SUBJECT]->(s:Entity)
WHERE c.misread IS NULL
RETURN s.name AS subject, c.comparator AS comparator, c.value AS value, c.high AS high, c.unit AS unit, c.origin AS origin,
  c.modality AS firmness, c.text AS sentence
ORDER BY value, c.id
