"""Whether two voices give numbers of one measure that cannot both hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from graph.propositions.amounts import Amount, excludes
from graph.propositions.currencies import Told, find_rates
from graph.propositions.groups import Group, Voice
from graph.propositions.signatures import Tense
from graph.propositions.windows import Window
from graph.rates import DOLLAR, Rates, convert
from graph.records import Predicate

# So far from its month's mean a currency stands on a day, mostly; so far a rate that is told may be rounded.
_SWING = 0.04
# What is measured comes out a little otherwise each time.
_MEASURED = frozenset({Predicate.SCORES, Predicate.HAS_SIZE})
_MEASURES = frozenset({"score", "power", "speed"})
_ANEW = 0.02


def make_clash(one: Group, other: Group, rates: Rates) -> Callable[[Voice, Voice], bool]:
    """Tells of a voice of either group whether their numbers exclude each other, both being of what is, or of what will
    be. Sums in two currencies are compared at a rate that the sentences tell, else at those of their months; never
    where a rate is not known. Of two measurements nearly the same is the same."""
    told = find_rates(dict.fromkeys(v.text for v in (*one.voices, *other.voices))) if _is_abroad(one, other) else {}
    measured = one.predicate in _MEASURED and one.signature.measure in _MEASURES

    def clash(a: Voice, b: Voice) -> bool:
        first, second = a.amount or one.signature.amount, b.amount or other.signature.amount
        if first is None or second is None or (a.tense is Tense.LATER) != (b.tense is Tense.LATER):
            return False
        if first.unit != second.unit:
            first, second = _bring_together(first, a, second, b, rates, told)
        return excludes(_widen(first, _ANEW) if measured else first, second)

    return clash


def _is_abroad(one: Group, other: Group) -> bool:
    first, second = one.signature.amount, other.signature.amount
    return first is not None and second is not None and first.unit != second.unit


def _bring_together(
    first: Amount, a: Voice, second: Amount, b: Voice, rates: Rates, told: Told
) -> tuple[Amount, Amount]:
    """Both in one unit; as they are where no rate is known, for then they exclude nothing."""
    unit, slash, each = first.unit.partition("/")
    other_unit, _, other_each = second.unit.partition("/")
    rate = told.get((unit, other_unit)) if each == other_each else None
    if rate is not None:
        changed = Amount(first.low * rate, first.high * rate, first.stated * rate, other_unit + slash + each)
        return _widen(changed, _SWING), second
    return _put_in_dollars(first, a, rates), _put_in_dollars(second, b, rates)


def _put_in_dollars(amount: Amount, voice: Voice, rates: Rates) -> Amount:
    months = {f"{date.fromordinal(day):%Y-%m}" for day in (voice.window or Window(voice.day, voice.day)).ends}
    currency, slash, each = amount.unit.partition("/")
    rate = rates.get((months.pop(), currency)) if len(months) == 1 else None
    if rate is None or currency == DOLLAR:
        return amount
    low, high, stated = (convert(bound, rate) for bound in (amount.low, amount.high, amount.stated))
    return _widen(Amount(low, high, stated, DOLLAR + slash + each), _SWING)


def _widen(amount: Amount, share: float) -> Amount:
    bounds = [bound * times for bound in (amount.low, amount.high) for times in (1 - share, 1 + share)]
    return replace(amount, low=min(bounds), high=max(bounds))
