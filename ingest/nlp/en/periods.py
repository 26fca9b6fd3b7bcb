"""Months of a year, quarters, halves and years, as English text and its tables write them."""

import re
from collections.abc import Callable
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
"""The number of each month by its name and its short names, in lower case."""
MONTH = "(?P<month>" + "|".join(sorted((m.title() for m in MONTHS), key=len, reverse=True)) + r")\b\.?"
YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
SEASON = r"(?:spring|summer|fall|autumn|winter)"
Reader = Callable[[re.Match[str], date], str | None]

# A year without any word that says so stands where no count would: in a cell of its own, before "guidance".
_PLAIN_YEAR = r"(?P<year>19[5-9]\d|20[0-3]\d)"
_CELL = r"(?:(?<=\|)|(?<=\| )|(?<=\|  )|(?<=\|\*\*)|(?<=\| \*\*))"
_REPORTED = (
    r"(?:full-year |annual )?(?:profit|revenue|sales|earnings|guidance|forecasts?|outlook|results?|budget|capital "
    r"(?:spending|expenditures?)|capex|net (?:income|profit|loss)|target|estimates?)"
)
_QUARTER = r"(?:Q[1-4]|[1-4]Q|(?:first|second|third|fourth)[ -]quarter)"
# What is accounted for at once, and when it ends.
_PERIOD = (
    r"(?i:(?:(?P<quarter>quarter|(?:three|3)[ -]months?)|(?:half|half[ -]year|(?:fiscal )?year|"
    r"(?:six|nine|twelve|6|9|12)[ -]months?))(?: period)?)"
)
_END = rf"(?: in| on)?(?: the end of)? {MONTH}(?: \d{{1,2}}(?:st|th)?\b)?(?:,? {YEAR})?"
_PART = re.compile(rf"(?:\b(?:Q[1-4]|H[12]|quarter|half|of)|{MONTH.replace('?P<month>', '?:')}) $")
_HALF_REPORTED = r"(?:results?|profit|revenue|sales|earnings|loss(?:es)?|decline|gain|drop|rise|growth)"
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _read_month_year(match: re.Match[str], today: date) -> str | None:
    return f"{match['year']}-{MONTHS[match['month'].lower()]:02d}"


def _read_year(match: re.Match[str], today: date) -> str | None:
    return str(match["year"])


def _read_short_year(match: re.Match[str], today: date) -> str | None:
    return f"20{match['short']}"


def _read_fiscal_year(match: re.Match[str], today: date) -> str | None:
    """A fiscal year by its name, and so a quarter of one: its months are the firm's own."""
    return str(match["year"] or f"20{match['short']}")


def _read_numbered_month(match: re.Match[str], today: date) -> str | None:
    return f"{match['year']}-{match['m']}"


def _read_quarter_end(match: re.Match[str], today: date) -> str | None:
    return f"{_find_year_of_end(match, today)}-Q{(MONTHS[match['month'].lower()] + 2) // 3}"


def _read_period_end(match: re.Match[str], today: date) -> str | None:
    """The quarter that ends so, or the year in which some other months do."""
    return _read_quarter_end(match, today) if match["quarter"] else str(_find_year_of_end(match, today))


def _find_year_of_end(match: re.Match[str], today: date) -> int:
    """The year that is told, else that in which such a month was last."""
    if match["year"]:
        return int(match["year"])
    return today.year if MONTHS[match["month"].lower()] <= today.month else today.year - 1


def _read_quarter(match: re.Match[str], today: date) -> str | None:
    number = _QUARTERS[(match["q"] or match["name"]).lower()]
    year = match["year"] or (str(today.year) if number * 3 <= today.month + 2 else str(today.year - 1))
    return f"{year}-Q{number}"


def _read_short_quarter(match: re.Match[str], today: date) -> str | None:
    return f"20{match['short']}-Q{match['q'] or match['first']}"


def _read_reported_year(match: re.Match[str], today: date) -> str | None:
    """The year of "its 2025 guidance"; that of "Q2 2025 guidance" belongs to the quarter."""
    return None if _PART.search(match.string[: match.start()]) else str(match["year"])


def _read_named_quarter(match: re.Match[str], today: date) -> str | None:
    """The quarter of today, or the last that has ended: "this quarter", "the latest quarter"."""
    index = today.year * 4 + (today.month - 1) // 3 - (match["which"].lower() not in ("this", "current"))
    return f"{index // 4}-Q{index % 4 + 1}"


def _read_half(match: re.Match[str], today: date) -> str | None:
    """The year of a half that is told without one: this year's, or last year's where it has not begun."""
    return str(today.year if (match["half"] or match["of"]).lower() == "first" or today.month > 6 else today.year - 1)


def _read_this_year(match: re.Match[str], today: date) -> str | None:
    return str(today.year)


PERIODS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(rf"{MONTH},? (?:of )?{YEAR}"), _read_month_year),
    # "2023/05", "2026-08": in tables and notes.
    (re.compile(rf"(?<![\w/.-]){_PLAIN_YEAR}[/-](?P<m>0[1-9]|1[0-2])(?![\w/-]|\.\d)"), _read_numbered_month),
    (re.compile(r"\b(?:Q(?P<q>[1-4]) ?['’]|(?P<first>[1-4])Q ?['’]?)(?P<short>[0-3]\d)\b"), _read_short_quarter),
    (
        re.compile(
            rf"(?:\b(?:[Ff]iscal[ -])?{_QUARTER}(?: results)?(?:,? (?:of|for|in) (?:its |the )?|,? )?)?"
            rf"\b(?:FY ?|[Ff]iscal (?:year )?)['’]?(?:{YEAR}|(?P<short>[0-3]\d))\b(?:,? {_QUARTER}\b)?"
        ),
        _read_fiscal_year,
    ),
    (
        re.compile(rf"\b[Ff]iscal[ -]{_QUARTER}(?:,? (?:of )?|, )(?:['’](?P<short>[0-3]\d)\b|{YEAR})"),
        _read_fiscal_year,
    ),
    (
        re.compile(
            rf"(?<![Ff]iscal[ -])(?:\bQ(?P<q>[1-4])|(?P<name>first|second|third|fourth)[ -]quarter)(?: (?:of )?{YEAR})?"
        ),
        _read_quarter,
    ),
    (re.compile(rf"\b(?:[12]H|H[12]) ?{YEAR}\b"), _read_year),
    (re.compile(r"\b(?:[12]H|H[12] ?['’]) ?['’]?(?P<short>[0-3]\d)\b"), _read_short_year),
    (
        re.compile(
            r"\b(?:(?:first|second) half|start|beginning|end|rest|remainder|middle) of the year\b"
            r"|\byear[- ]to[- ]date\b",
            re.I,
        ),
        _read_this_year,
    ),
    (
        re.compile(
            rf"\b(?:in|since|by|during|of|early|late|mid|early in|late in|before|until)(?: |(?<=mid)-| mid-)"
            rf"{YEAR}\b(?![/-]\d)",
            re.I,
        ),
        _read_year,
    ),
    (
        re.compile(
            r"\b(?:for|from|through|throughout|after|than|than in|into|targeting|eyeing)(?: all of)? "
            r"(?P<year>20[12]\d)\b(?![,.]\d|[ -](?:to|and|-|–)? ?\d| (?!(?:was|is|as|has)\b)[A-Za-z-]+s\b| people\b)"
        ),
        _read_year,
    ),
    (re.compile(rf"(?<![\w$€£¥,.-]){_PLAIN_YEAR}(?= {_REPORTED}\b|['’]s )"), _read_reported_year),
    # A year in a cell of its own, and one that begins a sentence as its day: "2021 they went public".
    (re.compile(rf"{_CELL}{_PLAIN_YEAR}(?=[\s*]*(?:\||$))"), _read_year),
    (re.compile(rf"(?:^|(?<=[.!?] )){_PLAIN_YEAR}(?=,? (?:they|we|he|she|it|the)\b)"), _read_year),
    (re.compile(rf"\b{SEASON} (?:of )?{YEAR}\b"), _read_year),
    (re.compile(rf"\({YEAR}\)"), _read_year),
    (re.compile(r"\b(?P<which>this|current|last|latest|past|most recent) quarter\b", re.I), _read_named_quarter),
    # "$28.6 billion in revenue for the quarter" is told of the one that has ended.
    (
        re.compile(
            r"\b(?:for|during) (?P<which>the) quarter\b(?! (?:that |which )?(?:end|start|beg[ai]n|to |of ))", re.I
        ),
        _read_named_quarter,
    ),
    (
        re.compile(
            r"\b(?:(?:in|for|during|over) the (?P<half>first|second) half(?! of|[ -]\w+ of)|"
            rf"(?P<of>first|second)[ -]half(?= {_HALF_REPORTED}\b))",
            re.I,
        ),
        _read_half,
    ),
    (re.compile(rf"\b{MONTH} quarter\b(?: (?:of )?{YEAR})?"), _read_quarter_end),
    (re.compile(rf"\b{_PERIOD}(?i: (?:that )?end(?:ed|ing|s)){_END}"), _read_period_end),
    # "By three months to October" is no period.
    (re.compile(rf"(?i:(?<=\bthe )){_PERIOD}(?i: (?:to|through)){_END}"), _read_period_end),
    (re.compile(rf"\b(?:full[ -]year|calendar(?: year)?) {YEAR}\b", re.I), _read_year),
)
"""Each pattern with what reads its match, given the day of the article."""
