"""The story of a matter, the ledger and figures, as views: for commands, API and pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from graph.computed import Computation, Listed, find_computations
from graph.drift import Drift, find_drift
from graph.evidence import Evidence, find_subject, read_boards, read_evidence
from graph.figures import Figures, find_figures
from graph.inflation import Inflation, find_inflation
from graph.leaderboards import RULE
from graph.ledger import Debt, Entry, count_debt, find_entries
from graph.origins import Origins, find_origins
from graph.rates import Rates
from graph.records import (
    Claim,
    ClaimId,
    ClaimType,
    Contradiction,
    EntityId,
    Event,
    Polarity,
    Proposition,
    PropositionId,
    Tie,
)
from graph.reply import Reply, find_replies
from graph.stake import Stake, find_claimed_ties, find_stakes
from graph.status import find_status
from graph.store import GraphStore
from graph.utterances import Utterance
from graph.viewing import refer, view_claim_records
from graph.views import ClaimView, EntityRef
from graph.within import SelfContradiction, find_self_contradictions

_T = TypeVar("_T")

# What a rival of the one spoken about may have an interest in. A stance is a party's own already.
_AT_STAKE = (ClaimType.ALLEGATION, ClaimType.BENCHMARK, ClaimType.CAPABILITY, ClaimType.COMPUTE, ClaimType.COST)


@dataclass(frozen=True, slots=True)
class Tables:
    """What ships beside the program and claims are computed with: exchange rates, records as they stood."""

    rates: Rates
    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """Which history is asked for: what was known before a moment, and, if given, what was so before another."""

    known_by: datetime
    valid_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A proposition and what became of it. Claims are named by id; the view around it has them.

    status     the event that gives the status; None when it was not so yet by the day asked for
    history    all events known by then
    affirmed   its claims that affirm it, oldest first; denied: those that deny it
    """

    proposition: PropositionId
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


@dataclass(frozen=True, slots=True)
class OpposedView:
    """Two propositions that cannot both hold, with the claims that affirm either."""

    contradiction: Contradiction
    one: str
    other: str
    one_claims: tuple[ClaimId, ...]
    other_claims: tuple[ClaimId, ...]

    @property
    def ends(self) -> set[PropositionId]:
        """The two propositions."""
        return {self.contradiction.one, self.contradiction.other}


@dataclass(frozen=True, slots=True)
class StoryView:
    """The story of a matter as known by a moment: propositions by weight, most articles first.

    articles  pages in which its claims stand
    within    articles that contradict themselves
    more      propositions that are not shown
    complete  all claims were looked at
    claims    every claim that the view names, by id; entities likewise
    """

    query: str
    clock: Clock
    about: tuple[EntityRef, ...]
    articles: int
    first_at: datetime | None
    last_at: datetime | None
    chapters: tuple[ChapterView, ...]
    contradictions: tuple[OpposedView, ...]
    within: tuple[SelfContradiction, ...]
    figures: tuple[Figures, ...]
    more: int
    complete: bool
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Results and who measured them, with what each vendor owes and the boards that were loaded."""

    query: str
    entries: tuple[Entry, ...]
    debts: tuple[Debt, ...]
    computations: tuple[Computation, ...]
    complete: bool
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]


@dataclass(frozen=True, slots=True)
class FiguresView:
    """Numbers side by side, and which propositions they contradict each other in."""

    query: str
    figures: tuple[Figures, ...]
    contradictions: tuple[OpposedView, ...]
    complete: bool
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]


def get_story(store: GraphStore, text: str, clock: Clock, tables: Tables, limit: int = 12) -> StoryView:
    """The story of what a search text asks for. QueryError for a text that is wrong."""
    subject = find_subject(store, text, clock.known_by, clock.known_by)
    evidence = _read_evidence(store, subject.claims, clock)
    chapters = _make_chapters(store, evidence, clock, tables)
    shown = chapters[:limit]
    kept = {chapter.proposition for chapter in shown}
    told = evidence.utterances
    near = [one for id, ones in evidence.told.items() if id in kept for one in ones]
    contradictions = tuple(view for view in _view_contradictions(store, evidence, clock) if kept & view.ends)
    within = find_self_contradictions(told, _index(evidence))
    figures = tuple(f for f in find_figures(near, tables.rates, _index(evidence)) if len(f.figures) + len(f.left) > 1)
    named = [id for pair in within for id in (pair.one, pair.other)]
    named += [id for chapter in shown for event in chapter.history for id in event.basis]
    named += [id for view in contradictions for id in (*view.one_claims, *view.other_claims)]
    return StoryView(
        text,
        clock,
        tuple(refer(entity) for entity in subject.entities),
        len({one.article.url for one in told}),
        min((one.at for one in told), default=None),
        max((one.at for one in told), default=None),
        shown,
        contradictions,
        within,
        figures,
        len(chapters) - len(shown),
        subject.complete,
        _view_claims(store, near, named),
        _refer_all(store, (id for chapter in shown for stake in chapter.stakes for id in _list_ends(stake))),
    )


def get_ledger(store: GraphStore, text: str, clock: Clock, limit: int = 200) -> LedgerView:
    """The results that a search text asks for, or all, oldest first. QueryError for a text that is wrong."""
    subject = find_subject(store, f"{text} type:benchmark", clock.known_by, clock.known_by)
    evidence = _read_evidence(store, subject.claims, clock)
    boards = read_boards(store, evidence.utterances)
    entries = find_entries(evidence.utterances, evidence.background, _index(evidence))[:limit]
    told = [one for one in evidence.utterances if one.claim.rule != RULE]
    vendors = {entry.vendor for entry in entries if entry.vendor}
    return LedgerView(
        text,
        entries,
        count_debt(entries),
        find_computations(told, (), boards),
        subject.complete,
        _view_claims(store, evidence.utterances, ()),
        _refer_all(store, sorted(vendors)),
    )


def get_figures(
    store: GraphStore, text: str, clock: Clock, tables: Tables, measure: str = "", limit: int = 50
) -> FiguresView:
    """Every number that a search text asks for, of one measure or of all. QueryError for a text that is wrong."""
    subject = find_subject(store, text, clock.known_by, clock.known_by)
    claims = [c for c in subject.claims if c.quantity and c.rule != RULE and measure in ("", c.quantity.measure)]
    evidence = _read_evidence(store, claims, clock)
    told = [one for one in evidence.utterances if one.claim.quantity and measure in ("", one.claim.quantity.measure)]
    contradictions = _view_contradictions(store, evidence, clock)
    named = [id for c in contradictions for id in (*c.one_claims, *c.other_claims)]
    return FiguresView(
        text,
        find_figures(told, tables.rates, _index(evidence))[:limit],
        contradictions,
        subject.complete,
        _view_claims(store, told, named),
        {},
    )


def _read_evidence(store: GraphStore, claims: Iterable[Claim], clock: Clock) -> Evidence:
    """What stands behind the propositions of these claims; rows of leaderboards are beside, not in, a story."""
    ids = store.find_propositions_of([claim.id for claim in claims if claim.rule != RULE])
    return read_evidence(store, _unique(ids.values()), clock.known_by)


def _make_chapters(store: GraphStore, evidence: Evidence, clock: Clock, tables: Tables) -> tuple[ChapterView, ...]:
    """All propositions by weight."""
    boards = read_boards(store, evidence.utterances)
    ties = find_claimed_ties(evidence.utterances)
    contested = {id for c in evidence.contradictions if not c.dismissed for id in (c.one, c.other)}
    chapters = (_view_chapter(p, evidence, clock, tables, boards, ties) for p in evidence.propositions)
    return tuple(sorted(chapters, key=lambda chapter: _weigh(chapter, contested)))


def _view_chapter(
    proposition: Proposition,
    evidence: Evidence,
    clock: Clock,
    tables: Tables,
    boards: Sequence[Utterance],
    ties: Sequence[Tie],
) -> ChapterView:
    told = evidence.told[proposition.id]
    accuses = proposition.type is ClaimType.ALLEGATION
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
        tuple(one.id for one in told if one.claim.polarity is Polarity.AFFIRMED),
        tuple(one.id for one in told if one.claim.polarity is Polarity.DENIED),
        find_replies(told, background) if accuses else (),
        find_stakes(told, background, ties) if proposition.type in _AT_STAKE else (),
        find_drift(told, copies),
        find_inflation(told, copies),
        find_computations(told, tables.listed, boards),
        proposition.part_of,
    )


def _weigh(chapter: ChapterView, contested: set[PropositionId]) -> tuple[int, bool, bool, int, str]:
    """Most articles first; of equals what is contested, then accusations and legal steps, then most origins."""
    is_contested = bool(chapter.denied) or chapter.proposition in contested
    is_grave = chapter.type in (ClaimType.ALLEGATION, ClaimType.LEGAL)
    return -chapter.origins.articles, not is_contested, not is_grave, -chapter.origins.count, chapter.proposition


def _view_contradictions(store: GraphStore, evidence: Evidence, clock: Clock) -> tuple[OpposedView, ...]:
    """Those at either end of which one of the propositions stands; the other end is read when it is not here."""
    known = {proposition.id: proposition for proposition in evidence.propositions}
    missing = [id for c in evidence.contradictions for id in (c.one, c.other) if id not in known]
    beyond = read_evidence(store, missing, clock.known_by) if missing else None
    told = {**evidence.told, **(beyond.told if beyond else {})}
    known |= {proposition.id: proposition for proposition in (beyond.propositions if beyond else ())}
    return _make_contradictions(evidence.contradictions, known, told)


def _make_contradictions(
    found: Iterable[Contradiction],
    known: Mapping[PropositionId, Proposition],
    told: Mapping[PropositionId, tuple[Utterance, ...]],
) -> tuple[OpposedView, ...]:
    return tuple(
        OpposedView(
            contradiction,
            known[contradiction.one].label_en,
            known[contradiction.other].label_en,
            _list_affirming(told[contradiction.one]),
            _list_affirming(told[contradiction.other]),
        )
        for contradiction in found
        if contradiction.one in known and contradiction.other in known
    )


def _list_affirming(told: Iterable[Utterance]) -> tuple[ClaimId, ...]:
    return tuple(one.id for one in told if one.claim.polarity is Polarity.AFFIRMED)


def _index(evidence: Evidence) -> dict[ClaimId, PropositionId]:
    return {one.id: id for id, told in evidence.told.items() for one in told}


def _view_claims(store: GraphStore, told: Iterable[Utterance], ids: Iterable[ClaimId]) -> dict[str, ClaimView]:
    claims = {one.id: one.claim for one in told}
    claims |= {claim.id: claim for claim in store.get_claims([id for id in _unique(ids) if id not in claims])}
    return {view.id: view for view in view_claim_records(store, tuple(claims.values()))}


def _refer_all(store: GraphStore, ids: Iterable[EntityId]) -> dict[str, EntityRef]:
    return {entity.id: refer(entity) for entity in store.get_entities(_unique(ids))}


def _list_ends(stake: Stake) -> Iterable[EntityId]:
    yield from (stake.speaker, stake.rival, stake.about)
    for tie in stake.path:
        yield from (tie.subject, tie.object)


def _unique(items: Iterable[_T]) -> list[_T]:
    return list(dict.fromkeys(items))
