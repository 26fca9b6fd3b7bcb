"""The neighbourhood of entities, claims and articles: what a reader walks through, opened node by node.

Opening an entity shows its newest claims with their parties, and its ties; opening a claim its article and the claims
that say the same or the opposite; opening an article its claims. Never more than a bounded number of nodes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from graph.answers.queries import get_claim
from graph.answers.viewing import refer, refer_article, view_claim_records
from graph.errors import NotFound
from graph.records import ArticleId, ClaimId, ClaimType, EntityId, Tie
from graph.store import ClaimQuery, GraphStore
from graph.views import ArticleRef, ClaimView, EntityRef


@dataclass(frozen=True, slots=True)
class NodeBounds:
    """How much is shown: nodes in all, nodes opened, and claims and ties that opening one of them adds."""

    nodes: int = 120
    opened: int = 20
    claims: int = 12
    ties: int = 12


DEFAULT_BOUNDS = NodeBounds()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be shown.

    starts        ids of entities, claims and articles
    opened        ids of those whose neighbours are shown too
    types         of the claims that opening adds; empty for all
    since, until  when these were reported: at or after, before
    """

    starts: tuple[str, ...]
    opened: tuple[str, ...] = ()
    types: tuple[ClaimType, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


class Kind(StrEnum):
    """What a node stands for."""

    ENTITY = "entity"
    CLAIM = "claim"
    ARTICLE = "article"


# Links that no relationship of the schema has: of one matter, as get_claim finds it.
SAYS_SAME, SAYS_OPPOSITE = "SAYS_SAME", "SAYS_OPPOSITE"


@dataclass(frozen=True, slots=True)
class Node:
    """A node with the record behind it; `opened` when its neighbours are shown, `more` when it has others yet."""

    id: str
    kind: Kind
    opened: bool
    more: bool
    entity: EntityRef | None = None
    claim: ClaimView | None = None
    article: ArticleRef | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship of graph/schema.py between two nodes, or SAYS_SAME and SAYS_OPPOSITE between claims.

    depth  of a CLAIMED_BY: 0 is nearest the article's own voice
    """

    start: str
    end: str
    type: str
    depth: int | None = None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Entities with most links first, claims and articles newest first; `complete` unless a bound left nodes out."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    complete: bool


def get_neighbourhood(store: GraphStore, wanted: Wanted, bounds: NodeBounds = DEFAULT_BOUNDS) -> Neighbourhood:
    """What is wanted, as far as the bounds allow; of several starts those that are there. NotFound for a single one."""
    walk = _Walk(store, wanted, bounds)
    walk.show(wanted.starts)
    if len(wanted.starts) == 1 and not walk.size:
        [start] = wanted.starts
        raise NotFound(f"no entity, claim or article {start}; search for it by name", subject=start)
    for id in wanted.opened[: bounds.opened]:
        walk.open(id)
    walk.complete &= len(wanted.opened) <= bounds.opened
    return walk.finish()


@dataclass(slots=True)
class _Walk:
    """What has been shown so far."""

    store: GraphStore
    wanted: Wanted
    bounds: NodeBounds
    entities: dict[EntityId, EntityRef] = field(default_factory=dict)
    claims: dict[ClaimId, ClaimView] = field(default_factory=dict)
    articles: dict[ArticleId, ArticleRef] = field(default_factory=dict)
    matters: set[Link] = field(default_factory=set)
    ties: dict[Tie, None] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    more: set[str] = field(default_factory=set)
    complete: bool = True

    @property
    def size(self) -> int:
        return len(self.entities) + len(self.claims) + len(self.articles)

    def show(self, ids: Sequence[str]) -> None:
        """Those that are there; ids of nothing are passed over."""
        for entity in self.store.get_entities([EntityId(id) for id in ids]):
            if self._add_entity(refer(entity)):
                self._add_ties(self.store.list_ties(entity.id))
        claims = self.store.get_claims([ClaimId(id) for id in ids])
        self._add_claims(view_claim_records(self.store, claims))
        for article in self.store.get_articles([ArticleId(id) for id in ids]):
            self._add_article(refer_article(article))

    def open(self, id: str) -> None:
        """Adds the neighbours of a node; of one that is not shown yet, itself as well."""
        if entities := self.store.get_entities([EntityId(id)]):
            self._open_entity(refer(entities[0]))
        elif claims := self.store.get_claims([ClaimId(id)]):
            self._open_claim(claims[0].id)
        elif articles := self.store.get_articles([ArticleId(id)]):
            self._open_article(refer_article(articles[0]))

    def finish(self) -> Neighbourhood:
        links = tuple(dict.fromkeys(self._iter_links()))
        degrees: dict[str, int] = {}
        for link in links:
            for id in (link.start, link.end):
                degrees[id] = degrees.get(id, 0) + 1
        entities = sorted(self.entities.values(), key=lambda entity: (-degrees.get(entity.id, 0), entity.id))
        claims = sorted(self.claims.values(), key=lambda claim: (claim.reported_at, claim.id), reverse=True)
        articles = sorted(self.articles.values(), key=lambda article: (article.published_at, article.id), reverse=True)
        nodes = (
            *(Node(entity.id, Kind.ENTITY, *self._state(entity.id), entity=entity) for entity in entities),
            *(Node(claim.id, Kind.CLAIM, *self._state(claim.id), claim=claim) for claim in claims),
            *(Node(article.id, Kind.ARTICLE, *self._state(article.id), article=article) for article in articles),
        )
        return Neighbourhood(nodes, links, self.complete)

    def _state(self, id: str) -> tuple[bool, bool]:
        return id in self.opened, id in self.more

    def _open_entity(self, entity: EntityRef) -> None:
        if not self._add_entity(entity):
            return
        self.opened.add(entity.id)
        for query in (ClaimQuery(about=(entity.id,)), ClaimQuery(speakers=(entity.id,))):
            self._add_found(entity.id, query)
        ties = self.store.list_ties(entity.id)
        ends = dict.fromkeys(end for tie in ties for end in (tie.subject, tie.object) if end != entity.id)
        for other in self.store.get_entities([*ends][: self.bounds.ties]):
            self._add_entity(refer(other))
        if len(ends) > self.bounds.ties:
            self.more.add(entity.id)
        self._add_ties(ties)

    def _open_claim(self, id: ClaimId) -> None:
        detail = get_claim(self.store, id)
        if not self._add_claims([detail.claim]):
            return
        self.opened.add(id)
        self._add_article(detail.claim.article)
        related = (*detail.same, *detail.asked, *detail.opposite)
        fitting = [claim for claim in related if self._fits(claim)]
        self._add_claims(fitting[: self.bounds.claims])
        if len(fitting) > self.bounds.claims:
            self.more.add(id)
        for other in related:
            says = SAYS_SAME if other.polarity is detail.claim.polarity else SAYS_OPPOSITE
            self.matters.add(Link(min(id, other.id), max(id, other.id), says))

    def _open_article(self, article: ArticleRef) -> None:
        if self._add_article(article):
            self.opened.add(article.id)
            self._add_found(article.id, ClaimQuery(article=article.id))

    def _add_found(self, id: str, query: ClaimQuery) -> None:
        wanted = self.wanted
        narrowed = replace(query, types=wanted.types, since=wanted.since, until=wanted.until)
        page = self.store.find_claims(narrowed, self.bounds.claims)
        self._add_claims(view_claim_records(self.store, page.claims))
        if page.next:
            self.more.add(id)

    def _fits(self, claim: ClaimView) -> bool:
        wanted = self.wanted
        return (
            (not wanted.types or claim.type in wanted.types)
            and (wanted.since is None or claim.reported_at >= wanted.since)
            and (wanted.until is None or claim.reported_at < wanted.until)
        )

    def _add_claims(self, claims: Iterable[ClaimView]) -> bool:
        """Each with its parties, or not at all. Whether there was room for every one."""
        whole = True
        for claim in claims:
            parties = {entity.id: entity for _, entity, _ in _iter_parties(claim)}
            added = (claim.id not in self.claims) + len(parties.keys() - self.entities.keys())
            if self.size + added > self.bounds.nodes:
                whole = self.complete = False
                continue
            self.claims[claim.id] = claim
            self.entities.update(parties)
        return whole

    def _add_entity(self, entity: EntityRef) -> bool:
        if entity.id not in self.entities and self.size == self.bounds.nodes:
            self.complete = False
            return False
        self.entities[entity.id] = entity
        return True

    def _add_article(self, article: ArticleRef) -> bool:
        if article.id not in self.articles and self.size == self.bounds.nodes:
            self.complete = False
            return False
        self.articles[article.id] = article
        return True

    def _add_ties(self, ties: Iterable[Tie]) -> None:
        self.ties.update(dict.fromkeys(ties))

    def _iter_links(self) -> Iterator[Link]:
        """All links between what is shown, in the order of what is shown."""
        for tie in self.ties:
            if tie.subject in self.entities and tie.object in self.entities:
                yield Link(tie.subject, tie.object, tie.relation.value)
        for claim in self.claims.values():
            for type, entity, depth in _iter_parties(claim):
                yield Link(claim.id, entity.id, type, depth)
            if claim.article.id in self.articles:
                yield Link(claim.article.id, claim.id, "STATES")
        for link in sorted(self.matters, key=lambda link: (link.start, link.end)):
            if link.start in self.claims and link.end in self.claims:
                yield link


def _iter_parties(claim: ClaimView) -> Iterator[tuple[str, EntityRef, int | None]]:
    """The named parties of a claim with the relationship to each and, for a speaker, the depth."""
    for type, party in (("SUBJECT", claim.subject), ("OBJECT", claim.object), ("ON", claim.benchmark)):
        if party and party.entity:
            yield type, party.entity, None
    for speaker in claim.claimants:
        if speaker.party.entity:
            yield "CLAIMED_BY", speaker.party.entity, speaker.depth
