"""Amounts told in two currencies: beside the rate that the text itself gives, else beside that month's average."""

import itertools
import re
from collections.abc import Iterator
from datetime import datetime

from graph.rates import Rates, find_rate
from graph.sums.japanese import CURRENCIES
from graph.sums.making import Check, Input, Operand, Sum, show
from graph.sums.numerals import Hedge, Numeral
from graph.sums.operands import pick_sole
from graph.sums.passages import Passage

# Articles convert at a day's rate, or at one of some days before. How far that is from a month's average was not
# measured: a tenth lets what a currency does in a few months pass, and not a misplaced digit.
_MONTH = 0.1
# At a rate that the text gives only rounding may differ.
_GIVEN = 0.01
# What a shop asks differs by country, so that it is no conversion.
_PRICE = 10_000
_OPENS = re.compile(
    r"^ ?(?:\(|（|(?:,|、)? ?(?:or|equivalent to|equal to|the equivalent of|about|roughly)? ?|(?:、|=|"
    r"＝)?(?:日本円で|日本円にして|米ドルで|円換算で|円にして)|[=＝])$"
)
# "32億ドル(1ドル=150円換算で約4800億円)": the rate stands between the two amounts.
_RATED = re.compile(
    r"(?:、)?1(?:米ドル|ドル|ユーロ)\s?[=＝]\s?約?\d+(?:\.\d+)?円(?:の(?:レート)?)?(?:で)?(?:の)?(?:換算|"
    r"計算)?(?:で|すると|して)?、?"
)
_BRACKETED = re.compile(r"^ ?[(（]$")
_JAPANESE_RATE = re.compile(
    r"1(?P<one>米ドル|ドル|ユーロ|ポンド|人民元|元|カナダドル)\s?[=＝は]\s?約?(?P<rate>\d+(?:\.\d+)?)円"
)
_ENGLISH_RATE = re.compile(
    r"(?:\$1|1 dollar|one dollar) ?(?:=|is|at|to|buys) ?(?P<rate>\d+(?:\.\d+)?) yen|(?:[Aa]t|"
    r"rate of) (?P<rate2>\d+(?:\.\d+)?) yen (?:to|per|a) (?:the |one )?(?:US )?dollar"
)
_AT_RATE = re.compile(r"換算|\bat (?:a|the|an) (?:exchange )?rate|\bconvert")

Given = dict[str, float]
"""Yen for one of a currency, as a text has it."""


def read_given(text: str) -> Given:
    """The rates in yen that a text says it converts at; of a currency with two, none."""
    found: dict[str, set[float]] = {}
    for match in _JAPANESE_RATE.finditer(text):
        found.setdefault(CURRENCIES[match["one"]], set()).add(float(match["rate"]))
    for match in _ENGLISH_RATE.finditer(text):
        found.setdefault("USD", set()).add(float(match["rate"] or match["rate2"]))
    return {code: rates.pop() for code, rates in found.items() if len(rates) == 1}


def find_conversions(passage: Passage, given: Given, rates: Rates, at: datetime) -> Iterator[Sum]:
    """Each amount of money that another follows as the same in another currency; without a rate there is no sum.

    given  rates of the text; rates: of the month of `at`
    """
    money = [one for one in passage.numerals if one.unit.isupper() and not one.noun and not _is_rate(one, given)]
    for one, other in itertools.pairwise(money):
        if one.unit == other.unit or one.value == 1 or not _is_gloss(passage, one, other):
            continue
        found = _convert(passage, Operand(one), other, given, rates, at)
        if found and (found.agrees or one.value >= _PRICE):
            yield found
    yield from _find_by_given(passage, money, given)


def _find_by_given(passage: Passage, money: list[Numeral], given: Given) -> Iterator[Sum]:
    """Amounts that come out as each other at a rate that the text gives, whatever words stand between them; and 2
    billion dollars at 155 yen to the dollar, said of the yen in the sentence before."""
    foreign = [one for one in money if one.unit in given]
    here = [one for one in money if one.unit == "JPY"]
    for one, said in itertools.product(foreign, here):
        if not _is_gloss(passage, *sorted((one, said), key=lambda found: found.span[0])):
            made = _make_given(passage, Operand(one), said, given)
            if made.agrees:
                yield made
    told = passage.before[-1].numerals if passage.before and _AT_RATE.search(passage.text) else ()
    yen = pick_sole(one for one in told if one.unit == "JPY" and not one.noun)
    if len(foreign) == 1 and yen and not here and read_given(passage.text):
        yield _make_given(passage, Operand(foreign[0]), yen, given)


def _is_rate(one: Numeral, given: Given) -> bool:
    """Whether it is an end of a rate that the text gives: 1 dollar, 155 yen."""
    return bool(given) and (one.value == 1 or (one.unit == "JPY" and one.value in given.values()))


def _is_gloss(passage: Passage, one: Numeral, other: Numeral) -> bool:
    words = _RATED.sub("", passage.between(one, other))
    if _BRACKETED.match(words) or (not words and passage.sentence.is_japanese):
        return True
    if not _OPENS.match(words) or not words.strip():
        return False
    if words == "、" and other.hedge is Hedge.ABOUT and passage.sentence.is_japanese:
        return True
    # "$120 million, 18 billion yen and …" may be a list; "or" and "about" make it one amount.
    return words.strip() not in (",", "、")


def _convert(passage: Passage, one: Operand, said: Numeral, given: Given, rates: Rates, at: datetime) -> Sum | None:
    code = one.numeral.unit
    if "JPY" in (code, said.unit) and (code in given or said.unit in given):
        return _make_given(passage, one, said, given)
    first, second = _find_per_usd(rates, code, at), _find_per_usd(rates, said.unit, at)
    if not first or not second:
        return None
    (here, source), (there, source_there) = first, second
    rate = Input("month_rate", there / here, f"{said.unit}/{code}", f"{source_there or source}, {at:%Y-%m}")
    return _make(passage, one, said, there, here, rate, _MONTH)


def _find_per_usd(rates: Rates, currency: str, at: datetime) -> tuple[float, str] | None:
    if currency == "USD":
        return 1.0, ""
    rate = find_rate(rates, currency, at)
    return (rate.per_usd, rate.source) if rate else None


def _make_given(passage: Passage, one: Operand, said: Numeral, given: Given) -> Sum:
    """The sum at a rate that the text gives, from yen or into yen."""
    foreign = said.unit if one.numeral.unit == "JPY" else one.numeral.unit
    times, over = (1.0, given[foreign]) if foreign == said.unit else (given[foreign], 1.0)
    return _make(passage, one, said, times, over, Input("given_rate", given[foreign], f"JPY/{foreign}"), _GIVEN)


def _make(
    passage: Passage, one: Operand, said: Numeral, times: float, over: float, rate: Input, tolerance: float
) -> Sum:
    result = one.value * times / over
    low, high = (end * times / over for end in one.range)
    low, high = low * (1 - tolerance), high * (1 + tolerance)
    slack = min(said.step / 2, said.value * 0.02)
    agrees = low - slack <= said.value <= high + slack
    formula = (
        f"{show(one.value)} * {rate.value:.6g}"
        if rate.unit.startswith(said.unit)
        else f"{show(one.value)} / {rate.value:.6g}"
    )
    return Sum(Check.CONVERSION, passage.sentence, (one.label("amount"), rate), formula, result, said.unit, agrees)
