// Which measures have figures, from the least to the greatest, by unit
MATCH (c:Claim)
WHERE c.measure IS NOT NULL AND coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN c.measure AS measure, c.unit AS unit, count(*) AS figures, min(c.value) AS least, max(c.value) AS greatest
ORDER BY figures DESC, measure, unit
