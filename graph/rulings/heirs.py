"""What lives on of an article's claims when its text is read again: which new one takes the place of which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graph.records import VERDICTS, Claim, ClaimId, Extraction, Judgement
from graph.rulings.verdicts import find_misread

# A new claim takes an old one's place when it stands on half of the shorter of their sentences, as an evaluation counts
# two claims as one (ingest/accuracy/scoring.py).
_OVERLAP = 0.5


def find_heirs(before: Sequence[Claim], after: Sequence[Claim]) -> dict[ClaimId, ClaimId]:
    """For claims that are gone, the new ones that speak of the same: subject, and object or amount.

    A claim is heir to one at the most, and none that was there before is. Those that agree most go together.
    """
    stay = {claim.id for claim in before} & {claim.id for claim in after}
    options = sorted(
        (-agreed, old.id, new.id)
        for old in before
        for new in after
        if not {old.id, new.id} & stay and (agreed := _agree(old, new))
    )
    heirs: dict[ClaimId, ClaimId] = {}
    for _, old_id, new_id in options:
        if old_id not in heirs and new_id not in heirs.values():
            heirs[old_id] = new_id
    return heirs


def hand_on(before: Iterable[Claim], after: Iterable[Claim]) -> tuple[Claim, ...]:
    """The new claims with what people and second looks found against them before.

    Only against the very same claim: of one that is read otherwise now, the fault may be what was mended.
    """
    by_id = {claim.id: claim for claim in before}
    return tuple(
        replace(claim, refuted=old.refuted, misread=old.misread) if (old := by_id.get(claim.id)) else claim
        for claim in after
    )


def mark_misread(extraction: Extraction, judgements: Sequence[Judgement]) -> Extraction:
    """What was read, its claims marked that were judged misread when they were read before."""
    reasons = find_misread(judgements)
    marked = (replace(claim, misread=reasons.get(claim.id, claim.misread)) for claim in extraction.claims)
    return replace(extraction, claims=tuple(marked))


def follow_heirs(judgement: Judgement, heirs: Mapping[ClaimId, ClaimId]) -> Judgement:
    """The judgement, naming heirs where it named those whose place they took.

    How a claim was read says nothing of the one that is read now.
    """
    if judgement.kind in VERDICTS:
        return judgement
    claims = tuple(heirs.get(id, id) for id in judgement.claims)
    return judgement if claims == judgement.claims else replace(judgement, claims=claims)


def _agree(old: Claim, new: Claim) -> float:
    """How much two claims agree; 0 when they do not speak of the same."""
    shared = min(old.span[1], new.span[1]) - max(old.span[0], new.span[0])
    shorter = min(old.span[1] - old.span[0], new.span[1] - new.span[0])
    if shared < _OVERLAP * max(1, shorter) or old.subject.name != new.subject.name:
        return 0.0
    same_act = old.predicate is new.predicate
    same_object = bool(old.object and new.object and old.object.name == new.object.name)
    amounts = [(claim.quantity.value, claim.quantity.unit) if claim.quantity else None for claim in (old, new)]
    same_amount = amounts[0] == amounts[1] is not None
    if not (same_object or same_amount or (same_act and old.object == new.object and amounts[0] == amounts[1])):
        return 0.0
    same = (same_act, same_object, same_amount, old.polarity is new.polarity, old.modality is new.modality)
    return sum(same) + shared / max(1, shorter)
