"""Cypher of the store's questions; parameters travel beside them."""

from graph.stores.neo4j_rows import ENTITY, IS_COUNTED, project
from graph.stores.neo4j_search import CLAIM

_SOURCE = f"{project('s', 'Source')} AS source"
_ARTICLE, _BARE = f"{project('a', 'Article')} AS node", f"{project('a', 'Article', 'body')} AS node"

CLAIMS = f"UNWIND $ids AS id MATCH (c:Claim {{id: id}}) RETURN {CLAIM} AS claim"
ENTITIES = f"UNWIND $ids AS id MATCH (e:Entity {{id: id}}) RETURN {ENTITY} AS entity"
RECORDS = "UNWIND $ids AS id MATCH (p:Proposition {id: id}) RETURN p.id AS id, p.record AS record"
THERE = "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.id AS id"
SOURCES_BY_ID = f"UNWIND $ids AS id MATCH (s:Source {{id: id}}) RETURN {_SOURCE}"
ARTICLES = f"UNWIND $ids AS id MATCH (a:Article {{id: id}})<-[:PUBLISHED]-(s:Source) RETURN {_ARTICLE}, {_SOURCE}"

_NEWEST = (
    "WITH a ORDER BY a.key DESC LIMIT $limit "
    f"MATCH (a)<-[:PUBLISHED]-(s:Source) RETURN {_BARE}, {_SOURCE} ORDER BY a.key DESC"
)
NEWEST_ARTICLES = f"MATCH (a:Article) WHERE a.key IS NOT NULL {_NEWEST}"
ARTICLES_NAMING = f"MATCH (:Entity {{id: $id}})<-[:MENTIONS]-(a:Article) {_NEWEST}"
# Times as text go to the second; the record has the exact ones.
FETCHED = (
    "MATCH (a:Article) WHERE a.fetched_at >= $since WITH a ORDER BY a.fetched_at DESC, a.key DESC LIMIT $limit "
    f"MATCH (a)<-[:PUBLISHED]-(s:Source) RETURN {_BARE}, {_SOURCE} ORDER BY a.fetched_at DESC, a.key DESC"
)

VERSIONS = f"""
MATCH (a:Article {{id: $id}})<-[:PUBLISHED]-(s:Source)
MATCH (s)-[:PUBLISHED]->(v:Article) WHERE v.url = a.url
WITH v AS a, s RETURN {_BARE}, {_SOURCE} ORDER BY a.version, a.key
"""

# The newest article has the greatest key, which is a time; the record beside it has the exact one.
SOURCES = f"""
MATCH (s:Source)-[:PUBLISHED]->(a:Article) WHERE a.key IS NOT NULL
WITH s, count(*) AS n, max(a.key) AS newest ORDER BY n DESC, s.id LIMIT $limit
MATCH (a:Article {{key: newest}})
RETURN {_SOURCE}, n, a.record AS record ORDER BY n DESC, s.id
"""

SPELLED = f"""
CALL db.index.fulltext.queryNodes($index, $lucene) YIELD node AS e
WITH e WHERE e.spellings CONTAINS $needle
RETURN {ENTITY} AS entity ORDER BY e.claims DESC, e.number LIMIT $limit
"""

MOST_CLAIMED = f"""
MATCH (e:Entity) WHERE e.claims > 0
RETURN {ENTITY} AS entity, e.claims AS n ORDER BY e.claims DESC, e.number LIMIT $limit
"""

CLAIMED_SINCE = f"""
MATCH (c:Claim) WHERE c.key >= $key AND c.moment >= $moment
MATCH (c)-[:SUBJECT|OBJECT|ON]->(e:Entity)
WITH e, count(DISTINCT c) AS n ORDER BY n DESC, e.number LIMIT $limit
RETURN {ENTITY} AS entity, n ORDER BY n DESC, e.number
"""

NEW_NAMES = f"""
MATCH (e:Entity) WHERE NOT e.curated
WITH e, COUNT {{ (e)<-[:MENTIONS]-() }} AS n WHERE n >= $least
WITH e, n ORDER BY n DESC, e.number LIMIT $limit
RETURN {ENTITY} AS entity, n ORDER BY n DESC, e.number
"""

TIES = """
MATCH (e:Entity {id: $id})-[t]-(:Entity) WHERE type(t) IN $types
WITH DISTINCT t
RETURN startNode(t).id AS subject, type(t) AS relation, endNode(t).id AS object, t.source AS source
ORDER BY relation, subject, object, source
"""

COUNTS = """
CALL { MATCH (s:Source) RETURN count(s) AS sources }
CALL { MATCH (a:Article) RETURN count(a) AS articles }
CALL { MATCH (e:Entity) RETURN count(e) AS entities }
CALL { MATCH (c:Claim) RETURN count(c) AS claims }
CALL { OPTIONAL MATCH (c:Claim) WHERE c.key IS NOT NULL RETURN c.key AS last ORDER BY last DESC LIMIT 1 }
CALL { WITH last MATCH (c:Claim) WHERE c.key >= last - 7864320 RETURN max(c.moment) AS latest }
RETURN sources, articles, entities, claims, latest
"""

REPORTS = f"""
UNWIND $spans AS span
RETURN COUNT {{ MATCH (c:Claim) WHERE c.key >= span[0] AND c.key < span[1] AND {IS_COUNTED} }} AS n
"""
