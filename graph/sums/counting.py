"""Amounts that others come to: what is left, in all, on average, how far apart, so many at so much.

As with ratios the words say which relation it is, and of several readings only one that comes out is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product

from graph.sums.making import (
    Operand,
    Sum,
    make_average,
    make_difference,
    make_product,
    make_quotient,
    make_rest,
    make_total,
)
from graph.sums.numerals import COUNT, PERCENT, PERIODS, POINTS, RATIOS, Numeral, is_alike
from graph.sums.operands import choose, is_amount
from graph.sums.passages import Passage

_LOOSELY = 1.5
_MOST_PARTS = 5
_SCORE = "点"
# A list of prices multiplies nothing.
_LISTED = re.compile(r"[／/|・]")
# So many of the one make one of the other: what is paid a month, and a year.
_PERIODS = {
    ("month", "year"): 12,
    ("quarter", "year"): 4,
    ("week", "year"): 52,
    ("hour", "day"): 24,
    ("day", "week"): 7,
}
_PERIOD_NAMES = {"年": "year", "月": "month", "週": "week", "日": "day", "時間": "hour", "四半期": "quarter"}


def find_amounts(passage: Passage) -> Iterator[Sum]:
    """The sums of amounts; of the same numbers only one, the first that the words say."""
    told: set[frozenset[float]] = set()
    for find in (_find_average, _find_rest, _find_total, _find_difference):
        for said in passage.numerals:
            found = None if said.spelled else find(passage, said, _list_others(passage, said))
            numbers = frozenset((said.value, *(one.value for one in found.inputs))) if found else frozenset()
            if found and numbers not in told:
                told.add(numbers)
                yield found
    yield from _find_products(passage)


def _find_average(passage: Passage, said: Numeral, others: list[Operand]) -> Sum | None:
    if not passage.words.average.marks(passage.text, said) or len(others) < 2:
        return None
    values = [one.value for one in others]
    if not 0.9 * min(values) <= said.value <= 1.1 * max(values) or any(one.numeral.end > said.lead for one in others):
        return None
    return make_average(passage.sentence, said, others)


def _find_rest(passage: Passage, said: Numeral, others: list[Operand]) -> Sum | None:
    """What is left of a whole when parts are taken."""
    if not passage.words.rest.marks(passage.text, said):
        return None
    return choose(said, _iter_rests(passage, said, others), firm=len(others) == 2)


def _find_difference(passage: Passage, said: Numeral, others: list[Operand]) -> Sum | None:
    """How far two numbers are from each other, or what one grew by."""
    words, text = passage.words, passage.text
    told = any(one.marks(text, said) for one in (words.apart, words.up, words.down))
    if said.unit in RATIOS or (not told and not (_is_points(said) and words.link.marks(text, said))):
        return None
    pairs = (sorted(pair, key=lambda one: -one.value) for pair in combinations(others, 2))
    sums = (
        make_difference(passage.sentence, said, *pair) for pair in pairs if is_alike(pair[0].numeral, pair[1].numeral)
    )
    firm = len(others) == 2 and min(one.value for one in others) >= said.value and _is_based(passage, said, others)
    return choose(said, sums, firm, most=_LOOSELY)


def _is_points(said: Numeral) -> bool:
    """Whether it is said in points; other decimals only may be."""
    return said.unit == POINTS and not said.text[-1].isdigit()


def _is_based(passage: Passage, said: Numeral, others: Iterable[Operand]) -> bool:
    words, text = passage.words, passage.text
    if said.unit == POINTS or words.apart.before.search(text[: said.lead]):
        return True
    return any(around.marks(text, one.numeral) for around in (words.whole, words.origin) for one in others)


def _list_others(passage: Passage, said: Numeral) -> list[Operand]:
    """The numbers that can come to one: those like it; of points, the scores or percentages that they are between."""
    if said.unit != POINTS:
        kind = (PERCENT,) if said.unit == PERCENT else (said.unit, POINTS) if said.noun == _SCORE else (said.unit,)
        return [
            Operand(one) for one in passage.numerals
            if one is not said and one.unit in kind and not one.spelled and (one.unit != COUNT or is_alike(one, said))
        ]  # fmt: skip
    scores = [one for one in passage.numerals if one is not said]
    kinds = ([one for one in scores if one.unit == unit] for unit in (PERCENT, POINTS))
    marked = [one for one in scores if one.unit == COUNT and one.noun == _SCORE]
    return [Operand(one) for one in next((found for found in (*kinds, marked) if len(found) > 1), ())]


def _iter_rests(passage: Passage, said: Numeral, others: Sequence[Operand]) -> Iterator[Sum]:
    if said.unit == PERCENT:
        if others:
            yield make_rest(passage.sentence, said, None, others)
        return
    for whole in others:
        parts = [one for one in others if one is not whole and one.value < whole.value]
        for parts_of in (*combinations(parts, 1), *combinations(parts, 2)):
            yield make_rest(passage.sentence, said, whole, parts_of)


def _find_total(passage: Passage, said: Numeral, others: list[Operand]) -> Sum | None:
    """What parts come to: all that stand here; else some of them, or of the sentences before."""
    if said.unit in RATIOS or not passage.words.total.marks(passage.text, said):
        return None
    smaller = [one for one in others if one.value < said.value]
    if len(smaller) < 2:
        smaller += [
            Operand(one, sentence.text)
            for sentence in passage.before
            for one in sentence.numerals
            if is_amount(one) and is_alike(one, said) and one.value < said.value
        ]
    if not 2 <= len(smaller) <= _MOST_PARTS:
        return None
    whole = make_total(passage.sentence, said, smaller)
    here = all(not one.quote for one in smaller) and len(smaller) == len(others)
    if whole.agrees:
        return whole
    some = (
        make_total(passage.sentence, said, parts)
        for size in range(2, len(smaller))
        for parts in combinations(smaller, size)
    )
    found = choose(said, some, firm=False)
    return found or choose(said, [whole], firm=here and smaller[-1].numeral.end <= said.lead)


def _find_products(passage: Passage) -> Iterator[Sum]:
    """So many at so much each: the total, or what each is of it, whichever is told last."""
    yield from _find_chip_hours(passage)
    text = passage.text
    pieces = [one for one in passage.numerals if _is_each(passage, one)]
    yield from _find_periods(passage, pieces)
    found: list[tuple[Numeral, Sum]] = []
    for piece in pieces:
        wholes, counts = _list_wholes(passage, piece), _list_counts(passage, piece)
        for whole, count in product(wholes, counts):
            if whole.numeral is count.numeral or whole.value <= piece.value:
                continue
            worked_out = whole.quote or (whole.numeral.end <= piece.lead and passage.words.link.marks(text, piece))
            last = piece if worked_out else whole.numeral
            if made := _make_product(passage, last, whole, count, Operand(piece)):
                found.append((last, made))
    fitting = {made.formula: made for last, made in found if choose(last, [made], most=_LOOSELY)}
    if len(fitting) == 1:
        yield from fitting.values()
    elif len(found) == 1 and not _LISTED.search(text):
        [(last, made)] = found
        linked = any(one.marks(text, last) for one in (passage.words.link, passage.words.total))
        if told := choose(last, [made], firm=linked):
            yield told


def _find_periods(passage: Passage, pieces: Sequence[Numeral]) -> Iterator[Sum]:
    """$20 a month, or $240 a year: so many of the one make one of the other."""
    for first, last in pairwise(pieces):
        less, more = sorted((first, last), key=lambda one: one.value)
        times = _PERIODS.get((_read_period(passage, less), _read_period(passage, more)))
        if not times or less.unit != more.unit or not passage.words.link.marks(passage.text, last):
            continue
        count = Operand(replace(last, value=float(times), step=0, unit=COUNT, noun=""))
        made = _make_product(passage, last, Operand(more), count, Operand(less))
        if found := choose(last, [made], firm=True):
            yield found


def _read_period(passage: Passage, one: Numeral) -> str:
    """The period that an amount is told for, `month`, whatever the language."""
    text, words = passage.text, passage.words
    around = text[max(0, one.lead - 8) : one.lead] if words.base_first else text[one.end : one.end + 24]
    found = words.period.search(around)
    return _PERIOD_NAMES.get(found[1], found[1]) if found else ""


def _is_each(passage: Passage, one: Numeral) -> bool:
    if one.unit in RATIOS or (one.spelled and not one.unit.isupper()):
        return False
    return bool(one.unit.isupper() and one.noun) or passage.words.each.marks(passage.text, one)


def _list_wholes(passage: Passage, piece: Numeral) -> list[Operand]:
    here = [Operand(one) for one in passage.numerals if one is not piece and one.unit == piece.unit and not one.spelled]
    return here or _list_told(passage, lambda one: one.unit == piece.unit and is_amount(one))


def _list_counts(passage: Passage, piece: Numeral) -> list[Operand]:
    here = [Operand(one) for one in passage.numerals if _is_count(one) and one is not piece]
    return here or _list_told(passage, _is_count)


def _list_told(passage: Passage, fits: object) -> list[Operand]:
    if not passage.before or not callable(fits):
        return []
    told = passage.before[-1]
    return [Operand(one, told.text) for one in told.numerals if fits(one)]


def _is_count(one: Numeral) -> bool:
    return one.unit in (COUNT, "chip-hours", *PERIODS) and not one.spelled and one.value > 1


def _make_product(passage: Passage, last: Numeral, whole: Operand, count: Operand, piece: Operand) -> Sum | None:
    if last is piece.numeral:
        return make_quotient(passage.sentence, last, whole, count)
    label = "hours" if count.numeral.unit in ("hours", "chip-hours") else "count"
    return make_product(passage.sentence, last, ((label, count), ("price", piece)))


def _find_chip_hours(passage: Passage) -> Iterator[Sum]:
    """1,280 chips for 67 days, or 2.06 million chip-hours."""
    said = [one for one in passage.numerals if one.unit == "chip-hours"]
    days = [one for one in passage.numerals if one.unit == "days"]
    chips = [one for one in passage.numerals if one.unit == COUNT and not one.spelled]
    if len(said) == len(days) == len(chips) == 1:
        factors = (("chips", Operand(chips[0])), ("days", Operand(days[0])))
        yield make_product(passage.sentence, said[0], factors, hours=True)
