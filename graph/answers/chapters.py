"""A proposition as a chapter: what became of it, whom it comes from, who answers, what it cannot stand beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.answers.evidence import Evidence, is_contested, read_beside, read_evidence, read_told
from graph.answers.gist import read_gists
from graph.answers.viewing import list_once, refer, refer_proposition, view_claim_records
from graph.computed import Beside, Computation, Tables, find_computations
from graph.matters.drift import Drift, find_drift
from graph.matters.inflation import Inflation, find_inflation
from graph.matters.origins import Origins, count_origins, find_origins
from graph.matters.reply import Reply, find_replies
from graph.matters.rivals import find_rivals
from graph.matters.stake import Stake, find_stakes
from graph.matters.status import find_status
from graph.matters.told import find_told_ties
from graph.readers import is_board_row
from graph.records import (
    GRAVE,
    Claim,
    ClaimId,
    ClaimType,
    Contradiction,
    EntityId,
    Event,
    Polarity,
    Proposition,
    PropositionId,
    Status,
    Tie,
)
from graph.store import GraphStore
from graph.utterances import Utterance
from graph.views import ClaimView, EntityRef, Gist, PropositionRef

# What a rival of the one spoken about may have an interest in, beside all that is contested.
_AT_STAKE = (ClaimType.ALLEGATION, ClaimType.BENCHMARK, ClaimType.CAPABILITY, ClaimType.COMPUTE, ClaimType.COST)


@dataclass(frozen=True, slots=True)
class Clock:
    """Which history is asked for: what was known before a moment, and, if given, what was so before another."""

    known_by: datetime
    valid_by: datetime | None = None

    @property
    def told_by(self) -> datetime:
        """The earlier of the two: what was both known and so."""
        return min(self.known_by, self.valid_by or self.known_by)


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A proposition and what became of it. Claims are named by id; the view around it has them.

    status     the event that gives the status; None when it was not so yet by the day asked for
    history    all events known by then
    affirmed   its claims that affirm it, oldest first, then weak ones; denied: those that deny it
    gist       what its headline is made of; None when its claims are gone since it was read
    """

    matter: PropositionId
    label_en: str
    label_ja: str
    type: ClaimType
    status: Event | None
    history: tuple[Event, ...]
    origins: Origins
    affirmed: tuple[ClaimId, ...]
    denied: tuple[ClaimId, ...]
    replies: tuple[Reply, ...]
    stakes: tuple[Stake, ...]
    drifts: tuple[Drift, ...]
    inflations: tuple[Inflation, ...]
    computations: tuple[Computation, ...]
    part_of: tuple[PropositionId, ...]
    gist: Gist | None


@dataclass(frozen=True, slots=True)
class OpposedView:
    """Two propositions that cannot both hold, with the claims that affirm either."""

    contradiction: Contradiction
    one: PropositionRef
    other: PropositionRef
    one_claims: tuple[ClaimId, ...]
    other_claims: tuple[ClaimId, ...]


def read_claimed_evidence(store: GraphStore, claims: Iterable[Claim], clock: Clock) -> Evidence:
    """What stands behind the propositions of these claims; rows of leaderboards are beside, not in, a story."""
    ids = store.find_propositions_of([claim.id for claim in claims if not is_board_row(claim)])
    return read_evidence(store, list_once(ids.values()), clock.known_by)


def make_chapters(
    store: GraphStore, evidence: Evidence, clock: Clock, tables: Tables, limit: int
) -> tuple[ChapterView, ...]:
    """The propositions of most weight, at most `limit`. The others are only weighed: of a hub there are a thousand."""
    contested = {id for c in evidence.contradictions if not c.dismissed for id in (c.one, c.other)}
    shown = sorted(evidence.propositions, key=lambda one: _weigh(one, evidence, contested))[:limit]
    beside = read_beside(store, (told for one in shown for told in evidence.told[one.id]), tables)
    told_ties = find_told_ties((one.claim for one in evidence.utterances), evidence.background)
    ties = (*told_ties, *find_rivals(evidence.utterances, evidence.background))
    gists = read_gists(store, shown)
    return tuple(view_chapter(one, gists.get(one.id), evidence, clock, beside, ties) for one in shown)


def view_chapter(
    proposition: Proposition,
    gist: Gist | None,
    evidence: Evidence,
    clock: Clock,
    beside: Beside,
    ties: Sequence[Tie],
) -> ChapterView:
    """One proposition of the evidence, as known by the clock.

    beside  what its claims are computed beside
    ties    those that claims of the evidence say
    """
    told = evidence.told[proposition.id]
    shown = (*told, *evidence.weak.get(proposition.id, ()))
    history = tuple(event for event in proposition.events if event.recorded_at < clock.known_by)
    background, copies = evidence.background, evidence.copies
    return ChapterView(
        proposition.id,
        proposition.label_en,
        proposition.label_ja,
        proposition.type,
        find_status(history, clock.known_by, clock.valid_by),
        history,
        find_origins(told, background, copies),
        tuple(one.id for one in shown if one.claim.polarity is Polarity.AFFIRMED),
        tuple(one.id for one in shown if one.claim.polarity is Polarity.DENIED),
        read_replies(proposition, evidence),
        find_stakes(told, background, ties) if has_stakes(proposition) else (),
        find_drift(told, copies),
        find_inflation(told, copies),
        find_computations(told, beside),
        proposition.part_of,
        gist,
    )


def has_stakes(proposition: Proposition) -> bool:
    """Whether a rival of the one spoken about may have an interest in it."""
    return proposition.type in _AT_STAKE or is_contested(proposition)


def read_replies(proposition: Proposition, evidence: Evidence) -> tuple[Reply, ...]:
    """What those whom a proposition of the evidence is about answered; empty where nothing is contested."""
    if not is_contested(proposition):
        return ()
    told, nearby = evidence.told[proposition.id], evidence.nearby
    return find_replies(told, nearby.add_told(evidence.background, told), nearby.list_beside(told))


def _weigh(proposition: Proposition, evidence: Evidence, contested: set[PropositionId]) -> tuple[int, int, int, str]:
    """Most articles first, where what is contested counts twice, and an accusation or a legal step once more; of equals
    most articles, then most origins.
    """
    told = evidence.told[proposition.id]
    counts = count_origins(told, evidence.background, evidence.copies)
    is_denied = any(one.claim.polarity is Polarity.DENIED for one in told)
    is_disputed = is_denied or proposition.id in contested
    weight = counts.articles * (1 + is_disputed + (proposition.type in GRAVE))
    return -weight, -counts.articles, -counts.origins, proposition.id


def view_contradictions(store: GraphStore, evidence: Evidence, clock: Clock) -> tuple[OpposedView, ...]:
    """Those at either end of which one of the propositions stands; the other end is read when it is not here."""
    known = {proposition.id: proposition for proposition in evidence.propositions}
    missing = [id for c in evidence.contradictions for id in (c.one, c.other) if id not in known]
    beyond, beyond_told, _ = read_told(store, missing, clock.known_by) if missing else ((), {}, {})
    told = {**evidence.told, **beyond_told}
    known |= {proposition.id: proposition for proposition in beyond}
    ends = list_once(id for c in evidence.contradictions for id in (c.one, c.other) if id in known)
    gists = read_gists(store, (known[id] for id in ends), with_rivals=False)
    return _make_contradictions(evidence.contradictions, known, told, gists, clock)


def _make_contradictions(
    found: Iterable[Contradiction],
    known: Mapping[PropositionId, Proposition],
    told: Mapping[PropositionId, tuple[Utterance, ...]],
    gists: Mapping[PropositionId, Gist],
    clock: Clock,
) -> tuple[OpposedView, ...]:
    return tuple(
        OpposedView(
            contradiction,
            refer_as_known(known[contradiction.one], gists.get(contradiction.one), clock),
            refer_as_known(known[contradiction.other], gists.get(contradiction.other), clock),
            _list_affirming(told[contradiction.one]),
            _list_affirming(told[contradiction.other]),
        )
        for contradiction in found
        if contradiction.one in known and contradiction.other in known
    )


def refer_as_known(proposition: Proposition, gist: Gist | None, clock: Clock) -> PropositionRef:
    """What it takes to name the proposition, with its status by the clock."""
    event = find_status(proposition.events, clock.known_by, clock.valid_by)
    return refer_proposition(proposition, event.status if event else None, gist)


def _list_affirming(told: Iterable[Utterance]) -> tuple[ClaimId, ...]:
    return tuple(one.id for one in told if one.claim.polarity is Polarity.AFFIRMED)


def index_propositions(evidence: Evidence) -> dict[ClaimId, PropositionId]:
    """The proposition of each claim that is told."""
    return {one.id: id for id, told in evidence.told.items() for one in told}


def list_taken_back(propositions: Iterable[Proposition], clock: Clock) -> frozenset[PropositionId]:
    """Those that nobody says any more, as known by the clock."""
    found = ((one.id, find_status(one.events, clock.known_by, clock.valid_by)) for one in propositions)
    return frozenset(id for id, event in found if event and event.status is Status.RETRACTED)


def view_named_claims(store: GraphStore, told: Iterable[Utterance], ids: Iterable[ClaimId]) -> dict[str, ClaimView]:
    """The claims that are told and those named beside them, by id."""
    claims = {one.id: one.claim for one in told}
    claims |= {claim.id: claim for claim in store.get_claims([id for id in list_once(ids) if id not in claims])}
    return {view.id: view for view in view_claim_records(store, tuple(claims.values()))}


def refer_all(store: GraphStore, ids: Iterable[EntityId]) -> dict[str, EntityRef]:
    """The entities by id; each is read once."""
    return {entity.id: refer(entity) for entity in store.get_entities(list_once(ids))}


def list_ends(stake: Stake) -> Iterable[EntityId]:
    """Everybody whom a stake's path names."""
    yield from (stake.speaker, stake.rival, stake.about)
    for tie in stake.path:
        yield from (tie.subject, tie.object)
