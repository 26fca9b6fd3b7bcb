// Everything on one entity under any of its spellings, English and Japanese
// param name = "ディープシーク"
MATCH (e:Entity)
WHERE e.name = $name OR e.name_ja = $name OR any(alias IN e.aliases WHERE alias = $name)
MATCH (e)<-[r:SUBJECT|OBJECT|ON|CLAIMED_BY]-(c:Claim)
WHERE coalesce(c.score, 1) >= 0.2 AND c.refuted IS NULL AND c.misread IS NULL
RETURN e.name AS name, type(r) AS role, c.lang AS lang, count(DISTINCT c) AS claims
ORDER BY role, lang
