"""When something happened, as far as the words of a sentence and the day of the article fix it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from graph.records import PartialDate
from graph.spelling.number_words import CARDINALS, LETTERS
from ingest.nlp.calendar import (
    DAY_LONG,
    MONTH_LONG,
    YEAR_LONG,
    Reader,
    find_month_of_week,
    find_period,
    make_day,
    make_month,
    settle_quarter,
)
from ingest.nlp.document import Span
from ingest.nlp.en.back import BACK, is_compared, read_back
from ingest.nlp.en.months import BARE_MONTHS, STRETCHES
from ingest.nlp.en.periods import MONTH, MONTHS, PERIODS, YEAR
from ingest.nlp.en.seasons import SEASONS, find_coming_year
from ingest.nlp.languages import Days
from ingest.nlp.told import drop_inner

_DAYS = {
    name: n for n, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}

_COUNTS = {"a": 1, "an": 1} | {word: count for word, count in CARDINALS.items() if count}
_WEEKDAY = re.compile(r"day\b")
# What somebody did is done, of whatever it speaks: "agreed in May to buy it".
_DONE = re.compile(r"\b(?:agreed|said|offered|warned|signed|pledged) (?:in|on) ")
_SHORT_YEAR = re.compile(r"['’]\d\d\b")
_COMING = re.compile(r"\b(?:from|until|by|starting|this|coming) \w+day\b", re.I)
_WEEK = timedelta(7)
_BACK = re.compile(
    r"\b(?:last|ago|earlier|past|since|previous|prior|same|that|later|following|ended|"
    r"(?:day|week|month|year)s? (?:before|after))\b",
    re.I,
)
_LAST = re.compile(r"\blast $", re.I)
# Spaces that only a printer tells from others, and letters that only `lower()` does.
_PLAIN = {0xA0: " ", 0x2009: " ", 0x202F: " "} | LETTERS
_MONTHS = 12
_LATELY = 100


def find_days(text: str, today: date, before: Sequence[str] = ()) -> Days:
    """The dates in a sentence with the span of each, the more exact reading first where two start together.

    before  days of a sentence before it, which "the same month" takes up where this one has none ahead of it
    """
    text = text.translate(_PLAIN)
    found = [
        (match.start(), order, match.end(), value)
        for order, (pattern, read) in enumerate(_READERS)
        for match in pattern.finditer(text)
        if (value := read(match, today))
    ]
    days = [((start, end), PartialDate(value)) for start, _, end, value in sorted(found)]
    # "A year earlier" is counted from the article only where nothing else was told.
    return sorted([*_iter_back(text, days, before, today), *days], key=lambda one: one[0][0])


def _iter_back(text: str, days: Days, before: Sequence[str], today: date) -> Iterator[tuple[Span, PartialDate]]:
    outer = drop_inner(days)
    ends = [end for (_, end), _ in outer]
    for match in BACK.finditer(text):
        ahead = bisect_right(ends, match.start())
        told = [day for _, day in outer[:ahead]]
        month = next((day for day in told[-1:] if len(day) == MONTH_LONG), None)
        period = find_period(told) or month or find_period(before) or (told[-1] if told else None)
        value = read_back(match, told[-1:], before, period)
        # "That May" reads as if it might be; it has been.
        doubted = match["name"] and match["name"].lower() == "may" and (value or "") > today.isoformat()[:MONTH_LONG]
        if value and not doubted:
            yield match.span(), PartialDate(value)


def settle_day(value: str, text: str, today: date) -> PartialDate:
    """The date as it is meant; in a sentence about the future a bare month, season or day is the next one.

    text  the words that give it, with the few before them: "last May" is no next one
    """
    if value[:YEAR_LONG] in text or _BACK.search(text) or _SHORT_YEAR.search(text) or _DONE.search(text):
        return PartialDate(value)
    if len(value) == YEAR_LONG:
        return PartialDate(find_coming_year(text, today) or value)
    if "Q" in value:
        return PartialDate(settle_quarter(value, today))
    if value >= today.isoformat()[: len(value)]:
        return PartialDate(value)
    if _WEEKDAY.search(text):
        return PartialDate(_format_week_on(value) if _COMING.search(text) else value)
    if len(value) == DAY_LONG and (today - date.fromisoformat(value)).days <= _LATELY:
        return PartialDate(value)  # nobody plans for a day of next year without naming the year
    return PartialDate(_format_next(value) or value)


def _format_week_on(day: str) -> str:
    return (date.fromisoformat(day) + _WEEK).isoformat()


def _format_next(value: str) -> str | None:
    """A year later; None for the 29 February of a year that has none."""
    year, rest = int(value[:4]) + 1, value[4:]
    return make_day(year, int(rest[1:3]), int(rest[4:])) if len(value) == DAY_LONG else f"{year}{rest}"


def _read_full(match: re.Match[str], today: date) -> str | None:
    month, day = MONTHS[match["month"].lower()], int(match["day"])
    year = int(match["year"]) if match["year"] else _nearest_year(today, month)
    if not match["year"] and _LAST.search(match.string, 0, match.start()) and (month, day) >= (today.month, today.day):
        year = today.year - 1
    return make_day(year, month, day)


def _read_iso(match: re.Match[str], today: date) -> str | None:
    return make_day(int(match["year"]), int(match["m"]), int(match["d"]))


def _read_slashed(match: re.Match[str], today: date) -> str | None:
    """A day as 11/16/2021 or 16/11/2021; which is the month must be plain."""
    first, second = int(match["m"]), int(match["d"])
    month, day = (first, second) if second > _MONTHS or first == second else (second, first)
    return make_day(int(match["year"]), month, day) if max(first, second) > _MONTHS or first == second else None


def _read_weekday(match: re.Match[str], today: date) -> str | None:
    back = (today.weekday() - _DAYS[match["weekday"].lower()]) % 7
    which = (match["which"] or "").strip().lower()
    if which == "next":  # of next week: one that is nearer needs no "next"
        back = today.weekday() - _DAYS[match["weekday"].lower()] - 7
    elif which == "last" and back == 0:
        back = 7
    return (today - timedelta(days=back)).isoformat()


def _read_weekend(match: re.Match[str], today: date) -> str | None:
    """The month of the last weekend, where it lies in one."""
    saturday = today - timedelta((today.weekday() - _DAYS["saturday"]) % 7)
    return saturday.isoformat()[:MONTH_LONG] if (saturday + timedelta(1)).month == saturday.month else None


def _read_ago(match: re.Match[str], today: date) -> str | None:
    number = _COUNTS.get(match["count"].lower()) or int(match["count"])
    unit = match["unit"].lower()
    if unit == "year" and number == 1 and is_compared(match, money=True):
        return None  # what is compared is mostly a quarter, which nobody has told
    if unit == "day":
        return (today - timedelta(days=number)).isoformat()
    if unit in ("year", "decade"):
        return str(today.year - number * (10 if unit == "decade" else 1))
    if unit == "month":
        return make_month(today.year, today.month - number)
    return find_month_of_week(today, -2 * number if unit == "fortnight" else -number)


def _nearest_year(today: date, month: int) -> int:
    return today.year if month <= today.month + 1 else today.year - 1


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"), _read_iso),
    (re.compile(r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)(?P<by>[/.])(?P<m>\d\d)(?P=by)(?P<d>\d\d)(?![\w/])"), _read_iso),
    *STRETCHES,
    (re.compile(rf"{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? {YEAR})?"), _read_full),
    (re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:(?:st|nd|rd|th)? (?:of )?|-){MONTH}(?:(?:,? |-){YEAR})?"), _read_full),
    (re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)"), _read_iso),
    (re.compile(r"(?<![\d/.[(])(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\d/])"), _read_slashed),
    *PERIODS,
    *SEASONS,
    (
        re.compile(
            r"\b(?:on |late |early )?(?P<which>last |this (?:coming |past )?|next )?"
            r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?!['’]s)"
        ),
        _read_weekday,
    ),
    (
        re.compile(
            r"\b(?:earlier )?(?:today|tonight|this (?:morning|afternoon|evening))\b(?!['’]s)"
            r"|\b(?:at|as of|by) press time\b",
            re.I,
        ),
        lambda m, t: t.isoformat(),
    ),
    (re.compile(r"\b(?:yesterday|last night)\b", re.I), lambda m, t: (t - timedelta(days=1)).isoformat()),
    (re.compile(r"\btomorrow\b", re.I), lambda m, t: (t + timedelta(days=1)).isoformat()),
    (
        re.compile(
            rf"(?<![\w.,-])(?P<count>{'|'.join(_COUNTS)}|\d{{1,2}}) "
            r"(?P<unit>day|week|fortnight|month|year|decade)s? (?:ago|earlier)\b(?! than)",
            re.I,
        ),
        _read_ago,
    ),
    # "The deal comes two months after the talks": it is told now.
    (
        re.compile(
            r"\b(?:comes?|came|follows?) (?:just |only |almost |nearly |about |some )?"
            rf"(?P<count>{'|'.join(_COUNTS)}|\d{{1,2}}) (?P<unit>month|year)s? after\b",
            re.I,
        ),
        _read_ago,
    ),
    (re.compile(r"\b(?:over|at|on|during|last|this past) (?:the )?weekend\b", re.I), _read_weekend),
    (re.compile(r"\bnext week\b", re.I), lambda m, t: find_month_of_week(t, 1)),
    (re.compile(r"\blast week\b", re.I), lambda m, t: find_month_of_week(t, -1)),
    (re.compile(r"\b(?:earlier )?this week\b", re.I), lambda m, t: find_month_of_week(t, 0)),
    (
        re.compile(r"\b(?:earlier |later )?this month\b|\b(?:by|at|before|until) the end of the month\b", re.I),
        lambda m, t: make_month(t.year, t.month),
    ),
    (re.compile(r"\blast month\b", re.I), lambda m, t: make_month(t.year, t.month - 1)),
    (re.compile(r"\bnext month\b", re.I), lambda m, t: make_month(t.year, t.month + 1)),
    (re.compile(r"\b(?:earlier |later )?this year\b", re.I), lambda m, t: str(t.year)),
    (re.compile(r"\blast year\b", re.I), lambda m, t: str(t.year - 1)),
    (re.compile(r"\bnext year\b", re.I), lambda m, t: str(t.year + 1)),
    *BARE_MONTHS,
)
