"""Numbers in Japanese sentences, with what hedges them: 約6兆5100億円, 3分の1, 4倍近い, 半数以上, 1万1000台."""

import re
from collections.abc import Iterator
from functools import lru_cache

from graph.sums.numerals import (
    COUNT,
    PART,
    PERCENT,
    PERIODS,
    POINTS,
    RANK,
    TIMES,
    Hedge,
    Numeral,
    find_hedge,
    match_any,
)

# Full-width figures are read as their twins; offsets stay.
_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | dict(zip(map(ord, "％．，"), "%.,", strict=True))
_SCALES = {"兆": 1e12, "億": 1e8, "万": 1e4, "千": 1e3, "百": 1e2, "十": 10.0}
_KANJI = {char: float(value) for value, char in enumerate("〇一二三四五六七八九")}
CURRENCIES = {
    "カナダドル": "CAD", "加ドル": "CAD", "豪ドル": "AUD", "香港ドル": "HKD", "シンガポールドル": "SGD",
    "台湾ドル": "TWD",
    "米ドル": "USD", "ドル": "USD", "㌦": "USD", "円": "JPY", "ユーロ": "EUR", "英ポンド": "GBP", "ポンド": "GBP",
    "人民元": "CNY", "元": "CNY", "ウォン": "KRW", "インドルピー": "INR", "ルピー": "INR", "スイスフラン": "CHF",
    "ニュージーランドドル": "NZD", "NZドル": "NZD", "バーツ": "THB", "リンギット": "MYR", "ルピア": "IDR",
    "ベトナムドン": "VND", "フィリピンペソ": "PHP", "メキシコペソ": "MXN", "レアル": "BRL", "南アフリカランド": "ZAR",
    "南アランド": "ZAR", "トルコリラ": "TRY", "スウェーデンクローナ": "SEK", "ノルウェークローネ": "NOK",
    "デンマーククローネ": "DKK", "ズロチ": "PLN", "ディルハム": "AED", "サウジリヤル": "SAR", "シェケル": "ILS",
    "ルーブル": "RUB",
}  # fmt: skip
"""Codes of currencies by their names."""
_SIGNS = {"US$": "USD", "C$": "CAD", "$": "USD", "¥": "JPY", "€": "EUR", "£": "GBP"}
MONEY = match_any({**CURRENCIES, **_SIGNS})
"""A pattern that each sum of money of a sentence has a match of."""
_RATIOS = {"%": PERCENT, "パーセント": PERCENT, "割": "割", "倍": TIMES}
_TIME = {
    "秒": "seconds", "分間": "minutes", "時間": "hours", "チップ時間": "chip-hours", "GPU時間": "chip-hours",
    "日間": "days",
    "週間": "weeks", "カ月": "months", "か月": "months", "ヶ月": "months", "年間": "years",
}  # fmt: skip
_COUNTERS = (
    "台|件|人|名|社|点|個|基|枚|本|冊|回|語|字|文字|問|票|株|棟|店|校|層|カ国|か国|ヶ国|カ所|か所|ヶ所|箇所|口座|口|"
    "団体|大学|病院|工場|都市|自治体|隻|機|両|頭|匹|軒|戸|室|席|便|曲|部|通|箱|列|作品|世帯|施設|拠点|"
    "[ァ-ヶー]{2,}"
)
_ORDER = {"位": RANK, "番目": RANK, "番手": RANK}
_WORDS = {**CURRENCIES, **_RATIOS, **_TIME, "年": "years", **_ORDER}
_UNIT = "|".join(sorted(map(re.escape, {**CURRENCIES, **_RATIOS, **_TIME, **_ORDER}), key=len, reverse=True))
# 5年で, not the year 25年.
_YEARS = r"(?<![2-9]\d)(?<!\d\d\d)年(?=半?(?:で|かけ|にわた|に渡|契約|計画|分の))"

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WRITTEN = rf"(?:{_ARABIC})(?:[兆億万千百](?:{_ARABIC})?)*|(?<![一-龠])[一二三四五六七八九十]+(?=割|倍|位|分の)"
_GLUED = r"(?<![A-Za-z0-9.,:/\-第])"
_NAME = re.compile(r"(?:[ァ-ヶー]|[A-Za-z][ -]?)$")
_WORD, _YEAR = re.compile(r"[ァ-ヶー]{2}"), re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(
    rf"(?:(?P<sign>US\$|C\$|[$¥€£])|{_GLUED})(?P<number>{_WRITTEN})(?:(?P<pp>(?:%|"
    rf"パーセント)?ポイント)|(?P<unit>{_UNIT}|{_YEARS})|(?P<counter>{_COUNTERS}))?"
    r"(?P<half>半)?"
)
_PART = re.compile(r"(?P<whole>(?<!\d)\d{1,12}|[二三四五六七八九十]{1,6})分の(?P<part>\d+|[一二三四五六七八九]+)")
_ONE_IN = re.compile(
    r"(?<!\d)(?P<whole>\d{1,12})(?P<counter>人|社|台|件|点|問|枚|本)に(?:1|一)(?P=counter)(?!\d|約|当たり|あたり)"
)
_HALF = re.compile(r"(?P<most>過半数|過半)|半数|半分|(?P<halved>半減(?!期))|(?P<twice>倍増|倍(?=に(?:増|な|膨|達)))")
# Behind these a number is a date, a page or an article of a law; before these too.
_DATED = re.compile(r"[年月日時分秒条項章節号版期歳代階]")
_LEADS = {
    Hedge.ABOUT: re.compile(r"(?:約|およそ|おおよそ|ほぼ|ざっと|概算で)\s?$"),
    Hedge.AT_LEAST: re.compile(r"(?:少なくとも|最低でも|最低)\s?$"),
    Hedge.AT_MOST: re.compile(r"(?:最大で|最大|最高で|多くても)\s?$"),
}
_BRACKET = r"(?:\s?[(（][^()（）]{1,24}[)）]\s?)?"
_TRAILS = {
    Hedge.NEARLY: re.compile(rf"^{_BRACKET}(?:に?近[くいづ]|弱|足らず|に(?:迫|せま))"),
    Hedge.UNDER: re.compile(
        rf"^{_BRACKET}(?:未満|を(?:大きく)?(?:下回|割り込|切[るっ]|割[るっ])|"
        r"に(?:[もは]|すら)?(?:届[かき]|満た|及[ばび]|至[らり]|達し(?:て(?:い|おら)?)?)(?:な|ず|ませ|ぬ))"
    ),
    Hedge.AT_LEAST: re.compile(rf"^{_BRACKET}以上"),
    Hedge.AT_MOST: re.compile(rf"^{_BRACKET}以[下内]"),
    Hedge.JUST_OVER: re.compile(rf"^{_BRACKET}(?:余り|あまり|余|強|を(?:わずか|僅か|少し|やや)に?(?:超|上回))"),
    Hedge.OVER: re.compile(rf"^{_BRACKET}(?:超|を超|を上回|を突破)"),
    Hedge.ABOUT: re.compile(rf"^{_BRACKET}(?:程度|ほど|前後|くらい|ぐらい|規模)"),
}


@lru_cache(4_096)
def find_numerals(sentence: str) -> tuple[Numeral, ...]:
    """The numbers of a sentence in its order, none overlapping; dates and numbers of names are left out."""
    plain = sentence.translate(_WIDTH)
    found = [*_iter_parts(plain, sentence), *_iter_numbers(plain, sentence)]
    kept: list[Numeral] = []
    for one in sorted(found, key=lambda one: (one.span[0], -one.span[1])):
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
    return tuple(kept)


def _iter_numbers(plain: str, sentence: str) -> Iterator[Numeral]:
    for match in _NUMBER.finditer(plain):
        if one := _read(plain, sentence, match):
            yield one


def _read(plain: str, sentence: str, match: re.Match[str]) -> Numeral | None:
    if match["sign"] and re.match(r"[A-Za-z]", plain[match.end() :]):  # ¥3x万
        return None
    value, step = _read_number(match["number"])
    unit = _SIGNS[match["sign"]] if match["sign"] else _WORDS.get(match["unit"] or "", COUNT)
    if match["pp"]:
        unit = POINTS
    if unit == COUNT and not _counts(plain, match):
        return None
    halves = bool(match["half"]) and unit in (TIMES, *PERIODS)
    if halves:
        value, step = value + 0.5, 0.5
    if unit == "割":
        unit, value, step = PERCENT, value * 10, 10.0
        value, step = _add_tenths(plain, match.end(), value, step)
    end = match.end() if halves or match["half"] is None else match.start("half")
    return _make(plain, sentence, (match.start(), end), value, step, unit, match["counter"] or "")


def _add_tenths(plain: str, end: int, value: float, step: float) -> tuple[float, float]:
    """3割5分 is 35 percent."""
    more = re.match(r"(\d)分", plain[end:])
    return (value + float(more[1]), 1.0) if more else (value, step)


def _counts(plain: str, match: re.Match[str]) -> bool:
    """Whether a number counts something: 31万, うち310, 26メガワット; no date, no score, no small number without a
    counter, none of a name with what may be part of it."""
    rest, counter = plain[match.end() :], match["counter"] or ""
    if counter and not _WORD.match(counter):
        return True
    if _NAME.search(plain[: match.start()]):
        return False
    if counter:
        return not _YEAR.fullmatch(match["number"])
    if _DATED.match(rest) or re.match(r"[A-Za-z0-9:/\-.]", rest):
        return False
    figure = match["number"]
    if re.search(r"[兆億万千百]", figure):
        return True
    return "." not in figure and ("," in figure or len(figure) >= 3) and not _YEAR.fullmatch(figure)


def _read_number(number: str) -> tuple[float, float]:
    """A written number and one in its last digit: 1億400万 is 104000000, to 1000000."""
    total, section, figure, step = 0.0, 0.0, "", 1.0
    for char in number.replace(",", ""):
        if char in _SCALES:
            scale = _SCALES[char]
            value = float(figure) if figure else (0.0 if section and scale >= 1e4 else 1.0)
            step = scale * 10.0 ** -len(figure.partition(".")[2]) * _trail(figure)
            total, section = (
                (total + (section + value) * scale, 0.0) if scale >= 1e4 else (total, section + value * scale)
            )
            figure = ""
        else:
            figure += f"{_KANJI[char]:g}" if char in _KANJI else char
    if figure:
        step = 10.0 ** -len(figure.partition(".")[2])
        step *= _trail(figure) if total or section else 1.0
    return total + section + (float(figure) if figure else 0.0), step


def _trail(figure: str) -> float:
    """Ten for each zero at the end of the figures before a scale: 6兆5100億 is given to 100 億."""
    digits = figure if "." not in figure else ""
    return 10.0 ** (len(digits) - len(digits.rstrip("0"))) if digits.strip("0") else 1.0


def _iter_parts(plain: str, sentence: str) -> Iterator[Numeral]:
    for match in _PART.finditer(plain):
        whole, part = _read_number(match["whole"])[0], _read_number(match["part"])[0]
        if whole > part > 0:
            yield _make(plain, sentence, match.span(), part / whole, 0, PART)
    for match in _ONE_IN.finditer(plain):
        if int(match["whole"]) > 1:
            yield _make(plain, sentence, match.span(), 1 / int(match["whole"]), 0, PART)
    for match in _HALF.finditer(plain):
        if match["halved"]:
            yield _make(plain, sentence, match.span(), 0.5, 0, TIMES)
        elif match["twice"]:
            if not re.search(r"[\d一二三四五六七八九十半数何]$", plain[: match.start()]):
                yield _make(plain, sentence, match.span(), 2.0, 1.0, TIMES)
        else:
            yield _make(plain, sentence, match.span(), 0.5, 0, PART, hedge=Hedge.OVER if match["most"] else None)


def _make(
    plain: str,
    sentence: str,
    span: tuple[int, int],
    value: float,
    step: float,
    unit: str,
    noun: str = "",
    hedge: Hedge | None = None,
) -> Numeral:
    lead, found = span[0], hedge or Hedge.EXACT
    if before := find_hedge(_LEADS, plain[max(0, span[0] - 8) : span[0]]):
        found, lead = hedge or before[0], span[0] - len(before[1].group())
    if not hedge and (after := find_hedge(_TRAILS, plain[span[1] : span[1] + 40])):
        found = after[0] if found is Hedge.EXACT or after[0] is not Hedge.ABOUT else found
    return Numeral(span, lead, sentence[slice(*span)], value, step, unit, noun, found)
