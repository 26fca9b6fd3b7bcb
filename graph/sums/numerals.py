"""A number as a sentence writes it, and whether what comes out of a sum fits what is said.

The reader's amounts (ingest/nlp/*/quantities.py) are what claims keep: they leave out conversions in brackets, numbers
that count nothing by name ("the 1,280 that it gave") and how finely a number is given. Sums need just these.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

PERCENT = "%"
TIMES = "x"
PART = "part"
COUNT = "count"
RANK = "rank"
POINTS = "points"
PERIODS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades")
RATIOS = (PERCENT, TIMES, PART)

_CURRENCY = re.compile(r"[A-Z]{3}")
# An input given as 1.6 billion may be anything that rounds to it, but no sum is excused by more than this share.
_MOST_SLACK = 0.015
_ABOUT_SLACK = 0.03
# How far a ratio may be from the words: 2.8 is "three times", .31 "a third"; with "about" a little more.
_ROUND = {TIMES: 0.08, PART: 0.08}
_ABOUT = {TIMES: 0.15, PART: 0.15, PERCENT: 0.05}
_TENTH = 10.0
# What is smaller and of no unit counts something that is not said.
_BARE = 10
# 17.2 is told as 18 percent, but 3.2 not as 4.
_PERCENT = 0.06
# Products and quotients are mostly told in two or three digits.
_MONEY, _MONEY_ABOUT = 0.02, 0.04
# "$2 billion" is said of 1.9 to 2.1.
_MOST_OFF = 0.05
# "Nearly half" is less than half, though not by much, and may be a hair more.
_NEARLY = (0.85, 1.02)
# "2倍強" was said of 2.4.
_JUST_OVER = (1.0, 1.25)


class Hedge(StrEnum):
    """What the words around a number make of it."""

    EXACT = "="
    ABOUT = "~"
    OVER = ">"
    JUST_OVER = ">~"
    AT_LEAST = ">="
    NEARLY = "<~"
    UNDER = "<"
    AT_MOST = "<="


LOOSE = (Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.UNDER, Hedge.OVER)
"""Of these many results are what is said."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number of a sentence.

    span    in characters of the sentence; `lead` is where the words begin that hedge it
    value   in base units: 1.6 billion is 1600000000, a third .333, 18 percent 18
    step    one in the last digit that is written, in the same units
    unit    a currency, `%`, `x` for times, `part`, a unit of time, `chip-hours`, `rank`, or `count`
    noun    what it counts, as far as the words behind it tell; of money what it buys: `hours` in $2 an hour
    spelled in letters without a scale, as most small numbers that nobody computes with
    """

    span: tuple[int, int]
    lead: int
    text: str
    value: float
    step: float
    unit: str
    noun: str = ""
    hedge: Hedge = Hedge.EXACT
    spelled: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the sentence."""
        return self.span[1]

    @property
    def is_bare(self) -> bool:
        """Whether its unit is left out: the 15 million behind "60 million euros"; in Japanese it never is."""
        plain = self.unit == COUNT and not self.noun and not self.spelled
        return plain and self.value >= _BARE and self.text.isascii()

    @property
    def range(self) -> tuple[float, float]:
        """The least and the most that it may stand for: rounding is allowed to scaled numbers and decimals."""
        rounded = self.step not in (0, 1) or self.hedge is Hedge.ABOUT
        slack = min(self.step / 2, abs(self.value) * _MOST_SLACK) if rounded else 0.0
        if self.hedge is Hedge.ABOUT:
            slack = max(slack, abs(self.value) * _ABOUT_SLACK)
        return self.value - slack, self.value + slack


def fits(said: Numeral, low: float, high: float, hedge: Hedge | None = None) -> bool:
    """Whether a result that lies between two numbers is what is said, to its last digit and its hedge."""
    value = said.value
    tolerance = _tolerate(said)
    match hedge or said.hedge:
        case Hedge.OVER | Hedge.AT_LEAST:
            return high >= value * (1 - 1e-9)
        case Hedge.UNDER | Hedge.AT_MOST:
            return low <= value * (1 + 1e-9)
        case Hedge.NEARLY | Hedge.JUST_OVER:
            least, most = _NEARLY if (hedge or said.hedge) is Hedge.NEARLY else _JUST_OVER
            return high >= value * least * (1 - 1e-9) and low <= value * most * (1 + 1e-9)
    return high >= value - tolerance - 1e-9 and low <= value + tolerance + 1e-9


def _tolerate(said: Numeral) -> float:
    about = said.hedge is Hedge.ABOUT
    if said.unit in RATIOS:
        exact = _tolerate_percent(said) if said.unit == PERCENT else said.value * _ROUND[said.unit]
        if said.unit == TIMES and said.value % 1:
            exact = min(exact, said.step)
        return max(exact, said.value * _ABOUT[said.unit]) if about else exact
    exact = _tolerate_amount(said)
    return max(exact, said.value * _MONEY_ABOUT) if about else exact


def _tolerate_percent(said: Numeral) -> float:
    """Up to one in the last digit; of tenths (3割) a fifth of one, three tenths with "about"."""
    if said.step < _TENTH:
        return max(said.step / 2, min(said.step, 1.0, said.value * _PERCENT))
    return 3.0 if said.hedge is Hedge.ABOUT else 2.0


def _tolerate_amount(said: Numeral) -> float:
    """What an amount or a score may be off by: its last digit, but no more than products are commonly rounded by."""
    if said.step < 1:
        return said.step
    if said.step > 1:
        return max(said.value * _MONEY, min(said.step / 2, said.value * _MOST_OFF))
    digits = f"{said.value:.0f}"
    return min(10.0 ** (len(digits) - len(digits.rstrip("0"))), max(said.value * _MONEY, 1.0))


def find_hedge(patterns: Mapping[Hedge, re.Pattern[str]], words: str) -> tuple[Hedge, re.Match[str]] | None:
    """The hedge that stands at the edge of the words that the patterns are for."""
    for hedge, pattern in patterns.items():
        if found := pattern.search(words):
            return hedge, found
    return None


def match_any(words: Iterable[str]) -> str:
    """A pattern of any of the words, of several at one place the longest, that soon passes by where none begins."""
    longest = sorted(words, key=len, reverse=True)
    first = "".join(sorted({re.escape(word[0]) for word in longest}))
    return f"(?=[{first}])(?:{'|'.join(map(re.escape, longest))})"


def is_currency(unit: str) -> bool:
    """Whether a unit is money: a code of three letters, which GW and MB are not."""
    return bool(_CURRENCY.fullmatch(unit))


def is_alike(one: Numeral, other: Numeral) -> bool:
    """Whether two numbers can be set against each other: one currency, one counter or none."""
    if one.unit != other.unit:
        return (one.is_bare and other.unit.isupper()) or (other.is_bare and one.unit.isupper())
    return one.unit != COUNT or not one.noun or not other.noun or one.noun == other.noun or not _is_counter(one, other)


def _is_counter(one: Numeral, other: Numeral) -> bool:
    """Japanese counts with counters, and things of two counters are not compared; English nouns are many for one."""
    return not one.noun.isascii() and not other.noun.isascii()
