"""When something happened, as far as the words of a sentence and the day of the article fix it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from graph.records import PartialDate
from ingest.nlp.document import Span
from ingest.nlp.en.back import BACK, read_back
from ingest.nlp.en.periods import MONTH, MONTHS, PERIODS, SEASON, YEAR, Reader
from ingest.nlp.told import drop_inner, find_period
from ingest.nlp.weeks import find_month_of_week

_DAYS = {
    name: n for n, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}

_COUNTS = {
    name: n
    for n, names in enumerate(
        ["a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
    )
    for name in names.split()
}
_WEEKDAY = re.compile(r"day\b")
_BACK = re.compile(r"\b(?:last|ago|earlier|past|since|previous|same|that|later|following)\b", re.I)
_LAST = re.compile(r"\blast $", re.I)
# Spaces that only a printer tells from others.
_SPACES = {0xA0: " ", 0x2009: " ", 0x202F: " "}
_UP_TO_MONTH = len("2025-01")
_MONTHS = 12
_LATELY = 100


def find_days(text: str, today: date, before: Sequence[str] = ()) -> list[tuple[Span, str]]:
    """The dates in a sentence with the span of each, the more exact reading first where two start together.

    before  days of a sentence before it, which "the same month" takes up where this one has none ahead of it
    """
    text = text.translate(_SPACES)
    found = [
        (match.start(), order, match.end(), value)
        for order, (pattern, read) in enumerate(_READERS)
        for match in pattern.finditer(text)
        if (value := read(match, today))
    ]
    days = [((start, end), value) for start, _, end, value in sorted(found)]
    # "A year earlier" is counted from the article only where nothing else was told.
    return sorted([*_iter_back(text, days, before, today), *days], key=lambda one: one[0][0])


def _iter_back(
    text: str, days: list[tuple[Span, str]], before: Sequence[str], today: date
) -> Iterator[tuple[Span, str]]:
    outer = drop_inner(days)
    ends = [end for (_, end), _ in outer]
    for match in BACK.finditer(text):
        ahead = bisect_right(ends, match.start())
        told = [day for _, day in outer[:ahead]]
        period = find_period(told) or find_period(before) or (told[-1] if told else None)
        value = read_back(match, told[-1:] or before, period)
        # "That May" reads as if it might be; it has been.
        doubted = match["name"] and match["name"].lower() == "may" and (value or "") > today.isoformat()[:_UP_TO_MONTH]
        if value and not doubted:
            yield match.span(), value


def settle_date(value: str, text: str, today: date, *, ahead: bool) -> PartialDate:
    """The date as it is meant; a bare month or day of a sentence about the future (`ahead`) is the next one.

    text  the words that give it, with the few before them: "last May" is no next one
    """
    past = value < today.isoformat()[: len(value)] and len(value) >= _UP_TO_MONTH and value[5] != "Q"
    if len(value) > _UP_TO_MONTH and (today - date.fromisoformat(value)).days <= _LATELY:
        return PartialDate(value)  # nobody plans for a day of next year without naming the year
    if not ahead or not past or value[:4] in text or _WEEKDAY.search(text) or _BACK.search(text):
        return PartialDate(value)
    return PartialDate(_format_next(value) or value)


def _format_next(value: str) -> str | None:
    """A year later; None for the 29 February of a year that has none."""
    year, rest = int(value[:4]) + 1, value[4:]
    return _format_day(year, int(rest[1:3]), int(rest[4:])) if len(value) > _UP_TO_MONTH else f"{year}{rest}"


def _read_full(match: re.Match[str], today: date) -> str | None:
    month, day = MONTHS[match["month"].lower()], int(match["day"])
    year = int(match["year"]) if match["year"] else _nearest_year(today, month)
    if not match["year"] and _LAST.search(match.string, 0, match.start()) and (month, day) >= (today.month, today.day):
        year = today.year - 1
    return _format_day(year, month, day)


def _read_iso(match: re.Match[str], today: date) -> str | None:
    return _format_day(int(match["year"]), int(match["m"]), int(match["d"]))


def _read_slashed(match: re.Match[str], today: date) -> str | None:
    """A day as 11/16/2021 or 16/11/2021; which is the month must be plain."""
    first, second = int(match["m"]), int(match["d"])
    month, day = (first, second) if second > _MONTHS or first == second else (second, first)
    return _format_day(int(match["year"]), month, day) if max(first, second) > _MONTHS or first == second else None


def _read_month(match: re.Match[str], today: date) -> str | None:
    """A bare month is the nearest past one."""
    month = MONTHS[match["month"].lower()]
    year = today.year if month <= today.month else today.year - 1
    return f"{year}-{month:02d}"


def _read_weekday(match: re.Match[str], today: date) -> str | None:
    back = (today.weekday() - _DAYS[match["weekday"].lower()]) % 7
    if (match["last"] or "").strip().lower() == "last" and back == 0:
        back = 7
    return (today - timedelta(days=back)).isoformat()


def _read_ago(match: re.Match[str], today: date) -> str | None:
    number = _COUNTS.get(match["count"].lower()) or int(match["count"])
    unit = match["unit"].lower()
    if unit == "day":
        return (today - timedelta(days=number)).isoformat()
    if unit == "year":
        return str(today.year - number)
    if unit == "month":
        return _format_month(today.year, today.month - number)
    return find_month_of_week(today, -number)


def _format_month(year: int, month: int) -> str:
    index = year * 12 + month - 1
    return f"{index // 12}-{index % 12 + 1:02d}"


def _format_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _nearest_year(today: date, month: int) -> int:
    return today.year if month <= today.month + 1 else today.year - 1


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"), _read_iso),
    (re.compile(rf"{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? {YEAR})?"), _read_full),
    (re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{MONTH}(?:,? {YEAR})?"), _read_full),
    (re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)"), _read_iso),
    (re.compile(r"(?<![\d/.[(])(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\d/])"), _read_slashed),
    *PERIODS,
    (
        re.compile(
            r"\b(?:on |late |early )?(?P<last>last |this )?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|"
            r"Sun)day)\b(?!['’]s)"
        ),
        _read_weekday,
    ),
    (
        re.compile(
            r"\b(?:earlier )?(?:today|tonight|this (?:morning|afternoon|evening))\b|\b(?:at|as of|by) press time\b",
            re.I,
        ),
        lambda m, t: t.isoformat(),
    ),
    (re.compile(r"\byesterday\b", re.I), lambda m, t: (t - timedelta(days=1)).isoformat()),
    (re.compile(r"\btomorrow\b", re.I), lambda m, t: (t + timedelta(days=1)).isoformat()),
    (
        re.compile(
            rf"(?<![\w.,-])(?P<count>{'|'.join(_COUNTS)}|\d{{1,2}}) (?P<unit>day|week|month|year)s? (?:ago|earlier)\b",
            re.I,
        ),
        _read_ago,
    ),
    (re.compile(r"\blast week\b", re.I), lambda m, t: find_month_of_week(t, -1)),
    (re.compile(r"\b(?:earlier )?this week\b", re.I), lambda m, t: find_month_of_week(t, 0)),
    (re.compile(r"\b(?:earlier |later )?this month\b", re.I), lambda m, t: _format_month(t.year, t.month)),
    (re.compile(r"\blast month\b", re.I), lambda m, t: _format_month(t.year, t.month - 1)),
    (re.compile(r"\bnext month\b", re.I), lambda m, t: _format_month(t.year, t.month + 1)),
    (re.compile(rf"\b(?:(?:earlier |later )?this year|this {SEASON})\b", re.I), lambda m, t: str(t.year)),
    (re.compile(rf"\blast (?:year|{SEASON})\b", re.I), lambda m, t: str(t.year - 1)),
    (re.compile(r"\bnext year\b", re.I), lambda m, t: str(t.year + 1)),
    (
        re.compile(
            rf"\b(?:[Ll]ast|[Tt]his(?: past)?|[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|of|[Ff]rom|[Tt]hrough|[Aa]fter|"
            rf"[Bb]efore|[Ss]tarting|[Ee]arly|[Ll]ate|[Mm]id-)\s(?:early |late |mid-)?{MONTH}(?!\.? \d| May)"
        ),
        _read_month,
    ),
    # "February, they went on": a month that begins a sentence as its day.
    (re.compile(rf"(?:^|(?<=[.!?] )){MONTH}(?=, [a-zA-Z]| (?:they|we|he|she)\b)"), _read_month),
)
