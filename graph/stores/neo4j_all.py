"""Everything on a server as it was added, page by page in the order of its keys."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import merge
from typing import Any

from graph.records import ArticleId, Entity, EntityId, Extraction, Relation, Tie
from graph.stores import neo4j_texts
from graph.stores.extractions import sort_claims
from graph.stores.neo4j_judged import KEPT, Added, Judged, make_judged, read_added
from graph.stores.neo4j_rows import ENTITY, make_article, make_claim, make_entity, make_mentions, project
from graph.stores.neo4j_search import CLAIM
from graph.stores.neo4j_server import Read

ENTITIES, ARTICLES = 1_000, 64


def iter_entities(read: Read) -> Iterator[Entity]:
    judged = read_kept(read).added
    apart = sorted(judged.values(), key=lambda added: added.number)
    for added in merge(apart, _iter_nodes(read, judged), key=lambda added: added.number):
        own = tuple(alias for alias in added.entity.aliases if alias not in added.found)
        yield replace(added.entity, aliases=own) if added.entity.curated else added.entity


def iter_ties(read: Read) -> Iterator[Tie]:
    judged = read_kept(read)
    ties = [
        tie
        for relation in Relation
        for row in read(_TIES.format(relation=relation.value))
        if not judged.keeps(tie := Tie(row["a"], relation, row["b"], row["source"]))
    ]
    yield from sorted((*ties, *judged.ties), key=lambda tie: (tie.subject, tie.relation, tie.object, tie.source))


def iter_extractions(read: Read) -> Iterator[Extraction]:
    last: int | None = None
    while rows := read(_FIRST if last is None else _NEXT, last=last, limit=ARTICLES):
        last = rows[-1]["node"]["key"]
        yield from _make_extractions(read, rows)


def get_extractions(read: Read, ids: Sequence[ArticleId]) -> tuple[Extraction, ...]:
    """The articles of these ids that are there, in that order."""
    found = {one.article.id: one for one in _make_extractions(read, read(_SOME, ids=list(ids), limit=len(ids)))}
    return tuple(found[id] for id in dict.fromkeys(ids) if id in found)


def _make_extractions(read: Read, rows: Iterable[dict[str, Any]]) -> Iterator[Extraction]:
    extractions = [make_extraction(row) for row in rows]
    named = {id for extraction in extractions for id in extraction.named}
    entities = {entity.id: entity for entity in read_entities(read, named)}
    for extraction in extractions:
        yield replace(extraction, entities=tuple(entities[id] for id in extraction.named))


def make_extraction(row: dict[str, Any]) -> Extraction:
    """The article of a row as `page_of` gives it, with its mentions and claims as they were added; without entities."""
    claims = sort_claims([make_claim(node, as_added=True) for node in row["claims"]])
    mentions = make_mentions(row["node"]["record"], as_added=True)
    return Extraction(make_article(row["node"], row["source"]), (), mentions, claims)


def read_entities(read: Read, ids: Iterable[EntityId]) -> list[Entity]:
    """Entities as they were added; those that are there, in any order."""
    judged = read_kept(read).added
    wanted = frozenset(ids)
    nodes = [row["entity"] for row in read(neo4j_texts.ENTITIES, ids=sorted(wanted - judged.keys()))]
    return [*map(make_entity, nodes), *(judged[id].entity for id in wanted if id in judged)]


def read_kept(read: Read) -> Judged:
    """What was judged, and what that has set aside."""
    return make_judged(row["kept"] for row in read(KEPT))


def _iter_nodes(read: Read, but: Container[EntityId]) -> Iterator[Added]:
    last = -1
    while rows := read(_ENTITIES, last=last, limit=ENTITIES):
        last = rows[-1]["entity"]["number"]
        nodes = [row["entity"] for row in rows if row["entity"]["id"] not in but]
        yield from (read_added(node, make_entity(node)) for node in nodes)


_ENTITIES = f"MATCH (e:Entity) WHERE e.number > $last RETURN {ENTITY} AS entity ORDER BY e.number LIMIT $limit"
_TIES = "MATCH (a:Entity)-[t:{relation}]->(b:Entity) RETURN a.id AS a, b.id AS b, t.source AS source"


def page_of(condition: str, *without: str) -> str:
    """Cypher of the first `$limit` articles `a` for which the condition holds, with their sources and claims."""
    return (
        f"MATCH (a:Article) WHERE {condition} WITH a ORDER BY a.key LIMIT $limit MATCH (a)<-[:PUBLISHED]-(s:Source) "
        f"RETURN {project('a', 'Article', *without)} AS node, {project('s', 'Source')} AS source, "
        f"COLLECT {{ MATCH (a)-[:STATES]->(c:Claim) RETURN {CLAIM} AS claim ORDER BY c.key DESC }} AS claims "
        "ORDER BY a.key"
    )


_FIRST, _NEXT = page_of("a.key IS NOT NULL"), page_of("a.key > $last")
_SOME = page_of("a.id IN $ids")
