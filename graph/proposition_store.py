"""The part of a store that keeps what is derived from claims: the queue of what is to be derived, and propositions.

A claim that is new, or about which something changed, is queued in the transaction that says so. It gets a matter; the
matter is open until what is derived from all of its claims has replaced what was derived before (graph/deriving.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from graph.background import Released
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    ClaimType,
    Contradiction,
    EntityId,
    Party,
    Predicate,
    Proposition,
    PropositionId,
    Status,
)


@dataclass(frozen=True, slots=True)
class Queued:
    """A claim whose matter is to be found, as far as that asks; another stamp tells that it was queued again.

    measure  of its quantity; empty when it has none
    """

    claim: ClaimId
    stamp: int
    type: ClaimType
    predicate: Predicate
    measure: str
    subject: Party
    object: Party | None


@dataclass(frozen=True, slots=True)
class Assigned:
    """The matter of a queued claim."""

    claim: ClaimId
    stamp: int
    matter: str


@dataclass(frozen=True, slots=True)
class Matter:
    """All claims of a matter, by key and id in no order that counts.

    stamp   another one tells that it was opened again, or left by a claim
    fresh   those of its claims that are new or changed since it was derived
    shares  other matters with which it has a proposition now: they must be replaced together
    """

    key: str
    stamp: int
    claims: tuple[Claim, ...]
    fresh: frozenset[ClaimId] = frozenset()
    shares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from the claims of some matters, to replace what is kept of them.

    stamps         of each matter, as it was read
    contradictions between its propositions
    responses      (claim, the claim that it answers)
    """

    stamps: Mapping[str, int]
    propositions: tuple[Proposition, ...]
    contradictions: tuple[Contradiction, ...] = ()
    responses: tuple[tuple[ClaimId, ClaimId], ...] = ()


class Order(StrEnum):
    """Propositions newest report first, those in most articles first, or first of these the contested ones."""

    NEWEST = "newest"
    WEIGHT = "weight"
    CONTESTED = "contested"


CONTESTED = (Status.DISPUTED, Status.DENIED, Status.UNDER_INVESTIGATION)
"""Statuses of what somebody contests, whenever that was known."""

CONTESTED_FIRST = 1_000_000_000
"""More than the articles of any proposition: what places contested ones before all others."""


class MatterFacet(StrEnum):
    """What propositions are counted by."""

    STATUS = "status"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class PropositionQuery:
    """Which propositions are asked for; every condition given must hold.

    about      entities that must be subject, object or benchmark of one of its claims
    statuses   any of them
    since      reported at or after; the last report counts
    known_by   only what was known before then: status and existence as of that time
    valid_at   only what was so before then, as far as is known: the status is that of what began last
    """

    about: tuple[EntityId, ...] = ()
    types: tuple[ClaimType, ...] = ()
    statuses: tuple[Status, ...] = ()
    since: datetime | None = None
    known_by: datetime | None = None
    valid_at: datetime | None = None
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True)
class PropositionPage:
    """One page of propositions; `next` is the cursor of the page after, None at the end."""

    propositions: tuple[Proposition, ...] = field(default=())
    next: str | None = None


class PropositionStore(Protocol):
    """Keeps propositions. The batch getters leave out what is not there; order follows the ids asked for."""

    def queue_claims(self, claims: Sequence[ClaimId] | None = None) -> int:
        """Queues these claims, or all, to be derived anew; how many."""
        ...

    def count_queued(self) -> int:
        """Claims whose matter is to be found, and matters that are open."""
        ...

    def list_queued(self, limit: int = 1000) -> tuple[Queued, ...]:
        """The queued claims reported first."""
        ...

    def find_queued(self, predicates: Sequence[Predicate]) -> Mapping[ClaimId, int]:
        """The stamps of the queued claims that have one of the predicates."""
        ...

    def assign_claims(self, assigned: Iterable[Assigned]) -> None:
        """Puts queued claims into matters, not those that were queued again.

        Open from then on: the matters that they come into, and those that they leave, as far as claims are left there.
        """
        ...

    def list_open_matters(self, limit: int = 100) -> Mapping[str, int]:
        """Keys of open matters in order, and how many claims each has."""
        ...

    def rest_matters(self, keys: Sequence[str], until: datetime) -> None:
        """Notes that whoever derives should leave these matters alone until then."""
        ...

    def list_resting(self, now: datetime) -> frozenset[str]:
        """Keys of the matters that are to be left alone at that moment."""
        ...

    def find_matters(self, claims: Sequence[ClaimId]) -> Mapping[ClaimId, str]:
        """The matters of those of the claims that have one."""
        ...

    def read_matters(self, keys: Sequence[str]) -> tuple[Matter, ...]:
        """The matters in the order asked for; one without claims is empty."""
        ...

    def list_releases(self, predicates: Sequence[Predicate]) -> tuple[Released, ...]:
        """Subject and object of the affirmed claims with one of the predicates, each pair once, in order.

        Weak ones are left out.
        """
        ...

    def get_makers(self) -> Mapping[EntityId, EntityId]:
        """The makers of things as claims told them when they were last put, by thing."""
        ...

    def put_makers(self, makers: Mapping[EntityId, EntityId], moved: Sequence[EntityId]) -> None:
        """Replaces all; queues the claims that name a thing whose maker is another now, or none, or one of `moved`.

        Where a release is gone, or a judgement says who is who, the store queues a release, so that they are found
        anew; with the last release all makers go.
        """
        ...

    def list_claims_of(self, articles: Sequence[ArticleId], predicates: Sequence[Predicate]) -> tuple[Claim, ...]:
        """The claims of these articles with one of the predicates, in order of ids."""
        ...

    def list_equal(self, claims: Sequence[ClaimId], within: timedelta) -> tuple[Claim, ...]:
        """The claims with the predicate and number of one of these, reported within so long of it, in order of ids."""
        ...

    def list_pages(self, articles: Sequence[ArticleId]) -> tuple[Article, ...]:
        """All versions of the articles' pages, by address and version; their texts are left empty."""
        ...

    def put_matters(self, derived: Iterable[Derived]) -> int:
        """Replaces what is kept of the matters, each item whole or not at all; how many were.

        An item of which a matter was opened again since it was read is left out.
        """
        ...

    def get_propositions(
        self, ids: Sequence[PropositionId], *, bare: bool = False, most_links: int | None = None
    ) -> tuple[Proposition, ...]:
        """The propositions; `bare`: without links, events and what they are part of, most of what there is to read.

        most_links  of the links only so many, the first, and those to claims on which an event rests
        """
        ...

    def find_propositions_of(self, claims: Sequence[ClaimId]) -> Mapping[ClaimId, PropositionId]:
        """The proposition of each claim that has one."""
        ...

    def find_propositions(
        self, query: PropositionQuery, limit: int = 20, after: str | None = None, *, bare: bool = False
    ) -> PropositionPage:
        """One page of propositions, `bare` or whole. QueryError when the cursor is not one of ours."""
        ...

    def count_propositions(self, query: PropositionQuery, facet: MatterFacet) -> Mapping[str, int]:
        """Propositions by value of the facet, most first; counted over the first 10,000 in the order of the query."""
        ...

    def iter_propositions(self) -> Iterator[Proposition]:
        """Every proposition by id."""
        ...

    def list_contradictions(
        self, propositions: Sequence[PropositionId] | None = None, limit: int = 100
    ) -> tuple[Contradiction, ...]:
        """All, or those of some propositions: open ones first, then those in most articles."""
        ...

    def list_responses(self, claims: Sequence[ClaimId]) -> tuple[tuple[ClaimId, ClaimId], ...]:
        """(claim, the claim that it answers) at either end of which one of the claims stands, in order of ids."""
        ...
