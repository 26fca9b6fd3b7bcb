"""What stands out of many claims at once: comparisons, figures side by side, what a day brought."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from graph.records import Claim, ClaimType, EntityId, Modality, Polarity, Predicate
from graph.store import ClaimQuery, Facet, GraphStore
from graph.viewing import refer, view_claim_records
from graph.views import ClaimView, ComparisonView, FiguresView, MovedView, RiseView

DEPTH = 200
"""So many of the newest claims are looked at for comparisons and for figures."""

_DAY = timedelta(days=1)
_NAMED = 16
_COMPARED = 12
_MEASURES = 12
_PER_MEASURE = 8

# How a comparison reads from the side of its subject; from that of its object it is the other way round.
_STANDING = {Predicate.OUTPERFORMS: 1, Predicate.MATCHES: 0, Predicate.UNDERPERFORMS: -1}
_WITH_NUMBERS = (
    ClaimType.COST,
    ClaimType.COMPUTE,
    ClaimType.MARKET,
    ClaimType.DEAL,
    ClaimType.BENCHMARK,
    ClaimType.LEGAL,
)


def find_comparisons(store: GraphStore, entity: EntityId) -> tuple[ComparisonView, ...]:
    """Whom claims compare the entity with, most often first: affirmed ones that are not about the future."""
    query = ClaimQuery(about=(entity,), types=(ClaimType.BENCHMARK,), polarities=(Polarity.AFFIRMED,))
    standings: dict[EntityId, Counter[int]] = defaultdict(Counter)
    for claim in store.find_claims(query, limit=DEPTH).claims:
        if found := _read_standing(claim, entity):
            standings[found[0]][found[1]] += 1
    ranked = sorted(standings, key=lambda id: (-standings[id].total(), id))[:_COMPARED]
    return tuple(
        ComparisonView(refer(other), standings[other.id][1], standings[other.id][0], standings[other.id][-1])
        for other in store.get_entities(ranked)
    )


def _read_standing(claim: Claim, entity: EntityId) -> tuple[EntityId, int] | None:
    """The other side, and whether the claim puts the entity ahead of it (1), level (0) or behind (-1)."""
    standing = _STANDING.get(claim.predicate)
    ends = claim.subject.entity, claim.object.entity if claim.object else None
    if standing is None or claim.modality is Modality.PREDICTED or None in ends or ends[0] == ends[1]:
        return None
    subject, object = ends
    if subject == entity and object is not None:
        return object, standing
    return (subject, -standing) if object == entity and subject is not None else None


def find_figures(store: GraphStore, entity: EntityId) -> tuple[FiguresView, ...]:
    """Numbers that claims give for one measure of the entity in one unit, most often told first."""
    found = store.find_claims(ClaimQuery(about=(entity,), types=_WITH_NUMBERS), limit=DEPTH).claims
    views = view_claim_records(store, [claim for claim in found if claim.quantity and claim.subject.entity == entity])
    groups: dict[tuple[str, ClaimType, str], list[ClaimView]] = defaultdict(list)
    for view in views:
        if view.quantity:
            groups[view.quantity.measure, view.type, view.quantity.unit].append(view)
    ranked = sorted(groups, key=lambda key: (-len(groups[key]), key))[:_MEASURES]
    return tuple(FiguresView(*key, tuple(groups[key][:_PER_MEASURE])) for key in ranked)


def get_moved(store: GraphStore, now: datetime, latest: datetime | None) -> MovedView | None:
    """What the last 24 hours brought; where they brought nothing, what the 24 hours to the newest report did."""
    if latest is None:
        return None
    is_last = latest < now - _DAY
    since = (latest if is_last else now) - _DAY
    return MovedView(
        since=since,
        is_last=is_last,
        claims=_count(store, ClaimQuery(since=since)),
        claims_before=_count(store, ClaimQuery(since=since - _DAY, until=since)),
        denials=_count(store, ClaimQuery(since=since, polarities=(Polarity.DENIED,))),
        entities=tuple(_iter_risen(store, since)),
    )


def _iter_risen(store: GraphStore, since: datetime) -> Iterable[RiseView]:
    """Those about whom there are more claims than the day before, most claims first."""
    for row in store.list_entities(since, limit=_NAMED):
        before = _count(store, ClaimQuery(about=(row.entity.id,), since=since - _DAY, until=since))
        if row.claims > before:
            yield RiseView(refer(row.entity), row.claims, before)


def _count(store: GraphStore, query: ClaimQuery) -> int:
    """Matching claims, up to 10,000."""
    return sum(store.count_claims(query, Facet.TYPE).values())
