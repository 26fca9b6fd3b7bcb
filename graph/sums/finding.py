"""The sums of a text: every sentence whose own words, or those just before it, give all that goes into one."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from graph.rates import Rates
from graph.sums.converting import find_conversions, read_given
from graph.sums.counting import find_amounts, find_splits
from graph.sums.making import Sum
from graph.sums.multiplying import find_products
from graph.sums.numerals import RANK, RATIOS, Numeral
from graph.sums.passages import Passage, Sentence, split_passages
from graph.sums.reckoning import find_reckoned
from graph.sums.records import find_records
from graph.sums.relating import find_ratios
from graph.sums.stating import find_stated
from graph.sums.working import find_worked_out

# A list of numbers is a table, and a table says what of what in its head.
_MOST_NUMERALS = 12


def find_sums(
    text: str, rates: Rates, at: datetime, spans: Sequence[tuple[int, int]] | None = None, lang: str = ""
) -> tuple[Sum, ...]:
    """What can be computed in a text, English or Japanese, in its order; sentences by two readings are left out.

    rates  for amounts told in two currencies, of the month of `at`; rates that the text gives go before them
    spans  only of sentences that reach into one of them; None for all
    lang   the text's language, where it is known
    """
    given = read_given(text)
    found: dict[tuple[object, ...], Sum] = {}
    for passage in split_passages(text, lang):
        if spans is not None and not any(passage.sentence.reaches(span) for span in spans):
            continue
        if len(passage.numerals) <= _MOST_NUMERALS and may_have_sum(passage.sentence):
            for one in (*_find_in(passage), *find_conversions(passage, given, rates, at)):
                found.setdefault((one.sentence.span, one.check, one.formula), one)
    return tuple(found.values())


def may_have_sum(sentence: Sentence) -> bool:
    """Whether a sentence has what a sum could be made for: a ratio, a rank, a record, what is reckoned, two numbers."""
    numerals, words = sentence.numerals, sentence.words
    return (
        len(numerals) > 1
        or any(one.unit in (*RATIOS, RANK) or _is_marked(sentence, one) for one in numerals)
        or bool(numerals and any(one.search(sentence.text) for one in (words.worth, words.implies, words.reckons)))
        or bool(words.best.search(sentence.text))
    )


def _is_marked(sentence: Sentence, one: Numeral) -> bool:
    words = sentence.words
    return any(
        around.marks(sentence.text, one)
        for around in (words.total, words.up, words.down, words.each, words.rest, words.apart)
    )


def _find_in(passage: Passage) -> list[Sum]:
    """What the words lead to; of a number to which they lead nothing, or something of another sentence that does not
    come out, rather what else it comes to. What does not come out in its own sentence, but otherwise, is not told."""
    told = list(_find_told(passage))
    others = {one.said: one for one in find_reckoned(passage)}
    if not any(one.agrees for one in told):
        others |= {said: one for said, one in find_worked_out(passage).items() if not _agrees(others.get(said))}
    kept = []
    for one in told:
        other = others.pop(one.said, None)
        if one.agrees or not _agrees(other):
            kept.append(one)
        elif other and any(number.quote for number in one.inputs):
            kept.append(other)
    return [*kept, *others.values()] or list(find_splits(passage))


def _agrees(one: Sum | None) -> bool:
    return one is not None and one.agrees


def _find_told(passage: Passage) -> Iterator[Sum]:
    yield from find_ratios(passage)
    yield from find_amounts(passage)
    yield from find_products(passage)
    yield from find_records(passage)
    yield from find_stated(passage)
