"""The default store: one SQLite file, with Cypher answered by a projection of it."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.errors import StoreError
from graph.guard import guard
from graph.ids import fold_name
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    Entity,
    EntityId,
    Extraction,
    Mention,
    Source,
    SourceId,
    Tie,
)
from graph.store import Added, ClaimPage, ClaimQuery, Counts, EntityCount, EntityMentions, Facet, QueryLimits, Table
from graph.stores import sqlite_all, sqlite_rows
from graph.stores.confine import Confinement
from graph.stores.encoding import first_key, format_cursor, from_moment, to_moment
from graph.stores.projection import Projection
from graph.stores.rebuild import read_version
from graph.stores.sqlite_file import StoreFile
from graph.stores.sqlite_search import count_facet, find_keys
from graph.stores.sqlite_write import add_curated, add_extraction

# A commit waits for the disk once; 16 articles share the wait and little is lost when the process dies.
BATCH = 16

DEFAULT_LIMITS = QueryLimits()


class SqliteStore:
    """GraphStore over the file at `path`, made on first use. Safe to share between threads."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path.absolute()
        self._file = StoreFile(self.path, read_only=read_only)
        self._projection = Projection(self.path)

    def add(self, extractions: Iterable[Extraction]) -> Added:
        added = Added()
        pending: list[Extraction] = []
        try:
            for extraction in extractions:
                pending.append(extraction)
                if len(pending) == BATCH:
                    batch, pending = pending, []
                    added += self._add_batch(batch)
        finally:  # whatever stopped the stream, what came out of it is kept
            if pending:
                added += self._add_batch(pending)
        return added

    def add_entities(self, entities: Iterable[Entity], ties: Iterable[Tie] = ()) -> Added:
        with self._file.writing() as connection:
            return add_curated(connection, entities, ties)

    def get_claims(self, ids: Sequence[ClaimId]) -> tuple[Claim, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_claims_by_id(connection, ids)

    def get_entities(self, ids: Sequence[EntityId]) -> tuple[Entity, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_entities(connection, ids)

    def get_articles(self, ids: Sequence[ArticleId]) -> tuple[Article, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_articles(connection, ids)

    def get_sources(self, ids: Sequence[SourceId]) -> tuple[Source, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_sources(connection, ids)

    def find_entities(self, text: str, limit: int = 10) -> tuple[Entity, ...]:
        folded = fold_name(text)
        if not folded:
            return ()
        with self._file.reading() as connection:
            for condition, parameters in (
                ("folded = ?", [folded]),
                ("folded >= ? AND folded < ?", [folded, folded + chr(0x10FFFF)]),
            ):
                rows = connection.execute(
                    f"SELECT * FROM entity WHERE eid IN (SELECT eid FROM spelling WHERE {condition}) "
                    "ORDER BY claims DESC, eid LIMIT ?",
                    (*parameters, limit),
                ).fetchall()
                if rows:
                    return sqlite_rows.make_entities(connection, rows)
        return ()

    def find_claims(self, query: ClaimQuery, limit: int = 20, after: str | None = None) -> ClaimPage:
        with self._file.reading() as connection:
            keys = find_keys(connection, query, limit + 1, after)
            page = keys[:limit]
            claims = sqlite_rows.read_claims(connection, page)
        return ClaimPage(claims, format_cursor(page[-1]) if page and len(keys) > limit else None)

    def count_claims(self, query: ClaimQuery, facet: Facet, limit: int = 20) -> Mapping[str, int]:
        with self._file.reading() as connection:
            return count_facet(connection, query, facet, limit)

    def list_entities(self, since: datetime | None = None, limit: int = 20) -> tuple[EntityCount, ...]:
        with self._file.reading() as connection:
            if since is None:
                rows = connection.execute(
                    "SELECT * FROM entity WHERE claims > 0 ORDER BY claims DESC, eid LIMIT ?", (limit,)
                ).fetchall()
            else:
                rows = connection.execute(_ENTITIES_SINCE, (first_key(since), to_moment(since), limit)).fetchall()
            entities = sqlite_rows.make_entities(connection, rows)
        return tuple(EntityCount(entity, row["claims"]) for entity, row in zip(entities, rows, strict=True))

    def list_new_names(self, at_least: int = 1, limit: int = 20) -> tuple[EntityMentions, ...]:
        with self._file.reading() as connection:
            rows = connection.execute(_NEW_NAMES, (at_least, limit)).fetchall()
            entities = sqlite_rows.make_entities(connection, rows)
        return tuple(EntityMentions(entity, row["articles"]) for entity, row in zip(entities, rows, strict=True))

    def list_ties(self, entity: EntityId) -> tuple[Tie, ...]:
        with self._file.reading() as connection:
            rows = connection.execute(_TIES, (entity, entity))
            return tuple(map(sqlite_rows.make_tie, rows))

    def list_articles(self, entity: EntityId | None = None, limit: int = 20) -> tuple[Article, ...]:
        with self._file.reading() as connection:
            if entity is None:
                rows = connection.execute("SELECT * FROM article ORDER BY aid DESC LIMIT ?", (limit,)).fetchall()
            else:
                rows = connection.execute(_ARTICLES_NAMING, (entity, limit)).fetchall()
            return sqlite_rows.make_bare_articles(connection, rows)

    def list_mentions(self, article: ArticleId) -> tuple[Mention, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_mentions(connection, article)

    def count(self) -> Counts:
        with self._file.reading() as connection:
            row = connection.execute(_COUNTS).fetchone()
        latest = None if row["latest"] is None else from_moment(row["latest"])
        return Counts(row["sources"], row["articles"], row["entities"], row["claims"], latest)

    def iter_entities(self) -> Iterator[Entity]:
        return sqlite_all.iter_entities(self._file)

    def iter_ties(self) -> Iterator[Tie]:
        return sqlite_all.iter_ties(self._file)

    def iter_extractions(self) -> Iterator[Extraction]:
        return sqlite_all.iter_extractions(self._file)

    def cypher(
        self, query: str, parameters: Mapping[str, object] | None = None, limits: QueryLimits = DEFAULT_LIMITS
    ) -> Table:
        return self._projection.ask(self._version(), guard(query), parameters or {}, limits)

    def confinement(self) -> Confinement:
        """Which layers keep Cypher queries from files and network on this machine."""
        return self._projection.confinement(self._version())

    def close(self) -> None:
        self._projection.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _version(self) -> tuple[int, str]:
        with self._file.reading() as connection:
            return read_version(connection)

    def _add_batch(self, batch: Sequence[Extraction]) -> Added:
        """One transaction; a bad extraction is left out and told of when the others are safe."""
        added = Added()
        refused: list[StoreError] = []
        with self._file.writing() as connection:
            for extraction in batch:
                try:
                    added += add_extraction(connection, extraction)
                except StoreError as error:
                    refused.append(error)
        if refused:
            raise refused[0]
        return added


_ENTITIES_SINCE = """
SELECT e.eid, e.id, e.name, e.type, e.name_ja, e.wikidata, e.curated, n.claims
FROM (
  SELECT p.eid AS eid, count(DISTINCT p.cid) AS claims
  FROM claim c CROSS JOIN party p ON p.cid = c.cid
  WHERE c.cid >= ? AND c.reported_at >= ? AND p.role < 4 AND p.eid IS NOT NULL
  GROUP BY p.eid ORDER BY claims DESC, p.eid LIMIT ?
) n CROSS JOIN entity e ON e.eid = n.eid
ORDER BY n.claims DESC, e.eid
"""

_NEW_NAMES = """
SELECT e.eid, e.id, e.name, e.type, e.name_ja, e.wikidata, e.curated, n.articles
FROM (SELECT eid, count(DISTINCT aid) AS articles FROM mention GROUP BY eid HAVING articles >= ?) n
JOIN entity e ON e.eid = n.eid
WHERE e.curated = 0
ORDER BY n.articles DESC, e.eid LIMIT ?
"""

_TIES = """
SELECT s.id, t.relation, o.id, t.source
FROM tie t JOIN entity s ON s.eid = t.subject JOIN entity o ON o.eid = t.object
WHERE t.subject = (SELECT eid FROM entity WHERE id = ?) OR t.object = (SELECT eid FROM entity WHERE id = ?)
ORDER BY t.relation, s.id, o.id, t.source
"""

_ARTICLES_NAMING = """
SELECT a.*
FROM (
  SELECT DISTINCT aid FROM mention WHERE eid = (SELECT eid FROM entity WHERE id = ?) ORDER BY aid DESC LIMIT ?
) m CROSS JOIN article a ON a.aid = m.aid
ORDER BY a.aid DESC
"""

_COUNTS = """
SELECT
  (SELECT count(*) FROM source) AS sources,
  (SELECT count(*) FROM article) AS articles,
  (SELECT count(*) FROM entity) AS entities,
  (SELECT count(*) FROM claim) AS claims,
  (SELECT max(reported_at) FROM claim WHERE cid >= (SELECT max(cid) FROM claim) - (120 << 16)) AS latest
"""
