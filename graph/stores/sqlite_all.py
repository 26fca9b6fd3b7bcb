"""Everything in a store file as it was added, page by page: no page holds a connection while its records are used."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from graph.records import ArticleId, Entity, Extraction, Tie
from graph.stores import sqlite_rows
from graph.stores.extractions import sort_claims
from graph.stores.sqlite_file import StoreFile
from graph.stores.sqlite_rows import LISTED

ENTITIES, ARTICLES = 1_000, 64
_BEFORE_ALL = -(1 << 63)

Record = TypeVar("Record")


def iter_entities(file: StoreFile) -> Iterator[Entity]:
    return iter_pages(file, "SELECT eid FROM entity WHERE eid > ? ORDER BY eid LIMIT ?", ENTITIES, _read_entities)


def iter_ties(file: StoreFile) -> Iterator[Tie]:
    with file.reading() as connection:
        rows = connection.execute(
            "SELECT s.id, t.relation, o.id, t.source FROM tie t "
            "JOIN entity s ON s.eid = t.subject JOIN entity o ON o.eid = t.object ORDER BY 1, 2, 3, 4"
        ).fetchall()
    yield from map(sqlite_rows.make_tie, rows)


def iter_extractions(file: StoreFile) -> Iterator[Extraction]:
    return iter_pages(file, "SELECT aid FROM article WHERE aid > ? ORDER BY aid LIMIT ?", ARTICLES, read_extractions)


def get_extractions(connection: sqlite3.Connection, ids: Sequence[ArticleId]) -> tuple[Extraction, ...]:
    """The articles of these ids that are there, in that order."""
    found = connection.execute(f"SELECT id, aid FROM article WHERE id IN {LISTED}", (json.dumps(ids),))
    keys: dict[ArticleId, int] = dict(found.fetchall())
    return tuple(read_extractions(connection, [keys[id] for id in dict.fromkeys(ids) if id in keys]))


def read_extractions(
    connection: sqlite3.Connection, keys: Sequence[int], *, with_texts: bool = True
) -> Iterator[Extraction]:
    """The articles of these keys in their order, each with its mentions, claims and entities as they were added."""
    rows = {
        row["aid"]: row
        for row in connection.execute(f"SELECT * FROM article WHERE aid IN {LISTED}", (json.dumps(keys),))
    }
    if with_texts:
        articles = sqlite_rows.read_articles(connection, [rows[key]["id"] for key in keys])
    else:
        articles = sqlite_rows.make_bare_articles(connection, [rows[key] for key in keys])
    for key, article in zip(keys, articles, strict=True):
        mentions = sqlite_rows.read_mentions(connection, article.id, as_added=True)
        newest_first = connection.execute("SELECT cid FROM claim WHERE aid = ? ORDER BY cid DESC", (key,))
        claims = sort_claims(sqlite_rows.read_claims(connection, [cid for (cid,) in newest_first], as_added=True))
        found = Extraction(article, (), mentions, claims)
        yield replace(found, entities=sqlite_rows.read_entities(connection, found.named, as_added=True))


def _read_entities(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[Entity, ...]:
    """The entities of these keys, in order of key; curated ones with the aliases of their tables."""
    listed = json.dumps(keys)
    met = f"SELECT eid, text FROM alias WHERE eid IN {LISTED} AND NOT curated"
    found = {(eid, text) for eid, text in connection.execute(met, (listed,))}
    entities = []
    for row in connection.execute(f"SELECT * FROM entity_added WHERE eid IN {LISTED} ORDER BY eid", (listed,)):
        entity = sqlite_rows.make_entity(row)
        if entity.curated:
            aliases = tuple(alias for alias in entity.aliases if (row["eid"], alias) not in found)
            entity = replace(entity, aliases=aliases)
        entities.append(entity)
    return tuple(entities)


def iter_pages(
    file: StoreFile, query: str, size: int, read: Callable[[sqlite3.Connection, Sequence[int]], Iterable[Record]]
) -> Iterator[Record]:
    """The records of all keys in order; a page of keys and its records come from one state of the file."""
    last = _BEFORE_ALL
    while True:
        with file.reading() as connection:
            keys = [key for (key,) in connection.execute(query, (last, size))]
            records = tuple(read(connection, keys))
        if not keys:
            return
        yield from records
        last = keys[-1]
