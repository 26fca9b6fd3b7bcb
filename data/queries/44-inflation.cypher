// Copies and translations that are firmer than the sentence they draw on, with both sentences
MATCH (c:Claim)<-[:STATES]-(a:Article)-[k:COPY_OF]->(b:Article)-[:STATES]->(d:Claim)
MATCH (c)-[:SAYS]->(p:Proposition)<-[:SAYS]-(d)
WITH c, d, k, p,
  CASE c.modality WHEN 'asserted' THEN 3 WHEN 'reported' THEN 2 WHEN 'alleged' THEN 2 ELSE 1 END AS firm,
  CASE d.modality WHEN 'asserted' THEN 3 WHEN 'reported' THEN 2 WHEN 'alleged' THEN 2 ELSE 1 END AS before
WHERE firm > before AND c.polarity = d.polarity
RETURN p.label_en AS matter, k.kind AS how, d.modality AS was, c.modality AS became, d.text AS original, c.text AS repeat,
  c.id AS claim, d.id AS drawn_on
ORDER BY matter, claim, drawn_on
