"""Sums from the numbers that were found for them: each with its inputs, its formula and whether the words agree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import prod

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
    said     the number that it is the sum of; None where that is no number
    """

    check: Check
    sentence: Sentence
    inputs: tuple[Input, ...]
    formula: str
    result: float
    unit: str
    agrees: bool
    said: Numeral | None = None


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


Operands = Operand | Sequence[Operand]
"""A number, or several that are added up."""


def make_share(sentence: Sentence, said: Numeral, part: Operands, whole: Operands) -> Sum | None:
    """A part of a whole, in percent, or how many times it is the other; each may be several numbers together."""
    parts, wholes = _list(part), _list(whole)
    if not _add(wholes):
        return None
    (least, most), (low, high) = _spread(parts), _spread(wholes)
    times = said.unit == TIMES
    scale = 100.0 if said.unit == PERCENT else 1.0
    agrees = fits(said, least / high * scale, most / low * scale)
    formula, result = f"{_write(parts)} / {_write(wholes)}", _add(parts) / _add(wholes)
    if times:
        inputs = (*(one.label("one") for one in parts), *(one.label("other") for one in wholes))
        return Sum(Check.TIMES, sentence, inputs, formula, result, TIMES, agrees, said)
    others = tuple(one.label("whole" if len(wholes) == 1 else "part") for one in wholes if one not in parts)
    inputs = (*(one.label("part") for one in parts), *others)
    return Sum(Check.SHARE, sentence, inputs, f"{formula} * 100", result * 100, PERCENT, agrees, said)


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
    return Sum(Check.CHANGE, sentence, inputs, formula, result, PERCENT, fits(said, low * scale, high * scale), said)


def make_product(sentence: Sentence, said: Numeral, factors: Sequence[tuple[str, Operand]], hours: bool = False) -> Sum:
    """The factors multiplied; `hours`: the last are days, and the result is told in hours."""
    unit = 24.0 if hours else 1.0
    result = prod(one.value for _, one in factors) * unit
    low, high = (prod(one.range[end] for _, one in factors) * unit for end in (0, 1))
    formula = " * ".join(show(one.value) for _, one in factors) + (" * 24" if hours else "")
    inputs = tuple(one.label(label) for label, one in factors)
    return Sum(Check.PRODUCT, sentence, inputs, formula, result, show_unit(said), fits(said, low, high), said)


def make_quotient(sentence: Sentence, said: Numeral, sum: Operand, count: Operand) -> Sum | None:
    """A sum of money for each of those that it is shared among."""
    if not count.value:
        return None
    agrees = fits(said, sum.range[0] / count.range[1], sum.range[1] / count.range[0])
    formula = f"{show(sum.value)} / {show(count.value)}"
    inputs = (sum.label("sum"), count.label("count"))
    return Sum(Check.QUOTIENT, sentence, inputs, formula, sum.value / count.value, show_unit(said), agrees, said)


def make_total(sentence: Sentence, said: Numeral, parts: Sequence[Operand]) -> Sum:
    """The parts together."""
    inputs = tuple(one.label("part") for one in parts)
    formula = " + ".join(show(one.value) for one in parts)
    return Sum(Check.TOTAL, sentence, inputs, formula, _add(parts), show_unit(said), fits(said, *_spread(parts)), said)


def make_rest(sentence: Sentence, said: Numeral, whole: Operand | None, parts: Sequence[Operand]) -> Sum:
    """What is left of a whole; without one, of a hundred percent."""
    low, high = _spread(parts)
    least, most = whole.range if whole else (100.0, 100.0)
    value = whole.value if whole else 100.0
    formula = " - ".join(show(one) for one in (value, *(part.value for part in parts)))
    inputs = (*((whole.label("whole"),) if whole else ()), *(one.label("part") for one in parts))
    agrees = fits(said, least - high, most - low)
    return Sum(Check.DIFFERENCE, sentence, inputs, formula, value - _add(parts), show_unit(said), agrees, said)


def make_percentage(sentence: Sentence, said: Numeral, whole: Operand, share: Operand, rest: bool = False) -> Sum:
    """So many percent of a whole; with `rest` what they leave of it."""
    low, high = ((100 - end if rest else end) / 100 for end in (share.range[::-1] if rest else share.range))
    inputs = (whole.label("whole"), share.label("part"))
    percent = f"(100 - {show(share.value)})" if rest else show(share.value)
    result = whole.value * (100 - share.value if rest else share.value) / 100
    agrees = fits(said, whole.range[0] * low, whole.range[1] * high)
    formula = f"{show(whole.value)} * {percent} / 100"
    return Sum(Check.PRODUCT, sentence, inputs, formula, result, show_unit(said), agrees, said)


def make_difference(sentence: Sentence, said: Numeral, more: Operand, less: Operand) -> Sum:
    """How far one number is from another."""
    ends = [one - other for one, other in product(more.range, less.range)]
    inputs = (more.label("one"), less.label("other"))
    formula = f"{show(more.value)} - {show(less.value)}"
    agrees = fits(said, min(ends), max(ends))
    return Sum(Check.DIFFERENCE, sentence, inputs, formula, more.value - less.value, show_unit(said), agrees, said)


def make_average(sentence: Sentence, said: Numeral, parts: Sequence[Operand]) -> Sum | None:
    """The mean of the numbers."""
    if not parts:
        return None
    count = len(parts)
    low, high = (end / count for end in _spread(parts))
    formula = f"({' + '.join(show(one.value) for one in parts)}) / {count}"
    inputs = tuple(one.label("part") for one in parts)
    agrees = fits(said, low, high)
    return Sum(Check.AVERAGE, sentence, inputs, formula, _add(parts) / count, show_unit(said), agrees, said)


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
    return Sum(Check.PLACE, sentence, inputs, f"{len(names)} + 1", result, RANK, result == said.value, said)


def _list(operands: Operands) -> Sequence[Operand]:
    return (operands,) if isinstance(operands, Operand) else operands


def _add(operands: Sequence[Operand]) -> float:
    return sum(one.value for one in operands)


def _spread(operands: Sequence[Operand]) -> tuple[float, float]:
    return sum(one.range[0] for one in operands), sum(one.range[1] for one in operands)


def _write(operands: Sequence[Operand]) -> str:
    added = " + ".join(show(one.value) for one in operands)
    return added if len(operands) == 1 else f"({added})"


def show_unit(numeral: Numeral) -> str:
    """The unit for a reader: nothing for what is only counted."""
    return "" if numeral.unit == COUNT else PERCENT if numeral.unit == PART else numeral.unit


def show(value: float) -> str:
    """A number with all its digits: 589,000,000,000."""
    return f"{value:,.15g}"
