"""One speaker's certainty on one proposition over time: a change of mind, not a contradiction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graph.firmness import compare_firmness
from graph.matters.inflation import SAME_WORDS
from graph.matters.origins import find_roots
from graph.matters.witnesses import is_own_page
from graph.records import ArticleId, ClaimId, Copy, EntityId, Modality, Polarity
from graph.utterances import Utterance, fold_outlet, sort_utterances


class Change(StrEnum):
    """What became of a speaker's words."""

    FIRMER = "firmer"
    SOFTER = "softer"
    REVERSED = "reversed"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Step:
    """What was said, when it was reported and in which claim."""

    at: datetime
    modality: Modality
    polarity: Polarity
    claim: ClaimId


@dataclass(frozen=True, slots=True)
class Drift:
    """A speaker whose words on a proposition changed; `steps` hold the first and every change, oldest first.

    entity  None for an outlet that speaks in its own voice
    change  from the first to the last; MIXED when one article has both yes and no, or degrees come back
    """

    speaker: str
    entity: EntityId | None
    change: Change
    steps: tuple[Step, ...]


def find_drift(utterances: Iterable[Utterance], copies: Iterable[Copy] = ()) -> tuple[Drift, ...]:
    """The speakers whose certainty changed, by name.

    Of copies only the first article counts, and of the same words that another outlet tells more firmly the day after,
    and of what one article has a speaker say the firmest: who "believes" and "knows" in one breath has not changed his
    mind. Those whom no sentence names are not one speaker. An outlet that says the contrary corrects itself, whoever
    tells so: that is no drift; a firm that does so on its own page has changed its mind. An article that passes on a
    charge only to deny it has not changed its mind.
    """
    told = sort_utterances(utterances)
    copied = find_roots(told, copies)
    speakers: dict[tuple[str, EntityId | None], list[Utterance]] = {}
    outlets = {fold_outlet(one.outlet) for one in told if not is_own_page(one)}
    denying = {one.article.id for one in told if one.speaker is None and one.claim.polarity is Polarity.DENIED}
    for one in told:
        if _only_passes_on(one) and one.article.id in denying:
            continue
        unnamed = one.speaker is not None and one.speaker.entity is None
        if unnamed or one.article.id in copied or one.claim.modality is Modality.PREDICTED:
            continue
        speakers.setdefault((one.voice, one.who), []).append(one)
    found = ((name, entity, _find_changes(_leave_out_retold(said))) for (name, entity), said in speakers.items())
    changed = (Drift(name, entity, _judge(steps), steps) for name, entity, steps in found if len(steps) > 1)
    kept = (one for one in changed if one.change is not Change.REVERSED or fold_outlet(one.speaker) not in outlets)
    return tuple(sorted(kept, key=lambda one: (one.speaker, one.entity or "")))


def _only_passes_on(one: Utterance) -> bool:
    """Whether an article has it from nobody by name, in its own voice, as a charge or as hearsay."""
    passes = one.claim.modality in (Modality.ALLEGED, Modality.REPORTED)
    return passes and one.speaker is None and one.claim.polarity is Polarity.AFFIRMED


def _leave_out_retold(said: Iterable[Utterance]) -> list[Step]:
    """What the speaker said, without what another outlet tells of it more firmly a little later."""
    kept: list[Utterance] = []
    for one in _take_firmest(said):
        if not kept or not _retells(one, kept[-1]):
            kept.append(one)
    return [Step(one.at, one.claim.modality, one.claim.polarity, one.id) for one in kept]


def _take_firmest(said: Iterable[Utterance]) -> list[Utterance]:
    """Of what one article has the speaker affirm, and of what it has him deny, the firmest."""
    found: dict[tuple[ArticleId, Polarity], Utterance] = {}
    for one in said:
        key = one.article.id, one.claim.polarity
        if key not in found or compare_firmness(one.claim.modality, found[key].claim.modality) > 0:
            found[key] = one
    return list(found.values())


def _retells(one: Utterance, last: Utterance) -> bool:
    same = one.claim.polarity is last.claim.polarity and one.at - last.at <= SAME_WORDS
    firmer = same and compare_firmness(one.claim.modality, last.claim.modality) > 0
    return firmer and one.outlet != last.outlet and not is_own_page(one)


def _find_changes(steps: list[Step]) -> tuple[Step, ...]:
    kept = steps[:1]
    for step in steps[1:]:
        if step.polarity is not kept[-1].polarity or compare_firmness(step.modality, kept[-1].modality):
            kept.append(step)
    return tuple(kept)


def _judge(steps: tuple[Step, ...]) -> Change:
    first, last = steps[0], steps[-1]
    if first.at == last.at:
        return Change.MIXED
    if first.polarity is not last.polarity:
        return Change.REVERSED
    degree = compare_firmness(last.modality, first.modality)
    return Change.FIRMER if degree > 0 else Change.SOFTER if degree < 0 else Change.MIXED
