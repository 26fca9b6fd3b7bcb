"""Which number of a passage a sum can take: only where there is one candidate. Two readings give no sum."""

from collections.abc import Callable, Iterable, Sequence

from graph.sums.making import Operand
from graph.sums.numerals import COUNT, POINTS, RANK, RATIOS, Numeral, is_alike
from graph.sums.passages import Passage, Sentence


def pick_sole(numerals: Iterable[Numeral]) -> Numeral | None:
    """The number that all of them give; none where they differ."""
    found = tuple(numerals)
    return found[0] if found and all(one.value == found[0].value for one in found) else None


def list_alike(
    numerals: Sequence[Numeral], other: Numeral, start: int = 0, end: int | None = None, priced: bool = False
) -> list[Numeral]:
    """Those between two places that can be set against another; small ones in letters count nothing much."""
    return [
        one
        for one in numerals
        if one is not other
        and start <= one.span[0]
        and (end is None or one.span[1] <= end)
        and is_amount(one, priced)
        and is_alike(one, other)
    ]


def is_amount(one: Numeral, priced: bool = False) -> bool:
    """No ratio, no rank, no small number in letters; no price of a piece, unless asked for."""
    plain = one.unit not in (*RATIOS, RANK, POINTS) and not one.spelled
    return plain and (priced or not one.noun or one.unit == COUNT)


def find_before(passage: Passage, other: Numeral, title: bool = False) -> Operand | None:
    """The only number like another in the sentence before; where that has none, in the headline if that is asked."""
    nearest = passage.before[-1:] if not title else (*passage.before[-1:], *((passage.title,) if passage.title else ()))
    for sentence in nearest:
        if sentence is passage.sentence:
            continue
        if found := list_alike(sentence.numerals, other):
            sole = pick_sole(found)
            return Operand(sole, sentence.text) if sole and sole.value != other.value else None
    return None


def find_named(passage: Passage, is_near: Callable[[Sentence, Numeral], bool], other: Numeral) -> Operand | None:
    """The only number like another, and unequal to it, that headline and sentences before give by a name."""
    found = [
        Operand(one, sentence.text)
        for sentence in dict.fromkeys((*((passage.title,) if passage.title else ()), *passage.before))
        if sentence is not passage.sentence
        for one in list_alike(sentence.numerals, other)
        if one.value != other.value and is_near(sentence, one)
    ]
    return found[0] if found and pick_sole(one.numeral for one in found) else None
