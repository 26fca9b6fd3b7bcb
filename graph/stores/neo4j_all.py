"""Everything on a server, page by page in the order of its keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from graph.records import Claim, Entity, EntityId, Extraction, Relation, Tie
from graph.stores.gather import list_named, sort_claims
from graph.stores.neo4j_rows import ENTITY, make_article, make_claim, make_entity, make_mentions, project
from graph.stores.neo4j_search import CLAIM

Read = Callable[..., list[dict[str, Any]]]

ENTITIES, ARTICLES = 1_000, 64


def iter_entities(read: Read) -> Iterator[Entity]:
    last = -1
    while rows := read(_ENTITIES, last=last, limit=ENTITIES):
        last = rows[-1]["entity"]["number"]
        for row in rows:
            entity, found = make_entity(row["entity"]), set(row["entity"]["found"])
            own = tuple(alias for alias in entity.aliases if alias not in found)
            yield replace(entity, aliases=own) if entity.curated else entity


def iter_ties(read: Read) -> Iterator[Tie]:
    for relation in Relation:
        text = _TIES.format(relation=relation.value)
        for row in read(text):
            yield Tie(row["a"], relation, row["b"], row["source"])


def iter_extractions(read: Read) -> Iterator[Extraction]:
    last: int | None = None
    while rows := read(_FIRST if last is None else _NEXT, last=last, limit=ARTICLES):
        last = rows[-1]["node"]["key"]
        claims = [[make_claim(node) for node in row["claims"]] for row in rows]
        mentions = [make_mentions(row["node"]["record"]) for row in rows]
        entities = _read_entities(read, mentions, claims)
        for row, said, named in zip(rows, claims, mentions, strict=True):
            mine = tuple(entities[id] for id in list_named(named, said))
            yield Extraction(make_article(row["node"], row["source"]), mine, named, sort_claims(said))


def _read_entities(read: Read, mentions: list[Any], claims: list[list[Claim]]) -> dict[EntityId, Entity]:
    ids = {id for named, said in zip(mentions, claims, strict=True) for id in list_named(named, said)}
    rows = read(f"UNWIND $ids AS id MATCH (e:Entity {{id: id}}) RETURN {ENTITY} AS entity", ids=sorted(ids))
    return {row["entity"]["id"]: make_entity(row["entity"]) for row in rows}


_ENTITIES = f"MATCH (e:Entity) WHERE e.number > $last RETURN {ENTITY} AS entity ORDER BY e.number LIMIT $limit"
_TIES = (
    "MATCH (a:Entity)-[t:{relation}]->(b:Entity) RETURN a.id AS a, b.id AS b, t.source AS source ORDER BY a, b, source"
)


def _page(condition: str) -> str:
    return (
        f"MATCH (a:Article) WHERE {condition} WITH a ORDER BY a.key LIMIT $limit MATCH (a)<-[:PUBLISHED]-(s:Source) "
        f"RETURN {project('a', 'Article')} AS node, {project('s', 'Source')} AS source, "
        f"COLLECT {{ MATCH (a)-[:STATES]->(c:Claim) RETURN {CLAIM} AS claim ORDER BY c.key DESC }} AS claims "
        "ORDER BY a.key"
    )


_FIRST, _NEXT = _page("a.key IS NOT NULL"), _page("a.key > $last")
