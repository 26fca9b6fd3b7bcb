"""Moments and days as feeds and pages write them, in Japanese, English, German and French."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

JAPAN = timezone(timedelta(hours=9), "JST")

# The web has nothing older; such dates are an epoch of 0 or a default.
_OLDEST_YEAR = 1990
# Zones and skewed clocks explain a day or so ahead of us; more is a mistake or a pinned item.
_MOST_AHEAD = timedelta(days=2)
# First year of an era, minus one: 令和1年 is 2019.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_JAPANESE_DAY = re.compile(
    r"(?:(?P<era>令和|平成|昭和)\s*(?P<nth>\d{1,2}|元)|(?P<year>\d{4}))"
    r"\s*(?:[(\uff08][^)\uff09]{1,8}[)\uff09]\s*)?年\s*(?:[(\uff08][^)\uff09]{1,8}[)\uff09]\s*)?"
    r"(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
    r"(?:\s*[(\uff08][^)\uff09]{1,4}[)\uff09])?"
    r"(?:\s*(?P<half>午前|午後)?\s*(?P<hour>\d{1,2})\s*(?:[:\uff1a]|時(?!間))\s*(?P<minute>\d{1,2})?)?"
)
_SLASHED_DAY = re.compile(
    r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})(?:\s+(?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
)
# 28.1.2025 as German prints it. Others print the month first: where both may be the month, neither is read.
_DOTTED_DAY = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)")
# Of each month what it is called in English, German and French: German and French pages are read like any other.
_MONTHS = (
    r"jan(?:uary|uar)?|jänner|janvier|janv",
    r"feb(?:ruary|ruar)?|février|févr",
    r"mar(?:ch)?|märz|mars",
    r"apr(?:il)?|avril|avr",
    r"may|mai",
    r"june?|juni|juin",
    r"july?|juli|juillet|juil",
    r"aug(?:ust)?|août",
    r"sept?(?:ember)?|septembre",
    r"oct(?:ober)?|okt(?:ober)?|octobre",
    r"nov(?:ember)?|novembre",
    r"dec(?:ember)?|dez(?:ember)?|décembre|déc",
)
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})(?!\w)\.?"
# Pieces of a page may meet without a space: "Nov 15, 20195:45 AM".
_YEAR_ENDS = r"(?:\b|(?=\d{1,2}:\d\d))"
# "Jan 28, 2025", "January 28th 2025"; "28 January 2025", "28. Januar 2025", "1er mars 2025".
_WORDED_DAYS = (
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_YEAR_ENDS}", re.IGNORECASE),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}}){_YEAR_ENDS}",
        re.IGNORECASE,
    ),
)
_LONGEST_DATE = 100
# "10:30 PM EST", "10:30:00 +0900", "10:30 (JST)"; a word behind the hour that is none of _ZONES may be a zone too.
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?P<rest>:\d\d(?::\d\d)?)(?!\d)(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s*\(?(?:(?:GMT|UTC)?(?P<offset>[+-]\d\d:?\d\d)(?!\d)|\s*(?P<zone>[a-z]+)(?![+-]\d)))?",
    re.IGNORECASE | re.ASCII,
)
# Hours ahead of UTC. IST is meant in India, Ireland and Israel, ET and PT have no hour without a season: not these.
_ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "JST": 9, "KST": 9, "CET": 1, "CEST": 2, "BST": 1,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_NO_ZONES = {"BY", "VON", "PAR", "UHR"}


def parse_moment(text: str, zone: tzinfo = UTC) -> datetime | None:
    """The moment a text names, in UTC; None when it has no time of day. `zone` is meant where none is written."""
    moment = _read_moment(text.strip()[:_LONGEST_DATE])
    if moment is None:
        return None
    return _as_utc(moment if moment.tzinfo else moment.replace(tzinfo=zone))


def parse_day(text: str) -> datetime | None:
    """Midnight UTC of the day a text names, so that the day stays the one that was printed."""
    text = text.strip()[:_LONGEST_DATE]
    for pattern in (_JAPANESE_DAY, _SLASHED_DAY, _DOTTED_DAY):
        found = pattern.search(text)
        if found and not _may_be_either(found) and (day := _build(found, with_time=False)):
            return day.replace(tzinfo=UTC)
    if day := _find_worded_day(text):
        return day
    try:
        return datetime.fromisoformat(text).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    except ValueError:
        return None


def find_day_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where days stand in a text, in the order of the text, with the time of day that follows one at once."""
    patterns = (_JAPANESE_DAY, _SLASHED_DAY, _DOTTED_DAY, *_WORDED_DAYS)
    return tuple(sorted(found.span() for pattern in patterns for found in pattern.finditer(text)))


def keep_plausible(moment: datetime | None, now: datetime) -> datetime | None:
    """The moment itself, or None when nobody can have published then: before 1990 or over two days ahead."""
    if moment is None or moment.year < _OLDEST_YEAR or moment > now + _MOST_AHEAD:
        return None
    return moment


def _read_moment(text: str) -> datetime | None:
    # A bare day parses as midnight; ISO needs more than the ten characters of 2025-01-28 to hold a time.
    if len(text) > 10 and ":" in text:
        with suppress(ValueError):
            return datetime.fromisoformat(text)
    zone = None
    if clock := _CLOCK.search(text):
        hour, name = int(clock["hour"]), (clock["zone"] or "").upper()
        if name and name not in _ZONES and name not in _NO_ZONES:
            return None
        if clock["half"] and hour <= 12:
            hour = hour % 12 + (12 if clock["half"] in "pP" else 0)
        zone = _read_zone(clock["offset"], name)
        text = f"{text[: clock.start()]}{hour:02}{clock['rest']} {text[clock.end() :]}"
    if moment := _read_plain(text):
        return moment if moment.tzinfo or zone is None else moment.replace(tzinfo=zone)
    return None


def _read_zone(offset: str | None, name: str) -> tzinfo | None:
    if offset:
        ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
        with suppress(ValueError):
            return timezone(-ahead if offset[0] == "-" else ahead)
    return timezone(timedelta(hours=_ZONES[name])) if name in _ZONES else None


def _read_plain(text: str) -> datetime | None:
    """The moment in a text whose hour is one of 24 and has no zone."""
    if len(text) > 10 and ":" in text:
        with suppress(ValueError, IndexError, OverflowError):
            return parsedate_to_datetime(text)
    for pattern in (_JAPANESE_DAY, _SLASHED_DAY):
        if (found := pattern.search(text)) and found["hour"]:
            return _build(found, with_time=True)
    return None


def _find_worded_day(text: str) -> datetime | None:
    for pattern in _WORDED_DAYS:
        if found := pattern.search(text):
            names = (re.fullmatch(one, found["name"], re.IGNORECASE) for one in _MONTHS)
            month = next(n for n, name in enumerate(names, 1) if name)
            with suppress(ValueError):
                return datetime(int(found["year"]), month, int(found["day"]), tzinfo=UTC)
    return None


def _may_be_either(found: re.Match[str]) -> bool:
    day, month = int(found["day"]), int(found["month"])
    return found.re is _DOTTED_DAY and day <= 12 and day != month


def _build(found: re.Match[str], *, with_time: bool) -> datetime | None:
    parts = found.groupdict()
    year = _year(parts)
    hour = int(parts["hour"] or 0) if with_time else 0
    if with_time and parts.get("half") == "午後" and hour < 12:
        hour += 12
    minute = int(parts["minute"] or 0) if with_time else 0
    try:
        # 深夜25時 is one o'clock of the next day.
        return datetime(year, int(parts["month"]), int(parts["day"])) + timedelta(hours=hour, minutes=minute)
    except (ValueError, OverflowError):
        return None


def _year(parts: dict[str, str | None]) -> int:
    if era := parts.get("era"):
        nth = parts["nth"]
        return ERAS[era] + (1 if nth == "元" else int(nth or 0))
    return int(parts["year"] or 0)


def _as_utc(moment: datetime) -> datetime | None:
    try:
        return moment.astimezone(UTC).replace(microsecond=0)
    except (OverflowError, ValueError):
        return None
