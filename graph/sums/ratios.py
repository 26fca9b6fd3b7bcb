"""A percentage, multiple or part with what the words around it tell: its base, which way it goes, what it points to."""

import re
from dataclasses import dataclass

from graph.sums.numerals import PERCENT, PERIODS, TIMES, Numeral
from graph.sums.operands import is_amount
from graph.sums.passages import Passage
from graph.sums.words import Words

_VERB = re.compile(r"[a-z]{4,}(?:ed|ing|es)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with what its words tell.

    base   the number that it is said to be of
    told   the amount that stands before it in its clause
    linked it tells again what was told before; `back`: it is of what was told before
    way    1 when it is what something grew by, -1 fell by; 0 when it is none of both
    step   it is told as so much more than the base
    """

    passage: Passage
    said: Numeral
    base: Numeral | None
    told: Numeral | None
    linked: bool
    back: bool
    way: int
    step: bool

    @property
    def words(self) -> Words:
        """The relation words of its language."""
        return self.passage.words

    @property
    def is_verb(self) -> bool:
        """Doubled, halving: a ratio that is not said in a number."""
        return bool(_VERB.fullmatch(self.said.text))


def read_ratio(passage: Passage, said: Numeral) -> Ratio:
    """What the words of a sentence make of one of its ratios."""
    words, text = passage.words, passage.text
    base = _find_base(passage, said)
    between = passage.between(said, base) if base and not words.base_first else ""
    step = words.step.match(between)
    grows, falls = (around.marks(text, said) for around in (words.up, words.down))
    way = 1 if grows or (step and step["more"]) else -1 if falls or step else 0
    if words.shares.match(between) and not step:
        way = 0
    if not way and said.unit != TIMES and words.compares.match(between):
        base = None
    before = [
        one for one in passage.numerals if one.end <= said.lead and _is_plain(one) and passage.is_one_clause(one, said)
    ]
    told = before[-1] if before else None
    return Ratio(passage, said, base, told, words.link.marks(text, said), words.back.marks(text, said), way, bool(step))


def _is_plain(one: Numeral) -> bool:
    return is_amount(one) and one.unit not in PERIODS


def _find_base(passage: Passage, said: Numeral) -> Numeral | None:
    """The number that the ratio is said to be of, standing right behind it, in Japanese right before it."""
    first = passage.words.base_first
    amounts = [one for one in passage.numerals if is_amount(one, priced=True) or one.unit == PERCENT != said.unit]
    beside = [one for one in amounts if (one.end <= said.lead if first else one.span[0] >= said.end)]
    if not beside:
        return None
    base = beside[-1] if first else beside[0]
    between = passage.between(base, said) if first else passage.between(said, base)
    return base if passage.words.anchor.fullmatch(between) else None
