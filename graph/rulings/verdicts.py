"""Which judgements count, and what the last of them says of how claims were read."""

from collections.abc import Sequence

from graph.records import VERDICTS, ClaimId, Judgement, JudgementId, JudgementKind


def find_counting(judgements: Sequence[Judgement]) -> frozenset[JudgementId]:
    """Ids of the judgements that no counting undo takes back."""
    undone: set[JudgementId | None] = set()
    counting = set()
    for judgement in reversed(judgements):
        if judgement.id not in undone:
            counting.add(judgement.id)
            undone.add(judgement.undoes)
    return frozenset(counting)


def find_last_verdicts(judgements: Sequence[Judgement]) -> dict[ClaimId, Judgement]:
    """Claims judged as to how they were read, each with the last judgement that counts."""
    counting = find_counting(judgements)
    made = [j for j in judgements if j.kind in VERDICTS and j.id in counting]
    return {claim: one for one in made for claim in one.claims}


def find_verdicts(judgements: Sequence[Judgement]) -> dict[ClaimId, str]:
    """Claims judged as to how they were read: why wrongly, empty where rightly; by the last judgement that counts."""
    last = find_last_verdicts(judgements)
    return {claim: one.why if one.kind is JudgementKind.MISREAD else "" for claim, one in last.items()}


def find_misread(judgements: Sequence[Judgement]) -> dict[ClaimId, str]:
    """Claims that count as misread, with the reason."""
    return {claim: why for claim, why in find_verdicts(judgements).items() if why}
