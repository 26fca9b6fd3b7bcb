"""Exchange rates that sentences tell: "310 billion yen ($2 billion)" makes any sum in yen comparable with dollars."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise
from statistics import median

from graph.propositions.amounts import Amount, is_same, make_amount
from graph.records import Quantity
from graph.sums import english, japanese
from graph.sums.passages import make_sentence

Told = Mapping[tuple[str, str], float]
"""Units of the second currency for one of the first."""
NONE_TOLD: Told = {}
_Sum = tuple[str, float]

# Units for one US dollar, from the lowest to the highest of some twenty years: enough to tell a conversion from
# another sum that stands beside it, whatever the day.
_PER_USD = {
    "USD": (1.0, 1.0),
    "JPY": (75.0, 200.0),
    "CNY": (6.0, 8.3),
    "EUR": (0.62, 1.05),
    "GBP": (0.48, 0.95),
    "KRW": (900.0, 1600.0),
    "CAD": (0.9, 1.5),
    "AUD": (0.9, 1.8),
    "CHF": (0.7, 1.35),
    "INR": (39.0, 100.0),
    "SGD": (1.15, 1.55),
    "TWD": (26.0, 36.0),
}
CURRENCIES = frozenset(_PER_USD)
"""Those whose sums can be compared, at a rate that is known."""
# What stands between a sum and the same in another currency ends in a bracket, a comma, "or", "which is", "equal to",
# and a hedge. A bare "to" leads from one sum to another.
_BETWEEN = re.compile(
    r"[^.。;；\d]{0,80}?(?:^|[,(（［\[=＝、]|\bor\b|\bis\b|"
    r"\b(?:equal|equals|equivalent|amount\w*|come\w*|convert\w*|translat\w*) to\b)"
    r"(?:\s|\b(?:or|then|about|around|roughly|approximately|some|nearly|equivalent to|equal to|worth|US|i\.e\.)\b|"
    r"約|およそ|ほぼ|日本円で|すなわち|つまり)*",
    re.IGNORECASE,
)
# What follows a sum by which one thing differs from another: "$10 million a year less than".
_DIFFERENCE = re.compile(
    r"(?:\s+[a-z]+){0,3}?\s+(?:less|more|lower|higher|fewer|below|above|than|cheaper|dearer)\b|"
    r"\s*(?:ほど|も|以上|程度|分|近く|余り)*\s*(?:より|少な|多[いくか]|高[いくか]|安[いくか]|低[いくか]|上回|下回|増|減|超)",
    re.IGNORECASE,
)
# A sentence of one sum tells no rate; its numbers take long to read.
_MONEY = re.compile(f"{english.MONEY}|{japanese.MONEY}")
_TWO = 2
# Either sum may be rounded, and rates move by the day.
_SLACK = 0.04


def find_rates(texts: Iterable[str]) -> Told:
    """The rates that sentences tell; of several that differ the one in the middle."""
    found: dict[tuple[str, str], list[float]] = {}
    for text in texts:
        for pair, rate in _read_rates(text):
            found.setdefault(pair, []).append(rate)
            found.setdefault(pair[::-1], []).append(1 / rate)
    return {pair: median(rates) for pair, rates in found.items()}


def is_converted(one: Amount, other: Amount, told: Told) -> bool:
    """Whether one is the other in another currency, at the rate that is told."""
    if not told:
        return False
    (unit, _, period), (other_unit, _, other_period) = one.unit.partition("/"), other.unit.partition("/")
    rate = told.get((unit, other_unit)) if period == other_period else None
    if rate is None or one.is_vague is not other.is_vague:
        return False
    low, high = one.low * rate, one.high * rate
    low, high = low - _SLACK * abs(low), high + _SLACK * abs(high)
    return is_same(replace(one, low=low, high=high, stated=one.stated * rate, unit=other.unit), other)


def sharpen(amount: Amount, text: str) -> Amount:
    """The amount as near as its sentence tells it in a second currency: "90 billion yen (545 million euros)"."""
    unit = amount.unit.partition("/")[0]
    if amount.is_vague or amount.is_range or unit not in CURRENCIES:
        return amount
    pairs = _read_pairs(text)
    beside = [other for own, other in pairs if own[0] == unit and math.isclose(own[1], abs(amount.stated))]
    sums = (make_amount(Quantity("", value, found)) for found, value in beside)
    share = min(((one.high - one.low) / 2 / one.stated for one in sums), default=math.inf) * abs(amount.stated)
    return replace(amount, low=max(amount.low, amount.stated - share), high=min(amount.high, amount.stated + share))


def _read_rates(text: str) -> Iterable[tuple[tuple[str, str], float]]:
    return (((unit, other), told / value) for (unit, value), (other, told) in _read_pairs(text)[::2])


@lru_cache(1_000)  # the same sentence again and again, in copies and for each of its claims
def _read_pairs(text: str) -> tuple[tuple[_Sum, _Sum], ...]:
    """Sums that are one in two currencies, each pair both ways."""
    if len(tuple(islice(_MONEY.finditer(text), _TWO))) < _TWO:
        return ()
    found = make_sentence(text)
    sums = [one for one in found.numerals if one.unit in _PER_USD and one.value > 0]
    pairs = (
        ((one.unit, one.value), (other.unit, other.value))
        for one, other in pairwise(sums)
        if one.unit != other.unit
        and _BETWEEN.fullmatch(text[one.span[1] : other.span[0]])
        and not _DIFFERENCE.match(text, other.span[1])
        and _may_be_one(one.value, one.unit, other.value, other.unit)
    )
    return tuple(pair for one, other in pairs for pair in ((one, other), (other, one)))


def _may_be_one(value: float, unit: str, other: float, other_unit: str) -> bool:
    """Whether some rate of all these years makes the one of the other."""
    (low, high), (other_low, other_high) = _PER_USD[unit], _PER_USD[other_unit]
    return other_low / high <= other / value <= other_high / low
