// How far two entities are apart in the ties and claims
// param one = "deepseek"
// param other = "microsoft"
MATCH p = shortestPath((a:Entity {id: $one})-[:SUBJECT|OBJECT|CLAIMED_BY|MAKES|INVESTED_IN|COMPETES_WITH*..6]-(b:Entity {id: $other}))
RETURN length(p) AS steps
