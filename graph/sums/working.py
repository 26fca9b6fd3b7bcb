"""What a number comes to that no words lead to: from any numbers near it, where that can hardly be chance.

"At a street price of $30,000 each, the boards would be worth $114 million" has worked that out from the boards that the
text counts, whatever its words. Many numbers come to others by chance: of 58 such hits in 620 real texts eight were
right. So the words must say at least that something was worked out, and of all that was tried less may come out by
chance than once in some sixteen times. Nothing is told wrong here.
"""

import re
from collections.abc import Iterator, Sequence
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
    make_quotient,
    make_share,
    make_total,
)
from graph.sums.multiplying import read_period
from graph.sums.numerals import COUNT, LOOSE, PART, PERCENT, POINTS, RANK, RATIOS, TIMES, Hedge, Numeral
from graph.sums.operands import get_scaled, is_amount, is_same_kind
from graph.sums.passages import Passage, Sentence, make_singular
from graph.sums.ratios import read_ratio

# How many of the results that were tried may come out by chance.
_CHANCE = 0.06
# Numbers of a text lie within some two powers of ten of each other, any as likely as another by its logarithm.
_SPAN = log(100)
# A row of a list or table.
_ROW = re.compile(r"[-*•|・]|\d+[.)]\s")
# Near stand so many sentences before, one behind, and the headline. With more numbers they are a table.
_BEFORE = 3
_MOST = 24
# A text that counts things of one name more often tells of many.
_MOST_COUNTED = 12
_HUNDRED = 100.0
# What is said may be off by so much of itself, and by half its last digit; told as round ("about") by more.
_OFF, _OFF_ABOUT = 0.002, 0.02
_OFF_RATIO = 0.08
# A sentence with more ratios of a kind, or more numbers to look at, is a list.
_FEW = 2
_PAIR = 2
_MOST_SAID = 4


def find_worked_out(passage: Passage) -> dict[Numeral, Sum]:
    """The sums that numbers of the sentence are, by number, of numbers near it; none where several come out, or where
    one may by chance."""
    candidates = [one for one in passage.numerals if _may_be_said(passage, one)]
    if not candidates or len(candidates) > _MOST_SAID or _ROW.match(passage.text):
        return {}
    near = _list_near(passage)
    found: dict[Numeral, Sum] = {}
    for said in candidates:
        pool = _list_operands(passage, said, near)
        sums = [] if len(pool) > _MOST else [one for one in _iter_sums(passage, said, pool) if one]
        anchored = {one.formula: one for one in sums if _is_anchored(passage, one)}
        fitting = [one for one in anchored.values() if one.agrees and _is_exact(said, one)]
        by_chance = len(anchored) * 2 * _tolerate(said) / _SPAN
        if len(fitting) == 1 and by_chance <= _CHANCE:
            found[said] = fitting[0]
    return found


def _may_be_said(passage: Passage, one: Numeral) -> bool:
    if one.spelled or one.unit == RANK or one.hedge in LOOSE or not one.value:
        return False
    return one.unit != TIMES or bool(passage.words.manifold.match(passage.text[one.span[0] :]))


def _list_near(passage: Passage) -> list[Sentence]:
    """The sentence, those before it, the last one first, the one behind, and the headline."""
    near = [passage.sentence, *reversed(passage.list_before(_BEFORE))]
    return near + [one for one in (passage.after, passage.title) if one and one not in near]


def _list_operands(passage: Passage, said: Numeral, near: Sequence[Sentence]) -> list[Operand]:
    """The numbers near one but itself, each value once of each unit, the nearest first."""
    found: dict[tuple[object, ...], Operand] = {}
    for sentence in near:
        here = sentence is passage.sentence
        for one in sentence.numerals:
            same = one.unit == said.unit and one.value == said.value
            if same or one.unit == RANK or not one.value or (one.spelled and one.value < 2):
                continue
            key = (one.value, one.unit, make_singular(one.noun))
            found.setdefault(key, Operand(one, "" if here else sentence.text))
    return list(found.values())


def _tolerate(said: Numeral) -> float:
    """What share of its size a number may be off by and still be what is said."""
    if said.unit in (TIMES, PART):
        return _OFF_RATIO
    return max(said.step / 2 / said.value, _OFF_ABOUT if said.hedge in (Hedge.ABOUT, Hedge.JUST_OVER) else _OFF)


def _is_exact(said: Numeral, one: Sum) -> bool:
    """Whether a result is what is said to its last digit: what the inputs are rounded by excuses nothing."""
    return abs(get_scaled(said, one) - said.value) <= _tolerate(said) * said.value * (1 + 1e-9)


def _is_anchored(passage: Passage, one: Sum) -> bool:
    """Whether one of its numbers stands in the sentence or in the one before it; in the one after it both, if that says
    from where to where: "It closed at $194, down from $212"."""
    here = ("", *(sentence.text for sentence in passage.list_before(1)))
    if any(input.quote in here for input in one.inputs):
        return True
    after = passage.after
    moves = after and any(passage.words.origin.marks(after.text, numeral) for numeral in after.numerals)
    return bool(moves and after and all(input.quote == after.text for input in one.inputs))


def _iter_sums(passage: Passage, said: Numeral, pool: Sequence[Operand]) -> Iterator[Sum | None]:
    sentence, words = passage.sentence, passage.words
    total = words.total.marks(passage.text, said)
    left = words.rest.marks(passage.text, said)
    apart = said.unit not in RATIOS and (left or words.apart.marks(passage.text, said))
    if said.unit in RATIOS and sum(one.unit == said.unit for one in passage.numerals) <= _FEW:
        yield from _iter_ratios(passage, said, [one for one in pool if is_amount(one.numeral, priced=True)])
    for kind in (PERCENT, POINTS) if said.unit == POINTS else (said.unit,):
        alike = [
            one
            for one in pool
            if one.numeral.unit == kind
            and not one.numeral.spelled
            and is_same_kind(one.numeral, replace(said, unit=kind))
        ]
        most = max((one.value for one in alike), default=0.0)
        for one, other in combinations(alike, 2):
            if total and len(alike) == _PAIR:
                yield make_total(sentence, said, (one, other))
            more, less = (one, other) if one.value > other.value else (other, one)
            # What is left is left of the whole, the largest: of 180, 95 and 40 the rest is not 95 - 40.
            if apart and more.value > less.value and (more.value == most or not left):
                yield make_difference(sentence, said, more, less)
    if said.unit.isupper() and _is_each(passage, said):
        yield from _iter_quotients(passage, said, pool)
    elif said.unit.isupper() and words.worth.search(passage.text):
        yield from _iter_products(passage, said, pool)
    elif said.unit == COUNT and words.every.search(passage.text):
        yield from _iter_counts(passage, said, pool)


def _iter_products(passage: Passage, said: Numeral, pool: Sequence[Operand]) -> Iterator[Sum | None]:
    """So many at so much each, also of those that the text counts far off by a name that the sentence has; or so many
    percent of a sum, and what they leave."""
    sentence = passage.sentence
    pieces = [one for one in pool if one.numeral.unit == said.unit and not one.numeral.spelled]
    counts = [one for one in pool if one.numeral.unit == COUNT and one.value > 1 and not one.numeral.spelled]
    each = [one for one in pieces if not one.quote and passage.words.each.marks(passage.text, one.numeral)]
    counts += _list_counted(passage) if each else []
    for count, piece in product({one.value: one for one in reversed(counts)}.values(), pieces):
        yield make_product(sentence, said, (("count", count), ("price", piece)))
    for share in (one for one in pool if _is_part(passage, one)):
        for whole in pieces:
            yield make_percentage(sentence, said, whole, share)
            yield make_percentage(sentence, said, whole, share, rest=True)


def _is_each(passage: Passage, said: Numeral) -> bool:
    """Whether it is told for one piece or person, not for a month."""
    text, words = passage.text, passage.words
    return bool(said.noun or words.each.before.search(text[: said.lead])) and not read_period(text, said, words)


def _iter_quotients(passage: Passage, said: Numeral, pool: Sequence[Operand]) -> Iterator[Sum | None]:
    """A sum told before for each of those that it is shared among, also told in letters: nine people."""
    here = ("", passage.after.text if passage.after else "")
    alike = [one for one in pool if one.quote not in here and one.numeral.unit == said.unit and is_amount(one.numeral)]
    wholes = [one for one in alike if one.value > said.value]
    counts = [one for one in pool if one.numeral.unit == COUNT and one.value >= _PAIR]
    for whole, count in product(wholes, counts):
        yield make_quotient(passage.sentence, said, whole, count)


def _list_counted(passage: Passage) -> list[Operand]:
    """The numbers of things that the text counts anywhere and whose name the sentence has."""
    words = {make_singular(word) for word in re.findall(r"[a-z]{3,}", passage.text)}
    counters = {found[1] for found in re.finditer(r"1([^\d\s、。]{1,3}?)(?=[\dはのあ当に])", passage.text)}
    told = [passage.counted.get(noun, ()) for noun in sorted(words | counters)]
    if sum(map(len, told)) > _MOST_COUNTED:
        return []
    return [Operand(one, sentence.text) for numbers in told for sentence, one in numbers if one.value > 1]


def _iter_counts(passage: Passage, said: Numeral, pool: Sequence[Operand]) -> Iterator[Sum | None]:
    """144 crates of eight cards each, 1,152 cards in all: so many of so many, one of which the sentence has."""
    counts = [one for one in pool if one.numeral.unit == COUNT and one.value > 1]
    for more, less in combinations(sorted(counts, key=lambda one: -one.value), 2):
        if not more.quote or not less.quote:
            yield make_product(passage.sentence, said, (("count", more), ("count", less)))


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
        if one.value == other.value or not is_same_kind(one.numeral, other.numeral):
            continue
        if base and base is not other.numeral:
            continue
        if said.unit == TIMES:
            if (told or grows) and one.value > other.value:
                yield make_share(sentence, said, one, other)
        elif grows or falls:
            if (one.value > other.value) is grows:
                yield make_change(sentence, said, one, other, falls)
        elif told and one.value < other.value:
            yield make_share(sentence, said, one, other)
