"""Years, halves and quarters of Japanese text, business years (2027年3月期) and the short forms of its tables: 2025.2,
2026-08, 4〜6月期, FY2027."""

import re
from datetime import date

from ingest.nlp.calendar import PLAIN_YEAR, YEAR_IN_CELL, Reader, read_year
from ingest.parsing.dates import ERAS

KANJI = {char: str(number) for number, char in enumerate("〇一二三四五六七八九")} | {"十": "10", "元": "1"}
YEARS = {
    "一昨年": -2,
    "おととし": -2,
    "昨年": -1,
    "去年": -1,
    "前年": -1,
    "今年": 0,
    "ことし": 0,
    "本年": 0,
    "来年": 1,
    "翌年": 1,
    "再来年": 2,
}
# But for ことし of 眺めることしかできない.
YEAR_WORD = rf"(?P<word>{'|'.join(YEARS)})(?<!ることし)(?!(?<=ことし)[かてたなま])"
# Two digits are a year where a month or a quarter follows: 24年11月, 24年1〜3月期, 24年第1四半期.
_WITHIN = r"年(?:\d{1,2}(?:月|[〜～~\-−–]\d{1,2}月)|第?[1-4一二三四]四半期)"
YEAR = (
    r"(?:(?P<era>令和|平成|昭和)\s?(?P<eray>\d{1,2}|元)|(?P<year>(?:19|20)\d\d)"
    rf"|(?P<short>(?<!\d)[0-9]{{2}}(?={_WITHIN})))\s?年"
)
# Alone they are one by what stands around them; 約25年, 20年に一度 and 25年の歴史 are lengths of time.
_NO_LENGTH = (
    r"(?<![\d.,・年第約満計期最長後全毎各令和平成昭役錮刑婚続〜～~\-−–])(?<![こそ]の)(?<!ここ)"
    r"(?<!過去)(?<!今後)(?<!向こう)(?<!およそ)(?<!わずか)(?<!入社)(?<!創業)(?<!設立)(?<!創業から)(?<!設立から)(?<!発足から)"
)
_LENGTHS = (
    r"には?(?:わた|亘|渡|及ん|及ぶ|およ|[1-9一二三]\s?(?:度|回)|満た|な[りっる]|相当|延|短|伸|縮|減|増|設定)"
    r"|[のは][^、。]{0,6}?(?:記念|節目|歴史|経験|経歴|キャリア|刑|実刑|懲役|禁錮|期間|契約|(?<!年)間|月日|歳月|伝統|実績|任期|寿命|保証|勤務"
    r"|ローン|有効)"
)
SHORT_YEAR = (
    rf"{_NO_LENGTH}(?P<two>[0-3](?:[1-9]|\d(?=年(?:に|まで|以降|末))))年(?!{_LENGTHS})(?=に|から|まで|の|は|以降|時点|当時"
    r"|ごろ|頃|通期|[春夏秋冬](?![一-龠])|初め|初頭|半ば|[前後]半|末|[上下]半?期)"
)
"""A year of two digits alone, as its group `two`."""
QUARTER = r"(?:度)?(?:の)?\s?第?(?P<quarter>[1-4一二三四])\s?四半期(?!の?累計)"

# Months from the first to the last: 4〜6月, 4〜12月期; not so far as the next day, 4〜6月5日.
_SPANS = (
    r"(?P<first>1[0-2]|[1-9])\s?月?\s?(?:[〜～~\-−–]|(?<=月)から(?=(?:\d+年|[^\d、。]{2,3})?\d+月(?:期|まで)))"
    r"\s?(?P<later>(?:20)?\d\d年|今年|ことし|同年|翌年)?"
    r"(?P<last>1[0-2]|[1-9])\s?月(?P<period>期|まで(?=の(?:決算|四半期|3)))?(?!\s?\d+\s?日|号)"
)
# A quarter of a business year that says which months it has: 第1四半期（4〜6月）.
_NUMBERED = r"(?:第[1-4一二三四]四半期\s?[（(]\s?)?"
_MONTHS = r"\d+\s?月?\s?[〜～~\-−–]\s?\d+\s?月期?"
# The year by which a firm counts, by the month that ends it, and a quarter of it.
_OF_MONTHS = rf"(?:\s?[（(]\s?{_MONTHS})?"
_BUSINESS_YEAR = (
    rf"(?<![〜～~\-−–])(?:{YEAR}|{YEAR_WORD})\s?(?P<month>\d{{1,2}})\s?月期"
    rf"(?:(?:決算)?(?:の|は)?\s?{QUARTER}{_OF_MONTHS})?"
)
_YEAR_LONG, _QUARTER_LONG = 12, 3
# The public year begins in April: in March this one is last year's.
_FISCAL = {"前": -1, "昨": -1, "今": 0, "本": 0, "来": 1, "翌": 1}
_APRIL = 4
# How far from the article two digits alone are a year; beyond it they count years.
_NEAR = 9
# A quarter named by its months alone is no more than this many months ahead; beyond it, it is last year's.
_AHEAD = 3


def year_of(match: re.Match[str], today: date) -> int:
    """The year that YEAR found, eras and two digits included."""
    if match["era"]:
        return ERAS[match["era"]] + int(KANJI.get(match["eray"], match["eray"]))
    if match["year"]:
        return int(match["year"])
    return 2000 + int(match["short"])


def _read_quarter(match: re.Match[str], today: date) -> str:
    quarter = int(KANJI.get(match["quarter"], match["quarter"]))
    return f"{year_of(match, today)}-Q{quarter}"


def _read_last_quarter(match: re.Match[str], today: date) -> str:
    """A quarter without a year is the last that has ended."""
    quarter = int(match["q"] or KANJI.get(match["quarter"], match["quarter"]))
    return f"{today.year if quarter * 3 < today.month else today.year - 1}-Q{quarter}"


def _read_business_year(match: re.Match[str], today: date) -> str | None:
    """A business year as the year that it is called by, a quarter of it as that of the calendar.

    2026年3月期第1四半期 is April to June 2025. Where it is none of the calendar, the year of its end.
    """
    year = today.year + YEARS[match["word"]] if match["word"] else year_of(match, today)
    month = int(match["month"])
    if not match["quarter"]:
        return f"{year}" if 1 <= month <= _YEAR_LONG else None
    quarter = int(KANJI.get(match["quarter"], match["quarter"]))
    end = year * _YEAR_LONG + month - 1 - _YEAR_LONG + quarter * _QUARTER_LONG
    number = (end % _YEAR_LONG + 1) / _QUARTER_LONG
    return f"{end // _YEAR_LONG}-Q{int(number)}" if number.is_integer() else f"{end // _YEAR_LONG}"


def _read_months(match: re.Match[str], today: date) -> str | None:
    """Three months as the quarter that they are, 2026年4〜6月期, others as the year of their end: 11〜1月期."""
    first, last = int(match["first"]), int(match["last"])
    is_quarter = last == first + _QUARTER_LONG - 1 and last % _QUARTER_LONG == 0
    if not match["period"] and (match["later"] or not is_quarter):
        return None
    if match["word"]:
        year = today.year + YEARS[match["word"]]
    elif match["era"] or match["year"] or match["short"]:
        year = year_of(match, today)
    else:
        year = today.year if first <= today.month + (_AHEAD if is_quarter else 0) else today.year - 1
    if is_quarter:
        return f"{year}-Q{last // _QUARTER_LONG}"
    return f"{year + (last < first)}"


def _read_short_year(match: re.Match[str], today: date) -> str:
    return f"20{match['short'] or match['of']}"


def _read_fiscal(match: re.Match[str], today: date) -> str:
    return str(today.year - (today.month < _APRIL) + _FISCAL[match["word"]])


def _read_two_digits(match: re.Match[str], today: date) -> str | None:
    year = 2000 + int(match["two"])
    return str(year) if abs(year - today.year) <= _NEAR else None


def _read_within(match: re.Match[str], today: date) -> str:
    """年内 is as much as this year, 月内 this month."""
    return f"{today:%Y}" if match["unit"] == "年" else f"{today:%Y-%m}"


def _read_quarter_to(match: re.Match[str], today: date) -> str | None:
    """The quarter that a month ends: 6月までの四半期, 25年12月までの3カ月間; without a year the last that has ended."""
    month = int(match["month"])
    if month % _QUARTER_LONG or not 1 <= month <= _YEAR_LONG:
        return None
    dated = match["era"] or match["year"] or match["short"]
    year = year_of(match, today) if dated else today.year - (month > today.month)
    return f"{year}-Q{month // _QUARTER_LONG}"


def _read_month(match: re.Match[str], today: date) -> str:
    return f"{match['year']}-{int(match['month']):02d}"


PERIODS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(_BUSINESS_YEAR), _read_business_year),
    (
        re.compile(rf"(?P<word>[前昨今本来翌])年度(?!(?:の?同期|実績)?比|{QUARTER.removeprefix('(?:度)?')})"),
        _read_fiscal,
    ),
    (
        re.compile(rf"(?:{YEAR}\s?)?(?<!\d)(?P<month>\d{{1,2}})月末?までの(?:四半期|[3三][カかヵヶケ箇]月)(?:間)?"),
        _read_quarter_to,
    ),
    (re.compile(rf"(?:(?:{YEAR}|{YEAR_WORD})(?:の)?\s?)?(?<!\d){_NUMBERED}{_SPANS}"), _read_months),
    (re.compile(rf"{YEAR}{QUARTER}"), _read_quarter),
    (re.compile(r"(?<!\d)(?P<era>)(?P<year>20\d\d)年?\s?Q(?P<quarter>[1-4])(?!\d)"), _read_quarter),
    # In notes and tables: （2026.2）, 2025.2 に, 2026-08. A version is written behind a name.
    (
        re.compile(
            r"(?<![A-Za-z0-9.])(?<![A-Za-z] )(?P<year>20[0-3]\d)\.(?P<month>1[0-2]|[1-9])(?=\s?[）)に〜から、|])"
        ),
        _read_month,
    ),
    (re.compile(r"^(?P<year>20[0-3]\d)\.(?P<month>1[0-2]|[1-9])(?=[\s　])"), _read_month),
    (re.compile(rf"(?<![A-Za-z0-9/.\-]){PLAIN_YEAR}[-/](?P<month>0[1-9]|1[0-2])(?![A-Za-z0-9/\-]|\.\d)"), _read_month),
    (YEAR_IN_CELL, read_year),
    (
        re.compile(
            rf"(?<![A-Za-z0-9.,\-$¥]){PLAIN_YEAR}"
            r"(?=\s?(?:(?:前|後)半|上期|下期|末|初頭|予定|[春夏秋冬](?![一-龠])))"
        ),
        read_year,
    ),
    (re.compile(SHORT_YEAR), _read_two_digits),
    (re.compile(r"(?<![\d一-龠々])(?P<unit>[年月])内(?=[にはのでも、])"), _read_within),
    (re.compile(r"(?<![A-Za-z])FY\s?(?P<year>20\d\d)(?!\d)"), read_year),
    (
        re.compile(r"(?<![A-Za-z])FY\s?['’]?(?P<short>[0-3]\d)(?!\d)|(?<![\d平成令和])(?P<of>[23]\d)年度(?!連続)"),
        _read_short_year,
    ),
    (
        re.compile(
            r"(?<![年度\d])第(?P<quarter>[1-4一二三四])四半期(?!の?累計)|(?<![A-Za-z\d年])Q(?P<q>[1-4])(?![\dA-Za-z])"
        ),
        _read_last_quarter,
    ),
)
"""Each pattern with what reads its match, given the day of the article; the first that fits counts."""
