"""Amounts in Japanese text: 約560万ドル, 6,000億ドル, 数十億ドル, 三割, 月額20ドル, 100万トークンあたり2ドル.

The grammar is our own; units and the words around a number are data (units.toml). Full-width characters are read
as their half-width twins; every offset is that of the text given.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from graph.records import Comparator
from ingest.nlp.document import Amount, Span

_TABLES = tomllib.loads((Path(__file__).parent / "units.toml").read_text("utf-8"))
_UNITS: dict[str, str] = _TABLES["units"]
_BEFORE: dict[str, str] = _TABLES["before"]
_AFTER: dict[str, str] = _TABLES["after"]
_PER: dict[str, str] = _TABLES["per"]

_WIDTH = {0xFF01 + shift: 0x21 + shift for shift in range(0x5E)} | {
    ord("％"): "%",
    ord("￥"): "¥",
    ord("ヵ"): "カ",
    ord("ヶ"): "ヶ",
}
_SCALES = {"兆": 10**12, "億": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}
_DIGITS = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_LATIN_SCALES = {"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12, "bn": 10**9, "tn": 10**12}
_SYMBOLS = {"$": "USD", "US$": "USD", "¥": "JPY", "€": "EUR", "£": "GBP", "₩": "KRW"}
_MINUS = "-−▲△"


# Kanji that with these units are words of their own more often than amounts (十分, 一人, 一本化, 数名).
_WORD_NUMBERS = frozenset({"十", "一", "三", "千", "万", "百", "億"})
_WORD_UNITS = frozenset({"分", "本", "点", "名", "人", "語", "字", "台", "枚", "年", "回"})


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = (
    rf"(?:(?:{_ARABIC})(?:\s?[兆億万千百](?:{_ARABIC})?)*(?:\s?[兆億万千百])?"
    r"|[一二三四五六七八九十百千][一二三四五六七八九十百千万億兆〇]*|(?:数|何)[十百千万億兆]+)"
)


def _value(name: str) -> str:
    return rf"(?P<{name}>{_NUMBER})(?P<{name}s>\s?(?:k|K|M|B|T|bn|tn)(?![A-Za-z]))?(?P<{name}plus>\+)?"


_AMOUNT = re.compile(
    rf"(?P<per>{_any(list(_PER))}|(?<![0-9])月(?=\d))?(?P<before>{_any(list(_BEFORE))})?\s?(?P<per2>{_any(list(_PER))})?"
    rf"(?P<symbol>US\$|[$¥€£₩])?(?P<minus>[{_MINUS}]|マイナス)?\s?{_value('low')}"
    rf"(?:\s?(?P<lowunit>{_any(list(_UNITS))})?\s?(?:[~〜～–]|から|ないし)\s?\$?{_value('high')})?"
    rf"(?P<between>を超える|超の|以上の)?\s?(?P<unit>{_any(list(_UNITS))})?(?P<half>半)?"
    rf"(?:\s?[(（][^()（）]{{1,20}}[)）]\s?(?=超|以上|以下|未満|規模|程度|前後|相当|近く|余り|を))?\s?(?P<after>{_any(list(_AFTER))})?"
)
_RATE = re.compile(
    rf"(?:(?P<count>{_NUMBER})\s?)?(?P<what>トークン|人|ユーザー|時間|席|回)(?:当たり|あたり|につき|ごとに|毎に)(?:の)?(?:料金|価格|単価|コスト)?(?:は|が|で|、)?\s?$"
)
_RATE_AHEAD = re.compile(r"(?:当たり|あたり|につき|ごとに|毎に)")
_SLASH = re.compile(
    r"\s?[/／]\s?(?P<what>月|年|人|時間|(?P<count>\d+\s?[MK万])?\s?トークン|100万トークン|百万トークン)"
)
_TOP = re.compile(r"(?<![ァ-ヶーA-Za-z一-龠])(?:首位|トップ|最上位|筆頭)(?=[にのへをでとと、。]|$)")
_FRACTION = re.compile(rf"(?P<whole>{_NUMBER})分の(?P<part>{_NUMBER})")
_COUNTED_BEFORE = re.compile(
    r"(?P<what>パラメータ(?:ー)?|トークン)(?:数|サイズ|規模)?(?:は|が|を|で|、|:|：)?\s?(?:合計|総計|最大)?\s?$"
)
# Behind two amounts with から between them: a change from the one to the other.
_CHANGED = re.compile(
    r"(?:程度|前後|余り|近く|超)?(?:に|へと?)(?:まで)?、?[^、。]{0,16}"
    r"(?:増|減|引き上げ|引き下げ|引上げ|引下げ|上昇|下落|成長|倍|伸び|拡大|縮小|値上げ|値下げ|上が|下が|上げ|下げ|改善|向上|低下|悪化|膨ら|跳ね|急騰|急落|変更|修正|落ち|なっ|なる|する|した|達)"
)
_BARE = re.compile(r"(?<![A-Za-z0-9.\-/年月])\d{1,4}\.\d+(?![A-Za-z0-9.]|\s?[年月日.])")
# "68M" in a column of sizes: what it counts is told by what it measures.
_SCALED = re.compile(r"(?<![A-Za-z0-9.\-/$¥])(?P<figure>\d+(?:\.\d+)?)(?P<scale>[KMBT])(?![A-Za-z0-9\-])")
_FREE = re.compile(r"(?<!有)無料(?=で|の|に|化|版|公開|提供|プラン|利用|と|。|、|$)")


def find_amounts(text: str, taken: Sequence[Span] = ()) -> tuple[Amount, ...]:
    """Amounts in the order of the text. `taken` are spans (of names) that no amount may touch."""
    plain = text.translate(_WIDTH)
    rough = [*_iter_fractions(plain, text), *_iter_numbers(plain, text), *_iter_tops(text), *_iter_bare(plain, text)]
    rough += _iter_free(text)
    found = [_trim(amount) for amount in rough]
    kept: list[Amount] = []
    ends = {amount.span[1] for amount in found}
    for amount in found:
        if _is_gloss(text, amount, ends):
            continue
        if all(amount.span[1] <= start or end <= amount.span[0] for start, end in _spans(kept, taken)):
            kept.append(amount)
    return tuple(sorted(kept, key=lambda amount: amount.span))


def _trim(amount: Amount) -> Amount:
    """The amount without the space before it, which belongs to the phrase before."""
    words = amount.text.lstrip()
    return replace(amount, span=(amount.span[1] - len(words), amount.span[1]), text=words)


def _is_gloss(text: str, amount: Amount, ends: set[int]) -> bool:
    """Whether an amount in brackets only converts the one before: 約6000億ドル(約93兆円)."""
    before = text[: amount.span[0]].rstrip()
    return before.endswith(("(", "（")) and len(before[:-1].rstrip()) in ends


def read_number(text: str) -> tuple[float, float | None]:
    """A written number; 数十億 gives its lower and upper end. `1兆2000億`, `五十`, `2,000`, `5万3000`."""
    if text[0] in "数何":
        low = float(_multiply(text[1:]))
        return low, low * 10
    total, section, current = 0.0, 0.0, ""
    for char in re.sub(r"[,\s]", "", text):
        if char not in _SCALES:
            current += str(_DIGITS[char]) if char in _DIGITS else char
            continue
        scale = _SCALES[char]
        value = float(current) if current else (0.0 if section and scale >= 10**4 else 1.0)
        current = ""
        if scale >= 10**4:
            total, section = total + (section + value) * scale, 0.0
        else:
            section += value * scale
    return total + section + (float(current) if current else 0.0), None


def _multiply(scales: str) -> int:
    product = 1
    for char in scales:
        product *= _SCALES[char]
    return product


def _iter_numbers(plain: str, text: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(plain):
        amount = _make_amount(match, plain, text)
        if amount:
            yield amount


def _make_amount(match: re.Match[str], plain: str, text: str) -> Amount | None:
    unit = _find_unit(match, plain)
    if not unit or _joins_word(match, plain) or _RATE_AHEAD.match(plain, match.end()):
        return None
    value, high = read_number(match["low"])
    if match["lows"]:
        value *= _LATIN_SCALES[match["lows"].strip()]
    changed = bool(match["high"]) and "から" in match.group() and _CHANGED.match(plain, match.end())
    if changed:  # 220億ドルから390億ドルに|増えた is now the second
        value = read_number(match["high"])[0] * (_LATIN_SCALES[match["highs"].strip()] if match["highs"] else 1)
    elif match["high"]:
        value, high = _range_of(match, value)
    if match["half"] and unit == "x":
        value += 0.5
    if unit == "割":
        unit, value, high = "%", value * 10, high * 10 if high else None
    sign = -1 if match["minus"] else 1
    start, unit = _find_rate(match, plain, unit)
    start = match.start("high") if changed else start
    end = _find_end(match, plain)
    comparator = _compare(match, high)
    return Amount((start, end), text[start:end], round(sign * value, 9), unit, comparator, high)


def _find_unit(match: re.Match[str], plain: str) -> str:
    if match["unit"]:
        return _UNITS[match["unit"]] if match["unit"] != "GPU" or match["low"] else ""
    if match["symbol"]:
        return _SYMBOLS[match["symbol"]]
    before = _COUNTED_BEFORE.search(plain[: match.start()])
    if before and (match["lows"] or match["low"][-1] in "兆億万"):
        return _UNITS[before["what"]]
    if match["lows"] and re.match(r"\s?(?:の)?パラメータ", plain[match.end() :]):
        return "parameters"
    return ""


def _joins_word(match: re.Match[str], plain: str) -> bool:
    """Whether the number is part of a name or a date, or its kanji part of a word (一部, 十分)."""
    before, start = plain[: match.start()], match.start("low")
    if re.search(r"[A-Za-z0-9][.\-]?$", plain[:start]) and not match["symbol"] and not plain[:start].endswith(" "):
        return True
    if before.endswith("第") and _UNITS.get(match["unit"] or "") not in ("rank",):
        return True
    if match["low"] in _WORD_NUMBERS and match["unit"] in _WORD_UNITS:
        return True
    return bool(match["unit"] == "元" and re.match(r"[々素祖社幹年従]", plain[match.end("unit") :]))


def _range_of(match: re.Match[str], low: float) -> tuple[float, float]:
    high, _ = read_number(match["high"])
    if match["highs"]:
        high *= _LATIN_SCALES[match["highs"].strip()]
    scale = re.search(r"[兆億万千百]+$", match["high"])
    if scale and not re.search(r"[兆億万千百]$", match["low"]) and not match["lowunit"] and not match["lows"]:
        low *= _multiply(scale.group())
    return (low, high) if low < high else (high, low)


def _compare(match: re.Match[str], high: float | None) -> Comparator:
    if high is not None:
        return Comparator.RANGE
    if match["between"] and match["unit"]:
        return Comparator.AT_LEAST if match["between"] == "以上の" else Comparator.OVER
    if match["lowplus"]:
        return Comparator.AT_LEAST
    if match["after"]:
        sign = _AFTER[match["after"]]
        if sign != "~" or not match["before"]:
            return Comparator(sign)
    return Comparator(_BEFORE[match["before"]]) if match["before"] else Comparator.EQUAL


def _find_rate(match: re.Match[str], plain: str, unit: str) -> tuple[int, str]:
    """The start of the amount and its unit with what it is counted by (`USD/month`, `USD/1M tokens`)."""
    period = match["per"] or match["per2"]
    if period:
        return match.start(), f"{unit}/{_PER.get(period, 'month')}"
    rate = _RATE.search(plain[: match.start()])
    if rate and rate["what"] == "トークン":
        return rate.start(), f"{unit}/{_short(rate['count'])} tokens"
    slash = _SLASH.match(plain, match.end("unit") if match["unit"] else match.end("low"))
    if slash:
        return match.start(), f"{unit}/{_slash_unit(slash)}"
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


def _iter_fractions(plain: str, text: str) -> Iterator[Amount]:
    for match in _FRACTION.finditer(plain):
        whole, part = read_number(match["whole"])[0], read_number(match["part"])[0]
        if whole > 1:
            yield Amount(match.span(), text[slice(*match.span())], round(part / whole, 6), "x")


def _iter_tops(text: str) -> Iterator[Amount]:
    for match in _TOP.finditer(text):
        yield Amount(match.span(), match.group(), 1, "rank")


def _iter_bare(plain: str, text: str) -> Iterator[Amount]:
    """Decimal numbers without a unit, which are scores, and numbers with the letter of a scale alone."""
    for match in _BARE.finditer(plain):
        yield Amount(match.span(), text[slice(*match.span())], float(match.group()), "points")
    for match in _SCALED.finditer(plain):
        value = float(match["figure"]) * _LATIN_SCALES[match["scale"]]
        yield Amount(match.span(), text[slice(*match.span())], value, "")


def _iter_free(text: str) -> Iterator[Amount]:
    for match in _FREE.finditer(text):
        yield Amount(match.span(), match.group(), 0, "USD")


def _spans(amounts: Sequence[Amount], taken: Sequence[Span]) -> list[Span]:
    return [amount.span for amount in amounts] + list(taken)
