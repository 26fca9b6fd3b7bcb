// What the accused answered, beside the claim that first accused them, with both times
MATCH (r:Claim)-[:RESPONDS_TO]->(c:Claim)
RETURN c.subject AS accused, c.origin AS accuser, c.reported_at AS accused_at, r.reported_at AS answered_at,
  r.polarity AS answer, c.text AS accusation, r.text AS reply, r.id AS claim
ORDER BY accused_at, answered_at, claim
