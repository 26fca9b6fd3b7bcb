"""Amounts that others come to: what is left, in all, on average, how far apart.

As with ratios the words say which relation it is, and of several readings only one that comes out is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from graph.sums.making import (
    Operand,
    Sum,
    make_average,
    make_difference,
    make_rest,
    make_total,
)
from graph.sums.numerals import COUNT, PERCENT, POINTS, RATIOS, Numeral, is_alike
from graph.sums.operands import choose, is_amount
from graph.sums.passages import Passage

_MOST_PARTS = 5
_SCORE = "点"
# A number in thousands or more.
_SCALED = 1_000
_COMES_TO = re.compile(r"\b(?:comes?|came|amount(?:s|ed)?) to $")
_NOT = re.compile(r"\b(?:not|never|none|neither|nor|no|nothing)\b|n['’]t\b", re.IGNORECASE)
# A part of a part: "Of these 500 were closed, 400 of them in March".
_NESTED = re.compile(r"うち|\bof (?:them|these|those|which|whom)\b")
_NEST_REACH = 14
# "It leaves at 9: 4 trains and 5 buses."
_CLOCK = re.compile(r"\b(?:at|until|till|since|before|after) $", re.IGNORECASE)
_COLON = re.compile(r"[:：] ?$|[:：] [^,;:]{0,30}$")


def find_amounts(passage: Passage) -> Iterator[Sum]:
    """The sums of amounts; of the same numbers only one, the first that the words say."""
    told: set[frozenset[float]] = set()
    for find in (_find_average, _find_rest, _find_total, _find_difference):
        for said in passage.numerals:
            found = None if said.spelled and said.unit != POINTS else find(passage, said, _list_others(passage, said))
            numbers = frozenset((said.value, *(one.value for one in found.inputs))) if found else frozenset()
            if found and numbers not in told:
                told.add(numbers)
                yield found


def _find_average(passage: Passage, said: Numeral, others: list[Operand]) -> Sum | None:
    text = passage.text[: said.lead]
    if not passage.words.average.marks(passage.text, said) or len(others) < 2:
        return None
    values = [one.value for one in others]
    if (
        not 0.9 * min(values) <= said.value <= 1.1 * max(values)
        or any(one.numeral.end > said.lead for one in others)
        or text.endswith(" to ")
    ):
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
    marked = any(one.marks(text, said) for one in (words.apart, words.up, words.down))
    if (
        said.unit in RATIOS
        or len(others) > _MOST_PARTS
        or (not marked and not (_is_points(said) and words.link.marks(text, said)))
    ):
        return None
    if len(others) < 2 and passage.before and (passage.points_back or _is_points(said) or _is_named(passage, said)):
        told = passage.before[-1]
        others = others + [Operand(one, told.text) for one in told.numerals if _is_like(one, said, others)]
    pairs = (sorted(pair, key=lambda one: -one.value) for pair in combinations(others, 2))
    sums = (
        make_difference(passage.sentence, said, *pair) for pair in pairs if is_alike(pair[0].numeral, pair[1].numeral)
    )
    firm = (
        len(others) == 2
        and not any(one.quote for one in others)
        and (_is_named(passage, said) or min(one.value for one in others) >= said.value)
        and _is_set_against(passage, said)
        and (not (words.base_first or _is_named(passage, said)) or others[0].numeral.end <= said.lead)
        and len({one.noun for one in (said, *(other.numeral for other in others)) if one.noun}) <= 1
        and (_is_named(passage, said) or said.unit == POINTS or _is_based(passage, said, others))
    )
    return choose(said, sums, firm)


def _is_like(one: Numeral, said: Numeral, others: Sequence[Operand]) -> bool:
    """Whether a number of the sentence before can be set against those that are here."""
    if said.unit == POINTS:
        return any(one.unit == other.numeral.unit for other in others) or (not others and one.unit == POINTS)
    return is_amount(one) and is_alike(one, said)


def _is_points(said: Numeral) -> bool:
    """Whether it is said in points; other decimals only may be."""
    return said.unit == POINTS and not said.text[-1].isdigit()


def _is_set_against(passage: Passage, said: Numeral) -> bool:
    """Whether what an amount is more or less than is a number: not "$30 below its list price"."""
    words = passage.words
    if words.base_first or said.unit == POINTS or not words.apart.behind.match(passage.text, said.end):
        return True
    behind = next((one for one in passage.numerals if one.span[0] >= said.end), None)
    return bool(behind and words.anchor.fullmatch(passage.between(said, behind)))


def _is_named(passage: Passage, said: Numeral) -> bool:
    """Whether it is called a difference."""
    return bool(passage.words.apart.before.search(passage.text[: said.lead]))


def _is_based(passage: Passage, said: Numeral, others: Iterable[Operand]) -> bool:
    """Whether one of the numbers is what another is set against, in the clause of what is said."""
    words, text = passage.words, passage.text
    return any(words.origin.marks(text, one.numeral) and passage.is_one_clause(one.numeral, said) for one in others)


def _list_others(passage: Passage, said: Numeral) -> list[Operand]:
    """The numbers that can come to one: those like it; of points, the scores or percentages that they are between."""
    if said.unit != POINTS:
        kind = (PERCENT,) if said.unit == PERCENT else (said.unit, POINTS) if said.noun == _SCORE else (said.unit,)
        return [
            Operand(one) for one in passage.numerals
            if one is not said and not one.spelled and (one.unit in kind or said.is_bare) and _is_of_kind(one, said)
        ]  # fmt: skip
    scores = [one for one in passage.numerals if one is not said]
    kinds = ([one for one in scores if one.unit == unit] for unit in (PERCENT, POINTS))
    marked = [one for one in scores if one.unit == COUNT and one.noun == _SCORE]
    found = [one for one in (*kinds, marked) if one]
    return [Operand(one) for one in max(found, key=lambda kind: min(len(kind), 2), default=())]


def _is_of_kind(one: Numeral, said: Numeral) -> bool:
    """Whether a number counts what is said; a bare one may be of a currency: 310 million euros, 95 million."""
    return is_alike(one, said) if COUNT in (one.unit, said.unit) else True


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
    if said.unit in RATIOS:
        return None
    if not passage.words.total.marks(passage.text, said):
        return _find_unsaid_total(passage, said, others)
    smaller = [one for one in others if one.value < said.value]
    if len(smaller) < 2:
        smaller += [
            Operand(one, sentence.text)
            for sentence in (*passage.before, *((passage.after,) if passage.after else ()))
            for one in sentence.numerals
            if is_amount(one) and is_alike(one, said) and one.value < said.value
        ]
    if not 2 <= len(smaller) <= _MOST_PARTS:
        return None
    whole = make_total(passage.sentence, said, smaller)
    here = all(not one.quote for one in smaller) and len(smaller) == len(others)
    if fitting := choose(said, [whole]):
        return fitting
    # Of what one sentence lists none is left out.
    sizes = range(2, len(smaller)) if here or len({one.quote for one in smaller}) > 1 else ()
    some = (make_total(passage.sentence, said, parts) for size in sizes for parts in combinations(smaller, size))
    found = choose(said, some, firm=False)
    return found or choose(said, [whole], firm=here and _is_summed(passage, said, smaller))


def _find_unsaid_total(passage: Passage, said: Numeral, others: Sequence[Operand]) -> Sum | None:
    """The total that no word calls so: "the fine and the recall come to $154 million", or what a colon takes apart. It
    is told only where it comes out."""
    parts = [one for one in others if one.value < said.value]
    if not 2 <= len(parts) <= _MOST_PARTS or any(one.unit != said.unit for one in (part.numeral for part in parts)):
        return None
    first, last = parts[0].numeral, parts[-1].numeral
    ahead = passage.text[: said.lead]
    comes = last.end <= said.lead and _COMES_TO.search(ahead) and not _NOT.search(ahead, last.end)
    apart = said.end <= first.lead and _COLON.search(passage.between(said, first)) and not _CLOCK.search(ahead)
    return choose(said, [make_total(passage.sentence, said, parts)]) if comes or apart else None


def _is_summed(passage: Passage, said: Numeral, parts: Sequence[Operand]) -> bool:
    """Whether the parts stand before their total, or behind it and a colon."""
    first = parts[0].numeral
    return parts[-1].numeral.end <= said.lead or (said.end <= first.lead and ":" in passage.between(said, first))


def find_splits(passage: Passage) -> Iterator[Sum]:
    """A whole that its parts are told behind, or in the next sentence: of the 520 million, 480 is due now and 40
    million later. It is told only where they come to it."""
    for at, whole in enumerate(passage.numerals):
        parts = [one for one in passage.numerals if one is not whole and _is_part(one, whole)]
        if passage.words.whole.marks(passage.text, whole) and all(one in passage.numerals[at:] for one in parts):
            yield from _take_apart(passage, whole, parts)
    if passage.before and passage.words.splits.search(passage.text):
        told = passage.before[-1]
        for whole in told.numerals:
            for found in _take_apart(passage, whole, [one for one in passage.numerals if _is_part(one, whole)]):
                yield replace(found, inputs=(Operand(whole, told.text).label("whole"), *found.inputs), said=None)


def _is_part(one: Numeral, whole: Numeral) -> bool:
    """Whether a number is like its whole; of money also one that leaves the currency out, 40 million."""
    bare = one.unit == COUNT and whole.unit.isupper() and one.step >= _SCALED
    return is_amount(one) and is_amount(whole) and (bare or is_alike(one, whole))


def _take_apart(passage: Passage, whole: Numeral, parts: Sequence[Numeral]) -> Iterator[Sum]:
    if not 2 <= len(parts) <= _MOST_PARTS or _NESTED.search(passage.text[parts[0].end : parts[-1].end + _NEST_REACH]):
        return
    if all(one.value < whole.value for one in parts):
        made = make_total(passage.sentence, whole, [Operand(one) for one in parts])
        if abs(made.result - whole.value) <= whole.step / 2:
            yield made
