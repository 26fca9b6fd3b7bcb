"""Relations that a sentence spells out: 89 of 143, or 62 percent; 0.42 per million kilometres; to 44.80 from 64.00.

What is spelled out as another way to say it is told right or wrong; the others only where one comes out as said.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, permutations

from graph.sums.making import Operand, Sum, make_change, make_product, make_quotient, make_share
from graph.sums.numerals import COUNT, PART, PERCENT, POINTS, Numeral, is_alike
from graph.sums.operands import choose, is_amount, is_near
from graph.sums.passages import Passage, make_singular

# "89 of the 143", 143人のうち89人; in Japanese the whole comes first.
_OF = re.compile(r" (?:out )?of (?:the |its |their |those |our )?")
_AMONG = re.compile(r"[^、。\d]{0,6}(?:うち|中)(?:の|、)?")
# What stands before a ratio that says the same again: ", or", つまり; with less, it may be of something else.
_AGAIN = re.compile(
    r"(?:\bor(?: just| only)?|\bi\.e\.,?|\bthat is,?|\bwhich is|つまり|すなわち|割合にして|率にして|率で|全体の)"
    r"(?:実に)? ?$"
)
_REACH = 50
_PARTED = re.compile(r"[.;:。；]")
_AHEAD = re.compile(r"(?:, | \(|、|[(（])")
# Behind the second number: the two are of those who say it.
_TELLS = re.compile(
    r"^(?: [a-z]+){0,2} (?:said|says?|told|tells?|agreed?|reported)\b|^[^。、]{0,8}(?:述べ|答え|語っ|言っ|話し)"
)
_COMMA = re.compile(r"(?:,|\(| –| —|、|[(（])\s*$")
# "Per million kilometres", 100万キロ当たり.
_PER = re.compile(r"(?: [a-z]+)? (?:per|for every|for each) (?P<scale>thousand|million|billion)? ?(?P<noun>[a-z]+)")
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, None: 1.0}
_SHARES = ("share", "株")
_MANY = 1_000
# A mistake is off by less than this many times where only a comma says that two are one.
_CLOSE = 1.5
_FAR_OFF = 4.0
# "To 44.80 euros from 64.00": the second without its unit.
_TO, _FROM = re.compile(r"\bto $"), re.compile(r"\bfrom $")
_THEN, _BEFORE = re.compile(r" to "), re.compile(r",? from ")


def find_stated(passage: Passage) -> Iterator[Sum]:
    """The sums of what a sentence spells out."""
    yield from _find_parts(passage)
    yield from _find_rates(passage)
    yield from _find_values(passage)
    yield from _find_moves(passage)


def _find_parts(passage: Passage) -> Iterator[Sum]:
    """89 of 143, or 62 percent; 62 percent, 89 of 143."""
    for first, last in pairwise(passage.numerals):
        whole_first = passage.words.base_first
        if not is_alike(first, last) or first.unit != COUNT or not is_part(passage, first, last):
            continue
        part, whole = (last, first) if whole_first else (first, last)
        said = _find_said(passage, first, last)
        if said and part.value < whole.value:
            made = make_share(passage.sentence, said[0], Operand(part), Operand(whole))
            if made and (made.agrees or is_near(said[0], made, said[1])):
                yield made


def is_part(passage: Passage, first: Numeral, last: Numeral) -> bool:
    """Whether two numbers in a row are a part and its whole: 89 of 143, 143人中89人."""
    between = passage.text[first.end : last.lead]
    return bool((_AMONG if passage.words.base_first else _OF).fullmatch(between))


def _find_said(passage: Passage, first: Numeral, last: Numeral) -> tuple[Numeral, float] | None:
    """The ratio that says the same again, right before the two numbers or behind them, and how far off it may be."""
    text, words = passage.text, passage.words
    for one in passage.numerals:
        if one.unit not in (PERCENT, PART) or any(it.marks(text, one) for it in (words.up, words.down, words.rest)):
            continue
        ahead = one.end <= first.lead and _AHEAD.fullmatch(text[one.end : first.lead])
        if ahead and not _TELLS.search(text[last.end :]):
            return one, _CLOSE
        between = text[last.end : one.lead]
        if one.lead < last.end or any(last.end <= other.lead < one.lead for other in passage.numerals):
            continue
        if len(between) > _REACH or _PARTED.search(between):
            return None
        if _AGAIN.search(between):
            return one, _FAR_OFF
        if _COMMA.search(between):  # but not "310 of 410 voters came, 60 percent of the women among them"
            return None if words.named.match(text, one.end) else (one, _CLOSE)
    return None


def _find_rates(passage: Passage) -> Iterator[Sum]:
    """Five over 12 million kilometres, or 0.42 per million kilometres."""
    for said in passage.numerals:
        told = _PER.match(passage.text, said.end) if said.unit in (COUNT, POINTS) else None
        if not told:
            continue
        scale = _SCALES[told["scale"]]
        wholes = [
            one for one in passage.numerals if one.unit == COUNT and _is_of(one, told["noun"]) and one.value > scale
        ]
        sentences = (passage.sentence, *((passage.title,) if passage.title else ()))
        counts = [
            Operand(one, "" if sentence is passage.sentence else sentence.text)
            for sentence in sentences
            for one in sentence.numerals
            if one.unit == COUNT and one is not said and one not in wholes
        ]
        sums = (
            make_quotient(passage.sentence, said, count, Operand(replace(whole, value=whole.value / scale, step=0)))
            for whole in wholes
            for count in counts
        )
        if found := choose(said, sums):
            yield found


def _is_of(one: Numeral, noun: str) -> bool:
    return bool(one.noun) and make_singular(one.noun) == make_singular(noun)


def _find_values(passage: Passage) -> Iterator[Sum]:
    """112 million shares, a drop of 19.20 euros, 2.15 billion euros."""
    counts = [one for one in passage.numerals if one.unit == COUNT and one.noun.startswith(_SHARES)]
    money = [one for one in passage.numerals if one.unit.isupper() and is_amount(one)]
    for count in counts:
        for piece, whole in permutations(money, 2):
            if piece.unit == whole.unit and count.value >= _MANY and piece.value < whole.value:
                factors = (("count", Operand(count)), ("price", Operand(piece)))
                if found := choose(whole, [make_product(passage.sentence, whole, factors)]):
                    yield found


def _find_moves(passage: Passage) -> Iterator[Sum]:
    """Fell by 30 percent, to 44.80 euros from 64.00."""
    said = [one for one in passage.numerals if one.unit == PERCENT]
    for first, last in pairwise(passage.numerals) if len(said) == 1 else ():
        lead, between = passage.text[: first.lead], passage.text[first.end : last.lead]
        if POINTS not in (first.unit, last.unit) or not (first.unit + last.unit).replace(POINTS, "").isupper():
            continue
        if _TO.search(lead) and _BEFORE.fullmatch(between):
            earlier, later = last, first
        elif _FROM.search(lead) and _THEN.fullmatch(between):
            earlier, later = first, last
        else:
            continue
        falls = later.value < earlier.value
        if found := choose(said[0], [make_change(passage.sentence, said[0], Operand(later), Operand(earlier), falls)]):
            yield found
