// Claims by day and language
MATCH (c:Claim)
RETURN substring(c.reported_at, 0, 10) AS day, c.lang AS lang, count(*) AS claims
ORDER BY day, lang
