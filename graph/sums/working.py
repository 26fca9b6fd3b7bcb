"""What a number comes to that no words lead to: from any numbers of the text, where that can hardly be chance.

An article that says that 3,800 boards were sent, and two paragraphs on that at $30,000 each they are worth $114
million, has worked that out. Many numbers come to others by chance, so the words must say at least that something was
worked out, and of all that was tried less may come out by chance than once in some sixteen sentences.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations, product
from math import log

from graph.sums.making import (
    Operand,
    Sum,
    make_change,
    make_difference,
    make_percentage,
    make_product,
    make_share,
    make_total,
)
from graph.sums.numerals import COUNT, PART, PERCENT, POINTS, RANK, RATIOS, TIMES, Hedge, Numeral, is_alike
from graph.sums.operands import get_scaled, is_amount
from graph.sums.passages import Passage, Sentence, make_singular
from graph.sums.ratios import read_ratio

# How many of the results that were tried may come out by chance; more where a sentence reckons with what is near.
_CHANCE, _CHANCE_NEAR = 0.06, 0.15
# A row of a list or table.
_ROW = re.compile(r"[-*•|・]|\d+[.)]")
# Numbers of a text lie within some two powers of ten of each other, any as likely as another by its logarithm.
_SPAN = log(100)
# A text with more numbers is a table.
_MOST = 60
_HUNDRED = 100.0
_OFF = 0.01
# A sentence with more ratios of a kind is a list.
_FEW = 2
# What is no sentence but its number: "1."
_NUMBERING = 4


def find_worked_out(passage: Passage, said: Numeral) -> Sum | None:
    """The sum that a number of the sentence is, of numbers near it or else of the whole text; None where several come
    out, or where one may by chance."""
    loose = said.hedge in (Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.UNDER, Hedge.OVER)
    verb = said.unit == TIMES and not any(char.isdigit() for char in said.text) and "times" not in said.text
    if said.spelled or said.unit == RANK or loose or verb or _ROW.match(passage.text):
        return None
    near = [passage.sentence, *passage.before, *((passage.after,) if passage.after else ())]
    if passage.title and passage.title not in near:
        near.append(passage.title)
    for sentences in (near, passage.article):
        pool = _list_operands(passage, said, sentences)
        if len(pool) > _MOST:
            return None
        sums = [one for one in _iter_sums(passage, said, pool) if one and _is_anchored(passage, one)]
        fitting = {one.formula: one for one in sums if one.agrees and _is_exact(said, one)}
        if fitting:
            by_chance = len({one.formula for one in sums}) * _reach(said) / _SPAN
            most = _CHANCE_NEAR if sentences is near and passage.words.worth.search(passage.text) else _CHANCE
            return next(iter(fitting.values())) if by_chance <= most and len(fitting) == 1 else None
    return None


def _is_exact(said: Numeral, one: Sum) -> bool:
    """Whether a result is what is said to its last digit, or nearly: what the inputs are rounded by excuses little."""
    return said.unit in (TIMES, PART) or abs(get_scaled(said, one) - said.value) <= max(said.step, said.value * _OFF)


def _is_anchored(passage: Passage, one: Sum) -> bool:
    """Whether one of its numbers stands in the sentence or in the one before or after it."""
    beside = (*passage.before[-1:], *((passage.after,) if passage.after else ()))
    here = ("", *(sentence.text for sentence in beside))
    return any(input.quote in here for input in one.inputs)


def _reach(said: Numeral) -> float:
    """What share of its size a number may be off by and still be what is said."""
    if not said.value:
        return 1.0
    slack = {TIMES: 0.16, PART: 0.16}.get(said.unit, max(said.step, said.value * 0.002) / said.value)
    return slack * (2 if said.hedge is Hedge.ABOUT else 1)


def _list_operands(passage: Passage, said: Numeral, sentences: Iterable[Sentence]) -> list[Operand]:
    """The numbers of the sentences but the one that is said, each value once of each unit, the nearest first."""
    found: dict[tuple[object, ...], Operand] = {}
    for sentence in sentences:
        here = sentence is passage.sentence
        if len(sentence.text) < _NUMBERING:
            continue
        for one in sentence.numerals:
            if (here and one is said) or one.unit == RANK or not one.value or (one.spelled and one.value < 2):
                continue
            if one.unit == said.unit and one.value == said.value:
                continue
            key = (one.value, one.unit, make_singular(one.noun))
            found.setdefault(key, Operand(one, "" if here else sentence.text))
    return list(found.values())


def _iter_sums(passage: Passage, said: Numeral, pool: Sequence[Operand]) -> Iterator[Sum | None]:
    sentence, words = passage.sentence, passage.words
    total = words.total.marks(passage.text, said)
    left = words.rest.marks(passage.text, said)
    apart = said.unit not in RATIOS and (left or words.apart.marks(passage.text, said))
    if said.unit in RATIOS and sum(one.unit == said.unit for one in passage.numerals) <= _FEW:
        yield from _iter_ratios(passage, said, [one for one in pool if is_amount(one.numeral, priced=True)])
    kinds = (PERCENT, POINTS) if said.unit == POINTS else (said.unit,)
    for kind in kinds:
        alike = [one for one in pool if one.numeral.unit == kind and _is_same(one.numeral, replace(said, unit=kind))]
        most = max((one.value for one in alike), default=0.0)
        for one, other in combinations(alike, 2):
            if total:
                yield make_total(sentence, said, (one, other))
            more, less = (one, other) if one.value > other.value else (other, one)
            # What is left is left of the whole, the largest: of 180, 95 and 40 the rest is not 95 - 40.
            if apart and more.value > less.value and (more.value == most or not left):
                yield make_difference(sentence, said, more, less)
    if words.worth.search(passage.text) and said.unit not in (*RATIOS, POINTS):
        yield from _iter_products(passage, said, pool)


def _iter_products(passage: Passage, said: Numeral, pool: Sequence[Operand]) -> Iterator[Sum | None]:
    """So many at so much each, or so many percent of a whole and what they leave."""
    sentence = passage.sentence
    pieces = [one for one in pool if one.numeral.unit == said.unit and not one.numeral.spelled]
    counts = [one for one in pool if one.numeral.unit == COUNT and one.value > 1]
    for count, piece in product(counts, pieces):
        if piece.numeral.unit != COUNT:
            yield make_product(sentence, said, (("count", count), ("price", piece)))
        elif piece.value > count.value:
            yield make_product(sentence, said, (("count", piece), ("count", count)))
    for share in (one for one in pool if _is_part(passage, one)):
        for whole in pieces:
            yield make_percentage(sentence, said, whole, share)
            yield make_percentage(sentence, said, whole, share, rest=True)


def _is_part(passage: Passage, share: Operand) -> bool:
    """Whether a percentage is a part of something, not what it grew or fell by."""
    if share.numeral.unit != PERCENT or not 0 < share.value < _HUNDRED:
        return False
    text, words = share.quote or passage.text, passage.words
    return not any(one.marks(text, share.numeral) for one in (words.up, words.down))


def _iter_ratios(passage: Passage, said: Numeral, amounts: Sequence[Operand]) -> Iterator[Sum | None]:
    sentence, words = passage.sentence, passage.words
    grows, falls = (one.marks(passage.text, said) for one in (words.up, words.down))
    base = read_ratio(passage, said).base
    told = passage.points_back or base or any(one.marks(passage.text, said) for one in (words.link, words.back))
    for one, other in permutations(amounts, 2):
        if one.value == other.value or not _is_same(one.numeral, other.numeral):
            continue
        if base and base is not other.numeral:
            continue
        if said.unit == TIMES:
            if one.value > other.value:
                yield make_share(sentence, said, one, other)
        elif grows or falls:
            if (one.value > other.value) is grows:
                yield make_change(sentence, said, one, other, falls)
        elif told and one.value < other.value:
            yield make_share(sentence, said, one, other)


def _is_same(one: Numeral, other: Numeral) -> bool:
    """Whether two numbers are of one kind: one currency, or of things that go by one noun or none."""
    if not is_alike(one, other):
        return False
    return one.unit != COUNT or not one.noun or not other.noun or make_singular(one.noun) == make_singular(other.noun)
