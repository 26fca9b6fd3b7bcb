"""Pairs of numbers that a ratio may be of, the nearest first: its clause, its sentence, those before, all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.sums.making import Operand
from graph.sums.numerals import COUNT, PERCENT, PERIODS, POINTS, RATIOS, TIMES, Numeral, is_alike
from graph.sums.operands import is_amount, list_named, list_staff
from graph.sums.passages import Passage, Sentence
from graph.sums.ratios import Ratio

# A sentence with more ratios, or with more numbers, tells what they are of by itself.
_FEW, _SIMPLE = 2, 6


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers that a ratio may be of: the smaller and the larger, or what is told and its base."""

    one: Operand
    other: Operand

    @property
    def is_apart(self) -> bool:
        """Whether one of them stands in another sentence."""
        return bool(self.one.quote or self.other.quote)

    @property
    def numerals(self) -> tuple[Numeral, Numeral]:
        """Both as they are written."""
        return self.one.numeral, self.other.numeral


def iter_pairs(ratio: Ratio) -> Iterator[tuple[list[Pair], bool]]:
    """Pairs to look at, the nearest first, and whether one that stands alone may be told wrong."""
    passage, said = ratio.passage, ratio.said
    here = _list_here(ratio)
    clause = [one for one in here if passage.is_one_clause(one.numeral, said)]
    if len(clause) != len(here):
        yield _pair(ratio, clause), True
    yield _pair(ratio, here), True
    if spelled := [Operand(one) for one in passage.numerals if one.spelled and one.unit == COUNT and one.value > 1]:
        yield _pair(ratio, (*here, *spelled)), False
    money = [one for one in here if one.numeral.unit not in PERIODS]
    firm = bool(ratio.words.refers.match(passage.text)) or ratio.words.rate.marks(passage.text, said)
    firm = firm or bool(ratio.told and ratio.words.back.behind.match(passage.text, ratio.told.end))
    refers = passage.points_back
    for sentences in (passage.before[-1:], passage.above):
        above = list_amounts(passage, sentences)
        unnamed = ratio.words.unnamed.marks(passage.text, said)
        told = ratio.base or ratio.back or ((ratio.linked or refers or ratio.way != 0) and not unnamed)
        if money and told and not ratio.is_verb and len(passage.numerals) <= _SIMPLE:
            pairs = [one for one in _pair(ratio, (*money, *above)) if not one.one.quote or not one.other.quote]
            pairs = [one for one in pairs if not one.other.quote or not _is_part(ratio, one.other)]
            yield pairs, firm and len(sentences) == 1
        elif not money and _points_back(ratio, refers):
            yield _pair(ratio, above), firm and ratio.linked and len(sentences) == 1
    parts = money or list_amounts(passage, passage.before[-1:])
    if ratio.back and (wholes := list_staff(passage, said)):
        yield _pair_parts(parts, wholes), len(money) == 1
    if not ratio.base and not ratio.way and (wholes := list_named(passage, said)):
        yield _pair_parts(parts, wholes), False


def _pair_parts(parts: Sequence[Operand], wholes: Sequence[Operand]) -> list[Pair]:
    """Each part with each whole that is more and of its kind."""
    return [
        Pair(one, whole)
        for one in parts
        for whole in wholes
        if one.value < whole.value and is_alike(one.numeral, whole.numeral)
    ]


def _is_part(ratio: Ratio, one: Operand) -> bool:
    """Whether a number is itself what was taken from a whole: the 18,000 that another firm laid off."""
    return ratio.words.part.marks(one.quote, one.numeral)


def _list_here(ratio: Ratio) -> list[Operand]:
    """The amounts of the sentence; where there are no two, what a multiple or change may be of besides: scores, times,
    percentages."""
    numerals, said = ratio.passage.numerals, ratio.said
    amounts = [one for one in numerals if is_amount(one, priced=True) and (ratio.base or one.unit not in PERIODS)]
    amounts += [one for one in numerals if one is ratio.told and one.spelled]
    if ratio.base and ratio.base.unit == PERCENT:
        amounts += [one for one in numerals if one.unit == PERCENT]
    elif len(amounts) < 2 and (ratio.way or said.unit == TIMES or ratio.words.way.search(ratio.passage.text)):
        kinds = (POINTS, *PERIODS, *(() if said.unit == PERCENT or amounts else (PERCENT,)))
        amounts += [one for one in numerals if one.unit in kinds and one is not said and not one.spelled]
    return list(map(Operand, dict.fromkeys(amounts)))


def _points_back(ratio: Ratio, refers: bool) -> bool:
    """Whether a sentence without amounts has its ratio of those before: "That is 6 percent"."""
    if ratio.words.unnamed.marks(ratio.passage.text, ratio.said) and not ratio.back:
        return False
    if ratio.is_verb or sum(one.unit in RATIOS for one in ratio.passage.numerals) > _FEW:
        return False
    return (refers and (ratio.linked or ratio.way != 0)) or (ratio.way != 0 and ratio.said.unit == TIMES)


def list_amounts(passage: Passage, sentences: Iterable[Sentence]) -> list[Operand]:
    """The amounts of other sentences of the text."""
    return [
        Operand(one, sentence.text)
        for sentence in sentences
        if sentence is not passage.sentence
        for one in sentence.numerals
        if is_amount(one)
    ]


def _sort(one: Operand, other: Operand) -> tuple[Operand, Operand]:
    return (one, other) if one.value <= other.value else (other, one)


def _pair(ratio: Ratio, operands: Sequence[Operand]) -> list[Pair]:
    """The pairs of one kind and of unequal numbers; with the base that the words give as the other, where they do."""
    found: dict[tuple[float, float], Pair] = {}
    for one, other in combinations(operands, 2):
        alike = is_alike(one.numeral, other.numeral) or _is_counted_otherwise(ratio, one, other)
        if one.value == other.value or not alike:
            continue
        pair = Pair(*_sort(one, other))
        if ratio.base:
            if ratio.base not in pair.numerals:
                continue
            pair = Pair(one, other) if other.numeral is ratio.base else Pair(other, one)
        if _is_linked(ratio, pair):
            found.setdefault((pair.one.value, pair.other.value), pair)
    return list(found.values())


def _is_counted_otherwise(ratio: Ratio, one: Operand, other: Operand) -> bool:
    """Whether a share of a number tells again what the sentence before counts in other things: so many works, a third
    of so many books."""
    told_again = ratio.base is not None and ratio.said.unit == PERCENT and ratio.linked and not ratio.way
    return told_again and one.numeral.unit == other.numeral.unit == COUNT and bool(one.quote) != bool(other.quote)


def _is_linked(ratio: Ratio, pair: Pair) -> bool:
    """Whether a pair has the number that the ratio tells again, the one before it: "$210 million, 31 percent of it"."""
    if ratio.base or ratio.way or not ratio.linked or not ratio.told:
        return True
    if ratio.back and not ratio.words.base_first and not ratio.words.whole.marks(ratio.passage.text, ratio.told):
        return pair.one.numeral is ratio.told
    return ratio.told in pair.numerals
