"""Matters of a window → in the order in which a reader should see them, with the reasons. The same for everybody.

score = W · G · P · (step + new + 3·min(o, 3) + 4·contra + 2·stake + 2·log2(s) + both)
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log2

from graph.grades import Grade
from graph.propositions.families import find_family
from graph.records import ArticleId, ClaimType, EntityId, Predicate, PropositionId, Status

# What became of a matter, the best first; a first report counts as new and no more.
_STEPS = {
    Status.CONFIRMED: 8.0,
    Status.RETRACTED: 8.0,
    Status.DENIED: 6.0,
    Status.CORROBORATED: 5.0,
    Status.UNDER_INVESTIGATION: 5.0,
    Status.ALLEGED: 4.0,
    Status.DISPUTED: 3.0,
    Status.REPORTED: 0.0,
}
_VOICE, _MOST_VOICES = 3.0, 3
_CONTRADICTION, _STAKE, _SOURCES = 4.0, 2.0, 2.0
_WEIGHTS = {
    ClaimType.ALLEGATION: 1.5,
    ClaimType.LEGAL: 1.5,
    ClaimType.PEOPLE: 0.5,
    ClaimType.CAPABILITY: 0.4,
    ClaimType.STANCE: 0.4,
}
_OTHER = 1.0
# Who works where or owns what is told of many names in passing, whatever the news is.
_LASTING = frozenset({Predicate.WORKS_FOR, Predicate.LEADS, Predicate.FOUNDED, Predicate.OWNS, Predicate.BASED_ON})
_LASTING_SHARE = 0.5
# A deed that its sentences date to long before is what the news stands on: "launched its chatbot in 2022".
_PAST_SHARE = 0.3
# What nobody scored was written or loaded by hand.
_GRADES = {Grade.SURE: 1.0, Grade.UNSCORED: 1.0, Grade.FAIR: 0.8, Grade.WEAK: 0.0}


@dataclass(frozen=True, slots=True)
class Reasons:
    """What is new in a matter, as far as its place goes by it.

    step           the best status that it reached in the window; None where it reached none
    first          it was first reported in the window
    voices         how many speak of it who did not before, on either side
    contradiction  something that cannot hold beside it, or it, came in the window
    stake          somebody who speaks has an interest in a rival of whom they speak
    sources        that report it, copies aside
    languages      in which it is told
    grade          of its best reading
    past           a deed that its sentences date to long before they were reported
    """

    step: Status | None
    first: bool
    voices: int
    contradiction: bool
    stake: bool
    sources: int
    languages: tuple[str, ...]
    grade: Grade
    past: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A matter of which something was said in a window.

    articles  in which it was said there
    parties   whom it is about; roots: they, or who makes or owns them
    measure   of its number; empty when it has none
    rivals    matters that cannot hold beside it
    """

    id: PropositionId
    type: ClaimType
    predicate: Predicate
    measure: str
    articles: frozenset[ArticleId]
    parties: frozenset[EntityId]
    roots: frozenset[EntityId]
    rivals: frozenset[PropositionId]
    reasons: Reasons

    @property
    def family(self) -> str:
        """What its predicate says, in one word with others that say the same."""
        return find_family(self.predicate, self.type, self.measure).name

    @property
    def score(self) -> float:
        """How much is new in it, to a tenth."""
        past = _PAST_SHARE if self.reasons.past else 1.0
        return round(self.weight * _GRADES[self.reasons.grade] * past * sum_up(self.reasons), 1)

    @property
    def weight(self) -> float:
        """How much its kind counts."""
        weight = _WEIGHTS.get(self.type, _OTHER)
        return weight * _LASTING_SHARE if self.predicate in _LASTING else weight


def sum_up(reasons: Reasons) -> float:
    """What the reasons come to, whatever is claimed."""
    return (
        (_STEPS[reasons.step] if reasons.step else 0.0)
        + reasons.first
        + _VOICE * min(reasons.voices, _MOST_VOICES)
        + _CONTRADICTION * reasons.contradiction
        + _STAKE * reasons.stake
        + _SOURCES * log2(max(reasons.sources, 1))
        + (len(reasons.languages) > 1)
    )


def is_news(reasons: Reasons) -> bool:
    """Whether anything came but copies of what was known, whoever speaks in them."""
    return sum_up(replace(reasons, stake=False, languages=())) > 0


def find_best_step(reached: Iterable[Status]) -> Status | None:
    """The one that counts most; of equals the last. None without any."""
    return max(reversed(list(reached)), key=_STEPS.__getitem__, default=None)


def rank(candidates: Iterable[Candidate], most: int) -> tuple[Candidate, ...]:
    """The best ones: by score, then articles, then id."""
    return tuple(sorted(candidates, key=lambda one: (-one.score, -len(one.articles), one.id))[:most])
