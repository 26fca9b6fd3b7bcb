"""When: Japanese dates against the day of the article, as far as the text fixes them (claims.md, section 2)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graph.records import PartialDate
from ingest.nlp.document import Span
from ingest.nlp.weeks import find_month_of_week

_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
_KANJI = {char: str(number) for number, char in enumerate("〇一二三四五六七八九")} | {"十": "10", "元": "1"}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_WEEKDAYS = "月火水木金土日"
_YEARS = {
    "一昨年": -2,
    "おととし": -2,
    "昨年": -1,
    "去年": -1,
    "前年": -1,
    "今年": 0,
    "本年": 0,
    "来年": 1,
    "翌年": 1,
    "再来年": 2,
}
_MONTHS = {"先々月": -2, "先月": -1, "前月": -1, "今月": 0, "来月": 1, "翌月": 1}
_WEEKS = {"先週": -1, "前週": -1, "今週": 0, "来週": 1}
_DAYS = {
    "一昨日": -2,
    "おととい": -2,
    "昨日": -1,
    "きのう": -1,
    "本日": 0,
    "今日": 0,
    "きょう": 0,
    "明日": 1,
    "あす": 1,
}
# Parts that things are divided into; beyond it 7/10 is a day.
_DIVISORS = 10
# A month without a year is this year's (last year's is written 昨年5月) unless it is farther ahead than this.
_AHEAD = 6
_SEASON = (
    r"(?:の)?(?:春|夏|秋|冬|初め|末|前半|後半|半ば|初頭|中頃|終わり|暮れ|年初|年末|下旬|上旬|中旬|夏頃|秋頃|春頃)?"
)
_YEAR = (
    r"(?:(?P<era>令和|平成|昭和)\s?(?P<eray>\d{1,2}|元)|(?P<year>(?:19|20)\d\d)"
    r"|(?P<short>(?<!\d)[0-9]{2}(?=年\d{1,2}月)))\s?年"
)


@dataclass(frozen=True, slots=True)
class When:
    """A day as far as the text fixes it, and where the text says so."""

    span: Span
    value: PartialDate
    text: str


def find_dates(text: str, today: date, same_day: PartialDate | None = None) -> tuple[When, ...]:
    """The dates of a sentence in order, none overlapping.

    same_day  what 同日 and 同月 refer back to: the last date before this sentence
    """
    plain = text.translate(_WIDTH)
    found: list[When] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(plain):
            free = all(match.end() <= one.span[0] or one.span[1] <= match.start() for one in found)
            value = read(match, today) if free else None
            if value:
                found.append(When(match.span(), PartialDate(value), text[slice(*match.span())]))
    found.extend(_iter_back_references(plain, found, same_day))
    return tuple(sorted(found, key=lambda one: one.span))


def _iter_back_references(plain: str, found: list[When], same_day: PartialDate | None) -> Iterator[When]:
    for match in re.finditer(r"同日|同月|同年|翌日|前日(?!比|終値|に比|より)", plain):
        before = [one.value for one in found if one.span[1] <= match.start()]
        value = _refer_back(match.group(), before[-1] if before else same_day)
        if value:
            yield When(match.span(), PartialDate(value), match.group())


def _refer_back(word: str, known: str | None) -> str | None:
    if not known or "Q" in known:
        return None
    if word in ("同月", "同年"):
        return known[:7] if word == "同月" and len(known) >= 7 else known[:4] if word == "同年" else None
    if len(known) < 10:
        return None
    shift = {"同日": 0, "翌日": 1, "前日": -1}[word]
    return (date.fromisoformat(known) + timedelta(shift)).isoformat()


def _year_of(match: re.Match[str], today: date) -> int:
    if match["era"]:
        return _ERAS[match["era"]] + int(_KANJI.get(match["eray"], match["eray"]))
    if match["year"]:
        return int(match["year"])
    return 2000 + int(match["short"])


def _read_full(match: re.Match[str], today: date) -> str | None:
    year = _year_of(match, today)
    if not match["month"]:
        return f"{year:04d}"
    return _make(year, int(match["month"]), match["day"])


def _read_quarter(match: re.Match[str], today: date) -> str:
    quarter = int(_KANJI.get(match["quarter"], match["quarter"]))
    return f"{_year_of(match, today)}-Q{quarter}"


def _read_last_quarter(match: re.Match[str], today: date) -> str:
    """A quarter without a year is the last that has ended."""
    quarter = int(match["q"] or _KANJI.get(match["quarter"], match["quarter"]))
    return f"{today.year if quarter * 3 < today.month else today.year - 1}-Q{quarter}"


def _read_relative_year(match: re.Match[str], today: date) -> str | None:
    year = today.year + _YEARS[match["word"]]
    if match["quarter"]:
        return f"{year}-Q{int(_KANJI.get(match['quarter'], match['quarter']))}"
    return _make(year, int(match["month"]), match["day"]) if match["month"] else str(year)


def _read_relative_month(match: re.Match[str], today: date) -> str | None:
    month = today.year * 12 + today.month - 1 + _MONTHS[match["word"]]
    return _make(month // 12, month % 12 + 1, match["day"])


def _read_month_day(match: re.Match[str], today: date) -> str | None:
    """A month without a year: this year's, or last year's when it lies more than half a year ahead."""
    month = int(match["month"])
    year = today.year - 1 if month > today.month + _AHEAD else today.year
    return _make(year, month, match["day"])


def _read_slashed(match: re.Match[str], today: date) -> str | None:
    """A month and a day as 7/10; what may be a fraction is none, unless it stands in brackets or by its weekday."""
    is_fraction = int(match["month"]) < int(match["day"]) <= _DIVISORS
    return None if is_fraction and match["sure"] is None else _read_month_day(match, today)


def _read_week(match: re.Match[str], today: date) -> str | None:
    return find_month_of_week(today, _WEEKS[match["word"]])


def _read_day(match: re.Match[str], today: date) -> str | None:
    """A lone day (28日): this month's, or last month's when it lies ahead."""
    day = int(match["day"])
    if not 1 <= day <= 31:
        return None
    if day <= today.day:
        return _make(today.year, today.month, str(day))
    last = today.replace(day=1) - timedelta(1)
    return _make(last.year, last.month, str(day))


def _read_relative_day(match: re.Match[str], today: date) -> str:
    return (today + timedelta(_DAYS[match["word"]])).isoformat()


def _read_weekday(match: re.Match[str], today: date) -> str:
    weekday = _WEEKDAYS.index(match["weekday"])
    monday = today - timedelta(today.weekday())
    if match["week"]:
        return (monday + timedelta(weekday, weeks=_WEEKS[match["week"]])).isoformat()
    back = (today.weekday() - weekday) % 7
    return (today - timedelta(back)).isoformat()


def _read_ago(match: re.Match[str], today: date) -> str | None:
    """A span before the day of the article: 3日前, 2カ月前, 1年前."""
    count = int(_KANJI.get(match["count"], match["count"]))
    if match["unit"] == "日":
        return (today - timedelta(count)).isoformat()
    if match["unit"] == "年":
        return str(today.year - count)
    month = today.year * 12 + today.month - 1 - count
    return _make(month // 12, month % 12 + 1, None)


def _read_season(match: re.Match[str], today: date) -> str:
    """昨夏, 今春, 来秋: the year alone."""
    return str(today.year + {"昨": -1, "今": 0, "来": 1}[match["word"]])


def _read_iso(match: re.Match[str], today: date) -> str | None:
    return _make(int(match["year"]), int(match["month"]), match["day"])


def _make(year: int, month: int, day: str | None) -> str | None:
    if not 1 <= month <= 12:
        return None
    if not day:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return None


_Reader = Callable[[re.Match[str], date], str | None]
_QUARTER = r"(?:度)?(?:の)?\s?第?(?P<quarter>[1-4一二三四])\s?四半期"
_RULES: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile(rf"{_YEAR}{_QUARTER}"), _read_quarter),
    (re.compile(r"(?<!\d)(?P<era>)(?P<year>20\d\d)年?\s?Q(?P<quarter>[1-4])(?!\d)"), _read_quarter),
    (re.compile(r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"), _read_iso),
    # In notes and tables: （2026.2）, 2025.2 に. A version is written behind a name.
    (re.compile(r"(?<![\w.])(?P<year>20[0-3]\d)\.(?P<month>1[0-2]|[1-9])(?=\s?[）)に〜から、|])(?P<day>)"), _read_iso),
    (re.compile(r"^(?P<year>20[0-3]\d)\.(?P<month>1[0-2]|[1-9])(?=[\s　])(?P<day>)"), _read_iso),
    (re.compile(r"^(?P<year>(?:19|20)\d\d)(?!\s?年)(?=[\s　：:]\D)(?P<era>)(?P<month>)(?P<day>)"), _read_full),
    (
        re.compile(rf"{_YEAR}(?:(?:の)?\s?(?P<month>\d{{1,2}})\s?月(?:\s?(?P<day>\d{{1,2}})\s?日)?)?{_SEASON}"),
        _read_full,
    ),
    (
        re.compile(
            rf"(?P<word>{'|'.join(_YEARS)})(?:{_QUARTER}|(?:の)?(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日)?|{_SEASON})"
        ),
        _read_relative_year,
    ),
    (re.compile(r"(?P<word>[昨今来])[春夏秋冬](?![一-龠])"), _read_season),
    (
        re.compile(
            r"(?<![\d.一-龠約])(?P<count>\d{1,2}|[一二三四五六七八九十])(?P<unit>日|年|[カか]月|[ヵヶケ箇]月)(?:ほど)?前(?![年日月倒提後半])"
        ),
        _read_ago,
    ),
    (re.compile(rf"(?P<word>{'|'.join(_MONTHS)})(?:(?P<day>\d{{1,2}})日)?{_SEASON}"), _read_relative_month),
    (
        re.compile(rf"(?<![\d年度])(?P<month>\d{{1,2}})月(?!額)(?:(?P<day>\d{{1,2}})日(?!間))?{_SEASON}"),
        _read_month_day,
    ),
    (re.compile(rf"(?P<week>{'|'.join(_WEEKS)})?(?:の)?(?P<weekday>[月火水木金土日])曜日?"), _read_weekday),
    (re.compile(rf"(?P<word>{'|'.join(_WEEKS)})"), _read_week),
    (
        re.compile(
            r"(?<![\w./])(?P<month>1[0-2]|[1-9])/(?P<day>[12]\d|3[01]|[1-9])"
            r"(?:(?P<sure>[（(][月火水木金土日祝・]+[）)]|(?=[）)]))|(?=に|から|より|まで|以降|付|発表|公開|発売|、|$))"
        ),
        _read_slashed,
    ),
    (
        re.compile(r"(?<![年度\d])第(?P<quarter>[1-4一二三四])四半期|(?<![A-Za-z\d年])Q(?P<q>[1-4])(?![\dA-Za-z])"),
        _read_last_quarter,
    ),
    (
        re.compile(
            r"(?<![\d月カか年第約])(?P<day>\d{1,2})日(?![間本前後常目数付あ当平]|で(?:約|計|\d|数)|の減|の下落)"
        ),
        _read_day,
    ),
    (re.compile(rf"(?P<word>{'|'.join(_DAYS)})(?![0-9])"), _read_relative_day),
)
