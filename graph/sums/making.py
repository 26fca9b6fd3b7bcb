"""Sums from the numbers that were found for them: each with its inputs, its formula and whether the words agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from graph.sums.numerals import COUNT, PART, PERCENT, RANK, TIMES, Numeral, fits
from graph.sums.passages import Sentence


class Check(StrEnum):
    """What was computed."""

    SHARE = "share"
    TIMES = "times"
    CHANGE = "change"
    CONVERSION = "conversion"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    TOTAL = "total"
    DIFFERENCE = "difference"
    AVERAGE = "average"
    RECORD = "record"
    PLACE = "place"
    RANK = "rank"
    ORDER = "order"


OF_SENTENCES = frozenset(Check) - {Check.RANK, Check.ORDER}
"""What the numbers of a text suffice for; the others ask a leaderboard that was loaded."""


_FEWEST_NAMES = 2
# "Fifth, behind A and B" may leave two out; behind three names a fifth place has been miscounted.
_WHOLE_LIST = 3


@dataclass(frozen=True, slots=True)
class Input:
    """A number that went in. Where neither source nor quote is given it stands in the sentence itself.

    source  a claim of a leaderboard, or what a table has it from
    quote   the other sentence of the article that has it
    """

    label: str
    value: float
    unit: str
    source: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """What comes out beside what a sentence says.

    formula  readable: `(118.42 / 142.62 - 1) * 100`
    result   in `unit`; a share is in percent
    agrees   whether the sentence says the same, as finely and as firmly as it puts it
    """

    check: Check
    sentence: Sentence
    inputs: tuple[Input, ...]
    formula: str
    result: float
    unit: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Operand:
    """A number for a sum and the sentence that it was found in, when that is another one."""

    numeral: Numeral
    quote: str = ""

    @property
    def value(self) -> float:
        return self.numeral.value

    @property
    def range(self) -> tuple[float, float]:
        return self.numeral.range

    def label(self, label: str) -> Input:
        """The number as an input under a label."""
        return Input(label, self.value, show_unit(self.numeral), quote=self.quote)


def make_share(sentence: Sentence, said: Numeral, part: Operand, whole: Operand) -> Sum | None:
    """A part of a whole, in percent, or how many times it is the other, as the sentence has it."""
    if not whole.value:
        return None
    low, high = part.range[0] / whole.range[1], part.range[1] / whole.range[0]
    times = said.unit == TIMES
    scale = 100.0 if said.unit == PERCENT else 1.0
    agrees = fits(said, low * scale, high * scale)
    formula = f"{show(part.value)} / {show(whole.value)}"
    if times:
        inputs = (part.label("one"), whole.label("other"))
        return Sum(Check.TIMES, sentence, inputs, formula, part.value / whole.value, TIMES, agrees)
    inputs = (part.label("part"), whole.label("whole"))
    return Sum(Check.SHARE, sentence, inputs, f"{formula} * 100", part.value / whole.value * 100, PERCENT, agrees)


def make_change(sentence: Sentence, said: Numeral, later: Operand, earlier: Operand, falls: bool) -> Sum | None:
    """What a number grew or fell by, in percent; how many times it became, where the sentence speaks of times."""
    if not earlier.value:
        return None
    if said.unit == TIMES:
        return make_share(sentence, said, later, earlier)
    low, high = later.range[0] / earlier.range[1] - 1, later.range[1] / earlier.range[0] - 1
    if falls:
        low, high = -high, -low
    scale = 100.0 if said.unit == PERCENT else 1.0
    result = (later.value / earlier.value - 1) * 100
    formula = f"({show(later.value)} / {show(earlier.value)} - 1) * 100"
    inputs = (later.label("later"), earlier.label("earlier"))
    return Sum(Check.CHANGE, sentence, inputs, formula, result, PERCENT, fits(said, low * scale, high * scale))


def make_product(sentence: Sentence, said: Numeral, factors: Iterable[tuple[str, Operand]], hours: bool = False) -> Sum:
    """The factors multiplied; `hours`: the last are days, and the result is told in hours."""
    named = tuple(factors)
    lows = [float(one.range[0]) for _, one in named]
    highs = [float(one.range[1]) for _, one in named]
    result, low, high = 24.0 if hours else 1.0, 24.0 if hours else 1.0, 24.0 if hours else 1.0
    for (_, one), least, most in zip(named, lows, highs, strict=True):
        result, low, high = result * one.value, low * least, high * most
    formula = " * ".join(show(one.value) for _, one in named) + (" * 24" if hours else "")
    inputs = tuple(one.label(label) for label, one in named)
    return Sum(Check.PRODUCT, sentence, inputs, formula, result, show_unit(said), fits(said, low, high))


def make_quotient(sentence: Sentence, said: Numeral, sum: Operand, count: Operand) -> Sum | None:
    """A sum of money for each of those that it is shared among."""
    if not count.value:
        return None
    agrees = fits(said, sum.range[0] / count.range[1], sum.range[1] / count.range[0])
    formula = f"{show(sum.value)} / {show(count.value)}"
    inputs = (sum.label("sum"), count.label("count"))
    return Sum(Check.QUOTIENT, sentence, inputs, formula, sum.value / count.value, show_unit(said), agrees)


def make_total(sentence: Sentence, said: Numeral, parts: Iterable[Operand]) -> Sum:
    """The parts together."""
    found = tuple(parts)
    low, high = (sum(one.range[end] for one in found) for end in (0, 1))
    formula = " + ".join(show(one.value) for one in found)
    inputs = tuple(one.label("part") for one in found)
    result = sum(one.value for one in found)
    return Sum(Check.TOTAL, sentence, inputs, formula, result, show_unit(said), fits(said, low, high))


def make_joint_share(sentence: Sentence, said: Numeral, parts: Iterable[Operand], whole: Operand) -> Sum | None:
    """What several parts together are of a whole, in percent."""
    found = tuple(parts)
    if not whole.value:
        return None
    low = sum(one.range[0] for one in found) / whole.range[1]
    high = sum(one.range[1] for one in found) / whole.range[0]
    scale = 100.0 if said.unit == PERCENT else 1.0
    result = sum(one.value for one in found) / whole.value * 100
    formula = f"({' + '.join(show(one.value) for one in found)}) / {show(whole.value)} * 100"
    inputs = (*(one.label("part") for one in found), whole.label("whole"))
    return Sum(Check.SHARE, sentence, inputs, formula, result, PERCENT, fits(said, low * scale, high * scale))


def make_rest(sentence: Sentence, said: Numeral, whole: Operand | None, parts: Iterable[Operand]) -> Sum:
    """What is left of a whole; without one, of a hundred percent."""
    found = tuple(parts)
    low, high = (sum(one.range[end] for one in found) for end in (0, 1))
    least, most = whole.range if whole else (100.0, 100.0)
    value = whole.value if whole else 100.0
    result = value - sum(one.value for one in found)
    formula = " - ".join(show(one) for one in (value, *(part.value for part in found)))
    inputs = (*((whole.label("whole"),) if whole else ()), *(one.label("part") for one in found))
    agrees = fits(said, least - high, most - low)
    return Sum(Check.DIFFERENCE, sentence, inputs, formula, result, show_unit(said), agrees)


def make_difference(sentence: Sentence, said: Numeral, more: Operand, less: Operand) -> Sum:
    """How far one number is from another."""
    ends = [one - other for one, other in product(more.range, less.range)]
    inputs = (more.label("one"), less.label("other"))
    formula = f"{show(more.value)} - {show(less.value)}"
    agrees = fits(said, min(ends), max(ends))
    return Sum(Check.DIFFERENCE, sentence, inputs, formula, more.value - less.value, show_unit(said), agrees)


def make_average(sentence: Sentence, said: Numeral, parts: Iterable[Operand]) -> Sum | None:
    """The mean of the numbers."""
    found = tuple(parts)
    if not found:
        return None
    low, high = (sum(one.range[end] for one in found) / len(found) for end in (0, 1))
    formula = f"({' + '.join(show(one.value) for one in found)}) / {len(found)}"
    inputs = tuple(one.label("part") for one in found)
    result = sum(one.value for one in found) / len(found)
    return Sum(Check.AVERAGE, sentence, inputs, formula, result, show_unit(said), fits(said, low, high))


def make_record(sentence: Sentence, claimed: Operand, listed: Operand, least: bool = False) -> Sum | None:
    """A "largest ever" beside the largest that the text lists; `least`: a smallest."""
    if not listed.value:
        return None
    result = claimed.value / listed.value
    inputs = (claimed.label("claimed"), listed.label("listed"))
    formula = f"{show(claimed.value)} / {show(listed.value)}"
    agrees = result < 1 if least else result > 1
    return Sum(Check.RECORD, sentence, inputs, formula, result, TIMES, agrees)


def make_place(sentence: Sentence, said: Numeral, ahead: Iterable[str]) -> Sum | None:
    """A rank beside how many are named as those ahead. One name says nothing, and a list far too short names some."""
    names = tuple(ahead)
    result = float(len(names) + 1)
    most = result if len(names) < _WHOLE_LIST else result + 1
    if len(names) < _FEWEST_NAMES or said.value > most:
        return None
    inputs = tuple(Input(name, float(place), RANK) for place, name in enumerate(names, 1))
    return Sum(Check.PLACE, sentence, inputs, f"{len(names)} + 1", result, RANK, result == said.value)


def show_unit(numeral: Numeral) -> str:
    """The unit for a reader: nothing for what is only counted."""
    return "" if numeral.unit == COUNT else PERCENT if numeral.unit == PART else numeral.unit


def show(value: float) -> str:
    """A number with all its digits: 589,000,000,000."""
    return f"{value:,.15g}"
