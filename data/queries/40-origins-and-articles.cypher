// What many articles hold and few stand behind: origins beside articles
MATCH (p:Proposition)
WHERE p.articles > p.origins
RETURN p.label_en AS matter, p.articles AS articles, p.origins AS origins, p.status AS status, p.id AS proposition
ORDER BY articles - origins DESC, proposition LIMIT 50
