"""What people decided about which claims belong together, of their judgements those that count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from graph.errors import JudgementRefused
from graph.records import CLAIM_KINDS, VERDICTS, ClaimId, Judgement, JudgementKind
from graph.rulings.hands import find_hands
from graph.rulings.verdicts import find_counting

NO_TWINS: Mapping[ClaimId, ClaimId] = MappingProxyType({})


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


def derive_rulings(judgements: Sequence[Judgement], twins: Mapping[ClaimId, ClaimId] = NO_TWINS) -> Rulings:
    """The decisions that count, given all judgements in the order they were made; those on entities are left out.

    What was decided of a misread claim, or of what people put in its place before, holds for what they put there.

    twins  by claims by hand that are not there what says the same in their place
    """
    counting, hands = find_counting(judgements), find_hands(judgements)
    made: dict[JudgementKind, list[tuple[ClaimId, ...]]] = defaultdict(list)
    for one in judgements:
        if one.kind in CLAIM_KINDS - VERDICTS and one.id in counting:
            standing = (hands.follow(id) for id in one.claims)
            made[one.kind].append(tuple(dict.fromkeys(twins.get(id, id) for id in standing)))
    # Claims that were two when they were named may have become one.
    return Rulings(
        tuple(claims for claims in made[JudgementKind.JOIN] if len(claims) > 1),
        tuple(claims for claims in made[JudgementKind.PART] if len(claims) > 1),
        tuple((claim, anchor) for anchor, *rest in made[JudgementKind.PIN] for claim in rest),
        tuple((claims[0], claims[1]) for claims in made[JudgementKind.DISMISS] if len(claims) > 1),
    )


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
    every = (*judgements, new)
    counting, hands = find_counting(every), find_hands(every)
    made = [replace(j, claims=tuple(map(hands.follow, j.claims))) for j in every if j.id in counting]
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
