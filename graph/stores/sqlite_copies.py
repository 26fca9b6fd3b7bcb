"""Copies ↔ rows, inside the caller's transaction."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from graph.records import ArticleId, Copy, CopyKind
from graph.stores.changes import log_changes
from graph.stores.copies import pick_last
from graph.stores.sqlite_all import iter_pages
from graph.stores.sqlite_file import StoreFile
from graph.stores.sqlite_queue import queue_articles
from graph.stores.sqlite_rows import LISTED

_ARTICLES = 1_000


def add_copies(connection: sqlite3.Connection, copies: Iterable[Copy]) -> int:
    """How many were new or changed; between two articles the last one given holds, whichever way it leads."""
    given = pick_last(copies)
    ids = sorted({id for pair in given for id in pair})
    keys = dict(connection.execute(f"SELECT id, aid FROM article WHERE id IN {LISTED}", (json.dumps(ids),)).fetchall())
    known = pick_last(read_copies(connection, ids))
    changed = [copy for pair, copy in given.items() if pair <= keys.keys() and known.get(pair) != copy]
    turned = [known[pair] for copy in changed if (pair := frozenset((copy.article, copy.original))) in known]
    connection.executemany(
        "DELETE FROM copy WHERE aid = ? AND original = ?", [(keys[c.article], keys[c.original]) for c in turned]
    )
    connection.executemany(
        "INSERT INTO copy VALUES (?, ?, ?, ?)",
        [(keys[c.article], keys[c.original], c.kind.value, float(c.score)) for c in changed],
    )
    touched = dict.fromkeys(copy.article for copy in (*turned, *changed))
    log_changes(connection, "article", [(keys[id], id) for id in touched])
    queue_articles(connection, _find_families(connection, [keys[copy.article] for copy in (*turned, *changed)]))
    return len(changed)


def read_copies(connection: sqlite3.Connection, articles: Sequence[ArticleId]) -> tuple[Copy, ...]:
    """Those at either end of which one of the articles stands, by article and original."""
    listed = json.dumps(articles)
    ours = f"(SELECT aid FROM article WHERE id IN {LISTED})"
    return _read(connection, f"y.aid IN {ours} OR y.original IN {ours}", (listed, listed))


def iter_copies(file: StoreFile) -> Iterator[Copy]:
    """Every copy, in the order of the articles."""
    keys = "SELECT DISTINCT aid FROM copy WHERE aid > ? ORDER BY aid LIMIT ?"
    return iter_pages(file, keys, _ARTICLES, _read_page)


def _find_families(connection: sqlite3.Connection, aids: Sequence[int]) -> list[int]:
    """The articles and all that copies lead to from them, whichever way."""
    rows = connection.execute(
        "WITH RECURSIVE family (aid) AS (SELECT value FROM json_each(?) "
        "UNION SELECT y.original FROM family f JOIN copy y ON y.aid = f.aid "
        "UNION SELECT y.aid FROM family f JOIN copy y ON y.original = f.aid) SELECT aid FROM family",
        (json.dumps(aids),),
    )
    return [aid for (aid,) in rows]


def _read_page(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[Copy, ...]:
    return _read(connection, f"y.aid IN {LISTED}", (json.dumps(keys),), "y.aid, o.id")


def _read(
    connection: sqlite3.Connection, condition: str, parameters: Sequence[str], order: str = "a.id, o.id"
) -> tuple[Copy, ...]:
    rows = connection.execute(
        "SELECT a.id, o.id, y.kind, y.score FROM copy y JOIN article a ON a.aid = y.aid "
        f"JOIN article o ON o.aid = y.original WHERE {condition} ORDER BY {order}",
        parameters,
    )
    return tuple(Copy(article, original, CopyKind(kind), score) for article, original, kind, score in rows)
