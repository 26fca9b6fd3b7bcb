// Which accusations come from a party tied to a rival of the accused, and by which tie
MATCH (accuser:Entity)<-[:CLAIMED_BY]-(c:Claim)-[:SUBJECT]->(accused:Entity)
WHERE c.claim_type = 'allegation' AND c.polarity = 'affirmed' AND accuser.id <> accused.id
MATCH (accuser)-[t:OWNS|INVESTED_IN|WORKS_FOR|PARTNER_OF]->(rival:Entity)-[:COMPETES_WITH]-(accused)
RETURN DISTINCT accuser.name AS accuser, type(t) AS tie, rival.name AS rival, accused.name AS accused, c.text AS sentence,
  c.id AS claim
ORDER BY accuser, rival, claim
