"""A sentence that says that it reckons, of the numbers just before it: "That leaves 45", "at that price", 単純計算で.

Such words mean all like numbers of the sentences before: a rest is left of the largest when the others are taken, a
total is of all, a ratio of the only two. Where there is but one such reading it is told as right; as wrong only where
the words can mean nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.sums.making import (
    Check,
    Operand,
    Sum,
    make_average,
    make_change,
    make_product,
    make_rest,
    make_share,
    make_total,
)
from graph.sums.multiplying import count_periods, read_period
from graph.sums.numerals import COUNT, LOOSE, PERIODS, RATIOS, TIMES, Numeral, is_alike
from graph.sums.operands import is_amount, is_near, is_same_kind
from graph.sums.passages import Passage, make_singular
from graph.sums.ratios import read_ratio

# So many sentences back the numbers may stand.
_REACH = 3
# A mistake is off by less than this many times; what is further off is of other numbers.
_CLOSE = 1.6
_MOST_PARTS = 6
# A change and what it is from.
_WITH_BASE = 2


def find_reckoned(passage: Passage) -> Iterator[Sum]:
    """The sum of a number of a sentence that says that it reckons, if what stands before leaves one reading."""
    if not (said := _find_said(passage)):
        return
    found = [one for one in _iter_readings(passage, said, _list_before(passage)) if one]
    if len(found) == 1 and (found[0].agrees or (_is_firm(passage, found[0]) and is_near(said, found[0], _CLOSE))):
        yield found[0]


def _is_firm(passage: Passage, one: Sum) -> bool:
    """Whether the words mean these numbers and no others, so that it may be told wrong: the rest, the total, what all
    cost at that price. A share or a mean may be of somebody else, a change of another year."""
    text, words = passage.text, passage.words
    said = one.said
    if words.besides.search(text) or said is None:
        return False
    if one.check is Check.TOTAL:
        return len({number.quote for number in one.inputs}) == 1
    if one.check is Check.DIFFERENCE:
        alone = sum(other.unit == said.unit for other in passage.numerals) == 1
        return alone and not words.narrows.match(text, said.end)
    if one.check is Check.CHANGE:
        return bool(words.held.search(text))
    return one.check is Check.PRODUCT and bool(words.priced.search(text))


def _find_said(passage: Passage) -> Numeral | None:
    """The one number that is called a rest, a total or a mean, else the only one of the sentence; a change may have
    beside it what it is from."""
    text, words = passage.text, passage.words
    said = [one for one in passage.numerals if not one.spelled and one.unit not in PERIODS]
    marked = [
        one
        for one in said
        if one.unit not in RATIOS and any(mark.marks(text, one) for mark in (words.rest, words.total, words.average))
    ]
    if len(said) > 1 and len(marked) == 1:
        said = marked
    elif len(said) == _WITH_BASE:
        said = [one for one in said if one.unit in RATIOS and read_ratio(passage, one).base in said]
    one = said[0] if len(said) == 1 else None
    if not one or one.hedge in LOOSE:
        return None
    implied = words.implies.search(text) or bool(read_ratio(passage, one).base if one.unit in RATIOS else None)
    return one if implied or (one.unit not in RATIOS and words.reckons.search(text)) else None


def _list_before(passage: Passage) -> list[Operand]:
    """The numbers of the sentences before, each once, of the nearest that has it."""
    found: dict[tuple[float, str, str], Operand] = {}
    for sentence in reversed(passage.list_before(_REACH)):
        for one in sentence.numerals:
            if one.value and not (one.spelled and one.value <= 1):
                found.setdefault((one.value, one.unit, one.noun), Operand(one, sentence.text))
    return list(found.values())


def _iter_readings(passage: Passage, said: Numeral, pool: Sequence[Operand]) -> Iterator[Sum | None]:
    text, words, sentence = passage.text, passage.words, passage.sentence
    if said.unit in RATIOS:
        yield from _iter_ratios(passage, said, pool)
        return
    alike = [one for one in pool if is_amount(one.numeral) and is_alike(one.numeral, said)]
    nouns = {make_singular(one.numeral.noun) for one in alike if one.numeral.noun}
    if len(alike) > _MOST_PARTS or len(nouns) > 1:
        return
    if words.rest.marks(text, said):
        parts = sorted(alike, key=lambda one: -one.value)
        if len(parts) > 1 and parts[0].value > sum(one.value for one in parts[1:]):
            yield make_rest(sentence, said, parts[0], parts[1:])
    elif words.average.marks(text, said) or words.averages.search(text):
        if len(alike) > 1:
            yield make_average(sentence, said, alike)
    elif words.total.marks(text, said):
        if len(alike) > 1:
            yield make_total(sentence, said, alike)
    elif said.unit.isupper():
        yield from _iter_products(passage, said, pool)


def _iter_products(passage: Passage, said: Numeral, pool: Sequence[Operand]) -> Iterator[Sum]:
    """So many at so much each, where there is one number of each; over a year, where the price is told for a month."""
    prices = [one for one in pool if one.numeral.unit == said.unit]
    counts = [one for one in pool if one.numeral.unit == COUNT and one.value > 1 and not one.numeral.spelled]
    if not len(prices) == len(counts) == 1:
        return
    factors = [("count", counts[0]), ("price", prices[0])]
    of_piece = read_period(prices[0].quote, prices[0].numeral, passage.words)
    if times := count_periods(read_period(passage.text, said, passage.words), of_piece):
        factors.append(("periods", Operand(replace(said, value=float(times), step=0, unit=COUNT, noun=""))))
    yield make_product(passage.sentence, said, factors)


def _iter_ratios(passage: Passage, said: Numeral, pool: Sequence[Operand]) -> Iterator[Sum | None]:
    """Of the only two numbers of a kind: what one grew or fell by to the other, or what part of it it is. One of them
    may be the base that the sentence itself gives, the other then stands in the one before."""
    sentence, words = passage.sentence, passage.words
    base = read_ratio(passage, said).base
    near = {one.text for one in passage.list_before(1)}
    amounts = [one for one in pool if is_amount(one.numeral, priced=True) and (not base or one.quote in near)] + (
        [Operand(base)] if base else []
    )
    if len(amounts) != 2 or not is_same_kind(amounts[0].numeral, amounts[1].numeral):
        return
    less, more = sorted(amounts, key=lambda one: one.value)
    if less.value == more.value:
        return
    grows, falls = (mark.marks(passage.text, said) for mark in (words.up, words.down))
    if base:
        later, earlier = amounts
        if said.unit == TIMES:
            yield make_share(sentence, said, later, earlier)
        elif grows or falls:
            yield make_change(sentence, said, later, earlier, falls)
    elif said.unit == TIMES:
        yield make_share(sentence, said, more, less)
    elif grows and not words.rate.marks(passage.text, said):
        yield make_change(sentence, said, more, less, falls=False)
    elif falls and not words.rate.marks(passage.text, said):
        yield make_change(sentence, said, less, more, falls=True)
    else:
        yield make_share(sentence, said, less, more)
