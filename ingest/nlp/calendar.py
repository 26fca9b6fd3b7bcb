"""Days, months, quarters and years as they are kept: 2025-01-27, 2025-01, 2025-Q1, 2025; and years of any language."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

Reader = Callable[[re.Match[str], date], str | None]
"""What reads the match of a pattern as a day, a month, a quarter or a year, given the day of the article."""
YEAR_LONG, MONTH_LONG, DAY_LONG = len("2025"), len("2025-01"), len("2025-01-27")
_MONTHS, _QUARTERS = 12, 4
_SUNDAY = 6
PLAIN_YEAR = r"(?P<year>19[5-9]\d|20[0-3]\d)"
"""A year, by what it may be: alone it is one where no count would stand."""
YEAR_IN_CELL = re.compile(rf"(?:(?<=\|)|(?<=\| )|(?<=\|  )|(?<=\|\*\*)|(?<=\| \*\*)){PLAIN_YEAR}(?=[\s*]*(?:\||$))")
"""One in a cell of its own."""


def read_year(match: re.Match[str], today: date) -> str:
    """The year that a match has."""
    return str(match["year"])


def make_day(year: int, month: int, day: int | str | None) -> str | None:
    """The day or, without one, the month; None where there is none."""
    alone = day in (None, "")
    try:
        found = date(year, month, 1 if alone else int(day or 0)).isoformat()
    except ValueError:
        return None
    return found[:MONTH_LONG] if alone else found


def make_month(year: int, month: int) -> str:
    """A month by its number in a year; nought is the December before."""
    count = year * _MONTHS + month - 1
    return f"{count // _MONTHS:04d}-{count % _MONTHS + 1:02d}"


def make_quarter(year: int, quarter: int) -> str:
    """A quarter by its number in a year; nought is the last before."""
    count = year * _QUARTERS + quarter - 1
    return f"{count // _QUARTERS:04d}-Q{count % _QUARTERS + 1}"


def find_quarter(year: int, month: int) -> str:
    """The quarter of a month, by its number in a year as make_month has it."""
    return make_quarter(year, (month - 1) // (_MONTHS // _QUARTERS) + 1)


def settle_quarter(quarter: str, today: date) -> str:
    """A quarter of what is to come: the next of its number, but for one of the last two, whose results may be guessed
    at."""
    over = quarter < find_quarter(today.year, today.month - 3)
    return f"{int(quarter[:YEAR_LONG]) + 1}{quarter[YEAR_LONG:]}" if over else quarter


def find_month_of_week(today: date, weeks: int) -> str | None:
    """The month, as 2025-01, of a week from Monday to Sunday, of the running one as far as `today`.

    weeks  from the running one: -1 is last week
    Nothing when the week lies in two months: then its words fix none.
    """
    monday = today - timedelta(today.weekday()) + timedelta(weeks=weeks)
    last = min(today, monday + timedelta(_SUNDAY)) if weeks <= 0 else monday + timedelta(_SUNDAY)
    return make_month(last.year, last.month) if monday.month == last.month else None


def find_period(days: Sequence[str]) -> str | None:
    """The last of some days that is a quarter or a year."""
    return next((day for day in reversed(days) if "Q" in day or len(day) == YEAR_LONG), None)


def agree(days: Sequence[str], length: int) -> str | None:
    """What all days are, as far as a year, a month or a day; None where they differ, or one is no such."""
    cut = {day[:length] if len(day) >= length and "Q" not in day[:length] else None for day in days}
    return cut.pop() if len(cut) == 1 else None
