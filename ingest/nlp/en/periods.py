"""Months of a year, quarters, halves and years, as English text and its tables write them."""

import re
from datetime import date

from ingest.nlp.calendar import PLAIN_YEAR, YEAR_IN_CELL, Reader, find_quarter, read_year

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

_REPORTED = (
    r"(?:full-year |annual )?(?:profit|revenue|sales|earnings|guidance|forecasts?|outlook|results?|budget|capital "
    r"(?:spending|expenditures?)|capex|net (?:income|profit|loss)|target|estimates?)"
)
# What was done in a year: "its 2023 purchase".
_DEED = (
    r"(?:releases?|launch(?:es)?|debut|sale|purchases?|acquisitions?|takeover|merger|deals?|(?:funding )?rounds?|"
    r"funding|investments?|IPO|listing|surveys?|stud(?:y|ies)|report|paper|ruling|verdict|decision|"
    r"lawsuits?|suit|settlement|clearance|approval|agreement|contract|pact|elections?|accident|crash|breach|hack|leak|"
    r"outage|ban|fine|bid|offer|strike|peak|high|low)"
)
_WHOSE = r"(?:(?<=\b[Aa] )|(?<=\b(?:the|his|her|our) )|(?<=\b[Ii]ts )|(?<=\btheir )|(?<=['’]s ))"
_QUARTER = r"(?:Q[1-4]|[1-4]Q|(?i:first|second|third|fourth)[ -](?i:quarter))"
# What is accounted for at once, and when it ends.
_PERIOD = (
    r"(?i:(?:(?P<quarter>quarter|(?:three|3)[ -]months?)|(?:half|half[ -]year|(?:fiscal )?year|"
    r"(?:six|nine|twelve|6|9|12)[ -]months?))(?: period)?)"
)
_END = rf"(?: in| on)?(?: the end of)? {MONTH}(?: \d{{1,2}}(?:st|th)?\b)?(?:,? {YEAR})?"
_PART = re.compile(rf"(?:\b(?:Q[1-4]|H[12]|quarter|half|of)|{MONTH.replace('?P<month>', '?:')}) $")
# Days after the end of a quarter in which most of its results are told.
_RESULTS = 45
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _read_month_year(match: re.Match[str], today: date) -> str | None:
    return f"{match['year']}-{MONTHS[match['month'].lower()]:02d}"


def _read_short_year(match: re.Match[str], today: date) -> str | None:
    return f"20{match['short']}"


def _read_fiscal_year(match: re.Match[str], today: date) -> str | None:
    """A fiscal year by its name, and so a quarter of one: its months are the firm's own."""
    return str(match["year"] or f"20{match['short']}")


def _read_numbered_month(match: re.Match[str], today: date) -> str | None:
    return f"{match['year']}-{match['m']}"


def _read_quarter_end(match: re.Match[str], today: date) -> str | None:
    return find_quarter(_find_year_of_end(match, today), MONTHS[match["month"].lower()])


def _read_period_end(match: re.Match[str], today: date) -> str | None:
    """The quarter that ends so, or the year in which some other months do."""
    return _read_quarter_end(match, today) if match["quarter"] else str(_find_year_of_end(match, today))


def _find_year_of_end(match: re.Match[str], today: date) -> int:
    """The year that is told, else that in which such a month was last."""
    if match["year"]:
        return int(match["year"])
    return today.year if MONTHS[match["month"].lower()] <= today.month else today.year - 1


def _read_quarter(match: re.Match[str], today: date) -> str | None:
    number = _QUARTERS[(match["q"] or match["first"] or match["name"]).lower()]
    year = match["year"] or (str(today.year) if number * 3 <= today.month + 2 else str(today.year - 1))
    return f"{year}-Q{number}"


def _read_short_quarter(match: re.Match[str], today: date) -> str | None:
    return f"20{match['short']}-Q{match['q'] or match['first']}"


def _read_reported_year(match: re.Match[str], today: date) -> str | None:
    """The year of "its 2025 guidance"; that of "Q2 2025 guidance" belongs to the quarter."""
    return None if _PART.search(match.string[: match.start()]) else str(match["year"])


def _read_named_quarter(match: re.Match[str], today: date) -> str | None:
    """The quarter of today, the one after it, or the last that has ended: "this quarter", "the latest quarter"."""
    which = match["which"].lower()
    on = {"this": 0, "current": 0, "next": 1, "coming": 1}.get(which, -1)
    return find_quarter(today.year, today.month + 3 * on)


def _read_the_quarter(match: re.Match[str], today: date) -> str | None:
    """The last that has ended; "in the quarter" is told of it for some weeks alone."""
    over = (today - date(today.year, (today.month - 1) // 3 * 3 + 1, 1)).days
    return None if match["lately"] and over > _RESULTS else _read_named_quarter(match, today)


def _read_this_year(match: re.Match[str], today: date) -> str | None:
    return str(today.year)


PERIODS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(rf"{MONTH},? (?:of )?{YEAR}"), _read_month_year),
    # "2023/05", "2026-08": in tables and notes.
    (re.compile(rf"(?<![\w/.-]){PLAIN_YEAR}[/-](?P<m>0[1-9]|1[0-2])(?![\w/-]|\.\d)"), _read_numbered_month),
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
            r"(?<![Ff]iscal[ -])(?:\b(?:Q(?P<q>[1-4])|(?P<first>[1-4])Q)(?!\w| ?['’]\d)|"
            rf"\b(?P<name>(?i:first|second|third|fourth))[ -](?i:quarters?)\b)(?:,? (?:of )?{YEAR})?"
        ),
        _read_quarter,
    ),
    (re.compile(rf"\b(?:[12]H|H[12])(?: of)? ?{YEAR}\b"), read_year),
    (re.compile(r"\b(?:[12]H|H[12] ?['’]) ?['’]?(?P<short>[0-3]\d)\b"), _read_short_year),
    (
        re.compile(
            r"\b(?:(?:first|second) half|start|beginning|end|rest|remainder|middle) of the year\b"
            r"|\byear[- ]to[- ]date\b|\bthis fiscal year\b",
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
        read_year,
    ),
    (
        re.compile(
            r"\b(?:for|from|through|throughout|after|than|than in|into|targeting|eyeing|(?:until|through) at least|"
            r"(?:run\w*|slip\w*|delayed|back|extend\w*|stretch\w*|late|early) to|(?<=20\d\d )(?:and|or))(?: all of)? "
            r"(?P<year>20[1-3]\d)\b(?![,.]\d|[ -](?:to|and|-|–)? ?\d| (?!(?:was|is|as|has)\b)[A-Za-z-]+s\b| people\b)"
        ),
        read_year,
    ),
    (re.compile(rf"(?<![\w$€£¥,.-]){PLAIN_YEAR}(?= {_REPORTED}\b|['’]s )"), _read_reported_year),
    (
        re.compile(rf"{_WHOSE}{PLAIN_YEAR}(?= (?:(?:[A-Z][\w/.&-]*|[a-z]+-[a-z]+) )?{_DEED}\b)"),
        read_year,
    ),
    # A year in a cell of its own, and one that begins a sentence as its day: "2021 they went public".
    (YEAR_IN_CELL, read_year),
    (re.compile(rf"(?:^|(?<=[.!?] )){PLAIN_YEAR}(?=,? (?:they|we|he|she|it|the)\b)"), read_year),
    # "(2024)", "(Oslo, 2024)", "up to $5 million (2024: $3 million)"; a line of a chronology.
    (re.compile(rf"(?:\(|[(;,] ){YEAR}(?=\)|: )"), read_year),
    (re.compile(rf"^{PLAIN_YEAR}(?=: | [–—-] (?!\d))"), read_year),
    (re.compile(rf"^{YEAR}, {MONTH}(?=[:.]| [–—-] )"), _read_month_year),
    (
        re.compile(r"\b(?P<which>this|current|last|latest|past|most recent|next|coming) quarter\b", re.I),
        _read_named_quarter,
    ),
    # "$28.6 billion in revenue for the quarter" is told of the one that has ended.
    (
        re.compile(
            r"\b(?:for|during|(?P<lately>in)) (?P<which>the) quarter\b"
            r"(?! (?:that |which )?(?:end|start|beg[ai]n|to |of |before |after |when ))",
            re.I,
        ),
        _read_the_quarter,
    ),
    (re.compile(rf"\b{MONTH} quarter\b(?: (?:of )?{YEAR})?"), _read_quarter_end),
    (re.compile(rf"\b{_PERIOD}(?i: (?:that )?end(?:ed|ing|s)){_END}"), _read_period_end),
    # "By three months to October" is no period.
    (re.compile(rf"(?i:(?<=\bthe )){_PERIOD}(?i: (?:to|through)){_END}"), _read_period_end),
    (re.compile(rf"\b(?:full[ -]year|calendar(?: year)?) {YEAR}\b", re.I), read_year),
)
"""Each pattern with what reads its match, given the day of the article."""
