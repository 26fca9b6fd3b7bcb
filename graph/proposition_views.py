"""Propositions and contradictions as lists for readers: what became of each, as known by a day or so on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

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
from graph.status import find_status
from graph.store import GraphStore

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
    """A proposition in a list; `history` are the steps that were known, the one that gives the status is in it."""

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


@dataclass(frozen=True, slots=True)
class MatterPage:
    """`next` is the cursor of the page after, None at the end."""

    matters: tuple[MatterView, ...]
    next: str | None


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
    views = tuple(_view(one, query.known_by or _EVER, query.valid_at) for one in page.propositions)
    return MatterPage(views, page.next)


def list_contradictions(store: GraphStore, limit: int = 20) -> tuple[ContradictionView, ...]:
    """Open ones first, then those in most articles."""
    return view_contradictions(store, store.list_contradictions(limit=limit))


def view_contradictions(store: GraphStore, found: Sequence[Contradiction]) -> tuple[ContradictionView, ...]:
    """These, each with both of its propositions."""
    ids = list(dict.fromkeys(id for one in found for id in (one.one, one.other)))
    views = {one.id: _view(one, _EVER, None) for one in store.get_propositions(ids)} if ids else {}
    return tuple(
        ContradictionView(one.kind, one.score, one.dismissed, views[one.one], views[one.other])
        for one in found
        # Derived anew since they were listed.
        if one.one in views and one.other in views
    )


def _view(one: Proposition, known_by: datetime, valid_at: datetime | None) -> MatterView:
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
    )
