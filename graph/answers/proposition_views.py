"""Propositions and contradictions as lists for readers: what became of each, as known by a day or so on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from graph.answers.gist import read_gists
from graph.answers.viewing import refer
from graph.matters.status import find_status
from graph.proposition_store import PropositionQuery
from graph.records import (
    ClaimId,
    ClaimType,
    Contradiction,
    ContradictionKind,
    Predicate,
    Proposition,
    PropositionId,
    Status,
)
from graph.store import GraphStore
from graph.views import EntityRef, Gist

# Later than anything that is known.
_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """A step in a proposition's history, with the claims that it rests on."""

    status: Status
    valid_from: datetime
    recorded_at: datetime
    basis: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class MatterView:
    """A proposition in a list; `history` are the steps that were known, the one that gives the status is in it.

    label, label_ja  its parties and predicate, without who says it: data, never shown alone
    about            whom its first claim is about
    gist             what its headline is made of; None when its claims are gone since it was read
    """

    id: PropositionId
    label: str
    label_ja: str
    type: ClaimType
    predicate: Predicate
    status: Status
    articles: int
    origins: int
    first_reported_at: datetime
    last_reported_at: datetime
    history: tuple[HistoryStep, ...]
    claims: tuple[ClaimId, ...]
    about: tuple[EntityRef, ...] = ()
    gist: Gist | None = None


@dataclass(frozen=True, slots=True)
class MatterPage:
    """`next` is the cursor of the page after, None at the end.

    total   of all that match, exact below 10,000, and by facet how many there are of each value, where they are counted
    """

    matters: tuple[MatterView, ...]
    next: str | None
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """Two propositions that cannot both hold; `dismissed` when somebody judged that it is none."""

    kind: ContradictionKind
    score: float
    dismissed: bool
    one: MatterView
    other: MatterView


def list_matters(store: GraphStore, query: PropositionQuery, limit: int = 20, after: str | None = None) -> MatterPage:
    """One page of propositions, each as it was known and so by the times of the query."""
    page = store.find_propositions(query, limit, after)
    return MatterPage(view_matters(store, page.propositions, query.known_by, query.valid_at), page.next)


def list_contradictions(store: GraphStore, limit: int = 20) -> tuple[ContradictionView, ...]:
    """Open ones first, then those in most articles."""
    return view_contradictions(store, store.list_contradictions(limit=limit))


def view_contradictions(store: GraphStore, found: Sequence[Contradiction]) -> tuple[ContradictionView, ...]:
    """These, each with both of its propositions."""
    ids = list(dict.fromkeys(id for one in found for id in (one.one, one.other)))
    both = store.get_propositions(ids) if ids else ()
    views = {view.id: view for view in view_matters(store, both, with_rivals=False)}
    return tuple(
        ContradictionView(one.kind, one.score, one.dismissed, views[one.one], views[one.other])
        for one in found
        # Derived anew since they were listed.
        if one.one in views and one.other in views
    )


def view_matters(
    store: GraphStore,
    propositions: Iterable[Proposition],
    known_by: datetime | None = None,
    valid_at: datetime | None = None,
    with_rivals: bool = True,
) -> tuple[MatterView, ...]:
    """The propositions in their order, each as it was known and so by the two times.

    with_rivals  headlines have the numbers that contradict their own
    """
    found = tuple(propositions)
    about = _find_about(store, found)
    gists = read_gists(store, found, with_rivals)
    return tuple(_view(one, about[one.id], gists.get(one.id), known_by or _EVER, valid_at) for one in found)


def _find_about(store: GraphStore, found: Iterable[Proposition]) -> Mapping[PropositionId, tuple[EntityRef, ...]]:
    """Of each the named parties of its first claim: subject, object, benchmark."""
    firsts = {one.id: one.links[0].claim for one in found}
    claims = {claim.id: claim for claim in store.get_claims(list(firsts.values()))}
    named = {id: claims[first].about if first in claims else () for id, first in firsts.items()}
    entities = store.get_entities(list(dict.fromkeys(entity for parties in named.values() for entity in parties)))
    refs = {entity.id: refer(entity) for entity in entities}
    return {id: tuple(refs[entity] for entity in parties if entity in refs) for id, parties in named.items()}


def _view(
    one: Proposition,
    about: tuple[EntityRef, ...],
    gist: Gist | None,
    known_by: datetime,
    valid_at: datetime | None,
) -> MatterView:
    event = find_status(one.events, known_by, valid_at)
    return MatterView(
        one.id,
        one.label_en,
        one.label_ja,
        one.type,
        one.predicate,
        event.status if event else one.status,
        one.articles,
        one.origins,
        one.first_reported_at,
        one.last_reported_at,
        tuple(
            HistoryStep(event.status, event.valid_from, event.recorded_at, event.basis)
            for event in one.events
            if event.recorded_at < known_by
        ),
        tuple(link.claim for link in one.links),
        about,
        gist,
    )
