"""The default store: one SQLite file, with Cypher answered by a projection of it."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.batches import iter_batches
from graph.cypher.guard import guard
from graph.ids import fold_name
from graph.list_store import (
    ArticleFacet,
    ArticlePage,
    ArticleQuery,
    EntityCount,
    EntityFacet,
    EntityPage,
    EntityQuery,
)
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    Copy,
    Entity,
    EntityId,
    Extraction,
    Judgement,
    Mention,
    Rereading,
    Source,
    SourceId,
    Tie,
)
from graph.store import (
    Added,
    ClaimPage,
    ClaimQuery,
    Counts,
    EntityMentions,
    Facet,
    QueryLimits,
    Ranked,
    SourceCount,
    Table,
)
from graph.stores import sqlite_all, sqlite_copies, sqlite_lists, sqlite_rows, sqlite_spelled
from graph.stores.changes import prune, read_version
from graph.stores.confine import Confinement
from graph.stores.copies import TOGETHER
from graph.stores.encoding import cut_page, first_key, from_moment, to_moment
from graph.stores.projection import Projection
from graph.stores.sqlite_derived import SqliteDerived
from graph.stores.sqlite_entities import add_curated
from graph.stores.sqlite_facets import FacetCounts, count_days, count_reports
from graph.stores.sqlite_file import StoreFile
from graph.stores.sqlite_identity import add_judgement
from graph.stores.sqlite_judgements import IdentityReader, read_judgements
from graph.stores.sqlite_rank import rank_claims
from graph.stores.sqlite_reread import (
    add_heirs,
    find_heirs_of,
    iter_rereadings,
    put_rereadings,
    read_rereadings,
    replace_extraction,
)
from graph.stores.sqlite_rows import STANDS_FOR
from graph.stores.sqlite_search import find_keys, pick_claims
from graph.stores.sqlite_write import add_extractions

# A commit waits for the disk once and makes a segment of the full-text index. 256 articles share that; where they come
# slowly, a second's worth does, so that little is lost when the process dies.
BATCH = 256
BATCH_SECONDS = 1.0

DEFAULT_LIMITS = QueryLimits()


class SqliteStore(SqliteDerived):
    """GraphStore over the file at `path`, made on first use. Safe to share between threads."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path.absolute()
        self._file = StoreFile(self.path, read_only=read_only)
        self._facets = FacetCounts()
        self._projection = Projection(self.path, self._file.reading)
        self._identity = IdentityReader()

    def add(self, extractions: Iterable[Extraction]) -> Added:
        added = Added()
        pending: list[Extraction] = []
        due = 0.0
        try:
            for extraction in extractions:
                due = due if pending else time.monotonic() + BATCH_SECONDS
                pending.append(extraction)
                if len(pending) == BATCH or time.monotonic() > due:
                    batch, pending = pending, []
                    added += self._add_batch(batch)
        finally:  # whatever stopped the stream, what came out of it is kept
            if pending:
                added += self._add_batch(pending)
        return added

    def replace(self, extraction: Extraction, rereading: Rereading | None = None) -> None:
        with self._file.writing() as connection:
            replace_extraction(connection, extraction, self._identity, rereading)
            prune(connection, datetime.now(UTC))

    def list_rereadings(self, articles: Sequence[ArticleId]) -> tuple[Rereading, ...]:
        with self._file.reading() as connection:
            return read_rereadings(connection, articles)

    def iter_rereadings(self) -> Iterator[Rereading]:
        return iter_rereadings(self._file)

    def add_rereadings(self, rereadings: Iterable[Rereading]) -> None:
        for batch in iter_batches(rereadings, TOGETHER):
            with self._file.writing() as connection:
                put_rereadings(connection, batch)

    def list_heirs(self, claims: Sequence[ClaimId] | None = None) -> Mapping[ClaimId, ClaimId]:
        with self._file.reading() as connection:
            return find_heirs_of(connection, claims)

    def add_heirs(self, heirs: Mapping[ClaimId, ClaimId]) -> None:
        with self._file.writing() as connection:
            add_heirs(connection, heirs)

    def add_entities(self, entities: Iterable[Entity], ties: Iterable[Tie] = (), *, kept: bool = False) -> Added:
        with self._file.writing() as connection:
            return add_curated(connection, entities, list(ties), self._identity.read(connection), kept=kept)

    def judge(self, judgement: Judgement, *, kept: bool = False) -> bool:
        with self._file.writing() as connection:
            return add_judgement(connection, judgement, kept=kept)

    def list_judgements(self, entity: EntityId | None = None) -> tuple[Judgement, ...]:
        with self._file.reading() as connection:
            return read_judgements(connection, entity)

    def add_copies(self, copies: Iterable[Copy]) -> int:
        changed = 0
        for batch in iter_batches(copies, TOGETHER):
            with self._file.writing() as connection:
                changed += sqlite_copies.add_copies(connection, batch)
                prune(connection, datetime.now(UTC))
        return changed

    def list_copies(self, articles: Sequence[ArticleId]) -> tuple[Copy, ...]:
        with self._file.reading() as connection:
            return sqlite_copies.read_copies(connection, articles)

    def iter_copies(self) -> Iterator[Copy]:
        return sqlite_copies.iter_copies(self._file)

    def get_claims(self, ids: Sequence[ClaimId]) -> tuple[Claim, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_claims_by_id(connection, ids)

    def get_entities(self, ids: Sequence[EntityId], *, as_added: bool = False) -> tuple[Entity, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_entities(connection, ids, as_added=as_added)

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
                    f"SELECT eid FROM entity WHERE eid IN (SELECT eid FROM spelling WHERE {condition}) "
                    "ORDER BY claims DESC, eid LIMIT ?",
                    (*parameters, limit),
                ).fetchall()
                if rows:
                    return sqlite_rows.read_entities_by_key(connection, [eid for (eid,) in rows])
        return ()

    def find_spelled(self, spellings: Sequence[str]) -> Mapping[str, Entity]:
        with self._file.reading() as connection:
            return sqlite_spelled.find_spelled(connection, spellings)

    def complete_names(self, beginning: str, limit: int = 10) -> tuple[Entity, ...]:
        folded = fold_name(beginning)
        with self._file.reading() as connection:
            return sqlite_spelled.complete_names(connection, folded, limit) if folded else ()

    def list_spellings(self, shortest: int, longest: int) -> tuple[str, ...]:
        with self._file.reading() as connection:
            return sqlite_spelled.list_spellings(connection, shortest, longest)

    def rank_claims(self, query: ClaimQuery, now: datetime, limit: int = 200) -> tuple[Ranked, ...]:
        with self._file.reading() as connection:
            return rank_claims(connection, query, now, limit)

    def find_claims(
        self, query: ClaimQuery, limit: int = 20, after: str | None = None, before: str | None = None
    ) -> ClaimPage:
        with self._file.reading() as connection:
            keys = find_keys(connection, query, limit + 1, after, before)
            page, following, preceding = cut_page(keys, limit, after, before)
            return ClaimPage(sqlite_rows.read_claims(connection, keys[page]), following, preceding)

    def pick_claims(self, query: ClaimQuery, claims: Sequence[ClaimId]) -> frozenset[ClaimId]:
        with self._file.reading() as connection:
            return pick_claims(connection, query, claims)

    def count_claims(self, query: ClaimQuery, facet: Facet, limit: int = 20) -> Mapping[str, int]:
        with self._file.reading() as connection:
            return self._facets.count(connection, query, facet, limit)

    def count_days(self, query: ClaimQuery) -> Mapping[date, int]:
        with self._file.reading() as connection:
            return count_days(connection, query)

    def count_reports(self, moments: Sequence[datetime]) -> tuple[int, ...]:
        with self._file.reading() as connection:
            return count_reports(connection, moments)

    def list_entities(self, since: datetime | None = None, limit: int = 20) -> tuple[EntityCount, ...]:
        with self._file.reading() as connection:
            if since is None:
                rows = connection.execute(
                    "SELECT eid, claims FROM entity WHERE claims > 0 ORDER BY claims DESC, eid LIMIT ?", (limit,)
                ).fetchall()
            else:
                rows = connection.execute(_ENTITIES_SINCE, (first_key(since), to_moment(since), limit)).fetchall()
            entities = sqlite_rows.read_entities_by_key(connection, [row["eid"] for row in rows])
        return tuple(EntityCount(entity, row["claims"]) for entity, row in zip(entities, rows, strict=True))

    def list_new_names(self, at_least: int = 1, limit: int = 20) -> tuple[EntityMentions, ...]:
        with self._file.reading() as connection:
            rows = connection.execute(_NEW_NAMES, (at_least, limit)).fetchall()
            entities = sqlite_rows.read_entities_by_key(connection, [row["eid"] for row in rows])
        return tuple(EntityMentions(entity, row["articles"]) for entity, row in zip(entities, rows, strict=True))

    def list_ties(self, entity: EntityId) -> tuple[Tie, ...]:
        with self._file.reading() as connection:
            rows = connection.execute(_TIES, (entity,))
            return tuple(map(sqlite_rows.make_tie, rows))

    def list_articles(self, entity: EntityId | None = None, limit: int = 20) -> tuple[Article, ...]:
        with self._file.reading() as connection:
            if entity is None:
                rows = connection.execute("SELECT * FROM article ORDER BY aid DESC LIMIT ?", (limit,)).fetchall()
            else:
                rows = connection.execute(_ARTICLES_NAMING, (entity, limit)).fetchall()
            return sqlite_rows.make_bare_articles(connection, rows)

    def list_fetched(self, since: datetime, limit: int = 1000) -> tuple[Article, ...]:
        with self._file.reading() as connection:
            rows = connection.execute(_FETCHED, (to_moment(since), limit)).fetchall()
            return sqlite_rows.make_bare_articles(connection, rows)

    def list_versions(self, article: ArticleId) -> tuple[Article, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.make_bare_articles(connection, connection.execute(_VERSIONS, (article,)).fetchall())

    def list_sources(self, limit: int = 1000) -> tuple[SourceCount, ...]:
        with self._file.reading() as connection:
            rows = connection.execute(_SOURCES, (limit,)).fetchall()
        return tuple(
            SourceCount(sqlite_rows.make_source(row), row["articles"], from_moment(row["latest"])) for row in rows
        )

    def list_mentions(self, article: ArticleId) -> tuple[Mention, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_mentions(connection, article)

    def find_articles(self, query: ArticleQuery, limit: int = 20, after: str | None = None) -> ArticlePage:
        with self._file.reading() as connection:
            return sqlite_lists.find_articles(connection, query, limit, after)

    def count_articles(self, query: ArticleQuery, facet: ArticleFacet, limit: int = 20) -> Mapping[str, int]:
        with self._file.reading() as connection:
            return sqlite_lists.count_articles(connection, query, facet, limit)

    def find_named(self, query: EntityQuery, limit: int = 20, after: str | None = None) -> EntityPage:
        with self._file.reading() as connection:
            return sqlite_lists.find_named(connection, query, limit, after)

    def count_named(self, query: EntityQuery, facet: EntityFacet) -> Mapping[str, int]:
        with self._file.reading() as connection:
            return sqlite_lists.count_named(connection, query, facet)

    def count(self) -> Counts:
        with self._file.reading() as connection:
            row = connection.execute(_COUNTS).fetchone()
        latest = None if row["latest"] is None else from_moment(row["latest"])
        return Counts(row["sources"], row["articles"], row["entities"], row["claims"], latest)

    def get_state(self) -> str:
        with self._file.reading() as connection:
            version = read_version(connection)
            # Not every judgement changes a record.
            judged = connection.execute("SELECT max(seq) FROM judgement").fetchone()[0]
        return f"{version.seq}.{version.stamp}.{judged or 0}"

    def iter_entities(self) -> Iterator[Entity]:
        return sqlite_all.iter_entities(self._file)

    def iter_ties(self) -> Iterator[Tie]:
        return sqlite_all.iter_ties(self._file)

    def iter_extractions(self) -> Iterator[Extraction]:
        return sqlite_all.iter_extractions(self._file)

    def get_extractions(self, ids: Sequence[ArticleId]) -> tuple[Extraction, ...]:
        with self._file.reading() as connection:
            return sqlite_all.get_extractions(connection, ids)

    def cypher(
        self, query: str, parameters: Mapping[str, object] | None = None, limits: QueryLimits = DEFAULT_LIMITS
    ) -> Table:
        return self._projection.ask(guard(query), parameters or {}, limits)

    def confinement(self) -> Confinement:
        """Which layers keep Cypher queries from files and network on this machine."""
        return self._projection.confinement()

    def close(self) -> None:
        self._projection.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _add_batch(self, batch: Sequence[Extraction]) -> Added:
        """One transaction; a bad extraction is left out and told of when the others are safe."""
        with self._file.writing() as connection:
            added, refused = add_extractions(connection, batch, self._identity.read(connection))
            prune(connection, datetime.now(UTC))
        if refused:
            raise refused[0]
        return added


_ENTITIES_SINCE = """
SELECT p.eid AS eid, count(DISTINCT p.cid) AS claims
FROM claim c CROSS JOIN party p ON p.cid = c.cid
WHERE c.cid >= ? AND c.reported_at >= ? AND p.role < 4 AND p.eid IS NOT NULL
GROUP BY p.eid ORDER BY claims DESC, p.eid LIMIT ?
"""

_NEW_NAMES = """
SELECT n.eid AS eid, n.articles AS articles
FROM (SELECT eid, count(DISTINCT aid) AS articles FROM mention GROUP BY eid HAVING articles >= ?) n
JOIN entity e ON e.eid = n.eid LEFT JOIN standing s ON s.eid = n.eid
WHERE NOT coalesce(s.curated, e.curated)
ORDER BY n.articles DESC, n.eid LIMIT ?
"""

_TIES = f"""
WITH me (eid) AS (SELECT {STANDS_FOR}),
  ours (eid) AS (SELECT eid FROM me UNION SELECT eid FROM standing WHERE stands_for = (SELECT eid FROM me)),
  near AS (
    SELECT subject, relation, object, source FROM tie WHERE subject IN (SELECT eid FROM ours)
    UNION SELECT subject, relation, object, source FROM tie WHERE object IN (SELECT eid FROM ours)
  )
SELECT DISTINCT s.id, n.relation, o.id, n.source
FROM near n LEFT JOIN standing a ON a.eid = n.subject LEFT JOIN standing b ON b.eid = n.object
JOIN entity s ON s.eid = coalesce(a.stands_for, n.subject) JOIN entity o ON o.eid = coalesce(b.stands_for, n.object)
WHERE s.eid <> o.eid
ORDER BY n.relation, s.id, o.id, n.source
"""

_FETCHED = "SELECT * FROM article WHERE fetched_at >= ? ORDER BY fetched_at DESC, aid DESC LIMIT ?"

_ARTICLES_NAMING = f"""
SELECT a.*
FROM (
  SELECT DISTINCT aid FROM mention WHERE eid = {STANDS_FOR} ORDER BY aid DESC LIMIT ?
) m CROSS JOIN article a ON a.aid = m.aid
ORDER BY a.aid DESC
"""

_VERSIONS = """
SELECT v.* FROM article a JOIN article v ON v.url = a.url WHERE a.id = ? ORDER BY v.version, v.aid
"""

_SOURCES = """
SELECT s.*, n.articles AS articles, a.published_at AS latest
FROM (SELECT sid, count(*) AS articles, max(aid) AS newest FROM article GROUP BY sid) n
JOIN source s ON s.sid = n.sid JOIN article a ON a.aid = n.newest
ORDER BY n.articles DESC, s.id LIMIT ?
"""

_COUNTS = """
SELECT
  (SELECT count(*) FROM source) AS sources,
  (SELECT count(*) FROM article) AS articles,
  (SELECT count(*) FROM entity) - (SELECT count(*) FROM standing WHERE stands_for IS NOT NULL) AS entities,
  (SELECT count(*) FROM claim) AS claims,
  (SELECT max(reported_at) FROM claim WHERE cid >= (SELECT max(cid) FROM claim) - (120 << 16)) AS latest
"""
