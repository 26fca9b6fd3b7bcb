"""One extraction out of two readers': what both state is one claim that names both."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.grades import TOLD_WEAK
from graph.policy import weaker
from graph.readers import BOTH
from graph.records import Claim, ClaimId, Extraction, Polarity, Predicate
from graph.rulings.heirs import find_heirs


def merge(small: Extraction, large: Extraction) -> Extraction:
    """All that either found in an article; where they agree, one claim as the large one has it, no firmer than either.

    Where they agree on all but the denial, both stay, and the one without it is weak.
    """
    met = dict(_iter_met(small.claims, large.claims))
    by_id = {claim.id: claim for claim in large.claims}
    joined: dict[ClaimId, Claim] = {claim.id: claim for claim in large.claims}
    alone: list[Claim] = []
    for mine in small.claims:
        other = by_id.get(met.get(mine.id, mine.id))
        if other is None:
            alone.append(mine)
        elif mine.polarity is other.polarity:
            joined[other.id] = _join(mine, other)
        else:
            affirmed, denied = (mine, other) if other.polarity is Polarity.DENIED else (other, mine)
            weak = replace(affirmed, score=min(TOLD_WEAK, affirmed.score or TOLD_WEAK))
            alone.append(weak if mine is affirmed else mine)
            joined[other.id] = denied if mine is affirmed else weak
    claims = sorted((*alone, *joined.values()), key=lambda claim: (claim.span, claim.id))
    entities = {entity.id: entity for entity in (*large.entities, *small.entities)}
    mentions = sorted({*small.mentions, *large.mentions}, key=lambda mention: (mention.span, mention.entity))
    return replace(large, claims=tuple(claims), entities=tuple(entities.values()), mentions=tuple(mentions))


def name_both(small: str, large: str) -> str:
    """The name of two readers that state the same."""
    return f"{BOTH} {small} + {large}"


def _join(mine: Claim, other: Claim) -> Claim:
    return replace(
        other,
        modality=weaker(mine.modality, other.modality),
        score=max(mine.score or 0.0, other.score or 0.0),
        reader=name_both(mine.reader, other.reader),
    )


def _iter_met(small: Sequence[Claim], large: Sequence[Claim]) -> Iterator[tuple[ClaimId, ClaimId]]:
    """Which of the small one's claims meets which of the large one's: same place, parties or amount, and predicate."""
    for predicate in Predicate:
        mine = [claim for claim in small if claim.predicate is predicate]
        others = [claim for claim in large if claim.predicate is predicate]
        if mine and others:
            yield from find_heirs(mine, others).items()
