"""Months that a text names without a year, stretches of days and months, and the first months of a year."""

import re
from datetime import date

from ingest.nlp.calendar import Reader
from ingest.nlp.en.periods import MONTH, MONTHS, YEAR

# "By Jan Leike" is no month: behind a short name stands no other.
_MONTH = rf"{MONTH}(?!(?<=\b(?:Jan|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)) [A-Z])"
_QUARTER = 3
_NO_YEAR = r"(?!\.? (?:\d|quarter)|,? (?:of )?(?:(?:19|20)\d\d|th(?:at|e) (?:\w+ )?year)| May\b)"
_EARLY = r"(?:early |late |mid-)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_IN = r"(?:[Ii]n|(?:[Ss]ince|[Bb]y|[Uu]ntil)(?: at least)?|[Ff]rom|(?:soon|early|late) as|of)"
_LEAD = (
    rf"(?:[Ll]ast|[Nn]ext|[Tt]his(?: past)?|{_IN}|[Tt]hrough|[Aa]fter|[Ff]or|(?<!months )to|into|around|[Dd]uring|"
    r"[Bb]efore|[Ss]tarting|[Ee]arly|[Ll]ate|[Mm]id-)"
)
_WHOSE = r"(?:\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur)|['’]s)"
_SECOND = MONTH.replace("month>", "last>")
_OTHER_YEAR = YEAR.replace("year>", "until>")
_MANY = {"three": 3, "six": 6, "nine": 9}


def _read_bare(match: re.Match[str], today: date) -> str | None:
    """A bare month is the nearest past one; "last May" is none of the last weeks, for which one says "last month"."""
    month = MONTHS[match["month"].lower()]
    lead = match.group().lower().partition(" ")[0]
    if lead == "next":  # before it has come this year it may be meant
        return f"{today.year + 1}-{month:02d}" if month <= today.month else None
    if lead == "this" and " past " not in match.group():
        return f"{today.year}-{month:02d}"
    past = month < today.month - 1 if lead == "last" else month <= today.month
    return f"{today.year - (not past)}-{month:02d}"


def _read_month_of_year(match: re.Match[str], today: date) -> str | None:
    year = today.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return f"{year}-{MONTHS[match['month'].lower()]:02d}"


def _read_short(match: re.Match[str], today: date) -> str | None:
    return f"20{match['short']}-{MONTHS[match['month'].lower()]:02d}"


def _read_days(match: re.Match[str], today: date) -> str | None:
    """The month of some days: "18–19 November"; without a year as any day without one."""
    month = MONTHS[match["month"].lower()]
    year = match["year"] or today.year - (month > today.month + 1)
    return f"{year}-{month:02d}"


def _read_months(match: re.Match[str], today: date) -> str | None:
    """The quarter of three months, else the year of some; None where they lie in two."""
    if (match["to"] == "and") != bool(match["between"]):
        return None  # "in April and June" are two
    first, last = MONTHS[match["month"].lower()], MONTHS[match["last"].lower()]
    until = int(match["until"]) if match["until"] else today.year - (last > today.month)
    if match["which"]:
        until = today.year - (match["which"] == "last")
    year = int(match["year"]) if match["year"] else until - (first > last)
    if year != until:
        return None
    return f"{year}-Q{last // _QUARTER}" if last % _QUARTER == 0 and last - first == _QUARTER - 1 else str(year)


def _read_first_months(match: re.Match[str], today: date) -> str | None:
    """The first quarter, or the year of which so many months have passed."""
    many = _MANY.get(match["many"].lower()) or int(match["many"])
    year = match["year"] or today.year - (many >= today.month)
    return f"{year}-Q1" if many == _QUARTER else str(year)


STRETCHES: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(
            rf"(?:\b(?P<between>[Bb]etween )|\b[Ff]rom )?{_EARLY}{MONTH}(?: {YEAR})?"
            rf"(?:\s?[-–—]\s?| (?P<to>and|to|through) ){_EARLY}{_SECOND}(?! ?\d{{1,2}}\b)"
            rf"(?:,? {_OTHER_YEAR}|,? (?:of )?(?P<which>last|this) year)?"
        ),
        _read_months,
    ),
    (
        re.compile(rf"(?<![\d.,$€£¥]){_DAY}(?:\s?[-–—]\s?| (?:and|to) ){_DAY} (?:of )?{MONTH}(?:,? {YEAR})?"),
        _read_days,
    ),
    (re.compile(rf"{MONTH} {_DAY}(?:\s?[-–—]\s?| to ){_DAY}(?![\d%])(?:,? {YEAR})?"), _read_days),
)
"""Some days of a month, some months of a year: each pattern with what reads its match."""
BARE_MONTHS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(rf"(?:\b{_IN} )?{MONTH},? (?:of )?(?P<which>last|this|next) year\b(?!['’])"),
        _read_month_of_year,
    ),
    (re.compile(rf"{MONTH} ?['’](?P<short>[0-3]\d)\b(?!['’])"), _read_short),
    (
        re.compile(
            rf"\bthe first (?P<many>three|six|nine|[369]) months(?: of (?:(?:the|this) year|{YEAR})\b|"
            r"(?! (?:of|after|since|following|that|under|at|with)\b))",
            re.IGNORECASE,
        ),
        _read_first_months,
    ),
    (re.compile(rf"\b{_LEAD}\s{_EARLY}{_MONTH}{_NO_YEAR}"), _read_bare),
    # "An October accident", "Apple's June event"
    (re.compile(rf"{_WHOSE}\s{_MONTH}(?= [a-z])(?! quarter)"), _read_bare),
    # "February, they went on": a month that begins a sentence as its day, or stands in brackets before what it brought.
    (re.compile(rf"(?:^|(?<=[.!?] )|\(){MONTH}(?=, [a-zA-Z]|:| (?:they|we|he|she)\b)"), _read_bare),
)
"""Each pattern with what reads its match, given the day of the article."""
