"""The store on a Neo4j 5 server: the graph of graph/schema.py, so that Cypher means there what it means everywhere."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from types import TracebackType
from typing import Any, Self

import neo4j
from neo4j.exceptions import ConstraintError

from graph.batches import iter_batches
from graph.cypher.guard import guard
from graph.errors import StoreError
from graph.ids import fold_name, format_time
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
    Relation,
    Rereading,
    Source,
    SourceId,
    Tie,
)
from graph.rulings.resolve import concerns
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
from graph.stores import (
    neo4j_all,
    neo4j_copies,
    neo4j_lists,
    neo4j_rank,
    neo4j_reread,
    neo4j_search,
    neo4j_spelled,
    neo4j_texts,
    neo4j_write,
)
from graph.stores.copies import TOGETHER
from graph.stores.encoding import cut_page, first_key, from_moment, to_moment
from graph.stores.extractions import refuse
from graph.stores.neo4j_all import read_entities, read_kept
from graph.stores.neo4j_ask import Asker
from graph.stores.neo4j_derived import Neo4jDerived
from graph.stores.neo4j_identity import add_judgement
from graph.stores.neo4j_rows import make_article, make_claim, make_entity, make_mentions, make_source
from graph.stores.neo4j_schema import SPELLINGS, prepare
from graph.stores.neo4j_server import Server
from graph.stores.neo4j_spelled import INDEXED_CHARS
from graph.stores.neo4j_words import escape

# One transaction: some 1,000 claims and 10,000 relationships, a few megabytes in the server.
BATCH = 128

DEFAULT_LIMITS = QueryLimits()


class Neo4jStore(Neo4jDerived):
    """GraphStore on the server at a `bolt://` or `neo4j://` address; the account comes from the environment.

    StoreUnavailable when it cannot be reached. Safe to share between threads.
    """

    def __init__(self, address: str, *, read_only: bool = False) -> None:
        self.address = address
        self._read_only = read_only
        self._server = Server(address)
        self._asker = Asker(self._server)
        try:
            prepare(self._server, read_only=read_only)
        except BaseException:
            self._server.close()
            raise

    def add(self, extractions: Iterable[Extraction]) -> Added:
        self._check_writable()
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

    def replace(self, extraction: Extraction, rereading: Rereading | None = None) -> None:
        self._change(lambda tx: neo4j_reread.replace_extraction(tx, extraction, rereading))

    def list_rereadings(self, articles: Sequence[ArticleId]) -> tuple[Rereading, ...]:
        return neo4j_reread.list_rereadings(self._read, articles)

    def iter_rereadings(self) -> Iterator[Rereading]:
        return neo4j_reread.iter_rereadings(self._read)

    def add_rereadings(self, rereadings: Iterable[Rereading]) -> None:
        for batch in iter_batches(rereadings, TOGETHER):
            self._change(partial(neo4j_reread.put_rereadings, rereadings=batch))

    def list_heirs(self, claims: Sequence[ClaimId] | None = None) -> Mapping[ClaimId, ClaimId]:
        return neo4j_reread.find_heirs_of(self._read, claims)

    def add_heirs(self, heirs: Mapping[ClaimId, ClaimId]) -> None:
        self._change(lambda tx: neo4j_reread.add_heirs(tx, heirs))

    def add_entities(self, entities: Iterable[Entity], ties: Iterable[Tie] = (), *, kept: bool = False) -> Added:
        self._check_writable()
        curated, bound = list(entities), list(ties)
        return self._server.write(lambda tx: neo4j_write.add_curated(tx, curated, bound, kept=kept))

    def judge(self, judgement: Judgement, *, kept: bool = False) -> bool:
        self._check_writable()
        made: list[bool] = []

        def work(transaction: neo4j.ManagedTransaction) -> bool:
            made.append(add_judgement(transaction, judgement, kept=kept))
            return any(made)  # when an answer was lost, the next try finds what the earlier one made

        return self._server.write(work)

    def list_judgements(self, entity: EntityId | None = None) -> tuple[Judgement, ...]:
        judged = read_kept(self._read)
        if entity is None:
            return judged.judgements
        root = judged.identity.find_root(entity)
        ids = {root, *judged.identity.list_members(root)}
        return tuple(one for one in judged.judgements if concerns(one, ids, judged.judgements))

    def add_copies(self, copies: Iterable[Copy]) -> int:
        self._check_writable()
        return sum(map(self._add_copies, iter_batches(copies, TOGETHER)))

    def list_copies(self, articles: Sequence[ArticleId]) -> tuple[Copy, ...]:
        return neo4j_copies.list_copies(self._read, articles)

    def iter_copies(self) -> Iterator[Copy]:
        return neo4j_copies.iter_copies(self._read)

    def get_claims(self, ids: Sequence[ClaimId]) -> tuple[Claim, ...]:
        found = {row["claim"]["id"]: row["claim"] for row in self._read(neo4j_texts.CLAIMS, ids=list(ids))}
        return tuple(make_claim(found[id]) for id in ids if id in found)

    def get_entities(self, ids: Sequence[EntityId], *, as_added: bool = False) -> tuple[Entity, ...]:
        if as_added:
            added = {entity.id: entity for entity in read_entities(self._read, ids)}
            return tuple(added[id] for id in ids if id in added)
        roots = self._find_roots(ids)
        rows = self._read(neo4j_texts.ENTITIES, ids=list(roots.values()))
        found = {row["entity"]["id"]: make_entity(row["entity"]) for row in rows}
        return tuple(found[roots[id]] for id in ids if roots[id] in found)

    def get_articles(self, ids: Sequence[ArticleId]) -> tuple[Article, ...]:
        found = {row["node"]["id"]: row for row in self._read(neo4j_texts.ARTICLES, ids=list(ids))}
        return tuple(make_article(**found[id]) for id in ids if id in found)

    def get_sources(self, ids: Sequence[SourceId]) -> tuple[Source, ...]:
        found = {row["source"]["id"]: row["source"] for row in self._read(neo4j_texts.SOURCES_BY_ID, ids=list(ids))}
        return tuple(make_source(found[id]) for id in ids if id in found)

    def find_entities(self, text: str, limit: int = 10) -> tuple[Entity, ...]:
        folded = fold_name(text)
        if not folded:
            return ()
        lucene = f"{escape(folded[:INDEXED_CHARS])}*"
        for needle in (f" {folded} ", f" {folded}"):
            rows = self._read(neo4j_texts.SPELLED, index=SPELLINGS, lucene=lucene, needle=needle, limit=limit)
            if rows:
                return tuple(make_entity(row["entity"]) for row in rows)
        return ()

    def find_spelled(self, spellings: Sequence[str]) -> Mapping[str, Entity]:
        return neo4j_spelled.find_spelled(self._read, spellings)

    def complete_names(self, beginning: str, limit: int = 10) -> tuple[Entity, ...]:
        return neo4j_spelled.complete_names(self._read, beginning, limit)

    def list_spellings(self, shortest: int, longest: int) -> tuple[str, ...]:
        return neo4j_spelled.list_spellings(self._read, shortest, longest)

    def rank_claims(self, query: ClaimQuery, now: datetime, limit: int = 200) -> tuple[Ranked, ...]:
        query = self._lead(query)
        return self._server.read(lambda tx: neo4j_rank.rank_claims(tx, query, now, limit))

    def find_claims(
        self, query: ClaimQuery, limit: int = 20, after: str | None = None, before: str | None = None
    ) -> ClaimPage:
        query = self._lead(query)
        rows = self._server.read(lambda tx: neo4j_search.find_claims(tx, query, limit + 1, after, before))
        page, following, preceding = cut_page([row["key"] for row in rows], limit, after, before)
        return ClaimPage(tuple(map(make_claim, rows[page])), following, preceding)

    def pick_claims(self, query: ClaimQuery, claims: Sequence[ClaimId]) -> frozenset[ClaimId]:
        query = self._lead(query)
        return self._server.read(lambda tx: neo4j_search.pick_claims(tx, query, claims))

    def count_claims(self, query: ClaimQuery, facet: Facet, limit: int = 20) -> Mapping[str, int]:
        query = self._lead(query)
        return self._server.read(lambda tx: neo4j_search.count_facet(tx, query, facet, limit))

    def count_days(self, query: ClaimQuery) -> Mapping[date, int]:
        query = self._lead(query)
        return self._server.read(lambda tx: neo4j_search.count_days(tx, query))

    def count_reports(self, moments: Sequence[datetime]) -> tuple[int, ...]:
        spans = [list(pair) for pair in pairwise(map(first_key, moments))]
        return tuple(row["n"] for row in self._read(neo4j_texts.REPORTS, spans=spans))

    def list_entities(self, since: datetime | None = None, limit: int = 20) -> tuple[EntityCount, ...]:
        if since is None:
            rows = self._read(neo4j_texts.MOST_CLAIMED, limit=limit)
        else:
            rows = self._read(neo4j_texts.CLAIMED_SINCE, key=first_key(since), moment=to_moment(since), limit=limit)
        return tuple(EntityCount(make_entity(row["entity"]), row["n"]) for row in rows)

    def list_new_names(self, at_least: int = 1, limit: int = 20) -> tuple[EntityMentions, ...]:
        rows = self._read(neo4j_texts.NEW_NAMES, least=at_least, limit=limit)
        return tuple(EntityMentions(make_entity(row["entity"]), row["n"]) for row in rows)

    def list_ties(self, entity: EntityId) -> tuple[Tie, ...]:
        root = self._find_roots([entity])[entity]
        rows = self._read(neo4j_texts.TIES, id=root, types=[relation.value for relation in Relation])
        return tuple(Tie(row["subject"], Relation(row["relation"]), row["object"], row["source"]) for row in rows)

    def list_articles(self, entity: EntityId | None = None, limit: int = 20) -> tuple[Article, ...]:
        if entity is None:
            rows = self._read(neo4j_texts.NEWEST_ARTICLES, limit=limit)
        else:
            root = self._find_roots([entity])[entity]
            rows = self._read(neo4j_texts.ARTICLES_NAMING, id=root, limit=limit)
        return tuple(make_article(**row) for row in rows)

    def list_fetched(self, since: datetime, limit: int = 1000) -> tuple[Article, ...]:
        rows = self._read(neo4j_texts.FETCHED, since=format_time(since), limit=limit)
        return tuple(article for row in rows if (article := make_article(**row)).fetched_at >= since)

    def list_versions(self, article: ArticleId) -> tuple[Article, ...]:
        return tuple(make_article(**row) for row in self._read(neo4j_texts.VERSIONS, id=article))

    def list_sources(self, limit: int = 1000) -> tuple[SourceCount, ...]:
        rows = self._read(neo4j_texts.SOURCES, limit=limit)
        return tuple(
            SourceCount(make_source(row["source"]), row["n"], from_moment(json.loads(row["record"])["published"]))
            for row in rows
        )

    def list_mentions(self, article: ArticleId) -> tuple[Mention, ...]:
        rows = self._read("MATCH (a:Article {id: $id}) RETURN a.record AS record", id=article)
        return tuple(mention for row in rows for mention in make_mentions(row["record"]))

    def find_articles(self, query: ArticleQuery, limit: int = 20, after: str | None = None) -> ArticlePage:
        return neo4j_lists.find_articles(self._read, query, limit, after)

    def count_articles(self, query: ArticleQuery, facet: ArticleFacet, limit: int = 20) -> Mapping[str, int]:
        return neo4j_lists.count_articles(self._read, query, facet, limit)

    def find_named(self, query: EntityQuery, limit: int = 20, after: str | None = None) -> EntityPage:
        return neo4j_lists.find_named(self._read, query, limit, after)

    def count_named(self, query: EntityQuery, facet: EntityFacet) -> Mapping[str, int]:
        return neo4j_lists.count_named(self._read, query, facet)

    def count(self) -> Counts:
        [row] = self._read(neo4j_texts.COUNTS)
        latest = None if row["latest"] is None else from_moment(row["latest"])
        return Counts(row["sources"], row["articles"], row["entities"], row["claims"], latest)

    def get_state(self) -> str:
        return self._server.read_bookmark()

    def iter_entities(self) -> Iterator[Entity]:
        return neo4j_all.iter_entities(self._read)

    def iter_ties(self) -> Iterator[Tie]:
        return neo4j_all.iter_ties(self._read)

    def iter_extractions(self) -> Iterator[Extraction]:
        return neo4j_all.iter_extractions(self._read)

    def get_extractions(self, ids: Sequence[ArticleId]) -> tuple[Extraction, ...]:
        return neo4j_all.get_extractions(self._read, ids)

    def cypher(
        self, query: str, parameters: Mapping[str, object] | None = None, limits: QueryLimits = DEFAULT_LIMITS
    ) -> Table:
        return self._asker.ask(guard(query), parameters or {}, limits)

    def close(self) -> None:
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _find_roots(self, ids: Sequence[EntityId]) -> dict[EntityId, EntityId]:
        """What the ids stand for; what has a node stands for itself."""
        there = {row["id"] for row in self._read(neo4j_texts.THERE, ids=list(ids))}
        if there.issuperset(ids):
            return {id: id for id in ids}
        identity = read_kept(self._read).identity
        return {id: identity.find_root(id) for id in ids}

    def _lead(self, query: ClaimQuery) -> ClaimQuery:
        """The question about what its entities stand for."""
        named = [id for group in query.named for id in group]
        if not (query.about or query.speakers or named):
            return query
        roots = self._find_roots((*query.about, *query.speakers, *named))
        about, speakers = (tuple(roots[id] for id in ids) for ids in (query.about, query.speakers))
        groups = tuple(tuple(roots[id] for id in group) for group in query.named)
        return replace(query, about=about, speakers=speakers, named=groups)

    def _read(self, text: str, **parameters: object) -> list[dict[str, Any]]:
        return self._server.read(lambda tx: [record.data() for record in tx.run(text, parameters)])

    def _check_writable(self) -> None:
        if self._read_only:
            raise StoreError(f"store {self.address} was opened for reading only", subject=self.address)

    def _add_copies(self, batch: Sequence[Copy]) -> int:
        made: list[int] = []

        def work(transaction: neo4j.ManagedTransaction) -> int:
            made.append(neo4j_copies.add_copies(transaction, batch))
            return max(made)  # when an answer was lost, the next try finds what the earlier one made

        return self._server.write(work)

    def _add_batch(self, batch: Sequence[Extraction]) -> Added:
        """One transaction; a bad extraction is left out and told of when the others are safe."""
        try:
            added, refused = self._write(batch)
        except _Unfit:
            added, refused = Added(), []
            for extraction in batch:
                one, errors = self._write_one(extraction)
                added += one
                refused += errors
        if refused:
            raise refused[0]
        return added

    def _write_one(self, extraction: Extraction) -> tuple[Added, list[StoreError]]:
        try:
            return self._write([extraction])
        except _Unfit as error:
            return Added(), [refuse(extraction.article, str(error))]

    def _write(self, batch: Sequence[Extraction]) -> tuple[Added, list[StoreError]]:
        """What the transaction added. _Unfit when the server or the protocol cannot hold something in it."""
        meant: list[Added] = []

        def work(transaction: neo4j.ManagedTransaction) -> tuple[Added, list[StoreError]]:
            try:
                result, refused = neo4j_write.add_extractions(transaction, batch)
            except (UnicodeEncodeError, OverflowError, ConstraintError) as error:
                raise _Unfit(str(error)) from error
            meant.append(result)
            return result, refused

        added, refused = self._server.write(work)
        # An answer was lost and the next try found the batch there: it is what the earlier one added.
        return (meant[-2] if len(meant) > 1 and added == Added() else added), refused


class _Unfit(Exception):
    """Something in a batch can be stored nowhere; taken apart, the rest of it can."""
