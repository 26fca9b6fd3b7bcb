"""Shares, multiples and changes: which two numbers a ratio is of. The words narrow it, arithmetic picks among the rest.

A ratio whose words leave one pair is told right or wrong. Where they leave several, it is told only when one of them
comes out as said; where none does, nothing is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from graph.sums.making import Operand, Sum, make_change, make_share
from graph.sums.numerals import PERCENT, RATIOS, TIMES, Hedge, Numeral, fits, is_alike, is_currency
from graph.sums.operands import choose, get_scaled, is_amount, is_near
from graph.sums.pairs import Pair, iter_pairs, list_amounts
from graph.sums.passages import Passage
from graph.sums.ratios import Ratio, read_ratio, read_way
from graph.sums.stating import is_part

# Numbers that a stroke parts are of several things.
_LISTED = re.compile(r"[／|]|\d/")
# A sentence with more ratios of a kind is a list.
_LIST = 3
# Parts of one whole are of like size.
_ALIKE = 0.02
# How far numbers of another sentence may be from a ratio: half of its last digit, or so much of a third.
_ROUNDED, _CLOSE = 0.55, 0.04
# "It would cost 32 percent more than the 3.8 billion", but not "takes 32 percent more power than the 3.8 billion one".
_COSTS = re.compile(r"\b(?:costs?|be|been|is|are|was|were) $")
_MORE = re.compile(r" (?:(?:more|less|higher|lower|larger|smaller|bigger|greater) than|above|below)\b")
# What money is not: a card of $90 may be a fifth faster than one of $60.
_QUALITY = re.compile(
    r" (?:(?:fast|slow|long|short|light|heavi)er|better|worse|"
    r"(?:more|less|fewer) (?!than\b|expensive|costly|valuable)[a-z])"
)
# 速度は2倍速く、価格は: what follows is of something else.
_CLOSED = re.compile(r"[くせしえりちで]、[^。]*?[はが]")
_SUBJECT = re.compile(r"[はがを][^、。]*$")
# "Analysts expected $300 million": nothing has come to it.
_AWAITED = re.compile(
    r"\b(?:expect|forecast|predict|estimat|target|project(?:ed|ion)|consensus)|予想|見通し|目標|計画", re.I
)
# How far behind a name its number stands.
_NAME_REACH = 24


def find_ratios(passage: Passage) -> Iterator[Sum]:
    """The sums of percentages, multiples and parts; of each at most one."""
    for said in passage.numerals:
        if said.unit in RATIOS and (found := _find(read_ratio(passage, said))):
            yield found


def _find(ratio: Ratio) -> Sum | None:
    alike = sum(one.unit == ratio.said.unit for one in ratio.passage.numerals)
    if ratio.words.listed.search(ratio.passage.text) or (alike > _LIST and not ratio.base):
        return None
    for pairs, firm in iter_pairs(ratio):
        if found := _pick(ratio, pairs, firm):
            return found
    return _find_joint(ratio)


def _find_joint(ratio: Ratio) -> Sum | None:
    """A and B together hold 63 percent: their parts stand in the sentence before, the whole in one above or there."""
    passage, said = ratio.passage, ratio.said
    told = ratio.words.joint.search(passage.text[: said.lead])
    if not told or said.unit == TIMES or not passage.before:
        return None
    listed = passage.before[-1]
    amounts = list_amounts(passage, (listed,))
    names = [name.strip() for name in re.split(r",| and |、|と", told["names"]) if name.strip()]
    parts = [one for name in names for one in amounts if _is_of_name(one, name)]
    if len(parts) != len(names) or len(names) < 2:
        return None
    wholes = [
        one
        for one in list_amounts(passage, passage.above)
        if is_alike(one.numeral, parts[0].numeral) and one.value > sum(part.value for part in parts)
    ]
    exact = [one for one in wholes if abs(one.value - sum(one.value for one in amounts)) <= one.numeral.step / 2]
    return choose(said, (make_share(passage.sentence, said, parts, one) for one in exact[:1] or wholes), bool(exact))


def _is_of_name(one: Operand, name: str) -> bool:
    """Whether a number stands right behind a name in its sentence."""
    start = one.quote.find(name)
    return start >= 0 and 0 < one.numeral.span[0] - start - len(name) <= _NAME_REACH


def _make(ratio: Ratio, pair: Pair, way: int) -> Sum | None:
    """The sum of a pair; `way` as of a ratio."""
    sentence, said = ratio.passage.sentence, ratio.said
    turned = not ratio.base and (way > 0 or (said.unit == TIMES and said.value >= 1))
    one, other = (pair.other, pair.one) if turned else (pair.one, pair.other)
    moved = ratio.base and not ratio.step and ratio.words.moved.marks(one.quote or sentence.text, one.numeral)
    first, last = sorted(pair.numerals, key=lambda numeral: numeral.span[0])
    if said.unit != TIMES and way and not moved and not pair.is_apart and is_part(ratio.passage, first, last):
        return None  # of a whole its part is no later state
    if said.unit == TIMES or not way or moved:
        return make_share(sentence, said, one, other)
    return make_change(sentence, said, one, other, falls=way < 0)


def _move(ratio: Ratio, by: Operand, end: Operand) -> list[Sum | None]:
    """What one number moved by beside the other, 842円（1.6%）安の5万1216円: of what was before, which is the other
    without it, or the other itself where that stands before it."""
    sentence, said = ratio.passage.sentence, ratio.said
    way = ratio.moved or ratio.way or _read_way(ratio, by)
    words, text = ratio.words, end.quote or ratio.passage.text
    found: list[Sum | None] = []
    if ratio.moved and (end.quote or end.numeral.end <= by.numeral.lead):
        found.append(make_share(sentence, said, by, end))
        if words.origin.marks(text, end.numeral) or words.whole.marks(text, end.numeral):
            return found
    earlier = end.value - way * by.value
    if earlier > 0:
        step = max(end.numeral.step, by.numeral.step)
        before = Operand(replace(end.numeral, value=earlier, step=step), end.quote)
        found.append(make_change(sentence, said, end, before, falls=way < 0))
    return next(([one] for one in found if one and one.agrees), found)


def _is_reached(ratio: Ratio, end: Operand) -> bool:
    """Whether a number behind a ratio is where it led: not "$12, or 5 percent, on news of a $228 million order"."""
    if end.quote and _AWAITED.search(end.quote):
        return False
    before = bool(end.quote) or end.numeral.end <= ratio.said.lead
    return before or ratio.words.reached.marks(ratio.passage.text, end.numeral)


def _list_moves(ratio: Ratio, pairs: Iterable[Pair]) -> list[tuple[Operand, Operand]]:
    """The pairs of which one is what the other moved by, that one first."""
    both = [ends for one in pairs for ends in permutations((one.one, one.other))]
    if ratio.moved and (again := [(by, end) for by, end in both if by.numeral is ratio.told]):
        return again
    return [(by, end) for by, end in both if _is_moved(ratio, by)]


def _is_moved(ratio: Ratio, by: Operand) -> bool:
    """Whether a number is what something moved by, the way that the ratio does."""
    passage = ratio.passage
    apart = not by.quote and (not passage.is_one_clause(by.numeral, ratio.said) or _is_closed(ratio, by.numeral))
    if apart or not ratio.words.moved.marks(by.quote or passage.text, by.numeral):
        return False
    way = _read_way(ratio, by)
    return way == ratio.way != 0 or (way != 0 and not by.quote and ratio.said.unit == TIMES)


def _is_closed(ratio: Ratio, one: Numeral) -> bool:
    """Whether a clause of another thing begins between a number and the ratio."""
    passage = ratio.passage
    first, last = sorted((one, ratio.said), key=lambda it: it.span[0])
    closed = passage.words.base_first and _CLOSED.search(passage.between(first, last))
    return bool(closed and _SUBJECT.search(passage.text[: first.lead]))


def _is_of_next(ratio: Ratio, pair: Pair) -> bool:
    """Whether both numbers stand in a later clause that tells of another thing."""
    here = [one.numeral for one in (pair.one, pair.other) if not one.quote]
    return bool(here) and all(one.lead >= ratio.said.end and _is_closed(ratio, one) for one in here)


def _may_move(ratio: Ratio, pair: Pair) -> bool:
    """Whether one of two numbers may be what the other moved by: both stand in the clause of the ratio."""
    return not pair.is_apart and not any(_is_closed(ratio, one) for one in pair.numerals)


def _read_way(ratio: Ratio, one: Operand) -> int:
    return read_way(ratio.words, one.quote or ratio.passage.text, one.numeral)


def _pick(ratio: Ratio, pairs: Sequence[Pair], firm: bool) -> Sum | None:
    pairs = [one for one in pairs if ratio.base or not one.is_apart or _is_close(ratio, one)]
    pairs = [one for one in pairs if not _is_of_next(ratio, one)]
    if moves := [] if ratio.base else _list_moves(ratio, pairs):
        reached = [(by, end) for by, end in moves if _is_reached(ratio, end)]
        told = firm and len(reached) == len(moves)
        return choose(ratio.said, (made for by, end in reached for made in _move(ratio, by, end)), firm=told)
    sums = [_make(ratio, one, ratio.way) for one in pairs]
    near = [pair for pair, made in zip(pairs, sums, strict=True) if made and is_near(ratio.said, made)]
    told = firm and len(near) == 1 and _is_told(ratio, near[0])
    if not any(one and one.agrees for one in sums) and (other := _read_otherwise(ratio, pairs)):
        return other
    if ratio.said.unit == TIMES and not (ratio.base or ratio.linked or ratio.way or ratio.is_verb):
        return None
    return choose(ratio.said, sums, firm=told)


def _read_otherwise(ratio: Ratio, pairs: Sequence[Pair]) -> Sum | None:
    """What comes out as said where no pair does as the words have it: of both together, or as a change."""
    said = ratio.said
    sums = [*_iter_of_both(ratio, pairs)]
    plain = said.unit != TIMES and said.hedge is Hedge.EXACT
    if plain and not ratio.base and not ratio.way and ratio.words.way.search(ratio.passage.text):
        sums += [_make(ratio, one, way) for one in pairs if not one.is_apart for way in (1, -1)]
    if ratio.way and not ratio.base:  # hires 400 people, which brings its staff to 1,200, a rise of 50 percent
        sums += [made for one in pairs if _may_move(ratio, one) for made in _move(ratio, one.one, one.other)]
    found = choose(said, sums)
    return found if found and found.agrees else None


def _iter_of_both(ratio: Ratio, pairs: Iterable[Pair]) -> Iterator[Sum | None]:
    """The sums of pairs that are the whole together: 3,200 at work and 800 idle, one in five."""
    passage, words = ratio.passage, ratio.words
    if ratio.base or ratio.way or ratio.said.unit == TIMES or ratio.said.hedge is not Hedge.EXACT:
        return
    for pair in pairs:
        first, last = sorted(pair.numerals, key=lambda one: one.span[0])
        listed = not pair.is_apart and words.listing.search(passage.between(first, last))
        if not listed or any(words.whole.marks(passage.text, one) for one in pair.numerals):
            continue
        if pair.one.value >= pair.other.value * _ALIKE:
            for part in (pair.one, pair.other):
                yield make_share(passage.sentence, ratio.said, part, (pair.other, pair.one))


def _is_close(ratio: Ratio, pair: Pair) -> bool:
    """Whether round words fit numbers of another sentence closely: "half" is of many that are only near it."""
    said, made = ratio.said, _make(ratio, pair, ratio.way)
    if not made or not made.agrees or said.hedge is not Hedge.EXACT:
        return True
    off = abs(get_scaled(said, made) - said.value)
    return off <= (min(said.step, 2.0) * _ROUNDED if said.unit == PERCENT else said.value * _CLOSE)


def _is_told(ratio: Ratio, pair: Pair) -> bool:
    """Whether the words alone make the ratio one of these two, so that it can be told wrong."""
    passage, words = ratio.passage, ratio.words
    here = [one.numeral for one in (pair.one, pair.other) if not one.quote]
    if not here:
        return True
    if _LISTED.search(passage.text) or _is_taken(ratio, here) or _is_range(passage, pair):
        return False
    if is_currency(pair.one.numeral.unit) and _QUALITY.match(passage.text, ratio.said.end):
        return False
    if any(one.span[0] >= ratio.said.end and words.rest.marks(passage.text, one) for one in here):
        return False  # "70 percent for chips, and the rest, $15 million"
    if ratio.told and ratio.told.lead >= ratio.said.end and ratio.told not in pair.numerals:
        return False  # 2割増の6万人 is of no number but those
    if not pair.is_apart and _is_of_else(ratio, pair):
        return False
    nouns = {one.noun for one in pair.numerals if one.noun}
    if len(nouns) > 1 and (ratio.way or ratio.said.unit == TIMES):
        return False
    if ratio.back and not words.base_first and ratio.told is pair.other.numeral:
        return False
    between = [passage.text[min(a, b) : max(a, b)] for a, b in (_gap(one, ratio.said) for one in here)]
    if ratio.base:
        if ratio.step and not ratio.linked:
            same = _COSTS.search(passage.text[: ratio.said.lead]) and _MORE.match(passage.text, ratio.said.end)
            return bool(same) and _is_complete(ratio, pair, min(between, key=len))
        return not any(words.parted.search(one) or words.joined.search(one) for one in between)
    nearest = min(between, key=len)
    if words.parted.search(nearest) or (words.unnamed.marks(passage.text, ratio.said) and not ratio.back):
        return False
    origins = any(words.origin.marks(passage.text, one) for one in here)
    if ratio.way or ratio.is_verb:
        if sum(one.unit == ratio.said.unit and passage.is_one_clause(one, ratio.said) for one in passage.numerals) > 1:
            return False
        return (origins and not words.joined.search(nearest)) or (ratio.way != 0 and _is_complete(ratio, pair, nearest))
    if ratio.said.unit == TIMES:
        return ratio.linked and (origins or _is_complete(ratio, pair, nearest))
    wholes = not pair.other.quote and words.whole.marks(passage.text, pair.other.numeral)
    return (ratio.linked or ratio.back) and (wholes or pair.is_apart or _is_complete(ratio, pair, nearest))


def _is_of_else(ratio: Ratio, pair: Pair) -> bool:
    """Whether a ratio may be of something else than two numbers of its sentence."""
    passage, said, whole = ratio.passage, ratio.said, pair.other.numeral
    first, last = sorted(pair.numerals, key=lambda one: one.span[0])
    if is_part(passage, first, last) and first.lead - said.end > len(", or "):
        return True  # "turnout was 68 percent, with 310 of 410 in favor"
    if ratio.back and not (passage.is_one_clause(pair.one.numeral, said)):
        return True  # "a tenth of its value" is of no number of another clause
    if ratio.back and not ratio.base and whole.lead >= said.end:
        return True  # nor of one that stands behind it
    if ratio.way or ratio.base or said.unit == TIMES or not ratio.words.listing.search(passage.between(first, last)):
        return False
    # "$75 million from sales and $25 million from ads, a quarter": of both.
    scale, both = (100 if said.unit == PERCENT else 1), sum(one.value for one in pair.numerals)
    return any(fits(said, *(one.value / both * scale,) * 2, Hedge.EXACT) for one in pair.numerals)


def _is_range(passage: Passage, pair: Pair) -> bool:
    """Whether two numbers are the ends of one: those of 22 to 25."""
    first, last = sorted(pair.numerals, key=lambda one: one.span[0])
    joined = not pair.is_apart and passage.between(first, last).strip() in ("to", "-", "–", "~", "〜")
    return joined and not passage.words.origin.marks(passage.text, first)


def _is_taken(ratio: Ratio, here: Sequence[Numeral]) -> bool:
    """Whether another ratio stands between a ratio and the numbers, as theirs."""
    first, last = min(one.span[0] for one in here), max(one.span[0] for one in here)
    at = ratio.said.span[0]
    others = (one.span[0] for one in ratio.passage.numerals if one.unit in RATIOS and one is not ratio.said)
    return any(last < one < at or at < one < first for one in others)


def _is_complete(ratio: Ratio, pair: Pair, between: str) -> bool:
    """Whether a sentence has one ratio and no other two numbers that it can be of, and tells nothing else between."""
    numerals = ratio.passage.numerals
    alike = [one for one in numerals if is_amount(one) and is_alike(one, pair.one.numeral)]
    ratios = [one for one in numerals if one.unit in RATIOS]
    alone = len(alike) == len(ratios) + 1 == len(pair.numerals)
    return alone and ratio.told in pair.numerals and not ratio.words.joined.search(between)


def _gap(one: Numeral, said: Numeral) -> tuple[int, int]:
    return (one.end, said.lead) if one.end <= said.lead else (said.end, one.lead)
