"""Days that take up one told before: "the same month", "that September", "three years later", "the next day"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from ingest.nlp.en.periods import MONTH, MONTHS, SEASON
from ingest.nlp.told import DAY_LONG, MONTH_LONG, YEAR_LONG, agree
from ingest.nlp.weeks import find_month_of_week

_WEEK = 7
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_UNITS = {"year": YEAR_LONG, "month": MONTH_LONG, "day": DAY_LONG}
BACK = re.compile(
    r"\b(?:(?:the|that) (?:very )?same (?P<same>day|week|month|year)|(?:on |by )?that "
    rf"(?:(?P<that>day|week|month|year)(?![-\w]|['’]s)|(?-i:{MONTH.replace('month>', 'name>')})|(?P<season>{SEASON}))\b"
    rf"|(?P<count>{'|'.join(_COUNTS)}|\d{{1,2}}) (?P<unit>day|month|year)s? later"
    r"|the (?:next (?=day)|following )(?P<next>day|month|year))\b",
    re.IGNORECASE,
)
"""Words for a day that is counted from another."""


def read_back(match: re.Match[str], before: Sequence[str]) -> str | None:
    """What BACK found, counted from the days told before; None where they leave it open.

    before  days that the words may take up; as far as the words need them they must agree
    """
    found = match.groupdict()
    kind = (found["same"] or found["that"] or "").lower()
    if found["name"] or found["season"]:
        year = agree(before, YEAR_LONG)
        return f"{year}-{MONTHS[found['name'].lower()]:02d}" if year and found["name"] else year
    if kind == "week":
        return _read_week(before)
    if kind:
        return agree(before, _UNITS[kind])
    unit = (found["unit"] or found["next"]).lower()
    count = 1 if found["next"] else _COUNTS.get(found["count"].lower()) or int(found["count"])
    start = agree(before, _UNITS[unit])
    return _count_on(start, count) if start else None


def _read_week(before: Sequence[str]) -> str | None:
    day = agree(before, DAY_LONG)
    return find_month_of_week(date.fromisoformat(day) + timedelta(_WEEK), -1) if day else agree(before, MONTH_LONG)


def _count_on(start: str, count: int) -> str:
    if len(start) == YEAR_LONG:
        return str(int(start) + count)
    if len(start) == MONTH_LONG:
        months = int(start[:4]) * 12 + int(start[5:]) - 1 + count
        return f"{months // 12}-{months % 12 + 1:02d}"
    return (date.fromisoformat(start) + timedelta(count)).isoformat()
