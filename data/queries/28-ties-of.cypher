// The background ties of an entity, either way
// param id = "openai"
MATCH (e:Entity {id: $id})-[t:MAKES|OWNS|INVESTED_IN|WORKS_FOR|COMPETES_WITH|PARTNER_OF|PART_OF]-(o:Entity)
RETURN type(t) AS tie, o.name AS other, startNode(t).id = e.id AS outward, t.source AS source
ORDER BY tie, other, outward
