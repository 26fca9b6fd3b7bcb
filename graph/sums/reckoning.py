"""A sentence that says that it reckons, of the numbers just before it: "That leaves 45", "at that price", 単純計算で.

Such words mean all like numbers of the sentences before: a rest is left of the largest when the others are taken, a
total is of all, a ratio of the only two. Where there is but one such reading it is told right or wrong.
"""

from collections.abc import Iterator, Sequence

from graph.sums.making import (
    Operand,
    Sum,
    make_average,
    make_change,
    make_product,
    make_rest,
    make_share,
    make_total,
)
from graph.sums.numerals import COUNT, PERIODS, RATIOS, TIMES, Hedge, Numeral, is_alike
from graph.sums.operands import is_amount, is_near, is_same_kind
from graph.sums.passages import Passage, make_singular

# So many sentences back the numbers may stand.
_REACH = 3
# A mistake is off by less than this many times; what is further off is of other numbers.
_CLOSE = 1.6
_MOST_PARTS = 6
_LOOSE = (Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.UNDER, Hedge.OVER)


def find_reckoned(passage: Passage) -> Iterator[Sum]:
    """The sum of the one number of a sentence that says that it reckons, if what stands before leaves one reading."""
    words = passage.words
    said = [one for one in passage.numerals if not one.spelled and one.unit not in PERIODS]
    if len(said) != 1 or said[0].hedge in _LOOSE:
        return
    if not words.implies.search(passage.text) and (said[0].unit in RATIOS or not words.reckons.search(passage.text)):
        return
    pool = _list_before(passage)
    found = [one for one in _iter_readings(passage, said[0], pool) if one]
    if len(found) == 1 and (found[0].agrees or is_near(said[0], found[0], _CLOSE)):
        yield found[0]


def _list_before(passage: Passage) -> list[Operand]:
    """The numbers of the sentences before, each once."""
    found: dict[tuple[float, str, str], Operand] = {}
    for sentence in passage.list_before(_REACH):
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
    """So many at so much each, where there is one number of each."""
    prices = [one for one in pool if one.numeral.unit == said.unit]
    counts = [one for one in pool if one.numeral.unit == COUNT and one.value > 1 and not one.numeral.spelled]
    if len(prices) == len(counts) == 1:
        yield make_product(passage.sentence, said, (("count", counts[0]), ("price", prices[0])))


def _iter_ratios(passage: Passage, said: Numeral, pool: Sequence[Operand]) -> Iterator[Sum | None]:
    """Of the only two numbers of a kind: what one grew or fell by to the other, or what part of it it is."""
    sentence, words = passage.sentence, passage.words
    amounts = [one for one in pool if is_amount(one.numeral, priced=True)]
    if len(amounts) != 2 or not is_same_kind(amounts[0].numeral, amounts[1].numeral):
        return
    less, more = sorted(amounts, key=lambda one: one.value)
    if less.value == more.value:
        return
    if said.unit == TIMES:
        yield make_share(sentence, said, more, less)
    elif words.up.marks(passage.text, said) and not words.rate.marks(passage.text, said):
        yield make_change(sentence, said, more, less, falls=False)
    elif words.down.marks(passage.text, said) and not words.rate.marks(passage.text, said):
        yield make_change(sentence, said, less, more, falls=True)
    else:
        yield make_share(sentence, said, less, more)
