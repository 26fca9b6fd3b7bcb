"""Days as a calendar: months of weeks, each day as deep as many claims were reported on it."""

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DEPTHS = 4
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day; depth is 0 where nothing was reported, else 1 to 4, the last for the days with most."""

    day: date
    claims: int
    depth: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day; weeks begin on Monday, None stands for days of other months."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]


def find_span(last: date) -> tuple[date, date]:
    """The first and last day of the twelve months that end with the month of a day."""
    first = date(last.year + (last.month - _MONTHS) // _MONTHS, last.month % _MONTHS + 1, 1)
    return first, (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def make_months(counts: Mapping[date, int]) -> tuple[Month, ...]:
    """The months in which something was reported, the newest first."""
    most = max(counts.values(), default=0)
    months = sorted({(day.year, day.month) for day, claims in counts.items() if claims}, reverse=True)
    return tuple(Month(date(year, month, 1), _make_weeks(year, month, counts, most)) for year, month in months)


def _make_weeks(year: int, month: int, counts: Mapping[date, int], most: int) -> tuple[tuple[Day | None, ...], ...]:
    weeks = Calendar().monthdatescalendar(year, month)
    return tuple(tuple(_view_week(week, month, counts, most)) for week in weeks)


def _view_week(week: Iterable[date], month: int, counts: Mapping[date, int], most: int) -> Iterable[Day | None]:
    for day in week:
        claims = counts.get(day, 0)
        yield Day(day, claims, _measure(claims, most)) if day.month == month else None


def _measure(claims: int, most: int) -> int:
    return -(-claims * _DEPTHS // most) if claims else 0
