"""Everything in a store file, page by page: no page holds a connection while its records are used."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from graph.records import Entity, Extraction, Tie
from graph.stores import sqlite_rows
from graph.stores.gather import list_named, sort_claims
from graph.stores.sqlite_file import StoreFile

ENTITIES, ARTICLES = 1_000, 64


def iter_entities(file: StoreFile) -> Iterator[Entity]:
    last = -1
    while True:
        with file.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM entity WHERE eid > ? ORDER BY eid LIMIT ?", (last, ENTITIES)
            ).fetchall()
            if not rows:
                return
            last = rows[-1]["eid"]
            entities = sqlite_rows.make_entities(connection, rows)
            found: defaultdict[int, set[str]] = defaultdict(set)
            for eid, text in connection.execute(
                "SELECT eid, text FROM alias WHERE eid BETWEEN ? AND ? AND NOT curated", (rows[0]["eid"], last)
            ):
                found[eid].add(text)
        for entity, row in zip(entities, rows, strict=True):
            yield _without(entity, found[row["eid"]]) if entity.curated else entity


def iter_ties(file: StoreFile) -> Iterator[Tie]:
    with file.reading() as connection:
        rows = connection.execute(
            "SELECT s.id, t.relation, o.id, t.source FROM tie t "
            "JOIN entity s ON s.eid = t.subject JOIN entity o ON o.eid = t.object ORDER BY 1, 2, 3, 4"
        ).fetchall()
    yield from map(sqlite_rows.make_tie, rows)


def iter_extractions(file: StoreFile) -> Iterator[Extraction]:
    last: int | None = None
    while page := _read_page(file, last):
        last = page[-1][0]
        for _, extraction in page:
            yield extraction


def _without(entity: Entity, aliases: set[str]) -> Entity:
    return replace(entity, aliases=tuple(alias for alias in entity.aliases if alias not in aliases))


def _read_page(file: StoreFile, last: int | None) -> list[tuple[int, Extraction]]:
    """The next articles after a key, each with its own."""
    with file.reading() as connection:
        rows = connection.execute(
            "SELECT aid, id FROM article WHERE ? IS NULL OR aid > ? ORDER BY aid LIMIT ?", (last, last, ARTICLES)
        ).fetchall()
        articles = sqlite_rows.read_articles(connection, [row["id"] for row in rows])
        page: list[tuple[int, Extraction]] = []
        for row, article in zip(rows, articles, strict=True):
            cids = connection.execute("SELECT cid FROM claim WHERE aid = ? ORDER BY cid DESC", (row["aid"],))
            keys = [cid for (cid,) in cids]
            claims = sqlite_rows.read_claims(connection, keys)
            mentions = sqlite_rows.read_mentions(connection, article.id)
            entities = sqlite_rows.read_entities(connection, list_named(mentions, claims))
            page.append((row["aid"], Extraction(article, entities, mentions, sort_claims(claims))))
    return page
