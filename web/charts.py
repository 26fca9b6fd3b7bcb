"""Claims over time as bars: what a small drawing needs, computed here so that the template only places it."""

from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 320, 64
"""Of the drawing, in its own units."""

# Fewer days than this are drawn by day, more by month.
_DAYS = 62
_MONTHS = 36
_WIDEST = 24.0
_GAP = 0.2


@dataclass(frozen=True, slots=True)
class Bar:
    """A period's bar; `label` is the day it begins."""

    label: date
    claims: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the first to the last period that has claims, without gaps in time.

    by_month  a bar is a month, else a day
    most      the bar that stands highest
    """

    bars: tuple[Bar, ...]
    by_month: bool
    claims: int
    most: Bar


def make_chart(days: dict[date, int]) -> Chart | None:
    """The chart of claims by day; None when there are none. The last three years at most."""
    if not days:
        return None
    first, last = min(days), max(days)
    by_month = (last - first).days >= _DAYS
    periods = _list_months(first, last)[-_MONTHS:] if by_month else _list_days(first, last)
    counts = dict.fromkeys(periods, 0)
    for day, claims in days.items():
        start = day.replace(day=1) if by_month else day
        if start in counts:
            counts[start] += claims
    bars = _draw(counts)
    return Chart(bars, by_month, sum(days.values()), max(bars, key=lambda bar: bar.claims))


def _list_days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _list_months(first: date, last: date) -> list[date]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(start, end + 1)]


def _draw(counts: dict[date, int]) -> tuple[Bar, ...]:
    step = min(_WIDEST, WIDTH / len(counts))
    highest = max(counts.values())
    bars = []
    for place, (label, claims) in enumerate(counts.items()):
        height = round(HEIGHT * claims / highest, 1)
        bars.append(Bar(label, claims, round(place * step, 1), HEIGHT - height, round(step * (1 - _GAP), 1), height))
    return tuple(bars)
