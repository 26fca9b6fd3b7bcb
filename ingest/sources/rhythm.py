"""How often a feed brings something new, when that is next likely, and when it has been silent for long: learnt from
the dates of its entries.

News outlets write by hours of the day and days of the week; an interval alone asks all night for what comes at noon.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

WINDOW = timedelta(days=28)
# So many of the newest dates tell the rhythm of a busy feed as well as all would.
MOST_TIMES = 100
# Fewer updates in the window are chance.
_FEWEST = 4
# Entries of one quarter of an hour came with one update.
_UPDATE = 900
# A feed that shows only the last hours is known for these hours; a shorter span would promise too much.
_SHORTEST_SPAN = 6 * 3600
# Each hour of the day counts as if it had been seen once more, at the average rate: until some weeks are known, the
# average speaks louder than the hours. 3 costs 4 % more requests for 2 % less lateness (bench/month.py).
_PRIOR = 1.0
_HOUR, _DAY = 3600, 86_400
# How far entries are apart shows in so many, and changes over more.
_FEWEST_APART = 5
MOST_APART = 20
# Three times the gap that nine in ten stay under: a weekend or a holiday is no silence.
_PATIENCE = 3
_SHORTEST_SILENCE = timedelta(days=1)
_MOST = 0.9


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Updates to be expected in an hour: on average, and as 24 rates for workdays, then 24 for weekends, by UTC."""

    mean: float
    rates: tuple[float, ...]

    def find_next(self, now: datetime, expected: float, longest: timedelta) -> timedelta:
        """The wait until so many updates may be expected, at most the longest."""
        start = moment = int(now.timestamp())
        end = start + int(longest.total_seconds())
        while moment < end:
            rate = self.rates[_slot(moment)]
            until = min(moment - moment % _HOUR + _HOUR, end)
            gain = rate * (until - moment) / _HOUR
            if gain >= expected:
                return timedelta(seconds=moment + expected / rate * _HOUR - start)
            expected -= gain
            moment = until
        return longest


def find_rhythm(times: Iterable[datetime], now: datetime) -> Rhythm | None:
    """The rhythm behind the dates of entries; None when the last four weeks show too few."""
    today = int(now.timestamp())
    first = today - int(WINDOW.total_seconds())
    seconds = (int(time.timestamp()) for time in times)
    updates = {second // _UPDATE * _UPDATE for second in seconds if first <= second <= today}
    if len(updates) < _FEWEST:
        return None
    span = max(today - min(updates), _SHORTEST_SPAN)
    counts = Counter(map(_slot, updates))
    mean = len(updates) * _HOUR / span
    # How often an hour of the day has been seen, on workdays and on weekends.
    seen = (span / _DAY * 5 / 7, span / _DAY * 2 / 7)
    rates = tuple((counts[slot] + _PRIOR * mean) / (seen[slot // 24] + _PRIOR) for slot in range(48))
    return Rhythm(mean, rates)


def _slot(second: int) -> int:
    """The place of a moment among the rates."""
    weekday = (second // _DAY + 3) % 7  # the first of January 1970 was a Thursday
    return second % _DAY // _HOUR + (24 if weekday >= 5 else 0)


@dataclass(frozen=True, slots=True)
class Silence:
    """From when on a feed is silent that brings nothing new, and the seconds from one entry to the next that nine in
    ten of its latest stayed under."""

    begins: datetime
    usual: float


def find_silence(moments: Sequence[datetime]) -> Silence | None:
    """When a feed will have been silent for much longer than its latest entries, newest first, were apart.

    None where too few are known.
    """
    if len(moments) < _FEWEST_APART:
        return None
    gaps = sorted((later - earlier).total_seconds() for later, earlier in pairwise(moments))
    usual = pick_share(gaps, _MOST)
    return Silence(moments[0] + max(_SHORTEST_SILENCE, timedelta(seconds=_PATIENCE * usual)), usual)


def pick_share(ordered: Sequence[float], share: float) -> float:
    """The smallest of the ordered numbers, one at least, that this share of them does not exceed."""
    return ordered[ceil(len(ordered) * share) - 1]
