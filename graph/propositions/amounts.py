"""Numbers as intervals that their words allow: which are one, which exclude each other."""

import math
from dataclasses import dataclass

from graph.records import Comparator, Quantity

# "600 billion" is said of 589 billion: a round number stands for half its last digit either way, and no more than this.
_ROUNDED = 0.05
# "About 6 million" is said of 5.6 million, "about 2,400" not of 2,160; "about 50 %" of 48, not of 46.
_ABOUT = 0.07
_ABOUT_POINTS = 2.5
# As many are counted one by one: 80 layers are not 79, nor do both allow 79.5.
_COUNTED = 1_000
_ONE = 0.99
# "Over 100 million" is said of 110 million, not of 200.
_OVER = 1.2
# What lies this many times beyond an "over" is not what was meant.
_FAR = 2.0
# A range wider than this says how large something is, not how much.
_VAGUE = 4.0
# Zeros before the point are digits like others: 80 % is not 84 %.
_EXACT_UNITS = frozenset({"%", "pp", "points", "rank", "x"})
_SHARES = frozenset({"%", "pp"})


@dataclass(frozen=True, slots=True)
class Amount:
    """What a number's words allow: from `low` to `high`, in a unit; `stated` is the number itself, of a range its
    first."""

    low: float
    high: float
    stated: float
    unit: str
    is_range: bool = False

    @property
    def is_vague(self) -> bool:
        """Whether it says how large rather than how much: "over", "billions"."""
        return math.isinf(self.low) or math.isinf(self.high) or (self.low > 0 and self.high / self.low > _VAGUE)


def make_amount(quantity: Quantity) -> Amount:
    """The interval of a quantity as it is worded."""
    value = quantity.value
    spread = max(_find_step(value, quantity.unit) / 2, 1e-9 * abs(value))
    close = min(spread, _ROUNDED * abs(value)) if quantity.unit != "rank" else 0.0
    about = min(_ABOUT * abs(value), _ABOUT_POINTS if quantity.unit in _SHARES else math.inf)
    beyond = 1e-9 * abs(value) if is_beyond(quantity) else 0.0
    bounds = {
        Comparator.EQUAL: (value - close, value + close),
        Comparator.ABOUT: (value - about, value + about),
        Comparator.OVER: (value + beyond, math.inf),
        Comparator.AT_LEAST: (value, math.inf),
        Comparator.UNDER: (-math.inf, value - beyond),
        Comparator.AT_MOST: (-math.inf, value),
        Comparator.RANGE: (value, value if quantity.high is None else quantity.high),
    }
    low, high = bounds[quantity.comparator]
    is_range = quantity.comparator is Comparator.RANGE and low != high
    return Amount(min(low, high), max(low, high), value, _find_unit(quantity), is_range)


def is_beyond(quantity: Quantity) -> bool:
    """Whether it denies the number it names: "below the 79.3 % that they tell"; "under $6 million" is said of 6."""
    return quantity.unit in _EXACT_UNITS and quantity.comparator in (Comparator.OVER, Comparator.UNDER)


def _find_unit(quantity: Quantity) -> str:
    """What is counted, by its measure, where the unit is only a word for it: "questions" for queries."""
    return quantity.measure if _is_counted(quantity.unit) and quantity.measure else quantity.unit


def _is_counted(unit: str) -> bool:
    """Whether the unit is a word for the things that are counted."""
    return unit.isalpha() and unit.islower() and unit not in _EXACT_UNITS


def is_same(one: Amount, other: Amount) -> bool:
    """Whether the words of both allow one number, neither being vague, or both being so in the same words. Who says "30
    to 38" does not say 31."""
    if one.unit != other.unit or excludes(one, other):  # as most do
        return False
    if one.is_vague and other.is_vague:
        return _is_near(one.low, other.low) and _is_near(one.high, other.high)
    if one.is_vague or other.is_vague:
        vague, exact = (one, other) if one.is_vague else (other, one)
        return _is_close_beyond(vague, exact.stated)
    if one.is_range is not other.is_range:
        return False
    return one.low <= other.stated <= one.high or other.low <= one.stated <= other.high


def is_allowed(vague: Amount, exact: Amount) -> bool:
    """Whether the vague one is likely said of the other: "billions" of 3.2 billion, "over 1" not of 8."""
    if vague.unit != exact.unit or vague.low > exact.high or exact.low > vague.high:
        return False
    bounds = [bound for bound in (vague.low, vague.high) if not math.isinf(bound)]
    return len(bounds) == 2 or max(abs(bounds[0]), abs(exact.stated)) <= _FAR * min(abs(bounds[0]), abs(exact.stated))


def excludes(one: Amount, other: Amount) -> bool:
    """Whether no number is allowed by the words of both; never across units."""
    return one.unit == other.unit and (one.high < other.low or other.high < one.low)


def _is_near(one: float, other: float) -> bool:
    return one == other or math.isclose(one, other, rel_tol=0.02)


def _is_close_beyond(vague: Amount, value: float) -> bool:
    """Just over an "over", just under an "under"."""
    if math.isinf(vague.high) and vague.low > 0:
        return vague.low <= value <= vague.low * _OVER
    if math.isinf(vague.low) and vague.high > 0:
        return vague.high / _OVER <= value <= vague.high
    return False


def _find_step(value: float, unit: str) -> float:
    """The worth of the last digit written: of 600 billion 100 billion, of 5.6 million 100,000."""
    if value == 0:
        return 0.0
    digits = f"{abs(value):.10g}"
    mantissa, _, power = f"{float(digits):.9e}".partition("e")
    kept = mantissa.rstrip("0").rstrip(".")
    decimals = len(kept.partition(".")[2])
    step = 10.0 ** (int(power) - decimals)
    if _is_counted(unit) and abs(value) < _COUNTED:
        return min(step, _ONE)
    return min(step, 1.0) if unit in _EXACT_UNITS else step
