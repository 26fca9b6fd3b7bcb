"""Days that take up one told before: "the same month", "three years later", "a year earlier", "the prior quarter"."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from graph.spelling.number_words import CARDINALS
from ingest.nlp.beside import find_before
from ingest.nlp.calendar import DAY_LONG, MONTH_LONG, YEAR_LONG, agree, find_month_of_week, make_month, make_quarter
from ingest.nlp.en.periods import MONTH, MONTHS, SEASON

_WEEK = 7
_COUNTS = {"a": 1} | {word: count for word, count in CARDINALS.items() if count}
_UNITS = {"year": YEAR_LONG, "month": MONTH_LONG, "week": DAY_LONG, "day": DAY_LONG}
# "That spring" and "that May" are days where a part of a sentence begins or ends, not in "models that fall behind",
# "that May Habib led".
_BEGINS = r"(?:^|(?<=^[\"“(])|(?<=[,.;:!?] )|\b(?:in|by|during) )"
_NAMED = rf"(?-i:{MONTH.replace('month>', 'name>')}(?! [A-Z]))|(?P<season>{SEASON})\b"
_CLOSING = _NAMED.replace("name>", "last>").replace("season>", "ended>")
# Behind "that day", what makes it no day: "that day traders lost", "that year one".
_NO_DAY = r"(?! (?:one\b|(?-i:(?!(?:was|is|has|does|as|its|his|this|always|perhaps|across|plus)\b)[a-z]*[^\Ws]s\b)))"
_ENDS = r"(?=[.,;:)]|$| that\b)"
BACK = re.compile(
    r"\b(?:the|that) (?:very )?same (?P<same>day|week|month|year)\b"
    r"(?: (?:(?P<lastyear>last year|(?:a|one) year (?:earlier|ago|before))|(?:of|in) (?P<year>(?:19|20)[0-9]{2})\b))?"
    rf"|{_BEGINS}that (?:{_NAMED})|\bthat (?:{_CLOSING}){_ENDS}"
    rf"|(?:\b(?:in|by|since) )?(?-i:{MONTH.replace('month>', 'of>')}) (?:of )?that (?:same )?year\b"
    rf"|\b(?:on |by )?that (?P<that>(?:day|year){_NO_DAY}|week|month)\b(?![-\w]|['’]s)"
    r"|(?P<yearago>\b(?:(?:a|one) year (?:earlier|(?P<ago>ago)|before|prior)"
    r"|the (?:year-earlier|year-ago|prior-year) (?:period|quarter)"
    r"|the same (?:period|quarter) (?:last year|(?:a|one) year (?:earlier|ago|before)"
    rf"|(?:of|in) the (?:prior|previous) year)|the year before{_ENDS}|the (?:prior|previous|preceding) year(?!['’]))\b)"
    r"|\bthe (?P<prior>prior|previous|preceding) quarter\b"
    rf"|(?<![\w.,-])(?P<count>{'|'.join(_COUNTS)}|[0-9]{{1,2}}) (?P<unit>day|week|month|year)s? "
    rf"(?P<way>later|earlier(?! than)|before{_ENDS}|after)\b"
    r"|\bthe (?:next (?=day)|following )(?P<next>day|month|year)\b",
    re.IGNORECASE,
)
"""Words for a day that is counted from another."""
# "Up from $3 billion a year ago" is of the quarter before which that stands, not of a year before the article.
_COMPARED = re.compile(r"\b(?:from|than|versus|vs\.?|against|compared (?:with|to)|above|below)\b[^;:]{0,60}$", re.I)

_MONEY = re.compile(r"[$€£¥₹₩]|\b(?:loss|profit|yen|won|yuan|euros|dollars|pounds|(?:m|b|tr)illion|[mb]n|crores?)\b")


def is_compared(match: re.Match[str], money: bool = False) -> bool:
    """Whether something is compared with what was so on a day, or a sum of money: "up from $3 billion a year ago"."""
    words = find_before(_COMPARED, match.string, match.start())
    return words is not None and (not money or _MONEY.search(words.group()) is not None)


def read_back(
    match: re.Match[str], told: Sequence[str], before: Sequence[str], period: str | None = None
) -> str | None:
    """What BACK found, counted from the days told before; None where they leave it open.

    told    the day told last in the sentence, which the words take up as far as they need it
    before  days of a sentence before it, which they take up where it tells none; they must agree
    period  the quarter, or else the year or the day, that was told last
    """
    found = match.groupdict()
    if found["ago"] and not (period and len(period) == MONTH_LONG and is_compared(match)):
        return None  # as of now
    if found["yearago"] or found["prior"]:
        return _take_back(period, found) if period else None
    near = told or before
    kind = (found["same"] or found["that"] or "").lower()
    if month := found["name"] or found["last"] or found["of"]:
        year = agree(near, YEAR_LONG)
        return f"{year}-{MONTHS[month.lower()]:02d}" if year else None
    if found["season"] or found["ended"]:
        return agree(near, YEAR_LONG)
    if kind == "week":
        return None if found["lastyear"] or found["year"] else _read_week(near)
    if kind:
        return _move(agree(near, _UNITS[kind]), found)
    unit = (found["unit"] or found["next"]).lower()
    count = 1 if found["next"] else _COUNTS.get(found["count"].lower()) or int(found["count"])
    if found["next"] or found["way"].lower() == "later":
        start = agree(near, _UNITS[unit])
        return _count_on(start, count, unit) if start else None
    # "Two days earlier" is so of a day beside it; "a day after it sued" is when it sued.
    start = agree(told, _UNITS[unit])
    return _count_on(start, -count, unit) if start else None


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
    return make_quarter(int(year), int(quarter) - 1) if quarter else None


def _read_week(before: Sequence[str]) -> str | None:
    day = agree(before, DAY_LONG)
    return find_month_of_week(date.fromisoformat(day) + timedelta(_WEEK), -1) if day else agree(before, MONTH_LONG)


def _count_on(start: str, count: int, unit: str) -> str:
    if unit == "week":  # how many days they were nobody counts
        return (date.fromisoformat(start) + timedelta(count * _WEEK)).isoformat()[:MONTH_LONG]
    if len(start) == YEAR_LONG:
        return str(int(start) + count)
    if len(start) == MONTH_LONG:
        return make_month(int(start[:YEAR_LONG]), int(start[5:]) + count)
    return (date.fromisoformat(start) + timedelta(count)).isoformat()
