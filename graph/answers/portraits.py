"""What stands out of many claims at once: comparisons, figures side by side, what a day brought."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from graph.answers.viewing import refer, view_claim_records
from graph.records import Claim, ClaimType, EntityId, Modality, Polarity, Predicate
from graph.store import ClaimQuery, Facet, GraphStore
from graph.views import ComparisonView, MeasureView, MovedView, RiseView

DEPTH = 100
"""So many of the newest claims that may compare or measure are looked at."""

_DAY = timedelta(days=1)
_NAMED = 8
_COMPARED = 12
_MEASURES = 8
_PER_MEASURE = 6

# How a comparison reads from the side of its subject; from that of its object it is the other way round.
_STANDING = {Predicate.OUTPERFORMS: 1, Predicate.MATCHES: 0, Predicate.UNDERPERFORMS: -1}
_MEASURED = (
    ClaimType.COST,
    ClaimType.COMPUTE,
    ClaimType.MARKET,
    ClaimType.DEAL,
    ClaimType.BENCHMARK,
    ClaimType.LEGAL,
)


def read_measured(store: GraphStore, entity: EntityId) -> tuple[Claim, ...]:
    """The newest claims about the entity of the kinds that compare and measure, up to DEPTH."""
    return store.find_claims(ClaimQuery(about=(entity,), types=_MEASURED, weak=False), limit=DEPTH).claims


def find_comparisons(store: GraphStore, entity: EntityId, claims: Sequence[Claim]) -> tuple[ComparisonView, ...]:
    """Whom the claims compare the entity with, most often first: affirmed ones that are not about the future."""
    standings: dict[EntityId, Counter[int]] = defaultdict(Counter)
    for claim in claims:
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
    if standing is None or claim.modality is Modality.PREDICTED or claim.polarity is Polarity.DENIED:
        return None
    subject, object = claim.subject.entity, claim.object.entity if claim.object else None
    if subject is None or object is None or subject == object:
        return None
    if subject == entity:
        return object, standing
    return (subject, -standing) if object == entity else None


def view_measures(store: GraphStore, entity: EntityId, claims: Sequence[Claim]) -> tuple[MeasureView, ...]:
    """Numbers that the claims give for one measure of the entity and one other party in one unit, most often told
    first."""
    groups: dict[tuple[str, ClaimType, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.quantity and claim.subject.entity == entity:
            other = (claim.object.entity or claim.object.name) if claim.object else ""
            groups[claim.quantity.measure, claim.type, claim.quantity.unit, other].append(claim)
    ranked = sorted(groups, key=lambda key: (-len(groups[key]), key))[:_MEASURES]
    shown = {key: groups[key][:_PER_MEASURE] for key in ranked}
    views = iter(view_claim_records(store, [claim for group in shown.values() for claim in group]))
    found = [(key, tuple(islice(views, len(group)))) for key, group in shown.items()]
    return tuple(MeasureView(*key[:3], group[0].object, group) for key, group in found)


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
        entities=_list_risen(store, since),
    )


def _list_risen(store: GraphStore, since: datetime) -> tuple[RiseView, ...]:
    """Those about whom there are more claims than the day before, most claims first."""
    rises = []
    for row in store.list_entities(since, limit=_NAMED):
        now = _count(store, ClaimQuery(about=(row.entity.id,), since=since))
        before = _count(store, ClaimQuery(about=(row.entity.id,), since=since - _DAY, until=since))
        if now > before:
            rises.append(RiseView(refer(row.entity), now, before))
    return tuple(sorted(rises, key=lambda rise: -rise.claims))


def _count(store: GraphStore, query: ClaimQuery) -> int:
    """Matching claims that are neither weak nor misread, up to 10,000."""
    return sum(store.count_claims(replace(query, weak=False), Facet.TYPE).values())
