"""What people decided about which claims belong together, of their judgements those that count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.errors import JudgementRefused
from graph.records import VERDICTS, ClaimId, Judgement, JudgementKind
from graph.resolve import find_counting


@dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions on claims, in the order they were made.

    joined     claims that speak of one proposition, and all that speak of it with them
    parted     claims of which no two speak of one proposition
    pinned     (claim, anchor): the claim speaks of the anchor's proposition, whatever else it seems to say
    dismissed  pairs of claims whose propositions do not contradict each other
    """

    joined: tuple[tuple[ClaimId, ...], ...] = ()
    parted: tuple[tuple[ClaimId, ...], ...] = ()
    pinned: tuple[tuple[ClaimId, ClaimId], ...] = ()
    dismissed: tuple[tuple[ClaimId, ClaimId], ...] = ()

    @property
    def linked(self) -> tuple[tuple[ClaimId, ...], ...]:
        """Claims that must be grouped in one call, since a decision names them together."""
        return (*self.joined, *self.parted, *self.pinned)


def derive_rulings(judgements: Sequence[Judgement]) -> Rulings:
    """The decisions that count, given all judgements in the order they were made; those on entities are left out."""
    counting = find_counting(judgements)
    made = {kind: [j.claims for j in judgements if j.kind is kind and j.id in counting] for kind in JudgementKind}
    return Rulings(
        tuple(made[JudgementKind.JOIN]),
        tuple(made[JudgementKind.PART]),
        tuple((claim, anchor) for anchor, *rest in made[JudgementKind.PIN] for claim in rest),
        tuple((one, other) for one, other in made[JudgementKind.DISMISS]),
    )


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


def check_ruling(judgements: Sequence[Judgement], new: Judgement) -> None:
    """Raises JudgementRefused when the new decision on claims names too few, or goes against one that counts."""
    claims = set(new.claims)
    if new.kind in VERDICTS:
        if not claims:
            raise JudgementRefused(f"{new.kind}: name the claim", subject=new.id)
        return
    pair = new.kind is JudgementKind.DISMISS
    if len(claims) < 2 or len(claims) != len(new.claims) or (pair and len(claims) != 2):
        raise JudgementRefused(f"{new.kind}: name {'two' if pair else 'two or more'} claims, each once", subject=new.id)
    counting = find_counting((*judgements, new))
    made = [j for j in (*judgements, new) if j.id in counting]
    together = _unite(j.claims for j in made if j.kind in (JudgementKind.JOIN, JudgementKind.PIN))
    for parting in made:
        if parting.kind is JudgementKind.PART:
            _check_parted(parting, together, new)


def _check_parted(parting: Judgement, together: Sequence[set[ClaimId]], new: Judgement) -> None:
    for one, other in combinations(parting.claims, 2):
        if any({one, other} <= claims for claims in together):
            against = f"{parting.who} parted them" if parting.id != new.id else "a judgement joined or pinned them"
            raise JudgementRefused(
                f"claims {one} and {other}: {against}; take that back first, its line in the history names it",
                subject=other,
            )


def _unite(sets: Iterable[Sequence[ClaimId]]) -> list[set[ClaimId]]:
    """Sets that share a claim made one."""
    united: list[set[ClaimId]] = []
    for claims in sets:
        touching = [one for one in united if not one.isdisjoint(claims)]
        united = [one for one in united if one.isdisjoint(claims)]
        united.append(set(claims).union(*touching))
    return united
