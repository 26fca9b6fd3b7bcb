"""Sums of money that a sentence tells in two currencies: "310 billion yen ($2 billion)" is one of either."""

from functools import lru_cache

from graph.propositions.amounts import Amount, make_amount
from graph.records import Claim, Comparator, Quantity
from graph.sums.numerals import Hedge
from graph.sums.passages import make_sentence

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
}


def find_told(claim: Claim) -> Amount | None:
    """The claim's sum of money in the other currency in which its sentence tells it; None where it tells no other."""
    quantity = claim.quantity
    if quantity is None or quantity.unit not in _PER_USD or quantity.comparator is Comparator.RANGE:
        return None
    found = [(value, unit, about) for value, unit, about in _list_money(claim.text) if unit != quantity.unit]
    fitting = [one for one in found if _may_be_one(quantity.value, quantity.unit, one[0], one[1])]
    if len(fitting) != 1:
        return None
    value, unit, about = fitting[0]
    how = Comparator.ABOUT if about else quantity.comparator
    return make_amount(Quantity(quantity.measure, value, unit, how))


def may_be_converted(one: Amount, other: Amount) -> bool:
    """Whether they are sums in two currencies of which some rate makes the one of the other."""
    known = one.unit in _PER_USD and other.unit in _PER_USD and one.unit != other.unit
    return known and _may_be_one(one.stated, one.unit, other.stated, other.unit)


@lru_cache(1_000)  # the same sentence again and again, in copies and for each of its claims
def _list_money(text: str) -> tuple[tuple[float, str, bool], ...]:
    return tuple(
        (one.value, one.unit, one.hedge is Hedge.ABOUT) for one in make_sentence(text).numerals if one.unit in _PER_USD
    )


def _may_be_one(value: float, unit: str, other: float, other_unit: str) -> bool:
    """Whether some rate of all these years makes the one of the other."""
    if value <= 0 or other <= 0:
        return False
    (low, high), (other_low, other_high) = _PER_USD[unit], _PER_USD[other_unit]
    return other_low / high <= other / value <= other_high / low
