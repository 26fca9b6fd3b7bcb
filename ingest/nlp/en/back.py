"""Days that take up one told before: "the same month", "three years later", "a year earlier", "the prior quarter"."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from ingest.nlp.en.periods import MONTH, MONTHS, SEASON
from ingest.nlp.told import DAY_LONG, MONTH_LONG, YEAR_LONG, agree
from ingest.nlp.weeks import find_month_of_week

_WEEK = 7
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_UNITS = {"year": YEAR_LONG, "month": MONTH_LONG, "day": DAY_LONG}
# "That spring" and "that May" are days where a part of a sentence begins, not in "models that fall", "that May Habib
# led".
_BEGINS = r"(?:^|(?<=^[\"“(])|(?<=[,.;:!?] )|\b(?:in|by|during) )"
_NAMED = rf"(?-i:{MONTH.replace('month>', 'name>')}(?! [A-Z]))|(?P<season>{SEASON})\b"
# Behind "that day", what makes it no day: "that day traders lost", "that year one".
_NO_DAY = r"(?! (?:one\b|(?-i:(?!(?:was|is|has|does|as|its|his|this|always|perhaps|across|plus)\b)[a-z]*[^\Ws]s\b)))"
BACK = re.compile(
    r"\b(?:the|that) (?:very )?same (?P<same>day|week|month|year)\b"
    r"(?: (?:(?P<lastyear>last year|(?:a|one) year (?:earlier|ago|before))|(?:of|in) (?P<year>(?:19|20)[0-9]{2})\b))?"
    rf"|{_BEGINS}that (?:{_NAMED})"
    rf"|\b(?:on |by )?that (?P<that>(?:day|year){_NO_DAY}|week|month)\b(?![-\w]|['’]s)"
    rf"|(?<![\w.,-])(?P<count>{'|'.join(_COUNTS)}|[0-9]{{1,2}}) (?P<unit>day|month|year)s? later\b"
    r"|\bthe (?:next (?=day)|following )(?P<next>day|month|year)\b"
    r"|(?P<yearago>\b(?:(?:a|one) year (?:earlier|(?P<ago>ago)|before|prior)"
    r"|the (?:year-earlier|year-ago|prior-year) (?:period|quarter)"
    r"|the same (?:period|quarter) (?:last year|(?:a|one) year (?:earlier|ago|before)"
    r"|(?:of|in) the (?:prior|previous) year))\b)|\bthe (?P<prior>prior|previous|preceding) quarter\b",
    re.IGNORECASE,
)
"""Words for a day that is counted from another."""
# "Up from $3 billion a year ago" is of the quarter before which that stands, not of a year before the article.
_COMPARED = re.compile(r"\b(?:from|than|versus|vs\.?|against|compared (?:with|to)|above|below)\b[^;:]{0,60}$", re.I)


def read_back(match: re.Match[str], before: Sequence[str], period: str | None = None) -> str | None:
    """What BACK found, counted from the days told before; None where they leave it open.

    before  days that the words may take up; as far as the words need them they must agree
    period  the quarter, or else the year or the day, that was told last
    """
    found = match.groupdict()
    if found["ago"] and not ("Q" in (period or "") and _COMPARED.search(match.string, 0, match.start())):
        return None  # as of now
    if found["yearago"] or found["prior"]:
        return _take_back(period, found) if period else None
    kind = (found["same"] or found["that"] or "").lower()
    if found["name"] or found["season"]:
        year = agree(before, YEAR_LONG)
        return f"{year}-{MONTHS[found['name'].lower()]:02d}" if year and found["name"] else year
    if kind == "week":
        return None if found["lastyear"] or found["year"] else _read_week(before)
    if kind:
        return _move(agree(before, _UNITS[kind]), found)
    unit = (found["unit"] or found["next"]).lower()
    count = 1 if found["next"] else _COUNTS.get(found["count"].lower()) or int(found["count"])
    start = agree(before, _UNITS[unit])
    return _count_on(start, count) if start else None


def _move(day: str | None, found: Mapping[str, str | None]) -> str | None:
    """The day in the year that is named beside it: "the same month last year", "of 2023"."""
    if day is None or not (found["lastyear"] or found["year"]):
        return day
    if len(day) == YEAR_LONG:
        return None  # "the same year of 2023"
    moved = f"{found['year'] or int(day[:YEAR_LONG]) - 1}{day[YEAR_LONG:]}"
    return None if len(day) == DAY_LONG and day.endswith("-02-29") else moved


def _take_back(period: str, found: Mapping[str, str | None]) -> str | None:
    """The same period a year before, or the quarter before a quarter."""
    year, _, quarter = period.partition("-Q")
    if found["yearago"]:
        return f"{int(year[:YEAR_LONG]) - 1}{period[YEAR_LONG:] if len(period) < DAY_LONG else ''}"
    if not quarter:
        return None
    index = int(year) * 4 + int(quarter) - 2
    return f"{index // 4}-Q{index % 4 + 1}"


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
