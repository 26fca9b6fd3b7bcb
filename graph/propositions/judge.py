"""How likely two parts of a matter that nothing keeps apart are one: what speaks for it, weighed as it was learned.

The weights (weights.py) come from stories whose claims say of what they speak: bench/judge.py learns them.
"""

import math
from collections.abc import Mapping

from graph.propositions.bonds import Bond
from graph.propositions.comparing import Known, Pair
from graph.propositions.faces import Span
from graph.propositions.weights import WEIGHTS

ALWAYS = ""
"""The name of what is added whatever speaks for it."""

# Characters after which a sentence hardly refers to another, and days after which a report hardly does.
_FAR = 300
_LONG = 30

Signs = Mapping[str, float]
"""What speaks for two being one, or against it, by name, 0 to 1; what is not there is 0."""


def judge(pair: Pair, known: Known) -> float:
    """How likely the two are one, 0 to 1."""
    signs = find_signs(pair, known)
    total = WEIGHTS.get(ALWAYS, 0.0) + sum(WEIGHTS.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + math.exp(-total))


def find_signs(pair: Pair, known: Known) -> Signs:
    """What is weighed of a pair."""
    face, other = pair.face, pair.other
    one, two, family = face.signature, other.signature, face.signature.family
    kind = "accusation" if family.faceless else "act"
    # Acts on two things, which only a number brings together, are too few to learn from: as if one were left out.
    unlike = not family.faceless and pair.object in (Bond.OTHER, Bond.MADE)
    thing = Bond.OPEN if unlike else pair.object
    gap = max(face.days.first - other.days.last, other.days.first - face.days.last, 0)
    return {
        f"subject {_name(pair.subject)}": 1.0,
        f"object of an {kind} {_name(thing) if one.object or two.object else 'in neither'}": 1.0,
        f"number {'in neither' if pair.number is Bond.ALIKE else _name(pair.number)}": 1.0,
        "number in one, several given": float(pair.number is Bond.OPEN and known.several),
        "number beside what is said": float(pair.number is Bond.OPEN and family.relative),
        "other tense": float(face.tenses.isdisjoint(other.tenses)),
        "words": pair.words,
        "no word": float(not pair.words),
        "day in both": float(bool(face.window and other.window)),
        "day in one": float((face.window is None) != (other.window is None)),
        "days between": min(gap, _LONG) / _LONG,
        "next to each other": _find_nearness(pair),
        "answers": float(pair.answers),
    }


def _name(bond: Bond) -> str:
    return bond.name.lower()


def _find_nearness(pair: Pair) -> float:
    """1 for sentences that follow each other, 0 for those far apart or of two articles."""
    spans = pair.face.spans, pair.other.spans
    both = spans[0].keys() & spans[1].keys()
    gaps = [_find_gap(a, b) for article in both for a in spans[0][article] for b in spans[1][article]]
    return max((1 - gap / _FAR for gap in gaps if 0 <= gap <= _FAR), default=0.0)


def _find_gap(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1])
