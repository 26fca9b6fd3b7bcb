"""The part of the default store that keeps what is derived from claims (proposition_store.py)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from graph.background import Released
from graph.proposition_store import (
    Assigned,
    Derived,
    Matter,
    MatterFacet,
    PropositionPage,
    PropositionQuery,
    Queued,
)
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    Contradiction,
    EntityId,
    Predicate,
    Proposition,
    PropositionId,
)
from graph.stores import sqlite_makers, sqlite_matters, sqlite_propositions, sqlite_queue, sqlite_rows
from graph.stores.changes import prune
from graph.stores.sqlite_file import StoreFile


class SqliteDerived:
    """PropositionStore over a file."""

    _file: StoreFile

    def queue_claims(self, claims: Sequence[ClaimId] | None = None) -> int:
        with self._file.writing() as connection:
            return sqlite_queue.queue_claims(connection, claims)

    def count_queued(self) -> int:
        with self._file.reading() as connection:
            return sqlite_queue.count_queued(connection)

    def list_queued(self, limit: int = 1000) -> tuple[Queued, ...]:
        with self._file.reading() as connection:
            return sqlite_queue.list_queued(connection, limit)

    def find_queued(self, predicates: Sequence[Predicate]) -> Mapping[ClaimId, int]:
        with self._file.reading() as connection:
            return sqlite_queue.find_queued(connection, predicates)

    def assign_claims(self, assigned: Iterable[Assigned]) -> None:
        with self._file.writing() as connection:
            sqlite_queue.assign_claims(connection, assigned)

    def list_open_matters(self, limit: int = 100) -> Mapping[str, int]:
        with self._file.reading() as connection:
            return sqlite_queue.list_open_matters(connection, limit)

    def rest_matters(self, keys: Sequence[str], until: datetime) -> None:
        with self._file.writing() as connection:
            sqlite_queue.rest_matters(connection, keys, until)

    def list_resting(self, now: datetime) -> frozenset[str]:
        with self._file.reading() as connection:
            return sqlite_queue.list_resting(connection, now)

    def find_matters(self, claims: Sequence[ClaimId]) -> Mapping[ClaimId, str]:
        with self._file.reading() as connection:
            return sqlite_matters.find_matters(connection, claims)

    def read_matters(self, keys: Sequence[str]) -> tuple[Matter, ...]:
        with self._file.reading() as connection:
            return sqlite_matters.read_matters(connection, keys)

    def list_releases(self, predicates: Sequence[Predicate]) -> tuple[Released, ...]:
        with self._file.reading() as connection:
            return sqlite_makers.list_releases(connection, predicates)

    def get_makers(self) -> Mapping[EntityId, EntityId]:
        with self._file.reading() as connection:
            return sqlite_makers.read_makers(connection)

    def put_makers(self, makers: Mapping[EntityId, EntityId], moved: Sequence[EntityId]) -> None:
        with self._file.writing() as connection:
            sqlite_makers.put_makers(connection, makers, moved)

    def list_claims_of(self, articles: Sequence[ArticleId], predicates: Sequence[Predicate]) -> tuple[Claim, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_claims_of(connection, articles, predicates)

    def list_equal(self, claims: Sequence[ClaimId], within: timedelta) -> tuple[Claim, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_equal(connection, claims, within)

    def list_pages(self, articles: Sequence[ArticleId]) -> tuple[Article, ...]:
        with self._file.reading() as connection:
            return sqlite_rows.read_versions(connection, articles)

    def put_matters(self, derived: Iterable[Derived]) -> int:
        with self._file.writing() as connection:
            done = sqlite_matters.put_matters(connection, derived)
            prune(connection, datetime.now(UTC))
        return done

    def get_propositions(
        self, ids: Sequence[PropositionId], *, bare: bool = False, most_links: int | None = None
    ) -> tuple[Proposition, ...]:
        with self._file.reading() as connection:
            return sqlite_propositions.read_propositions(connection, ids, bare=bare, most_links=most_links)

    def find_propositions_of(self, claims: Sequence[ClaimId]) -> Mapping[ClaimId, PropositionId]:
        with self._file.reading() as connection:
            return sqlite_propositions.find_propositions_of(connection, claims)

    def find_propositions(
        self, query: PropositionQuery, limit: int = 20, after: str | None = None, *, bare: bool = False
    ) -> PropositionPage:
        with self._file.reading() as connection:
            return sqlite_propositions.find_propositions(connection, query, limit, after, bare=bare)

    def count_propositions(self, query: PropositionQuery, facet: MatterFacet) -> Mapping[str, int]:
        with self._file.reading() as connection:
            return sqlite_propositions.count_propositions(connection, query, facet)

    def iter_propositions(self) -> Iterator[Proposition]:
        return sqlite_propositions.iter_propositions(self._file)

    def list_contradictions(
        self, propositions: Sequence[PropositionId] | None = None, limit: int = 100
    ) -> tuple[Contradiction, ...]:
        with self._file.reading() as connection:
            return sqlite_propositions.list_contradictions(connection, propositions, limit)

    def list_responses(self, claims: Sequence[ClaimId]) -> tuple[tuple[ClaimId, ClaimId], ...]:
        with self._file.reading() as connection:
            return sqlite_propositions.list_responses(connection, claims)
