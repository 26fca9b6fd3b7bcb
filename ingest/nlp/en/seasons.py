"""Seasons, halves and ends of years: what a text names without its year, and which year it means."""

import re
from datetime import date

from ingest.nlp.calendar import Reader
from ingest.nlp.en.periods import SEASON, YEAR

# The first month of each; of a winter without a year nobody knows which it is of.
_FIRST = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_LONG = 3
_YEARLY = r"(?! of\b|,? (?:of )?(?:19|20)[0-9]{2}| quarter)"
_BARE = re.compile(
    r"\b(?:(?:in|by|over|since|during|until|through|before|due) (?:(?:the|early|late) )*|(?:for|from|after) the )"
    rf"(?P<season>{'|'.join(_FIRST)})\b(?![-\w]){_YEARLY}",
    re.IGNORECASE,
)
_NEXT = re.compile(rf"\bnext (?P<season>{'|'.join(_FIRST)})\b", re.IGNORECASE)
_LAST = re.compile(rf"\blast (?P<season>{SEASON})\b", re.IGNORECASE)
_REPORTED = r"(?:net |operating )?(?:results?|profit|revenue|sales|earnings|loss(?:es)?|decline|gain|drop|rise|growth)"
_HALF = re.compile(
    r"\b(?:in|for|during|over|from|by) the (?P<half>first|second) half(?! of|[ -]\w+ of)"
    rf"|\b(?P<of>first|second)[ -]half(?= {_REPORTED}\b)|\b(?P<short>H[12]|[12]H)(?= {_REPORTED}\b)"
    r"|\b(?:in|for|during|from|by) (?P<bare>H[12]|[12]H)"
    r"(?=[.,;:)]|$| (?:and|at|as|was|is|from|to|on|with|it|we)\b)",
    re.IGNORECASE,
)
# What a firm calls the year is the one that it counts by; in spring its last is told.
_WHOLE = re.compile(
    r"\b(?:for|over|in) the (?:full|whole|entire)[ -]year\b(?! (?:19|20)[0-9]{2}| (?:to|end))"
    r"|\bfull-year(?= (?:\w+ )?(?:guidance|guide|forecast|outlook|target|sales|revenue|profit|earnings|results)\b)"
    r"|\bfor the year(?=[.,;:)]|$| (?:at|by|and|but|from|as|while|was|were|is|to between)\b)"
    r"|\b(?:by|at|before|until) (?:the )?year(?:['’]s)?[ -]end\b|\bbefore the year is out\b",
    re.IGNORECASE,
)
_TOLD_UNTIL = 3
_CHRISTMAS = re.compile(r"\b(?:by|before|at|until|since|for|around|this) Christmas\b(?! [A-Z])")
_NEW_YEAR = re.compile(
    r"\b(?P<since>[Ss]ince (?:the )?New Year)\b(?!['’])|\b(?:in|into|until|early in) the [Nn]ew [Yy]ear\b"
)
_AUTUMN = 9
_MONTHS = 12


def find_coming_year(words: str, today: date) -> str | None:
    """The year that such words mean in a sentence about what is to come; None where they are none of these."""
    season = _BARE.search(words)
    if season:
        return str(today.year + (_begin(season) + _LONG <= today.month))
    return str(today.year) if _HALF.search(words) or _WHOLE.search(words) else None


def _begin(match: re.Match[str]) -> int:
    return _FIRST[match["season"].lower()]


def _read_bare(match: re.Match[str], today: date) -> str | None:
    """The year in which such a season was last."""
    return str(today.year - (_begin(match) >= today.month))


def _read_next(match: re.Match[str], today: date) -> str | None:
    """Next year's where this year's has come; before it has, either may be meant."""
    return str(today.year + 1) if _begin(match) <= today.month else None


def _read_last(match: re.Match[str], today: date) -> str | None:
    """Last year's, or this year's where that is long over: in November "last spring" is some months ago."""
    first = _FIRST.get(match["season"].lower(), _MONTHS)
    return str(today.year - (first + 2 * _LONG - 1 > today.month))


def _read_half(match: re.Match[str], today: date) -> str | None:
    """This year's, or last year's where the second has not begun, or the first is not nearly over."""
    half = (match["half"] or match["of"] or match["short"] or match["bare"]).lower()
    begun = _MONTHS // 2 - (half == "first" or "1" in half)
    return str(today.year if today.month > begun else today.year - 1)


def _read_whole(match: re.Match[str], today: date) -> str | None:
    return str(today.year - (today.month <= _TOLD_UNTIL))


def _read_christmas(match: re.Match[str], today: date) -> str | None:
    return f"{today.year - (today.month < _MONTHS)}-{_MONTHS}"


def _read_new_year(match: re.Match[str], today: date) -> str | None:
    return str(today.year + (match["since"] is None and today.month >= _AUTUMN))


SEASONS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_HALF, _read_half),
    (_WHOLE, _read_whole),
    (re.compile(rf"\b(?i:{SEASON}) (?:of )?{YEAR}\b"), lambda m, t: str(m["year"])),
    (_NEXT, _read_next),
    (_LAST, _read_last),
    (re.compile(rf"\bthis {SEASON}\b", re.IGNORECASE), lambda m, t: str(t.year)),
    (_BARE, _read_bare),
    (_CHRISTMAS, _read_christmas),
    (_NEW_YEAR, _read_new_year),
)
"""Each pattern with what reads its match, given the day of the article."""
