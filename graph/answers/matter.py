"""One proposition with all that follows from it, as a view: for API and pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from graph.answers.chapters import (
    ChapterView,
    Clock,
    OpposedView,
    index_propositions,
    list_ends,
    list_taken_back,
    refer_all,
    refer_as_known,
    view_chapter,
    view_contradictions,
    view_named_claims,
)
from graph.answers.evidence import Evidence, read_beside, read_evidence, read_utterances
from graph.answers.figures import Figures, find_figures, key_figures
from graph.answers.gist import read_gists
from graph.answers.proposition_views import MatterPage, MatterView
from graph.background import Background
from graph.computed import Tables
from graph.errors import NotFound
from graph.grades import is_weak
from graph.matters.origins import Voice, count_origins
from graph.matters.rivals import find_rivals
from graph.matters.told import find_told_ties
from graph.readers import is_board_row
from graph.records import Claim, ClaimId, ClaimType, EntityId, Proposition, PropositionId, Tie
from graph.store import ClaimQuery, GraphStore
from graph.utterances import Utterance
from graph.views import ClaimView, EntityRef, PropositionRef

# Sentences that a page quotes of each kind; the others are named by id.
_MOST_QUOTED = 30
_MOST_MEASURED = 500
_MOST_TYING = 50
_TYING = (ClaimType.DEAL, ClaimType.PEOPLE)


@dataclass(frozen=True, slots=True)
class MatterDetail:
    """A proposition as known by a moment, and what stands beside it.

    first_reported_at  also where that is later than the moment
    about              whom it is about
    part_of            more general propositions
    figures            all numbers for its measure of its subject, its own among them
    claims             those that the view quotes, by id; the others that it names can be asked for
    """

    clock: Clock
    first_reported_at: datetime
    chapter: ChapterView
    about: tuple[EntityRef, ...]
    part_of: tuple[PropositionRef, ...]
    contradictions: tuple[OpposedView, ...]
    figures: tuple[Figures, ...]
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]


def get_matter(store: GraphStore, id: PropositionId, clock: Clock, tables: Tables) -> MatterDetail:
    """The proposition as known by the clock; of a day before it was first reported, empty. NotFound."""
    evidence = read_evidence(store, [id], clock.known_by)
    if not evidence.propositions:
        evidence = replace(evidence, propositions=(_get_proposition(store, id),), told={id: ()})
    [proposition] = evidence.propositions
    told = evidence.told[id]
    beside = read_beside(store, told, tables)
    claimed = _read_claimed_ties(store, told, evidence.background, clock.known_by)
    ties = (*claimed, *find_rivals(told, evidence.background))
    broader = store.get_propositions(proposition.part_of)
    gists = read_gists(store, (proposition, *broader))
    chapter = view_chapter(proposition, gists.get(id), evidence, clock, beside, ties)
    contradictions = view_contradictions(store, evidence, clock)
    figures = _find_figures(store, evidence, clock, tables)
    return MatterDetail(
        clock,
        proposition.first_reported_at,
        chapter,
        _refer_parties(store, proposition),
        tuple(refer_as_known(one, gists.get(one.id), clock) for one in broader),
        contradictions,
        figures,
        view_named_claims(store, (), _list_quoted(chapter, contradictions)),
        refer_all(store, _list_named(chapter)),
    )


def recount(store: GraphStore, page: MatterPage, known_by: datetime) -> MatterPage:
    """The same propositions with the articles, origins and claims that were known before a moment."""
    going_on = {view.id for view in page.matters if view.last_reported_at >= known_by}
    if not going_on:
        return page
    evidence = read_evidence(store, going_on, known_by)
    views = (_recount(view, evidence) if view.id in going_on else view for view in page.matters)
    return replace(page, matters=tuple(views))


def _recount(view: MatterView, evidence: Evidence) -> MatterView:
    told = evidence.told.get(view.id, ())
    counts = count_origins(told, evidence.background, evidence.copies)
    return replace(
        view,
        articles=counts.articles,
        origins=counts.origins,
        last_reported_at=max((one.at for one in told), default=view.first_reported_at),
        claims=tuple(one.id for one in (*told, *evidence.weak.get(view.id, ()))),
    )


def _get_proposition(store: GraphStore, id: PropositionId) -> Proposition:
    found = store.get_propositions([id])
    if not found:
        raise NotFound(
            f"matter {id}: it is not there, or no more: claims that came later, or a judgement, can have put its "
            "sentences into another one; look for it in the list of matters",
            subject=id,
        )
    return found[0]


def _refer_parties(store: GraphStore, proposition: Proposition) -> tuple[EntityRef, ...]:
    claims = store.get_claims([proposition.links[0].claim])
    return tuple(refer_all(store, (id for claim in claims for id in claim.about)).values())


def _read_claimed_ties(
    store: GraphStore, told: Iterable[Utterance], background: Background, known_by: datetime
) -> tuple[Tie, ...]:
    """What claims say by then of whom those who speak own, pay and work for."""
    speakers = dict.fromkeys(one.who for one in told if one.who)
    claims: dict[ClaimId, Claim] = {}
    for speaker in list(speakers)[:_MOST_QUOTED]:
        query = ClaimQuery(about=(speaker,), types=_TYING, until=known_by)
        claims |= {claim.id: claim for claim in store.find_claims(query, limit=_MOST_TYING).claims}
    return find_told_ties((claim for claim in claims.values() if not is_weak(claim)), background)


def _find_figures(store: GraphStore, evidence: Evidence, clock: Clock, tables: Tables) -> tuple[Figures, ...]:
    """The figures among which one of the proposition's own numbers stands, where there is another beside it."""
    told = evidence.utterances
    if not any(one.claim.quantity for one in told):
        return ()
    beside = _read_measured(store, told, clock.known_by)
    ids = store.find_propositions_of([one.id for one in beside])
    taken_back = list_taken_back(store.get_propositions(tuple(dict.fromkeys(ids.values())), most_links=0), clock)
    taken_back |= list_taken_back(evidence.propositions, clock)
    found = find_figures((*told, *beside), tables.rates, {**ids, **index_propositions(evidence)}, taken_back)
    return tuple(figures for figures in found if len(figures.figures) + len(figures.left) > 1)


def _read_measured(store: GraphStore, told: Iterable[Utterance], known_by: datetime) -> tuple[Utterance, ...]:
    """The newest claims about the same subjects that give a number to stand beside one of theirs."""
    asked = {
        (one.claim.subject.entity, one.claim.type): None
        for one in told
        if one.claim.subject.entity and one.claim.quantity
    }
    claims: dict[ClaimId, Claim] = {}
    for subject, type in asked:
        query = ClaimQuery(about=(subject,), types=(type,), until=known_by)
        claims |= {claim.id: claim for claim in store.find_claims(query, limit=_MOST_MEASURED).claims}
    own = {key_figures(one.claim) for one in told if one.claim.quantity}
    numbers = (claim for claim in claims.values() if claim.quantity and not is_board_row(claim))
    return read_utterances(store, (claim for claim in numbers if key_figures(claim) in own))


def _list_quoted(chapter: ChapterView, contradictions: Iterable[OpposedView]) -> Iterator[ClaimId]:
    """The claims that a page quotes: of long lists the first."""
    yield from chapter.affirmed[:_MOST_QUOTED]
    yield from chapter.denied[:_MOST_QUOTED]
    for event in chapter.history[:_MOST_QUOTED]:
        yield from event.basis[:2]
    for voice in (*chapter.origins.origins, *chapter.origins.hearsay)[:_MOST_QUOTED]:
        yield from voice.claims[:1]
    for drift in chapter.drifts[:_MOST_QUOTED]:
        yield from (step.claim for step in drift.steps[:_MOST_QUOTED])
    for item in chapter.inflations[:_MOST_QUOTED]:
        yield from (item.drawn_on, item.repeat)
    for stake in chapter.stakes[:_MOST_QUOTED]:
        # A tie's source is a claim, or a table or an address, which no claim is called like.
        yield from (ClaimId(tie.source) for tie in stake.path)
    for view in contradictions:
        yield from (*view.one_claims[:1], *view.other_claims[:1])


def _list_named(chapter: ChapterView) -> Iterator[EntityId]:
    for stake in chapter.stakes:
        yield from list_ends(stake)
    for voice in (*chapter.origins.origins, *chapter.origins.hearsay):
        yield from _list_entities(voice)


def _list_entities(voice: Voice) -> Iterator[EntityId]:
    if voice.entity:
        yield voice.entity
    for echo in voice.echoes:
        yield from _list_entities(echo)
