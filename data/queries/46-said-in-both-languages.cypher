// What is said in English and in Japanese alike, and what each of them says first
MATCH (a:Claim)-[:SAYS]->(p:Proposition)<-[:SAYS]-(b:Claim)
WHERE a.lang = 'en' AND b.lang = 'ja'
  AND coalesce(a.score, 1) >= 0.2 AND a.refuted IS NULL AND a.misread IS NULL
  AND coalesce(b.score, 1) >= 0.2 AND b.refuted IS NULL AND b.misread IS NULL
RETURN p.label_en AS matter, p.label_ja AS matter_ja, min(a.reported_at) AS english, min(b.reported_at) AS japanese,
  count(DISTINCT a) AS claims_en, count(DISTINCT b) AS claims_ja, p.id AS proposition
ORDER BY claims_en + claims_ja DESC, proposition LIMIT 50
