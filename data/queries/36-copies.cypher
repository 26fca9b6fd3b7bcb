// Articles that copy others
MATCH (a:Article)-[c:COPY_OF]->(b:Article)
RETURN a.url AS article, b.url AS original, c.kind AS kind
ORDER BY article, original
