"""Copies ↔ relationships between articles."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import neo4j

from graph.records import ArticleId, Copy, CopyKind
from graph.stores.copies import pick_last
from graph.stores.neo4j_queue import queue_articles
from graph.stores.neo4j_server import Read
from graph.stores.neo4j_write import end_turn, run_rows, take_turn

_ARTICLES = 1_000


def add_copies(transaction: neo4j.ManagedTransaction, copies: Iterable[Copy]) -> int:
    """How many were new or changed; between two articles the last one given holds, whichever way it leads."""
    take_turn(transaction)
    given = pick_last(copies)
    ids = sorted({id for pair in given for id in pair})
    there = {record["id"] for record in transaction.run(_THERE, ids=ids)}
    known = pick_last(_make(record.data()) for record in transaction.run(_COPIES, ids=ids))
    changed = [copy for pair, copy in given.items() if pair <= there and known.get(pair) != copy]
    rows = [{"a": c.article, "b": c.original, "kind": c.kind.value, "score": float(c.score)} for c in changed]
    run_rows(transaction, _FORGET, rows)
    run_rows(transaction, _COPY, rows)
    queue_articles(transaction, _find_families(transaction, {id for copy in changed for id in _ends(copy)}))
    end_turn(transaction)
    return len(changed)


def _find_families(transaction: neo4j.ManagedTransaction, ids: Iterable[ArticleId]) -> set[ArticleId]:
    """The articles and all that copies lead to from them, whichever way."""
    family: set[ArticleId] = set()
    waiting = set(ids)
    while waiting:
        family |= waiting
        found = transaction.run(_COPIES, ids=sorted(waiting))
        waiting = {end for record in found for end in _ends(_make(record.data()))} - family
    return family


def _ends(copy: Copy) -> tuple[ArticleId, ArticleId]:
    return copy.article, copy.original


def list_copies(read: Read, articles: Sequence[ArticleId]) -> tuple[Copy, ...]:
    """Those at either end of which one of the articles stands, by article and original."""
    return tuple(map(_make, read(_COPIES, ids=list(articles))))


def iter_copies(read: Read) -> Iterator[Copy]:
    """Every copy, in the order of the articles."""
    last: int | None = None
    while rows := read(_FIRST if last is None else _NEXT, last=last, limit=_ARTICLES):
        last = rows[-1]["key"]
        yield from (_make(found) for row in rows for found in row["found"])


def _make(row: dict[str, Any]) -> Copy:
    return Copy(row["article"], row["original"], CopyKind(row["kind"]), row["score"])


def _page_of(condition: str) -> str:
    found = (
        "COLLECT { MATCH (a)-[c:COPY_OF]->(b:Article) "
        "RETURN {article: a.id, original: b.id, kind: c.kind, score: c.score} AS found ORDER BY b.id }"
    )
    return (
        f"MATCH (a:Article) WHERE {condition} AND EXISTS {{ (a)-[:COPY_OF]->() }} "
        f"WITH a ORDER BY a.key LIMIT $limit RETURN a.key AS key, {found} AS found ORDER BY key"
    )


_FIRST, _NEXT = _page_of("a.key IS NOT NULL"), _page_of("a.key > $last")
_THERE = "UNWIND $ids AS id MATCH (a:Article {id: id}) RETURN a.id AS id"
_COPIES = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[c:COPY_OF]-(:Article)
WITH DISTINCT c
RETURN startNode(c).id AS article, endNode(c).id AS original, c.kind AS kind, c.score AS score
ORDER BY article, original
"""
_FORGET = "UNWIND $rows AS r MATCH (:Article {id: r.a})-[c:COPY_OF]-(:Article {id: r.b}) DELETE c"
_COPY = (
    "UNWIND $rows AS r MATCH (a:Article {id: r.a}) MATCH (b:Article {id: r.b}) "
    "CREATE (a)-[:COPY_OF {score: r.score, kind: r.kind}]->(b)"
)
