"""The sums of a text: every sentence whose own words, or those just before it, give all that goes into one."""

from collections.abc import Iterator
from datetime import datetime

from graph.rates import Rates
from graph.sums import english_amounts, english_ratios, japanese_rules
from graph.sums.converting import find_conversions, read_given
from graph.sums.making import Sum
from graph.sums.passages import Passage, split_passages

# A list of numbers is a table, and a table says what of what in its head.
_MOST_NUMERALS = 12


def find_sums(text: str, rates: Rates, at: datetime) -> tuple[Sum, ...]:
    """What can be computed in a text, English or Japanese, in its order; sentences by two readings are left out.

    rates  for amounts told in two currencies, of the month of `at`; rates that the text gives go before them
    """
    given = read_given(text)
    found: dict[tuple[object, ...], Sum] = {}
    for passage in split_passages(text):
        if 0 < len(passage.numerals) <= _MOST_NUMERALS:
            for one in (*_find_in(passage), *find_conversions(passage, given, rates, at)):
                found.setdefault((one.sentence.span, one.check, one.formula), one)
    return tuple(found.values())


def _find_in(passage: Passage) -> Iterator[Sum]:
    if passage.sentence.is_japanese:
        yield from japanese_rules.find_sums(passage)
    else:
        yield from english_ratios.find_ratios(passage)
        yield from english_amounts.find_amounts(passage)
