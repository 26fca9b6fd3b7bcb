// How one speaker's certainty on one matter changed
// param speaker = "microsoft"
// param about = "deepseek"
MATCH (c:Claim)-[:CLAIMED_BY]->(:Entity {id: $speaker})
MATCH (c)-[:SUBJECT|OBJECT]->(:Entity {id: $about})
WHERE c.misread IS NULL
WITH DISTINCT c
RETURN c.reported_at AS at, c.modality AS firmness, c.polarity AS polarity, c.predicate AS predicate, c.text AS sentence
ORDER BY at, c.id
