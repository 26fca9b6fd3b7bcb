"""Products: so many at so much each, a share for each, what a period comes to, chips for days."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, permutations, product

from graph.sums.making import Operand, Sum, make_product, make_quotient
from graph.sums.numerals import COUNT, PERIODS, RATIOS, Numeral
from graph.sums.operands import choose, is_amount
from graph.sums.passages import Passage, make_singular
from graph.sums.words import Words

# So much a month, or so much for six months, is to be chosen between.
_LONG = ("weeks", "months", "years")
# A list of prices multiplies nothing.
_LISTED = re.compile(r"[／/|・]")
# So many of the one make one of the other: what is paid a month, and a year.
_IN_YEAR, _IN_WEEK = {"month": 12, "quarter": 4, "week": 52, "day": 365}, {"day": 7}
_PERIODS = {"year": _IN_YEAR, "week": _IN_WEEK, "day": {"hour": 24}}
_PER = re.compile(r"(?: [a-z]+)? (?:per|for each|for every) (?P<noun>[a-z]{3,})\b")
# A text that gives more numbers of one thing tells of many firms, or is a table.
_MOST_COUNTED = 12
# "Sales per store was $3 million" may be of other stores than those that are counted beside it.
_MEAN = re.compile(r"\bper [a-z]+ [^,;\d]*$")
_PERIOD_NAMES = {"年": "year", "月": "month", "週": "week", "日": "day", "時間": "hour", "四半期": "quarter"}


def find_products(passage: Passage) -> Iterator[Sum]:
    """So many at so much each: the total, or what each is of it, whichever is told last."""
    yield from _find_chip_hours(passage)
    text = passage.text
    pieces = [one for one in passage.numerals if _is_each(passage, one)]
    yield from _find_periods(passage, pieces)
    yield from _find_over_periods(passage, pieces)
    yield from _find_means(passage)
    found: list[tuple[Numeral, Sum]] = []
    for piece in pieces:
        wholes, counts = _list_wholes(passage, piece), _list_counts(passage, piece)
        for whole, count in product(wholes, counts):
            if whole.value == count.value or whole.value <= piece.value:
                continue
            worked_out = whole.quote or (whole.numeral.end <= piece.lead and passage.words.link.marks(text, piece))
            last = piece if worked_out else whole.numeral
            if made := _make_product(passage, last, whole, count, Operand(piece)):
                found.append((last, made))
    fitting = {made.formula: made for last, made in found if choose(last, [made])}
    if len(fitting) == 1:
        yield from fitting.values()
    elif len(found) == 1 and len(pieces) == 1 and not _LISTED.search(text):
        [(last, made)] = found
        chosen = last is not pieces[0] and any(one.unit in _LONG for one in passage.numerals)
        linked = not chosen and any(one.marks(text, last) for one in (passage.words.link, passage.words.total))
        # A sum of the sentence before is shared among those whom that one counts.
        parted = last is pieces[0] and len({one.quote for one in made.inputs}) > 1
        mean = bool(_MEAN.search(text[: pieces[0].lead]))
        if told := choose(last, [made], firm=linked and not parted and not mean):
            yield told


def _find_periods(passage: Passage, pieces: Sequence[Numeral]) -> Iterator[Sum]:
    """$20 a month, or $240 a year: so many of the one make one of the other."""
    for first, last in pairwise(pieces):
        less, more = sorted((first, last), key=lambda one: one.value)
        of_more, of_less = (read_period(passage.text, one, passage.words) for one in (more, less))
        times = count_periods(of_more, of_less)
        if not times or less.unit != more.unit or not passage.words.link.marks(passage.text, last):
            continue
        count = Operand(replace(last, value=float(times), step=0, unit=COUNT, noun=""))
        made = _make_product(passage, last, Operand(more), count, Operand(less))
        if found := choose(last, [made]):
            yield found


def _find_over_periods(passage: Passage, pieces: Sequence[Numeral]) -> Iterator[Sum]:
    """3 million users at $20 a month, $720 million a year: so many of the one period, where it comes out."""
    counts = [one for one in passage.numerals if one.unit == COUNT and one.value > 1 and not one.spelled]
    for (piece, whole), count in product(permutations(pieces, 2), counts):
        of_whole, of_piece = (read_period(passage.text, one, passage.words) for one in (whole, piece))
        times = count_periods(of_whole, of_piece)
        if not times or piece.unit != whole.unit or piece.value >= whole.value:
            continue
        periods = Operand(replace(whole, value=float(times), step=0, unit=COUNT, noun=""))
        factors = (("count", Operand(count)), ("price", Operand(piece)), ("periods", periods))
        if found := choose(whole, [make_product(passage.sentence, whole, factors)]):
            yield found


def _find_means(passage: Passage) -> Iterator[Sum]:
    """590 exchanges per account, where a sentence of the text counts exchanges and accounts, or the text has but one
    number of each."""
    for said in passage.numerals:
        per = _PER.match(passage.text, said.end) if said.unit == COUNT and said.noun else None
        if not per:
            continue
        wholes, counts = (_list_of(passage, noun) for noun in (said.noun, per["noun"]))
        sole = all(len({one.value for one in numbers}) == 1 for numbers in (wholes, counts))
        sums = [
            make_quotient(passage.sentence, said, whole, count)
            for whole, count in product(wholes, counts)
            if count.value > 1 and (sole or whole.quote == count.quote)
        ]
        if found := choose(said, sums):
            yield found


def _list_of(passage: Passage, noun: str) -> list[Operand]:
    """The numbers of such things in the text, but means of them; none where there are many."""
    counted = passage.counted.get(make_singular(noun), ())
    if len(counted) > _MOST_COUNTED:
        return []
    return [
        Operand(one, "" if sentence is passage.sentence else sentence.text)
        for sentence, one in counted
        if not _PER.match(sentence.text, one.end)
    ]


def count_periods(of_whole: str, of_piece: str) -> int | None:
    """How many of the one make one of the other: 12 of a month and a year; None where that is not told or not fixed."""
    return _PERIODS.get(of_whole, {}).get(of_piece)


def read_period(text: str, one: Numeral, words: Words) -> str:
    """The period that an amount of a sentence is told for, `month`, whatever the language; empty where it has none."""
    around = text[max(0, one.lead - 8) : one.lead] if words.base_first else text[one.end : one.end + 24]
    found = words.period.search(around)
    return _PERIOD_NAMES.get(found[1], found[1]) if found else ""


def _is_each(passage: Passage, one: Numeral) -> bool:
    if one.unit in RATIOS or (one.spelled and not one.unit.isupper()):
        return False
    return bool(one.unit.isupper() and one.noun) or passage.words.each.marks(passage.text, one)


def _list_wholes(passage: Passage, piece: Numeral) -> list[Operand]:
    here = [Operand(one) for one in passage.numerals if one is not piece and one.unit == piece.unit and not one.spelled]
    return here or [
        one
        for one in _list_told(passage, lambda one: one.unit == piece.unit and is_amount(one))
        if not passage.words.each.marks(one.quote, one.numeral)
    ]


def _list_counts(passage: Passage, piece: Numeral) -> list[Operand]:
    here = [Operand(one) for one in passage.numerals if _is_count(one) and one is not piece]
    return here or _list_told(passage, _is_count)


def _list_told(passage: Passage, fits: Callable[[Numeral], bool]) -> list[Operand]:
    if not passage.before:
        return []
    told = passage.before[-1]
    return [Operand(one, told.text) for one in told.numerals if fits(one)]


def _is_count(one: Numeral) -> bool:
    return one.unit in (COUNT, "chip-hours", *PERIODS) and one.value > 1 and (not one.spelled or one.unit in PERIODS)


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
