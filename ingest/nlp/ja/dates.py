"""When: Japanese dates against the day of the article, as far as the text fixes them (docs/model.md)."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from graph.records import PartialDate
from ingest.nlp.calendar import Reader, find_month_of_week, make_day, make_month, settle_quarter
from ingest.nlp.document import Span
from ingest.nlp.ja.back import When, iter_counted
from ingest.nlp.ja.periods import KANJI, PERIODS, QUARTER, YEAR, YEAR_WORD, YEARS, year_of
from ingest.nlp.languages import Days

_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
_WEEKDAYS = "月火水木金土日"
_MONTHS = {"先々月": -2, "先月": -1, "前月": -1, "今月": 0, "来月": 1, "翌月": 1}
_WEEKS = {"先週": -1, "前週": -1, "今週": 0, "来週": 1}
_DAYS = {
    "一昨日": -2,
    "おととい": -2,
    "昨日": -1,
    "きのう": -1,
    "昨夜": -1,
    "昨晩": -1,
    "昨夕": -1,
    "ゆうべ": -1,
    "本日": 0,
    "今日": 0,
    "きょう": 0,
    "今朝": 0,
    "けさ": 0,
    "今夜": 0,
    "今晩": 0,
    "今夕": 0,
    "執筆時点": 0,
    "記事時点": 0,
    "明日": 1,
    "あす": 1,
    "明後日": 2,
    "あさって": 2,
}
_DAY_OR_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_NUMBERED = re.compile(r"\d\s?[月日]")
_LONE_DAY = re.compile(r"[0-9０-９]{1,2}\s?日")
_SLASHED = r"(?P<month>1[0-2]|[1-9])/(?P<day>[12]\d|3[01]|[1-9])"
# Parts that things are divided into; beyond it 7/10 is a day.
_DIVISORS = 10
_SEASON = (
    r"(?:の)?(?:春|夏|秋|冬|初め|末|前半|後半|半ば|初頭|中頃|終わり|暮れ|年初|年末|下旬|上旬|中旬|夏頃|秋頃|春頃)?"
)
# A month or a day of a month that nothing before it places in a year or a month.
_BARE_END = re.compile(
    rf"(?:^|[^\d年月前昨今来翌同毎度])(?:(?P<month>1?\d)\s?月(?:\s?\d{{1,2}}\s?日)?{_SEASON}|\d{{1,2}}\s?日)$"
)
# Right before a season, they say of which year it is.
_PLACED = "年の昨今来翌月"
# What lies back so little is told of, though its sentence speaks of what is to come.
_LATELY = timedelta(14)
_LATELY_MONTHS = 2
_YEAR_LONG = 12
# The month in which a season begins, and how many it lasts.
_SEASONS = {"春": 3, "夏": 6, "秋": 9}
_SEASON_LONG = 3
# So far into a year its turn is the one that has been.
_EARLY = 3
# A month without a year is this year's (last year's is written 昨年5月) unless it is farther ahead than this.
_AHEAD = 6


def find_days(text: str, today: date, before: Sequence[str] = ()) -> Days:
    """The dates of a sentence in order, none overlapping.

    before  days of a sentence before it, which 同日 and 同月 take up where this one has none ahead of them; as far as
            they need them these must agree
    """
    plain = text.translate(_WIDTH)
    found: list[When] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(plain):
            at = bisect_left(found, match.span(), key=_get_span)
            free = (at == 0 or found[at - 1].span[1] <= match.start()) and (
                at == len(found) or match.end() <= found[at].span[0]
            )
            value = read(match, today) if free else None
            if value:
                found.insert(at, When(match.span(), PartialDate(value), text[slice(*match.span())]))
    return [(one.span, one.value) for one in iter_counted(_stay_in_months(found), plain, before)]


def settle_day(value: PartialDate, text: str, today: date) -> PartialDate:
    """The day as it is meant where the sentence speaks of what is to come: 12月を予定 is the next December.

    text  the words that give it, with those before; a year or month that they name stays
    """
    season = _SEASONS.get(text[-1:]) if len(text) == 1 or text[-2] not in _PLACED else None
    if season:
        return PartialDate(str(today.year + (season + _SEASON_LONG <= today.month)))
    if "Q" in value:
        return value if "年" in text else PartialDate(settle_quarter(value, today))
    match = _BARE_END.search(text.translate(_WIDTH))
    if match is None or value >= today.isoformat()[: len(value)]:
        return value
    year, month, day = int(value[:4]), int(value[5:7]), value[8:]
    back = (today.year - year) * _YEAR_LONG + today.month - month
    if match["month"]:
        ahead = make_day(year + 1, month, day) if back > _LATELY_MONTHS else None
    else:
        recent = today - date.fromisoformat(value) <= _LATELY
        ahead = make_day(today.year, today.month, day) if back == 1 and not recent else None
    return PartialDate(ahead) if ahead and ahead >= today.isoformat()[: len(ahead)] else value


def _get_span(one: When) -> Span:
    return one.span


def _stay_in_months(found: Iterable[When]) -> Iterator[When]:
    """A lone day behind a month named before is one of that month: 7月16日に公開し、27日に."""
    last: PartialDate | None = None
    for one in found:
        day = one.value[8:]
        stays = last and _LONE_DAY.fullmatch(one.text) and _DAY_OR_MONTH.fullmatch(last) and day >= last[8:]
        value = make_day(int(last[:4]), int(last[5:7]), day) if last and stays else None
        settled = replace(one, value=PartialDate(value)) if value else one
        if _NUMBERED.search(one.text):
            last = settled.value
        yield settled


def _read_full(match: re.Match[str], today: date) -> str | None:
    year = year_of(match, today)
    if not match["month"]:
        return f"{year:04d}"
    return make_day(year, int(match["month"]), match["day"])


def _read_relative_year(match: re.Match[str], today: date) -> str | None:
    year = today.year + YEARS[match["word"]]
    if match["quarter"]:
        return f"{year}-Q{int(KANJI.get(match['quarter'], match['quarter']))}"
    return make_day(year, int(match["month"]), match["day"]) if match["month"] else str(year)


def _read_relative_month(match: re.Match[str], today: date) -> str | None:
    month = make_month(today.year, today.month + _MONTHS[match["word"]])
    return make_day(int(month[:4]), int(month[5:]), match["day"])


def _read_month_day(match: re.Match[str], today: date) -> str | None:
    """A month without a year: this year's, or last year's when it lies more than half a year ahead."""
    month = int(match["month"])
    year = today.year - 1 if month > today.month + _AHEAD else today.year
    return make_day(year, month, match["day"])


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
        return make_day(today.year, today.month, str(day))
    last = today.replace(day=1) - timedelta(1)
    return make_day(last.year, last.month, str(day))


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
    count = int(KANJI.get(match["count"], match["count"]))
    if match["unit"] == "日":
        return (today - timedelta(count)).isoformat()
    if match["unit"] == "年":
        return str(today.year - count)
    return make_month(today.year, today.month - count)


def _read_season(match: re.Match[str], today: date) -> str:
    """昨夏, 今春, 来秋: the year alone."""
    return str(today.year + {"昨": -1, "今": 0, "来": 1}[match["word"]])


def _read_bare_season(match: re.Match[str], today: date) -> str:
    """春に, 夏まで: this year's; last year's where that lies half a year ahead."""
    return str(today.year - (_SEASONS[match["season"]] - today.month >= _AHEAD))


def _read_turn(match: re.Match[str], today: date) -> str | None:
    """年末 is this year's, 年明け the January nearest."""
    if match["turn"] == "明け":
        return f"{today.year + (today.month > _EARLY)}-01"
    return str(today.year) if today.month > _EARLY else None


def _read_iso(match: re.Match[str], today: date) -> str | None:
    return make_day(int(match["year"]), int(match["month"]), match["day"])


_RULES: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(r"(?P<year>(?:19|20)\d\d)(?:[-/.]|年\s?(?=\d+/))(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
        _read_iso,
    ),
    *PERIODS,
    (re.compile(r"^(?P<year>(?:19|20)\d\d)(?!\s?年)(?=[\s　：:]\D)(?P<era>)(?P<month>)(?P<day>)"), _read_full),
    (
        re.compile(rf"{YEAR}(?:(?:の)?\s?(?P<month>\d{{1,2}})\s?月(?:\s?(?P<day>\d{{1,2}})\s?日)?)?{_SEASON}"),
        _read_full,
    ),
    (
        re.compile(
            rf"{YEAR_WORD}(?!同期|(?:度|同月)?(?:実績)?比)(?:{QUARTER}|(?:の)?\s?(?P<month>\d{{1,2}})\s?月"
            rf"(?:\s?(?P<day>\d{{1,2}})\s?日)?|{_SEASON})"
        ),
        _read_relative_year,
    ),
    (re.compile(r"(?P<word>[昨今来])[春夏秋冬](?![闘季田物])"), _read_season),
    (
        re.compile(r"(?<![一-龠々ァ-ヶー年月の])(?P<season>[春夏秋])(?=に(?!な|も?似)|まで|ごろ|頃|以降|から)"),
        _read_bare_season,
    ),
    (re.compile(r"(?<![\d一-龠々の])年(?P<turn>末(?=まで|に[もは])|明け(?=[にまかはを、]))"), _read_turn),
    (
        re.compile(
            r"(?<![\d.一-龠約])(?<!約 )(?P<count>\d{1,2}|[一二三四五六七八九十])\s?"
            r"(?P<unit>日|年|[カか]月|[ヵヶケ箇]月)(?:ほど)?\s?前(?![年日月倒提後半])"
        ),
        _read_ago,
    ),
    (re.compile(rf"(?P<word>{'|'.join(_MONTHS)})(?:\s?(?P<day>\d{{1,2}})\s?日)?{_SEASON}"), _read_relative_month),
    (
        re.compile(
            r"(?<![\d年度])(?<![年度] )(?P<month>\d{1,2})\s?月(?![額曜間次産])"
            rf"(?:\s?(?P<day>\d{{1,2}})\s?日(?!\s?間))?{_SEASON}"
        ),
        _read_month_day,
    ),
    (re.compile(rf"(?P<week>{'|'.join(_WEEKS)})?(?:の)?(?P<weekday>[月火水木金土日])曜日?"), _read_weekday),
    (re.compile(rf"(?P<word>{'|'.join(_WEEKS)})"), _read_week),
    (
        re.compile(
            rf"(?<![A-Za-z\d_./]){_SLASHED}"
            r"(?:(?P<sure>[（(][月火水木金土日祝・]+[）)]|(?=[）)]))|(?=に|から|より|まで|以降|付|発表|公開|発売|、|$)|(?<=/1[1-9])(?=の)|(?<=/2\d)(?=の)|(?<=/3[01])(?=の))"
        ),
        _read_slashed,
    ),
    # At the head of an item of a list.
    (re.compile(rf"^{_SLASHED}(?P<sure>(?!))?(?=[\s　:：])"), _read_slashed),
    (
        re.compile(
            # Behind a space 日 may begin a word: "Gemma 3 日立版"; "1 日 100 万回" is a day long.
            r"(?<![\d月カか年第約])(?<![月年第約計] )(?P<day>\d{1,2}(?=日)|(?<![A-Za-z] )(?<![-A-Za-z])\d{1,2}"
            r"(?=\s日(?!\s?[立経産英米])(?!\s?\d(?!\d?\s?時))))\s?日"
            r"(?!\s?[間本前後常目数あ当平]|付(?!け?で)|で(?:約|計|\d|数)|の減|の下落)"
        ),
        _read_day,
    ),
    (re.compile(rf"(?<![静だ])(?P<word>{'|'.join(_DAYS)})(?![0-9]|(?<=さ)の|(?<=朝)の)"), _read_relative_day),
)
