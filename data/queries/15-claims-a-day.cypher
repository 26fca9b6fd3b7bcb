// Claims by day and language
MATCH (c:Claim)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN substring(c.reported_at, 0, 10) AS day, c.lang AS lang, count(*) AS claims
ORDER BY day, lang
