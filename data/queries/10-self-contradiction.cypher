// Which articles both affirm and deny the same of the same
MATCH (a:Article)-[:STATES]->(yes:Claim {polarity: 'affirmed'})-[:SUBJECT]->(s:Entity)
MATCH (a)-[:STATES]->(no:Claim {polarity: 'denied'})-[:SUBJECT]->(s)
WHERE yes.predicate = no.predicate
RETURN DISTINCT a.url AS article, s.name AS subject, yes.predicate AS predicate, yes.text AS affirmed, no.text AS denied
ORDER BY article, affirmed, denied
