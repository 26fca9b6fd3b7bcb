"""What an article says of its own correction: which sentence, and since which day it was known."""

import re
from datetime import UTC, date, datetime, timedelta

from graph.records import Article

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOTE = re.compile(r"(?:^|(?<=\n))(?:Correction|Corrected|Clarification|Editor['’]s note|Update[d]?)\b[^\n]*", re.I)
_NOTE_JA = re.compile(r"(?:^|(?<=\n))[【〔（(]?(?:訂正|修正|お詫び|おわび|追記|更新)[^\n]*")
_DAY_EN = re.compile(r"\b(?P<month>[A-Z][a-z]{2})[a-z]*\.? (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?\b")
_DAY_EN_FIRST = re.compile(r"\b(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2})[a-z]*\.?(?: (?P<year>\d{4}))?\b")
_DAY_JA = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


def find_correction(text: str) -> tuple[int, int] | None:
    """Where the article says that it was corrected: a paragraph that begins so; None when none does."""
    found = _NOTE.search(text) or _NOTE_JA.search(text)
    return found.span() if found else None


def date_version(article: Article) -> datetime:
    """Since when the version was known: of the first its publication, of a later one the day that its note of
    correction gives, else when it was fetched, for the page keeps the date of its first version. The hour is that of
    the fetch where it was fetched on that day, else the day's end."""
    if article.version == 1:
        return article.published_at
    span = find_correction(article.text)
    fetched = max(article.published_at, article.fetched_at)
    day = _find_day(article.text[slice(*span)], article.published_at, fetched) if span else None
    return fetched if day is None or day.date() == fetched.date() else day


def _find_day(note: str, published_at: datetime, fetched_at: datetime) -> datetime | None:
    """The end of the first day named in the note, from publication to the day of the fetch; None when it names none."""
    for pattern in (_DAY_EN, _DAY_EN_FIRST, _DAY_JA):
        for found in pattern.finditer(note):
            day = _make_day(found["year"], found["month"], found["day"], published_at)
            if day and day.date() <= fetched_at.date():
                return day
    return None


def _make_day(year: str | None, month: str, day: str, published_at: datetime) -> datetime | None:
    number = int(month) if month.isdigit() else 1 + _MONTHS.index(month.lower()) if month.lower() in _MONTHS else 0
    for known in (int(year),) if year else (published_at.year, published_at.year + 1):
        try:
            found = date(known, number, int(day))
        except ValueError:
            return None
        moment = datetime(found.year, found.month, found.day, tzinfo=UTC) + timedelta(days=1, seconds=-1)
        if moment >= published_at:
            return moment
    return None
