"""A percentage, multiple or part with what the words around it tell: its base, which way it goes, what it points to."""

import re
from dataclasses import dataclass

from graph.sums.numerals import COUNT, PERCENT, PERIODS, TIMES, Numeral
from graph.sums.operands import is_amount
from graph.sums.passages import Passage
from graph.sums.stating import is_part
from graph.sums.words import Words

# What stands between an amount and the ratio that says the same again.
_AGAIN = re.compile(
    r"(?: [a-z-]+){0,2}?(?:,? or (?:just |only )?|, | \()|"
    r"[増減安高]?(?:[(（]|、?つまり|(?P<same>、?(?:(?:率|割合)にして|率で)、?))"
)
_SPELLED = re.compile(r"(?: of (?:them|these|those|its [a-z]+)| [a-z]+)?,(?: or| which is)? ")
_VERB = re.compile(r"[a-z]{4,}(?:ed|ing|es)|倍増|半減", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with what its words tell.

    base   the number that it is said to be of
    told   the amount that stands before it in its clause, or right behind it as the same
    linked it tells again what was told before; `back`: it is of what was told before
    way    1 when it is what something grew by, -1 fell by; 0 when it is none of both
    moved  its way, where the amount that it tells again is what something moved by: down 400 yen, or 23.7 percent
    step   it is told as so much more than the base
    """

    passage: Passage
    said: Numeral
    base: Numeral | None
    told: Numeral | None
    linked: bool
    back: bool
    way: int
    moved: int
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
    way = read_way(words, text, said) or (0 if not step else 1 if step["more"] else -1)
    if words.shares.match(between) and not step:
        way = 0
    if not way and said.unit != TIMES and words.compares.match(between):
        base = None
    before = [
        one for one in passage.numerals if one.end <= said.lead and _is_plain(one) and passage.is_one_clause(one, said)
    ]
    apposed = _find_apposed(passage, said)
    told = apposed or _find_spelled(passage, said) or (before[-1] if before else None)
    moved = _read_moved(passage, said, told, way) if told else 0
    linked, back = (around.marks(text, said) for around in (words.link, words.back))
    return Ratio(passage, said, base, told, linked or (bool(apposed) and not way), back, way, moved, bool(step))


def _read_moved(passage: Passage, said: Numeral, told: Numeral, way: int) -> int:
    """The way of what something moved by, where the ratio tells it again; cuts and lay-offs go down."""
    first, last = sorted((told, said), key=lambda one: one.span[0])
    again = _AGAIN.fullmatch(passage.between(first, last)) if first is told else None
    if first is told and not again:
        return 0
    taken = passage.words.part.marks(passage.text, told)
    if taken or (again and again["same"]) or passage.words.moved.marks(passage.text, told):
        return way or read_way(passage.words, passage.text, told) or -taken
    return 0


def read_way(words: Words, text: str, one: Numeral) -> int:
    """1 when the words make a number what something grew by, -1 fell by."""
    grows, falls = (around.marks(text, one) for around in (words.up, words.down))
    return 1 if grows else -1 if falls else 0


def _is_plain(one: Numeral) -> bool:
    return is_amount(one) and one.unit not in PERIODS


def _find_spelled(passage: Passage, said: Numeral) -> Numeral | None:
    """The count in letters that a ratio tells again: "nine of them, or 39 percent"."""
    before = [one for one in passage.numerals if one.end <= said.lead][-1:]
    spelled = [one for one in before if one.spelled and one.unit == COUNT and one.value > 1]
    return next((one for one in spelled if _SPELLED.fullmatch(passage.between(one, said))), None)


def _find_apposed(passage: Passage, said: Numeral) -> Numeral | None:
    """The amount that a ratio stands before as the same: 3割強の420台, "more than a third, 420"."""
    behind = [one for one in passage.numerals if one.span[0] >= said.end][:2]
    if not behind or not _is_plain(behind[0]) or (len(behind) > 1 and is_part(passage, *behind)):
        return None
    return behind[0] if passage.words.apposed.fullmatch(passage.between(said, behind[0])) else None


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
