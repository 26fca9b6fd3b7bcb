"""Amounts told in two currencies: beside the rate that the text itself gives, else beside that month's average."""

import itertools
import re
from collections.abc import Iterator
from datetime import datetime

from graph.rates import Rates, find_rate
from graph.sums.japanese import CURRENCIES
from graph.sums.making import Check, Input, Operand, Sum, show
from graph.sums.numerals import Hedge, Numeral
from graph.sums.operands import is_near, pick_sole
from graph.sums.passages import Passage

# Articles convert at a day's rate, or at one of some days before. How far that is from a month's average was not
# measured: a tenth lets what a currency does in a few months pass, and not a misplaced digit.
_MONTH = 0.1
# At a rate that the text gives only rounding may differ.
_GIVEN = 0.01
# What a shop asks differs by country, so that it is no conversion.
_PRICE = 10_000
_OPENS = re.compile(
    r"^ ?(?:\(|（|(?:,|、)? ?(?:or|which is|that is|equivalent to|equal to|the equivalent of|about|roughly)? ?|(?:、|=|"
    r"＝)?(?:日本円で|日本円にして|米ドルで|円換算で|円にして)|[=＝])$"
)
# "32億ドル(1ドル=150円換算で約4800億円)": the rate stands between the two amounts.
_RATED = re.compile(
    r"(?:、)?1(?:米ドル|ドル|ユーロ)\s?(?:[=＝は]\s?)?約?\d+(?:\.\d+)?円(?:の(?:レート)?)?(?:で)?(?:の)?(?:換算|"
    r"計算)?(?:で|すると|して)?、?"
)
_BRACKETED = re.compile(r"^ ?[(（]$")
_CODES = {
    "yen": "JPY", "euro": "EUR", "franc": "CHF", "pound": "GBP", "yuan": "CNY", "won": "KRW", "rupee": "INR",
    "Canadian dollar": "CAD", "Australian dollar": "AUD", "Singapore dollar": "SGD", "Taiwan dollar": "TWD",
    "Hong Kong dollar": "HKD", "US dollar": "USD", "dollar": "USD",
}  # fmt: skip
_NAMES = "|".join(sorted(_CODES, key=len, reverse=True))
_KANJI = "|".join(sorted(CURRENCIES, key=len, reverse=True))
_JAPANESE_RATE = re.compile(
    rf"(?<![\d.,])1(?P<one>{_KANJI})\s?(?P<sign>[=＝は]\s?約?)?(?P<rate>\d+(?:\.\d+)?)(?P<other>{_KANJI})(?!台)"
    r"(?(sign)|(?=(?:の(?:為替)?(?:レート)?)?で?(?:換算|計算)|として|とし、))"
)
_ENGLISH_RATE = re.compile(
    rf"(?:\$1|\b1 (?P<one>{_NAMES})|one (?P<one2>{_NAMES})) ?(?:=|is|at|to|buys) ?(?P<rate>\d+(?:\.\d+)?) "
    rf"(?P<other>{_NAMES})s?|[Ww]ith the (?P<one4>{_NAMES}) at (?P<rate3>\d+(?:\.\d+)?) (?P<other3>{_NAMES})s?|"
    rf"rate of \$(?P<rate4>\d+(?:\.\d+)?) (?:to|per) (?:the |one )?(?P<one5>{_NAMES})|"
    rf"(?:[Aa]t|rate of) (?P<rate2>\d+(?:\.\d+)?) (?P<other2>{_NAMES})s? (?:to|per|a) "
    rf"(?:the |one )?(?P<one3>{_NAMES})"
)
# "To the dollar" is to the one whose sum stands before it: C$1.1 million.
_DOLLARS = re.compile(r"(?P<sign>C|CA|A|S|HK|NT)?\$\d")
_SIGNED = {"C": "CAD", "CA": "CAD", "A": "AUD", "S": "SGD", "HK": "HKD", "NT": "TWD", None: "USD"}
_AROUND = 200
_AT_RATE = re.compile(
    r"換算|で計算|\b[Aa]t (?:a|the|an|\w+day['’]s|\w+['’]s) (?:\w+ )?rate|\bconvert|\b[Ww]ith the [\w ]{3,20} at \d"
)
# So many sentences back the amount may stand that is converted.
_BACK = 3
# What is further off is another amount.
_CLOSE = 1.6

Given = dict[tuple[str, str], float]
"""Units of the second currency for one of the first, as a text has it."""


def read_given(text: str) -> Given:
    """The rates that a text says it converts at; of two currencies with two, none."""
    found: dict[tuple[str, str], set[float]] = {}
    for match in _JAPANESE_RATE.finditer(text):
        pair = CURRENCIES[match["one"]], CURRENCIES[match["other"]]
        found.setdefault(pair, set()).add(float(match["rate"]))
    for match in _ENGLISH_RATE.finditer(text):
        name = match["one"] or match["one2"] or match["one3"] or match["one4"] or match["one5"] or "dollar"
        one = _find_dollar(text[max(0, match.start() - _AROUND) : match.start()]) if name == "dollar" else _CODES[name]
        other = match["other"] or match["other2"] or match["other3"] or "US dollar"
        rate = match["rate"] or match["rate2"] or match["rate3"] or match["rate4"]
        found.setdefault((one, _CODES[other]), set()).add(float(rate))
    sole = {pair: next(iter(rates)) for pair, rates in found.items() if len(rates) == 1}
    return {pair: rate for pair, rate in sole.items() if rate > 0 and pair[0] != pair[1]}


def _find_dollar(before: str) -> str:
    """Which dollar: that of the sums before, where they are of one."""
    signs = {_SIGNED[found["sign"]] for found in _DOLLARS.finditer(before)}
    return signs.pop() if len(signs) == 1 else "USD"


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
    billion dollars at 155 yen to the dollar, said of the yen in a sentence before."""
    here = [one for one in passage.numerals if one.unit.isupper() and not _is_rate(one, given)] if given else []
    for one, said in itertools.permutations(here, 2):
        glossed = one in money and said in money and _is_gloss(passage, *sorted((one, said), key=lambda it: it.span[0]))
        if (one.unit, said.unit) in given and not glossed:
            made = _make_given(passage, Operand(one), said, given)
            if made.agrees:
                yield made
    plain = [one for one in here if not one.noun]
    own = read_given(passage.text) if len(plain) == 1 and _AT_RATE.search(passage.text) else {}
    for before in reversed(passage.list_before(_BACK) if own else ()):
        if not (told := pick_sole(one for one in before.numerals if not one.noun and _has_rate(own, one, plain[0]))):
            continue
        if before is passage.list_before(1)[-1] and (plain[0].unit, told.unit) in own:
            made = _make_given(passage, Operand(plain[0]), told, own)
        else:
            made = _make_given(passage, Operand(told, before.text), plain[0], own)
        if made.agrees or (made.said and is_near(made.said, made, _CLOSE)):
            yield made
        return


def _has_rate(given: Given, one: Numeral, other: Numeral) -> bool:
    return (one.unit, other.unit) in given or (other.unit, one.unit) in given


def _is_rate(one: Numeral, given: Given) -> bool:
    """Whether it is an end of a rate that the text gives: 1 dollar, 155 yen."""
    return bool(given) and (
        one.value == 1 or any(one.unit == to and one.value == rate for (_, to), rate in given.items())
    )


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
    if _has_rate(given, one.numeral, said):
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
    """The sum at a rate that the text gives, either way."""
    code, other = one.numeral.unit, said.unit
    if (code, other) in given:
        rate = given[code, other]
        return _make(passage, one, said, rate, 1.0, Input("given_rate", rate, f"{other}/{code}"), _GIVEN)
    rate = given[other, code]
    return _make(passage, one, said, 1.0, rate, Input("given_rate", rate, f"{code}/{other}"), _GIVEN)


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
    inputs = (one.label("amount"), rate)
    return Sum(Check.CONVERSION, passage.sentence, inputs, formula, result, said.unit, agrees, said)
