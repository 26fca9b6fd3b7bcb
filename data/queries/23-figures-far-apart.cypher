// Subjects for whom two figures of one measure differ by half or more
MATCH (s:Entity)<-[:SUBJECT]-(c:Claim)
WHERE c.measure IS NOT NULL AND coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
WITH s, c.measure AS measure, c.unit AS unit, min(c.value) AS least, max(c.value) AS greatest, count(*) AS figures
WHERE greatest - least > 0.5 * CASE WHEN greatest < 0 THEN -greatest ELSE abs(least) END
RETURN s.name AS subject, measure AS measure, unit AS unit, least AS least, greatest AS greatest, figures AS figures
ORDER BY subject, measure, unit
