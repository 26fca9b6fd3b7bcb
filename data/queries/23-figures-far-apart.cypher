// Subjects for whom two figures of one measure differ by half or more
MATCH (s:Entity)<-[:SUBJECT]-(c:Claim)
WHERE c.measure IS NOT NULL
WITH s, c.measure AS measure, c.unit AS unit, min(c.value) AS least, max(c.value) AS greatest, count(*) AS figures
WHERE greatest > least * 1.5
RETURN s.name AS subject, measure AS measure, unit AS unit, least AS least, greatest AS greatest, figures AS figures
ORDER BY subject, measure, unit
