"""The part of a store on a server that keeps what is derived from claims (proposition_store.py)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import neo4j

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
from graph.stores import neo4j_makers, neo4j_matters, neo4j_propositions
from graph.stores.encoding import to_moment
from graph.stores.neo4j_queue import QUEUE_ALL, queue_claims
from graph.stores.neo4j_server import Server

_Result = TypeVar("_Result")


class Neo4jDerived:
    """PropositionStore on a server."""

    _server: Server
    _read: Callable[..., list[dict[str, Any]]]
    _check_writable: Callable[[], None]
    _find_roots: Callable[[Sequence[EntityId]], dict[EntityId, EntityId]]

    def queue_claims(self, claims: Sequence[ClaimId] | None = None) -> int:
        self._check_writable()
        if claims is not None:
            return self._change(lambda tx: queue_claims(tx, claims))
        self._server.run(QUEUE_ALL)
        [row] = self._read("MATCH (c:Claim) WHERE c.queued >= 0 RETURN count(c) AS n")
        return int(row["n"])

    def count_queued(self) -> int:
        [row] = self._read(neo4j_matters.COUNT)
        return int(row["n"])

    def list_queued(self, limit: int = 1000) -> tuple[Queued, ...]:
        return self._server.read(lambda tx: neo4j_matters.list_queued(tx, limit))

    def find_queued(self, predicates: Sequence[Predicate]) -> Mapping[ClaimId, int]:
        rows = self._read(neo4j_matters.QUEUED_OF, predicates=[predicate.value for predicate in predicates])
        return {row["id"]: row["stamp"] for row in rows}

    def assign_claims(self, assigned: Iterable[Assigned]) -> None:
        rows = list(assigned)
        self._change(lambda tx: neo4j_matters.assign_claims(tx, rows))

    def list_open_matters(self, limit: int = 100) -> Mapping[str, int]:
        return self._server.read(lambda tx: neo4j_matters.list_open_matters(tx, limit))

    def rest_matters(self, keys: Sequence[str], until: datetime) -> None:
        self._change(lambda tx: neo4j_matters.rest_matters(tx, keys, until))

    def list_resting(self, now: datetime) -> frozenset[str]:
        rows = self._read(neo4j_matters.RESTING, now=to_moment(now))
        return frozenset(row["matter"] for row in rows)

    def find_matters(self, claims: Sequence[ClaimId]) -> Mapping[ClaimId, str]:
        return self._server.read(lambda tx: neo4j_matters.find_matters(tx, claims))

    def read_matters(self, keys: Sequence[str]) -> tuple[Matter, ...]:
        return self._server.read(lambda tx: neo4j_matters.read_matters(tx, keys))

    def list_releases(self, predicates: Sequence[Predicate]) -> tuple[Released, ...]:
        rows = self._read(neo4j_makers.RELEASES, predicates=[predicate.value for predicate in predicates])
        return tuple(Released(row["maker"], row["thing"], row["articles"]) for row in rows)

    def get_makers(self) -> Mapping[EntityId, EntityId]:
        return {row["thing"]: row["maker"] for row in self._read(neo4j_makers.MAKERS)}

    def put_makers(self, makers: Mapping[EntityId, EntityId], moved: Sequence[EntityId]) -> None:
        self._change(lambda tx: neo4j_makers.put_makers(tx, makers, moved))

    def list_claims_of(self, articles: Sequence[ArticleId], predicates: Sequence[Predicate]) -> tuple[Claim, ...]:
        return neo4j_propositions.list_claims_of(self._read, articles, predicates)

    def list_equal(self, claims: Sequence[ClaimId], within: timedelta) -> tuple[Claim, ...]:
        return neo4j_propositions.list_equal(self._read, claims, within)

    def list_pages(self, articles: Sequence[ArticleId]) -> tuple[Article, ...]:
        return neo4j_propositions.list_pages(self._read, articles)

    def put_matters(self, derived: Iterable[Derived]) -> int:
        items = list(derived)
        made: list[int] = []

        def work(transaction: neo4j.ManagedTransaction) -> int:
            made.append(neo4j_matters.put_matters(transaction, items))
            return max(made)  # when an answer was lost, the next try finds what the earlier one made

        return self._change(work)

    def get_propositions(
        self, ids: Sequence[PropositionId], *, bare: bool = False, most_links: int | None = None
    ) -> tuple[Proposition, ...]:
        return neo4j_propositions.get_propositions(self._read, ids, bare=bare, most_links=most_links)

    def find_propositions_of(self, claims: Sequence[ClaimId]) -> Mapping[ClaimId, PropositionId]:
        return neo4j_propositions.find_propositions_of(self._read, claims)

    def find_propositions(
        self, query: PropositionQuery, limit: int = 20, after: str | None = None, *, bare: bool = False
    ) -> PropositionPage:
        return neo4j_propositions.find_propositions(self._read, self._lead_by_roots(query), limit, after, bare=bare)

    def count_propositions(self, query: PropositionQuery, facet: MatterFacet) -> Mapping[str, int]:
        return neo4j_propositions.count_propositions(self._read, self._lead_by_roots(query), facet)

    def _lead_by_roots(self, query: PropositionQuery) -> PropositionQuery:
        """The question about what its entities stand for."""
        roots = self._find_roots(query.about) if query.about else {}
        return replace(query, about=tuple(roots[id] for id in query.about))

    def iter_propositions(self) -> Iterator[Proposition]:
        return neo4j_propositions.iter_propositions(self._read)

    def list_contradictions(
        self, propositions: Sequence[PropositionId] | None = None, limit: int = 100
    ) -> tuple[Contradiction, ...]:
        return neo4j_propositions.list_contradictions(self._read, propositions, limit)

    def list_responses(self, claims: Sequence[ClaimId]) -> tuple[tuple[ClaimId, ClaimId], ...]:
        return neo4j_propositions.list_responses(self._read, claims)

    def _change(self, work: Callable[[neo4j.ManagedTransaction], _Result]) -> _Result:
        self._check_writable()
        return self._server.write(work)
