// Accusations to which no answer of the accused is known, those in most articles first
MATCH (p:Proposition)
WHERE p.claim_type = 'allegation' AND NOT EXISTS { MATCH (p)<-[:SAYS]-(c:Claim)-[:RESPONDS_TO]->(:Claim) }
RETURN p.label_en AS accusation, p.articles AS articles, p.origins AS origins, p.first_reported_at AS since,
  p.id AS proposition
ORDER BY articles DESC, proposition LIMIT 50
