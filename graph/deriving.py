"""What follows from the claims of a store, kept in the store: propositions, their history, contradictions.

What people put in the place of misread claims (by_hand.py) comes first.

    queued claim → matter → bundle of matters → groups → propositions, contradictions → store

Releases tell makers, which decide into which matters claims go: they are found anew before a queued release gets its
own. Once all claims are in matters, each open matter is grouped once, whole, beside those with which it shares a
proposition or a judgement. What is put replaces what was there of the bundle in one transaction, and a matter that was
opened again meanwhile waits for the next round: whenever it is cut short, the store has the old or the new.

A large matter costs seconds however little of it is new. It rests a while after it was grouped; what touches it, or
stands beside it, stays open meanwhile and is grouped at once afterwards.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.background import (
    MAKING,
    RELEASING,
    TOLD,
    UPDATING,
    Background,
    find_moved,
    find_told_makers,
    make_background,
)
from graph.bundles import connect
from graph.errors import JudgementRefused
from graph.judging.by_hand import put_by_hand, read_rulings
from graph.judging.namesakes import find_namesakes, list_waiting, names_japanese
from graph.judging.selves import find_merged, set_aside_selves
from graph.matters.outcomes import Outcomes
from graph.proposition_store import Assigned, Derived, Matter, Queued
from graph.propositions import (
    NEAR,
    Group,
    Rulings,
    find_homes,
    find_matter,
    find_number,
    group_claims,
    list_doubtful,
    make_pages,
)
from graph.rates import NO_RATES, Rates
from graph.records import (
    Claim,
    ClaimId,
    ClaimType,
    EntityId,
    Judgement,
    Party,
    Predicate,
    Proposition,
    PropositionId,
    Relation,
    Tie,
)
from graph.rulings.resolve import derive_identity
from graph.rulings.shares import regrade
from graph.store import GraphStore

# Claims in memory at once, but for a matter that has more of them by itself.
_CLAIMS = 2_000
_MATTERS = 500
# A matter of more claims rests: it takes 5 s, at 3,935 claims a second. A run every quarter of an hour finds it rested.
_LARGE = 20_000
_REST = timedelta(minutes=14)


@dataclass(frozen=True, slots=True)
class Done:
    """How many claims were put into matters, and how many bundles of matters were grouped."""

    claims: int = 0
    bundles: int = 0


def derive(
    store: GraphStore,
    rates: Rates = NO_RATES,
    report: Callable[[Done], None] = lambda done: None,
    now: datetime | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Done:
    """Derives all that is queued; nothing to do costs a look.

    rates  by which sums of money in two currencies contradict each other; the same each time, or `derive --all`
    now    leaves large matters that rest at that moment for a later call; without it none rests
    stop   ends between two batches, and leaves the rest for a later call
    """
    if not store.count_queued():
        return Done()
    regrade(store)
    put_by_hand(store)
    bundles = 0
    abroad: list[ClaimId] = []
    names: set[str] = set()
    claims, ties = _assign_all(store, abroad, names, report, stop)
    abroad += list_waiting(store, names)
    judged = [_judge(store, judgement) for judgement in find_namesakes(store, abroad)] if abroad else []
    if any(judged):
        put_by_hand(store)
        _, ties = _assign_all(store, [], set())  # again, what names them
    rulings = read_rulings(store, store.list_judgements())
    left = store.list_resting(now) if now else frozenset()
    while not stop() and (batch := _pick_open(store, left)):
        read = read_bundles(store, batch, rulings.linked, left)
        bundles += store.put_matters(_derive(store, read, ties, rulings, rates)) if read else 0
        sizes = {matter.key: len(matter.claims) for bundle in read for matter in bundle}
        left |= frozenset(batch) - sizes.keys()  # they wait for what rests beside them
        if now:
            left |= _rest(store, sizes, now)
        report(Done(claims, bundles))
    return Done(claims, bundles)


def _rest(store: GraphStore, sizes: Mapping[str, int], now: datetime) -> frozenset[str]:
    """The large ones of the matters, which rest from now on."""
    large = [key for key, size in sizes.items() if size > _LARGE]
    if large:
        store.rest_matters(large, now + _REST)
    return frozenset(large)


def _judge(store: GraphStore, judgement: Judgement) -> bool:
    """Whether it counts now: what people said of the two, or of those that stand for them, goes before."""
    try:
        return store.judge(judgement)
    except JudgementRefused:
        return False


def _assign_all(
    store: GraphStore,
    abroad: list[ClaimId],
    names: set[str],
    report: Callable[[Done], None] = lambda done: None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[int, tuple[Tie, ...]]:
    """How many claims were put into matters, and the ties by which; those with a Japanese name are noted, and the
    names of all parties."""
    claims = 0
    merged = find_merged(store.list_judgements())
    ties = read_ties(store)
    reckoned: Mapping[ClaimId, int] = {}
    while not stop() and (queued := store.list_queued(_CLAIMS)):
        if any(one.predicate in MAKING and reckoned.get(one.claim) != one.stamp for one in queued):
            # While they are queued, so that a run that is cut short does it again. What is queued from here on is not
            # reckoned with, that which makers queue included.
            reckoned = store.find_queued(sorted(MAKING))
            _find_makers(store)
            ties = read_ties(store)
            continue
        if set_aside_selves(store, queued, merged):
            continue  # they are queued again, as they stand now
        abroad += [one.claim for one in queued if names_japanese(one.subject, one.object)]
        names |= {party.name for one in queued for party in (one.subject, one.object) if party}
        _assign(store, queued, ties)
        claims += len(queued)
        report(Done(claims))
    return claims, ties


def _assign(store: GraphStore, queued: Sequence[Queued], ties: Sequence[Tie]) -> None:
    """Those that are not queued, but go to another matter now that these are there, are queued."""
    background = _read_background(store, (party for one in queued for party in (one.subject, one.object)), ties)
    told = [one.claim for one in queued if one.measure]
    homes = _find_homes(store, [*told, *_list_beside(store, queued)], ties)
    placed = {one.claim: homes.get(one.claim) or find_matter(one, background) for one in queued}
    others = store.find_matters(sorted(homes.keys() - placed.keys()))
    store.assign_claims(Assigned(one.claim, one.stamp, placed[one.claim]) for one in queued)
    if moved := sorted(id for id, matter in others.items() if homes[id] != matter):
        store.queue_claims(moved)


def _list_beside(store: GraphStore, queued: Sequence[Queued]) -> list[ClaimId]:
    """What else is told in numbers by the articles of claims that are queued again: a name there may be another now,
    and make one story of two articles."""
    again = sorted(store.find_matters([one.claim for one in queued]))
    articles = sorted({claim.article_id for claim in store.get_claims(again)}) if again else []
    told = store.list_claims_of(articles, tuple(Predicate)) if articles else ()
    return [claim.id for claim in told if find_number(claim)]


def _find_homes(store: GraphStore, claims: Sequence[ClaimId], ties: Sequence[Tie]) -> dict[ClaimId, str]:
    """The matters of the claims that tell a number, and of all others that tell it at about that time."""
    near = [claim.id for claim in store.list_equal(claims, NEAR)] if claims else []
    pool = store.list_equal(near, NEAR) if near else ()
    background = read_background(store, pool, ties)
    articles = sorted(list_doubtful(set(near), pool, background))
    told = store.list_claims_of(articles, tuple(Predicate)) if articles else ()
    pages = make_pages(told, read_background(store, told, ties))
    return find_homes(set(near), pool, pages, background)


def _pick_open(store: GraphStore, left: frozenset[str]) -> list[str]:
    """Open matters of few claims together, without those that are left for later; a large one alone."""
    picked: list[str] = []
    claims = 0
    for key, size in store.list_open_matters(_MATTERS + len(left)).items():
        if key in left:
            continue
        if picked and claims + size > _CLAIMS:
            break
        picked.append(key)
        claims += size
    return picked


def _derive(
    store: GraphStore,
    bundles: Sequence[Sequence[Matter]],
    ties: Sequence[Tie],
    rulings: Rulings,
    rates: Rates,
) -> list[Derived]:
    matters = [matter for bundle in bundles for matter in bundle]
    claims = {claim.id: claim for matter in matters for claim in matter.claims}
    background = read_background(store, claims.values(), ties)
    homes = {claim.id: matter.key for matter in matters for claim in matter.claims}
    groups = group_claims(claims.values(), background, rulings, homes)
    kept = _find_kept(store, groups, frozenset().union(*(matter.fresh for matter in matters)))
    needed = [claims[link.claim] for group in groups if group.id not in kept for link in group.links]
    outcomes = Outcomes(store, needed, background, rulings, kept, rates)
    place = {claim.id: n for n, bundle in enumerate(bundles) for matter in bundle for claim in matter.claims}
    mine: dict[int, list[Group]] = defaultdict(list)
    for group in groups:
        mine[place[group.links[0].claim]].append(group)
    return [outcomes.make(bundle, mine[n]) for n, bundle in enumerate(bundles)]


def _find_kept(
    store: GraphStore, groups: Sequence[Group], fresh: frozenset[ClaimId]
) -> dict[PropositionId, Proposition]:
    """What is kept of groups of which no claim is new or changed; accusations are told anew, for their answers."""
    old = {
        group.id: group.links
        for group in groups
        if group.type is not ClaimType.ALLEGATION and fresh.isdisjoint(link.claim for link in group.links)
    }
    return {one.id: one for one in store.get_propositions(list(old)) if one.links == old[one.id]} if old else {}


def read_bundles(
    store: GraphStore,
    keys: Sequence[str],
    linked: Sequence[Sequence[ClaimId]],
    resting: frozenset[str] = frozenset(),
) -> list[list[Matter]]:
    """The matters, each with those that must be grouped and replaced beside it; none of those beside a resting one."""
    places = store.find_matters([id for ids in linked for id in ids]) if linked else {}
    beside: dict[str, set[str]] = defaultdict(set)
    for ids in linked:
        group = {places[id] for id in ids if id in places}
        for key in group:
            beside[key] |= group
    matters: dict[str, Matter] = {}
    wanted = set(keys)
    while wanted:
        matters |= {matter.key: matter for matter in store.read_matters(sorted(wanted))}
        for key in wanted:
            for other in matters[key].shares:
                beside[key].add(other)
                beside[other].add(key)
        wanted = {other for key in wanted for other in beside[key]} - matters.keys() - resting
    bundles = connect(matters, beside)
    return [[matters[key] for key in bundle] for bundle in bundles if resting.isdisjoint(bundle)]


def _find_makers(store: GraphStore) -> None:
    """Keeps who makes what by what claims tell; what names those behind whom others stand now is queued."""
    told = [store.list_releases(predicates) for predicates in (RELEASING, UPDATING)]
    parties = {id for releases in told for one in releases for id in (one.maker, one.thing)}
    known = _read_known_ties(store)
    found = find_told_makers(told, parties, make_background(store.get_entities(sorted(parties)), known))
    before, now = (_read_background(store, (), (*known, *makers)) for makers in (_read_told_ties(store), found))
    store.put_makers({tie.object: tie.subject for tie in found}, sorted(find_moved(before, now)))


def read_ties(store: GraphStore) -> tuple[Tie, ...]:
    """The ties between those that their ends stand for, then those to makers that claims tell."""
    return (*_read_known_ties(store), *_read_told_ties(store))


def _read_told_ties(store: GraphStore) -> tuple[Tie, ...]:
    return tuple(Tie(maker, Relation.MAKES, thing, TOLD) for thing, maker in store.get_makers().items())


def _read_known_ties(store: GraphStore) -> tuple[Tie, ...]:
    find_root = derive_identity(store.list_judgements()).find_root
    led = (Tie(find_root(tie.subject), tie.relation, find_root(tie.object), tie.source) for tie in store.iter_ties())
    return tuple(tie for tie in led if tie.subject != tie.object)


def read_background(store: GraphStore, claims: Iterable[Claim], ties: Sequence[Tie]) -> Background:
    """Of the entities those that the claims name, and those at the ends of ties."""
    return _read_background(store, (party for claim in claims for party in claim.parties), ties)


def _read_background(store: GraphStore, parties: Iterable[Party | None], ties: Sequence[Tie]) -> Background:
    named: dict[EntityId, None] = {end: None for tie in ties for end in (tie.subject, tie.object)}
    named |= {party.entity: None for party in parties if party and party.entity}
    return make_background(store.get_entities(list(named)), ties)
