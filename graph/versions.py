"""What became of a page's claims from one version to the next: dropped, new, or put otherwise."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.records import Claim, Party


class Aspect(StrEnum):
    """In what two claims that say the same thing differ."""

    FIRMNESS = "firmness"
    DENIAL = "denial"
    NUMBER = "number"
    SPEAKERS = "speakers"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim as it was put and as it is put now; `aspects` is never empty."""

    before: Claim
    after: Claim
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What changed between two versions, each in the order of its text; `kept` counts what both say alike."""

    dropped: tuple[Claim, ...]
    new: tuple[Claim, ...]
    changed: tuple[ClaimChange, ...]
    kept: int


def compare_claims(before: Sequence[Claim], after: Sequence[Claim]) -> VersionChange:
    """What changed from one version's claims to the next one's.

    Claims belong together when they say the same of the same parties: first those that differ in nothing, then those
    from one sentence, then the rest in the order of the text. A claim has one partner at the most.
    """
    old, new = list(before), list(after)
    kept = len(_pair(old, new, _read_all))
    pairs = [*_pair(old, new, lambda claim: (claim.text, *_read_matter(claim))), *_pair(old, new, _read_matter)]
    changes = [ClaimChange(was, now, _find_aspects(was, now)) for was, now in pairs]
    # The words around a claim may have changed and nothing of the claim.
    changed = sorted((one for one in changes if one.aspects), key=lambda one: (one.after.span, one.after.id))
    return VersionChange(tuple(old), tuple(new), tuple(changed), kept + len(changes) - len(changed))


def _pair(old: list[Claim], new: list[Claim], key: Callable[[Claim], Hashable]) -> list[tuple[Claim, Claim]]:
    """Takes those with equal keys out of both lists, in their order."""
    waiting: dict[Hashable, list[Claim]] = {}
    for claim in old:
        waiting.setdefault(key(claim), []).append(claim)
    pairs = [(partners.pop(0), claim) for claim in new if (partners := waiting.get(key(claim)))]
    gone = {claim.id for pair in pairs for claim in pair}
    old[:] = [claim for claim in old if claim.id not in gone]
    new[:] = [claim for claim in new if claim.id not in gone]
    return pairs


def _read_matter(claim: Claim) -> tuple[Hashable, ...]:
    """What a claim is of, however it puts it."""
    measure = claim.quantity.measure if claim.quantity else ""
    return (claim.predicate, measure, *map(_read_party, (claim.subject, claim.object, claim.benchmark)))


def _read_party(party: Party | None) -> str | None:
    return None if party is None else party.entity or party.name


def _read_all(claim: Claim) -> tuple[Hashable, ...]:
    return (claim.text, *_read_matter(claim), *(read(claim) for read in _ASPECTS.values()))


def _read_number(claim: Claim) -> Hashable:
    amount = claim.quantity
    return (amount.value, amount.high, amount.unit, amount.comparator) if amount else None


_ASPECTS: dict[Aspect, Callable[[Claim], Hashable]] = {
    Aspect.FIRMNESS: lambda claim: claim.modality,
    Aspect.DENIAL: lambda claim: claim.polarity,
    Aspect.NUMBER: _read_number,
    Aspect.SPEAKERS: lambda claim: tuple(_read_party(claimant.party) for claimant in claim.claimants),
    Aspect.DATE: lambda claim: claim.date,
}


def _find_aspects(before: Claim, after: Claim) -> tuple[Aspect, ...]:
    return tuple(aspect for aspect, read in _ASPECTS.items() if read(before) != read(after))
