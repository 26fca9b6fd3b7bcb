"""Amounts in Japanese text: 約560万ドル, 6,000億ドル, 数十億ドル, 三割, 月額20ドル, 100万トークンあたり2ドル.

The grammar is our own; units and the words around a number are data (units.toml). Full-width characters are read
as their half-width twins; every offset is that of the text given.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graph.records import Comparator
from ingest.nlp.beside import REACH, find_before
from ingest.nlp.document import Amount
from ingest.nlp.ja.bare import find_bare
from ingest.nlp.ja.numbers import NUMBER, WIDTH, multiply, read_number, read_points, read_scale
from ingest.nlp.ja.periods import SHORT_YEAR
from ingest.nlp.ja.ratios import find_ratios

_TABLES = tomllib.loads((Path(__file__).parent / "units.toml").read_text("utf-8"))
_UNITS: dict[str, str] = _TABLES["units"]
_BEFORE: dict[str, str] = _TABLES["before"]
_AFTER: dict[str, str] = _TABLES["after"]
_PER: dict[str, str] = _TABLES["per"]

_SYMBOLS = {"$": "USD", "US$": "USD", "¥": "JPY", "€": "EUR", "£": "GBP", "₩": "KRW"}
# Units that are told in others.
_SMALLER = {"割": ("%", 10), "US cent": ("USD", 0.01), "euro cent": ("EUR", 0.01), "MW": ("GW", 0.001)}
_MINUS = "-−▲△"
_HALVED = frozenset({"x", "year", "months", "weeks", "days", "hours", "minutes"})
_CURRENCY = re.compile(r"[A-Z]{3}")
_SHARES = frozenset({"%", "pp", "x"})


# Kanji that with these units are words of their own more often than amounts (十分, 一人, 一本化, 数名).
_WORD_NUMBERS = frozenset({"十", "一", "三", "千", "万", "百", "億"})
_WORD_UNITS = frozenset({"問", "曲", "票", "校", "分", "本", "点", "名", "人", "語", "字", "台", "枚", "年", "回"})


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _value(name: str) -> str:
    scale = r"\s?(?:k|K|M|B|T|bn|tn|(?i:million|billion|trillion))(?![A-Za-z])"
    return rf"(?P<{name}>{NUMBER})(?P<{name}s>{scale})?(?P<{name}plus>\+)?"


_HIGH = rf"(?:\s?(?P<lowunit>{_any(list(_UNITS))})?\s?(?:(?P<link>[~〜～–]|から|ないし)|-(?=\d))\s?\$?{_value('high')})"


def _make_pattern(high: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<per>{_any(list(_PER))}|(?<![0-9])月(?=\d))?(?P<before>{_any(list(_BEFORE))})?\s?"
        rf"(?P<per2>{_any(list(_PER))})?"
        rf"(?P<symbol>US\$|[$¥€£₩])?(?P<minus>[{_MINUS}]|マイナス)?\s?{_value('low')}{high}"
        rf"(?P<between>を超える|超の|以上の)?\s?(?P<unit>(?!\$\d)(?:{_any(list(_UNITS))}))?(?P<half>半)?"
        rf"(?:\s?[(（][^()（）]{{1,20}}[)）]\s?(?=超|以上|以下|未満|規模|程度|前後|相当|近く|余り|を))?\s?"
        rf"(?P<after>{_any(list(_AFTER))})?"
    )


_AMOUNT = _make_pattern(f"{_HIGH}?")
# Where two numbers with から between them turn out to tell of two things: 1億ドルから2026年.
_SINGLE = _make_pattern(f"(?P<never>(?!){_HIGH})?")
# A length of time in two units: 2時間53分.
_LENGTH = re.compile(r"(?<![\d.:])(?P<hours>\d{1,3})\s?時間\s?(?P<minutes>[1-5]?\d)\s?分(?![のけか])")
# A year of the calendar is a day as far as it goes, unless it counts years.
_CALENDAR = re.compile(r"(?:19|20)\d\d")
_SHORT_YEAR = re.compile(SHORT_YEAR)
# Two digits that are a year more often than they count years.
_LATE = frozenset(str(number) for number in range(16, 36))
_NAMING = re.compile(r"(?:19|20)\d\d|[一二三四五六七八九十]")
_RATE = re.compile(
    rf"(?:(?<![\d.,])(?P<count>{NUMBER})\s?)?(?P<what>トークン|人|ユーザー|時間|席|回)(?:当たり|あたり|につき|ごとに|毎に)(?:の)?(?:料金|価格|単価|コスト)?(?:は|が|で|、)?\s?$"
)
_RATE_REACH = 60
# A rate is told once for several prices: 100万トークン当たり入力0.25ドル、出力1.50ドル.
_SHARED_RATE = re.compile(
    rf"(?<![\d.,])(?P<count>{NUMBER}M?)\s?トークン(?:当たり|あたり|につき|ごとに|毎に)"
    r"(?:[^。\d]{0,14}\d[\d.,]*){0,3}[^。\d]{0,14}(?:入力|出力|キャッシュ)[^。\d]{0,8}$"
)
# Before a number that another one is above or below of, 「Otter 2の34.5%を上回った」: it is neither itself.
_COMPARED = re.compile(r"(?:\d|前年|同期|前期|前の期|予想|計画|目標|見通し)の(?:約|およそ)?\s?$")
_RATE_AHEAD = re.compile(r"(?:当たり|あたり|につき|ごとに|毎に)")
_SLASH = re.compile(r"\s?[/／]\s?(?P<what>月|年|人|時間|(?:\d+\s?[MK万])?\s?トークン|百万トークン)")
_COUNTED_BEFORE = re.compile(
    r"(?P<what>パラメータ(?:ー)?|トークン)(?:数|サイズ|規模)?(?:は|が|を|で|、|:|：)?\s?(?:合計|総計|最大)?\s?$"
)
_PARAMETERS = re.compile(r"\s?(?:の)?パラメータ")
# In a sentence on parameters others are told by their number alone: 総パラメータ4800億、うち350億が動く.
_OF_PARAMETERS = re.compile(r"パラメータ[^。]*$")
_ALONE = re.compile(r"(?=[がのでだはをとに、。)）／/（(]|から|$)")
# AMD50%増, MAX100＄
_LETTER, _SIGN_BEHIND = re.compile(r"[A-Za-z]$"), re.compile(r"%|\$(?!\d)")
# A number right behind a letter belongs to a word, but for GPU2万基.
_IN_WORD = re.compile(r"(?<![CGNT]PU)(?<=[A-Za-z0-9])$|[A-Za-z0-9][.\-]$")
_NO_YUAN = re.compile(r"[々素祖社幹年従]")
_BRACKET = re.compile(r"\s*[(（]\s*$")
# Behind two amounts with から between them: a change from the one to the other.
_CHANGED = re.compile(
    r"(?:程度|前後|余り|近く|超)?(?:に|へと?)(?:まで)?、?[^、。]{0,16}"
    r"(?:増|減|引き上げ|引き下げ|引上げ|引下げ|上昇|下落|成長|倍|伸び|拡大|縮小|値上げ|値下げ|上が|下が|上げ|下げ|改善|向上|低下|悪化|膨ら|跳ね|急騰|急落|変更|修正|落ち|落と|高め|高ま|抑え|縮め"
    r"|短縮|圧縮|後退|浮上|回復|見直|改め|戻|なっ|なる|する|した|達)"
)


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Amounts in the order of the text."""
    plain = read_points(text.translate(WIDTH))
    rough = [*find_ratios(plain, text), *_iter_lengths(plain, text), *_iter_numbers(plain, text)]
    found = [_trim(amount) for amount in [*rough, *find_bare(plain, text)]]
    kept: list[Amount] = []
    blocked: set[int] = set()
    ends = {amount.span[1]: amount for amount in found}
    for amount in found:
        places = range(*amount.span)
        if blocked.isdisjoint(places):
            blocked.update(places)
            if not _is_gloss(text, amount, ends):
                kept.append(amount)
    return tuple(sorted(kept, key=lambda amount: amount.span))


def _trim(amount: Amount) -> Amount:
    """The amount without the space before it, which belongs to the phrase before."""
    words = amount.text.lstrip()
    return replace(amount, span=(amount.span[1] - len(words), amount.span[1]), text=words)


def _is_gloss(text: str, amount: Amount, ends: Mapping[int, Amount]) -> bool:
    """Whether an amount in brackets only converts the one before, 約6000億ドル(約93兆円); 3008億円(52%増) are two."""
    if re.fullmatch(r"[\d.]+b?", amount.text):
        return False  # a score or size behind the name of what has it: Bench 2.1（81.0）, Otter 2.5 (32b)
    bracket = find_before(_BRACKET, text, amount.span[0])
    before = ends.get(bracket.start()) if bracket else None
    return before is not None and _sort(amount.unit) == _sort(before.unit)


def _sort(unit: str) -> str:
    """What sort of amount has a unit: only within one is an amount converted into another."""
    return "share" if unit in _SHARES else "money" if _CURRENCY.fullmatch(unit) else "count"


def _iter_lengths(plain: str, text: str) -> Iterator[Amount]:
    for match in _LENGTH.finditer(plain):
        minutes = 60 * int(match["hours"]) + int(match["minutes"])
        yield Amount(match.span(), text[slice(*match.span())], minutes, "minutes")


def _iter_numbers(plain: str, text: str) -> Iterator[Amount]:
    end = 0
    while match := _AMOUNT.search(plain, end):
        if match["high"] and not _is_range(match, plain):
            match = _SINGLE.match(plain, match.start()) or match
        amount = _make_amount(match, plain, text)
        if amount:
            yield amount
        end = match.end()


def _is_range(match: re.Match[str], plain: str) -> bool:
    """Whether both numbers tell of one thing: not in 1億ドルから2026年, nor in 約200Kから5倍."""
    if _is_calendar(match, "high", plain):
        return False
    if match["lowunit"]:
        return bool(match["unit"]) and _UNITS[match["lowunit"]] == _UNITS[match["unit"]]
    if match["link"] == "から":
        return bool(match["unit"] or match["highs"]) and not (match["lows"] and not match["highs"])
    return bool(match["link"] or match["unit"] or match["symbol"])


def _is_calendar(match: re.Match[str], name: str, plain: str) -> bool:
    """Whether a number is a year of the calendar: 2024年, 23年1月, 令和7年; 2000年間 is a length of time."""
    rest = plain[match.end(name) : match.end(name) + REACH]
    if re.match(r"\s?年間", rest) or not re.match(r"\s?年", rest):
        return False
    named = plain.endswith(("令和", "平成", "昭和"), 0, match.start(name))
    dated = re.match(r"\s?年\s?(?:\d{1,2}\s?月|度|代)", rest)
    short = match[name] in _LATE and _SHORT_YEAR.match(plain, match.start(name))
    return bool(named or dated or short or _CALENDAR.fullmatch(match[name]))


def _make_amount(match: re.Match[str], plain: str, text: str) -> Amount | None:
    unit = _find_unit(match, plain)
    if (
        not unit
        or _is_calendar(match, "low", plain)
        or _joins_word(match, plain)
        or _RATE_AHEAD.match(plain, match.end())
    ):
        return None
    value, high = read_number(match["low"])
    if match["lows"]:
        value *= read_scale(match["lows"])
    changed = bool(match["high"]) and "から" in match.group() and _CHANGED.match(plain, match.end())
    if changed:  # 220億ドルから390億ドルに|増えた is now the second
        value = read_number(match["high"])[0] * (read_scale(match["highs"]) if match["highs"] else 1)
    elif match["high"]:
        value, high = _range_of(match, value)
    if match["half"] and unit in _HALVED:
        value += 0.5
    if unit in _SMALLER:
        unit, factor = _SMALLER[unit]
        value, high = value * factor, high * factor if high else None
    sign = -1 if match["minus"] else 1
    start, unit = _find_rate(match, plain, unit)
    start = match.start("high") if changed else start
    end = _find_end(match, plain)
    comparator = _compare(match, high, plain)
    return Amount((start, end), text[start:end], float(f"{sign * value:.12g}"), unit, comparator, high)


def _find_unit(match: re.Match[str], plain: str) -> str:
    if match["unit"]:
        return _UNITS[match["unit"]]
    if match["symbol"]:
        return _SYMBOLS[match["symbol"]]
    before = find_before(_COUNTED_BEFORE, plain, match.start())
    if before and (match["lows"] or match["low"][-1] in "兆億万"):
        return _UNITS[before["what"]]
    if match["lows"] and _PARAMETERS.match(plain, match.end()):
        return "parameters"
    if match["low"][-1] in "兆億" and _ALONE.match(plain, match.end()):
        return "parameters" if find_before(_OF_PARAMETERS, plain, match.start()) else ""
    return ""


def _joins_word(match: re.Match[str], plain: str) -> bool:
    """Whether the number is part of a name or a date, or its kanji part of a word (一部, 十分)."""
    start = match.start("low")
    if _SIGN_BEHIND.match(plain, match.end("low")) and find_before(_LETTER, plain, start):
        return False
    if (match["unit"] or "").startswith("の") and _NAMING.fullmatch(match["low"]):
        return True  # CES 2026 のセッション, 唯一のポジション
    if find_before(_IN_WORD, plain, start) and not match["symbol"] and not plain.endswith(" ", 0, start):
        return True
    if plain.endswith("第", 0, match.start()) and _UNITS.get(match["unit"] or "") != "rank":
        return True
    if match["low"] in _WORD_NUMBERS and match["unit"] in _WORD_UNITS:
        return True
    return bool(match["unit"] == "元" and _NO_YUAN.match(plain, match.end("unit")))


def _range_of(match: re.Match[str], low: float) -> tuple[float, float]:
    high, _ = read_number(match["high"])
    if match["highs"]:
        high *= read_scale(match["highs"])
    scale = re.search(r"[兆億万千百]+$", match["high"])
    if scale and not re.search(r"[兆億万千百]$", match["low"]) and not match["lowunit"] and not match["lows"]:
        low *= multiply(scale.group())
    return (low, high) if low < high else (high, low)


def _compare(match: re.Match[str], high: float | None, plain: str) -> Comparator:
    if high is not None:
        return Comparator.RANGE
    if match["between"] and match["unit"]:
        return Comparator.AT_LEAST if match["between"] == "以上の" else Comparator.OVER
    if match["lowplus"]:
        return Comparator.AT_LEAST
    if match["after"] and not (match["after"][0] == "を" and find_before(_COMPARED, plain, match.start())):
        sign = _AFTER[match["after"]]
        if sign != "~" or not match["before"]:
            return Comparator(sign)
    return Comparator(_BEFORE[match["before"]]) if match["before"] else Comparator.EQUAL


def _find_rate(match: re.Match[str], plain: str, unit: str) -> tuple[int, str]:
    """The start of the amount and its unit with what it is counted by (`USD/month`, `USD/1M tokens`)."""
    period = match["per"] or match["per2"]
    if period:
        return match.start(), f"{unit}/{_PER.get(period, 'month')}"
    rate = _RATE.search(plain, max(0, match.start() - _RATE_REACH), match.start())
    if rate and rate["what"] == "トークン":
        return rate.start(), f"{unit}/{_short(rate['count'])} tokens"
    slash = _SLASH.match(plain, match.end("unit") if match["unit"] else match.end("low"))
    if slash:
        return match.start(), f"{unit}/{_slash_unit(slash)}"
    shared = _SHARED_RATE.search(plain, max(0, match.start() - _RATE_REACH), match.start())
    if shared and _CURRENCY.fullmatch(unit):
        return match.start(), f"{unit}/{_short(shared['count'].replace('M', '00万'))} tokens"
    return match.start(), unit


def _slash_unit(slash: re.Match[str]) -> str:
    what = slash["what"]
    if "トークン" in what:
        count = what.replace("トークン", "").strip()
        return f"{_short(count.replace('M', '00万') if count else None)} tokens" if count else "tokens"
    return {"月": "month", "年": "year", "人": "person", "時間": "hour"}[what]


def _short(count: str | None) -> str:
    value = read_number(count)[0] if count else 1
    if value >= 10**6:
        return f"{value / 10**6:g}M"
    return f"{value / 1000:g}K" if value >= 1000 else f"{value:g}"


def _find_end(match: re.Match[str], plain: str) -> int:
    slash = _SLASH.match(plain, match.end())
    return slash.end() if slash else match.end()
