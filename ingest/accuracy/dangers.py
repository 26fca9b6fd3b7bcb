"""Claims that say more than their text: errors that are worse than a miss, however few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.accuracy.gold import Line, Names
from ingest.accuracy.scoring import Meeting, meets

_WEAK = frozenset({"alleged", "speculated", "predicted", "questioned", "reported"})


@dataclass(frozen=True, slots=True)
class Dangers:
    """What must not be stored.

    fact_made_of_less    the text weakens it, the claim asserts it
    denial_lost          the text denies it, the claim affirms it
    accusation_invented  an affirmed allegation where the text holds none
    """

    fact_made_of_less: tuple[Meeting, ...]
    denial_lost: tuple[Meeting, ...]
    accusation_invented: tuple[Line, ...]

    @property
    def kinds(self) -> dict[str, tuple[Meeting | Line, ...]]:
        return {
            "fact_made_of_less": self.fact_made_of_less,
            "denial_lost": self.denial_lost,
            "accusation_invented": self.accusation_invented,
        }


def find_dangers(gold: Sequence[Line], claims: Sequence[Line], meetings: Sequence[Meeting], names: Names) -> Dangers:
    """The dangerous ones among claims and their meetings, core or not, in texts without gold too."""
    return Dangers(
        fact_made_of_less=tuple(
            m for m in meetings if m.claim.modality == "asserted" and _list_modalities(m.gold) <= _WEAK
        ),
        denial_lost=tuple(m for m in meetings if m.gold.polarity == "denied" and not m.agreed["polarity"]),
        accusation_invented=tuple(_iter_invented(gold, claims, names)),
    )


def _list_modalities(gold: Line) -> set[str]:
    return {gold.modality, *gold.also.get("modality", ())}


def _iter_invented(gold: Sequence[Line], claims: Sequence[Line], names: Names) -> Iterator[Line]:
    """Accusations that meet no gold claim of an accusation. A second telling of one that is met invents nothing."""
    told = [line for line in gold if "allegation" in (line.type, *line.also.get("type", ()))]
    for claim in claims:
        accuses = claim.type == "allegation" and claim.polarity == "affirmed"
        if accuses and not any(meets(line, claim, names) for line in told):
            yield claim
