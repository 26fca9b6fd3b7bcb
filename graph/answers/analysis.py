"""What the claims at hand make of the entities: paths between two, communities, who is talked about and who talks.

Only a part of a large store is looked at: a bounded number of claims, newest first, for a bounded time. Each answer
says whether that was all.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, pairwise
from time import monotonic
from typing import Any

import networkx as nx

from graph.propositions.deciding import order_claim
from graph.records import Claim, EntityId, Tie
from graph.store import ClaimQuery, GraphStore

_PAGE = 500
# Claims of one entity in one role that a path may use: the newest; a hub has 100,000.
_CLAIMS_OF_ENTITY = 300
_CLAIMS_OF_STEP = 5


@dataclass(frozen=True, slots=True)
class StoreBounds:
    """How much of a store is looked at: claims in all, entities whose claims are read for a path, seconds."""

    claims: int = 20_000
    entities: int = 400
    seconds: float = 5.0


DEFAULT_BOUNDS = StoreBounds()


class Period(StrEnum):
    """What activity is counted by."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


# How much of a time in ISO 8601 names the period.
_PERIOD_CHARS = {Period.DAY: 10, Period.MONTH: 7, Period.YEAR: 4}


@dataclass(frozen=True, slots=True)
class Step:
    """What links two entities: claims that name both, newest first, and ties."""

    start: EntityId
    end: EntityId
    claims: tuple[Claim, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """Ways from one entity to another, shortest first; `complete` when no more claims could have made others."""

    paths: tuple[tuple[Step, ...], ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Community:
    """Entities named together more than with others, most named first; how often two of them are named by one claim."""

    entities: tuple[tuple[EntityId, int], ...]
    links: int


@dataclass(frozen=True, slots=True)
class Activity:
    """In one period: claims, whom they are about and whom they come from, most first."""

    period: str
    claims: int
    about: tuple[tuple[EntityId, int], ...]
    says: tuple[tuple[EntityId, int], ...]


def find_paths(
    store: GraphStore,
    start: EntityId,
    end: EntityId,
    longest: int = 4,
    limit: int = 5,
    bounds: StoreBounds = DEFAULT_BOUNDS,
    clock: Callable[[], float] = monotonic,
) -> Paths:
    """The shortest ways of at most `longest` steps along claims and ties; none when either end is named nowhere."""
    search = _Search(store, bounds, clock() + bounds.seconds, clock, ({start}, {end}))
    found: list[tuple[EntityId, ...]] = []
    for level in range(1, longest + 1):
        whole = search.look_further()
        found = search.list_paths(start, end, level if whole else longest, limit)
        if len(found) == limit or not whole:
            break
    steps = (tuple(search.make_step(*pair) for pair in pairwise(nodes)) for nodes in found)
    return Paths(tuple(steps), search.complete)


def find_communities(claims: Sequence[Claim], least: int = 3) -> tuple[Community, ...]:
    """Communities of at least so many entities by Louvain's method, most links first; the same for the same claims."""
    links = nx.Graph()
    for claim in claims:
        for pair in combinations(claim.named, 2):
            weight = links.get_edge_data(*pair, {"weight": 0})["weight"]
            links.add_edge(*pair, weight=weight + 1)
    named = Counter(entity for claim in claims for entity in claim.named)
    groups = nx.community.louvain_communities(links, seed=0) if links else []
    found = [_make_community(links.subgraph(group), named) for group in groups if len(group) >= least]
    return tuple(sorted(found, key=lambda community: (-community.links, community.entities)))


def count_activity(claims: Sequence[Claim], period: Period, most: int = 5) -> tuple[Activity, ...]:
    """For each period, newest first, whom its claims are about and which origins they have."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.reported_at.isoformat()[: _PERIOD_CHARS[period]]].append(claim)
    return tuple(_make_activity(name, found[name], most) for name in sorted(found, reverse=True))


def read_claims(
    store: GraphStore, query: ClaimQuery, bounds: StoreBounds = DEFAULT_BOUNDS
) -> tuple[tuple[Claim, ...], bool]:
    """The newest claims that match, within bounds, and whether these are all."""
    deadline = monotonic() + bounds.seconds
    claims: list[Claim] = []
    after: str | None = None
    while len(claims) < bounds.claims and monotonic() < deadline:
        page = store.find_claims(query, min(_PAGE, bounds.claims - len(claims)), after)
        claims += page.claims
        after = page.next
        if after is None:
            return tuple(claims), True
    return tuple(claims), False


@dataclass(slots=True)
class _Search:
    """The sub-graph around two entities, as far as it has been read."""

    store: GraphStore
    bounds: StoreBounds
    deadline: float
    clock: Callable[[], float]
    sides: tuple[set[EntityId], set[EntityId]]
    links: Any = field(default_factory=nx.Graph)
    read: set[EntityId] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    complete: bool = True

    def look_further(self) -> bool:
        """Reads one level more, from the end that has fewer entities to read. False when bounds cut it short.

        After n levels every way of n steps or fewer is known: each of its links was read from one end or the other.
        """
        side = self.sides[len(self.sides[0]) > len(self.sides[1])]
        level = sorted(side)
        side.clear()
        for entity in level:
            if not self._read(entity):
                return False
            side |= {*self.links.adj.get(entity, ())}
        side -= self.read
        return True

    def list_paths(self, start: EntityId, end: EntityId, longest: int, limit: int) -> list[tuple[EntityId, ...]]:
        """The shortest ways among what was read, each without passing an entity twice."""
        found: list[tuple[EntityId, ...]] = []
        if start == end or start not in self.links or end not in self.links or not nx.has_path(self.links, start, end):
            return found
        for nodes in nx.shortest_simple_paths(self.links, start, end):
            if len(nodes) > longest + 1:
                break
            found.append(tuple(nodes))
            if len(found) == limit:
                break
            if self.clock() > self.deadline:
                self.complete = False
                break
        return found

    def make_step(self, start: EntityId, end: EntityId) -> Step:
        data = self.links.edges[start, end]
        claims = sorted(data["claims"].values(), key=order_claim, reverse=True)
        return Step(start, end, tuple(claims[:_CLAIMS_OF_STEP]), tuple(data["ties"]))

    def _read(self, entity: EntityId) -> bool:
        """Whether there was room and time for it."""
        full = len(self.read) >= self.bounds.entities or len(self.claims) >= self.bounds.claims
        if full or self.clock() > self.deadline:
            self.complete = False
            return False
        if entity not in self.read:
            self.read.add(entity)
            for query in (ClaimQuery(about=(entity,)), ClaimQuery(speakers=(entity,))):
                page = self.store.find_claims(query, _CLAIMS_OF_ENTITY)
                self.complete &= page.next is None
                for claim in page.claims:
                    self._link(claim)
            for tie in self.store.list_ties(entity):
                self._get_link(tie.subject, tie.object)["ties"][tie] = None
        return True

    def _link(self, claim: Claim) -> None:
        self.claims.add(claim.id)
        for pair in combinations(claim.named, 2):
            self._get_link(*pair)["claims"][claim.id] = claim

    def _get_link(self, first: EntityId, second: EntityId) -> dict[str, dict[Any, Any]]:
        if not self.links.has_edge(first, second):
            self.links.add_edge(first, second, claims={}, ties={})
        data: dict[str, dict[Any, Any]] = self.links.edges[first, second]
        return data


def _make_community(links: Any, named: Counter[EntityId]) -> Community:
    entities = sorted(links, key=lambda entity: (-named[entity], entity))
    return Community(tuple((entity, named[entity]) for entity in entities), int(links.size(weight="weight")))


def _make_activity(name: str, claims: Sequence[Claim], most: int) -> Activity:
    about = Counter(entity for claim in claims for entity in claim.about)
    says = Counter(claim.origin.party.entity for claim in claims if claim.origin and claim.origin.party.entity)
    return Activity(name, len(claims), _most(about, most), _most(says, most))


def _most(counts: Counter[EntityId], most: int) -> tuple[tuple[EntityId, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most])
