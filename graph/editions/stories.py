"""Clusters of matters → stories for readers: what became of the lead, whom it comes from, one sentence a side."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.answers.chapters import has_stakes, read_replies
from graph.answers.evidence import Evidence, read_evidence
from graph.answers.matter import recount
from graph.answers.proposition_views import MatterPage, MatterView, view_matters
from graph.answers.viewing import refer
from graph.editions.clustering import Cluster
from graph.editions.gathering import Gathered
from graph.editions.ranking import Candidate
from graph.editions.views import EditionStory, OriginView, RankedView
from graph.editions.windows import Window
from graph.matters.origins import Origins, find_origins
from graph.matters.reply import Reply
from graph.matters.rivals import find_rivals
from graph.matters.stake import Stake, find_stakes
from graph.matters.told import find_told_ties
from graph.records import ClaimId, Event, Modality, Polarity, Proposition, PropositionId, Tie
from graph.store import GraphStore
from graph.utterances import Utterance, fold_outlet
from graph.views import PartyView

MOST_MORE = 5
_MOST_ORIGINS = 5
# A hub has hundreds, and its sparkline shows the last.
_MOST_CLAIMS = 40


@dataclass(frozen=True, slots=True)
class Scene:
    """What stories are told from: what the window brought, the views of their matters, and what stands behind leads."""

    window: Window
    gathered: Gathered
    views: Mapping[PropositionId, MatterView]
    evidence: Evidence
    ties: Sequence[Tie]


def read_scene(store: GraphStore, window: Window, gathered: Gathered, clusters: Sequence[Cluster]) -> Scene:
    """What it takes to tell these stories as known by the end of the window."""
    leads = [story.lead.id for story in clusters]
    others = [one.id for story in clusters for one in story.others[:MOST_MORE]]
    shown = [gathered.propositions[id] for id in (*leads, *others)]
    evidence = read_evidence(store, leads, window.known_by)
    views = view_matters(store, shown, window.known_by)
    if window.end:
        views = recount(store, MatterPage(views, None), window.end).matters
    told = evidence.utterances
    told_ties = find_told_ties((one.claim for one in told), evidence.background)
    ties = (*told_ties, *find_rivals(told, evidence.background))
    return Scene(window, gathered, {view.id: view for view in views}, evidence, ties)


def tell_story(story: Cluster, scene: Scene) -> EditionStory | None:
    """The story; None where its lead is gone since it was ranked."""
    lead = scene.views.get(story.lead.id)
    told = scene.evidence.told.get(story.lead.id, ())
    if lead is None or not told:
        return None
    proposition = scene.gathered.propositions[story.lead.id]
    origins = find_origins(told, scene.evidence.background, scene.evidence.copies)
    denials = [one.id for one in told if one.claim.polarity is Polarity.DENIED]
    answer, sentence = _find_answer(proposition, scene) if not denials else (None, None)
    more = [_rank(one, scene) for one in story.others[:MOST_MORE] if one.id in scene.views]
    now = [one for one in told if one.id in scene.gathered.now]
    return EditionStory(
        lead=_rank(story.lead, scene),
        was=find_former(proposition, window=scene.window, now=scene.gathered.now),
        origins=tuple(_list_origins(origins, told, scene.evidence)),
        says=tuple(_pick_says(origins, told, now)),
        denies=denials[-1] if denials else sentence,
        answer=answer.answer if answer else None,
        reply=answer if answer and answer.article else None,
        stake=_find_stake(proposition, told, scene),
        sources=tuple(dict.fromkeys(one.outlet for one in now)),
        claims=tuple(one.id for one in told[-_MOST_CLAIMS:]),
        earlier=max(len(told) - _MOST_CLAIMS, 0),
        more=tuple(more),
        left=len(story.others) - len(more),
    )


def _rank(one: Candidate, scene: Scene) -> RankedView:
    return RankedView(scene.views[one.id], one.score, one.weight, one.reasons)


def find_former(one: Proposition, window: Window, now: Collection[ClaimId]) -> Event | None:
    """What had become of it before the window; None where it is new."""
    return next((event for event in reversed(one.events) if _is_former(event, window, now)), None)


def _is_former(event: Event, window: Window, now: Collection[ClaimId]) -> bool:
    return not any(id in now for id in event.basis) if window.fetched else event.recorded_at < window.start


def _list_origins(origins: Origins, told: Sequence[Utterance], evidence: Evidence) -> Iterator[OriginView]:
    outlets = {fold_outlet(one.outlet) for one in told}
    for voice in origins.origins[:_MOST_ORIGINS]:
        entity = evidence.background.entities.get(voice.entity) if voice.entity else None
        party = PartyView(entity.name if entity else voice.name, refer(entity) if entity else None)
        yield OriginView(party, entity is None and fold_outlet(voice.name) in outlets)


def _pick_says(origins: Origins, told: Sequence[Utterance], now: Sequence[Utterance]) -> Iterator[ClaimId]:
    """The best sentence of each language, the best of all first: of origins, where they have one; of a speaker with a
    name, of now before earlier, as firm as there is."""
    first_hand = {id for voice in origins.origins for id in voice.claims}
    new = {one.id for one in now}
    firmness = list(Modality)
    affirmed = [one for one in told if one.claim.polarity is Polarity.AFFIRMED]
    said = [one for one in affirmed if one.claim.modality is not Modality.QUESTIONED] or affirmed
    ranked = sorted(
        [one for one in said if one.id in first_hand] or said,
        # Sorting keeps the oldest first among equals.
        key=lambda one: (
            bool(one.speaker and not one.speaker.entity),
            one.id not in new,
            firmness.index(one.claim.modality),
        ),
    )
    best: dict[str, ClaimId] = {}
    for one in ranked:
        best.setdefault(one.claim.lang, one.id)
    yield from best.values()


def _find_answer(one: Proposition, scene: Scene) -> tuple[Reply | None, ClaimId | None]:
    """How those whom it is about gave no answer, or the claim in which they did."""
    replies = read_replies(one, scene.evidence)
    if not replies:
        return None, None
    answered = [reply for reply in replies if reply.claims]
    return (None, answered[-1].claims[0]) if answered else (replies[-1], None)


def _find_stake(one: Proposition, told: Sequence[Utterance], scene: Scene) -> Stake | None:
    if not has_stakes(one):
        return None
    found = find_stakes(told, scene.evidence.background, scene.ties)
    now = (stake for stake in found if any(id in scene.gathered.now for id in stake.claims))
    return next(now, next(iter(found), None))
