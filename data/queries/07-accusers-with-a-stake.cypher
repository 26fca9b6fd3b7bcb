// Which accusations come from a rival of the accused, or from a party tied to one, and by which ties
MATCH (accuser:Entity)<-[:CLAIMED_BY]-(c:Claim)-[:SUBJECT]->(accused:Entity)
WHERE c.claim_type = 'allegation' AND c.polarity = 'affirmed' AND accuser.id <> accused.id AND c.misread IS NULL
MATCH (accuser)-[t:OWNS|INVESTED_IN|WORKS_FOR|PARTNER_OF*0..1]-(rival:Entity)-[:COMPETES_WITH]-(accused)
RETURN DISTINCT accuser.name AS accuser, [tie IN t | type(tie)] AS ties, rival.name AS rival, accused.name AS accused,
  c.text AS sentence, c.id AS claim
ORDER BY accuser, rival, claim
