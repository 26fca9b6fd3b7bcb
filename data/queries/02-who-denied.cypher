// Who denied or disputed it, and where that stands
// param accused = "deepseek"
// param victim = "openai"
MATCH (a:Article)-[:STATES]->(c:Claim)-[:SUBJECT]->(s:Entity)
OPTIONAL MATCH (c)-[:OBJECT]->(o:Entity)
WITH a, c, s, o
WHERE c.misread IS NULL AND ((c.claim_type = 'allegation' AND c.polarity = 'denied' AND s.id = $accused AND o.id = $victim)
  OR (c.predicate IN ['disputes', 'doubts'] AND (s.id = $victim OR o.id = $accused)))
RETURN c.origin AS by, c.predicate AS predicate, c.polarity AS polarity, c.modality AS firmness, c.text AS sentence,
  a.url AS evidence, c.start_char AS from_char
ORDER BY c.reported_at, c.id
