"""Numbers as Japanese writes them: 1兆2000億, 五十, 5万3000, 数十億, 70B."""

import re

from graph.spelling.number_words import LETTERS

WIDTH = {0xFF01 + shift: 0x21 + shift for shift in range(0x5E)} | {ord("￥"): "¥", ord("ヵ"): "カ"} | LETTERS
"""Full-width characters with their half-width twins, and other letters with those that they are matched as."""
LATIN_SCALES = {"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12, "bn": 10**9, "tn": 10**12} | {
    "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_SCALES = {"京": 10**16, "兆": 10**12, "億": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}
_DIGITS = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}

_ARABIC_DIGITS = {ord(char): str(number) for number, char in enumerate("〇一二三四五六七八九")}
# A mark between digits is a decimal point where a scale or a share stands behind it; 3・4割 is three or four.
_POINT = re.compile(r"(?<![\d・])(\d{1,4})・(\d{1,2})(?=\s?(?:[京兆億万千]|%|ポイント|倍))(?![\d・])")
_KANJI_POINT = re.compile(
    r"(?<![〇一二三四五六七八九十百千・])([〇一二三四五六七八九]{1,3})・([〇一二三四五六七八九]{1,2})(?=[兆億万])"
)


def _write_out(match: re.Match[str]) -> str:
    whole, part = (text.translate(_ARABIC_DIGITS) for text in match.groups())
    return f"{whole}.{part}"


def read_points(plain: str) -> str:
    """The text, as long as before, with the decimal points of its amounts as such: ２４・６億円, 一・二兆円.

    In 第１・２号機, 1・2位 and 3・11 the mark parts two numbers.
    """
    plain = _KANJI_POINT.sub(_write_out, plain)
    return _POINT.sub(r"\1.\2", plain)


ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# As long as the longest that is written. Without end, a line of such signs costs the square of its length.
NUMBER = (
    rf"(?:(?:{ARABIC})(?:\s?[京兆億万千百](?:{ARABIC})?){{0,9}}(?:\s?[京兆億万千百])?"
    r"|[一二三四五六七八九十百千][一二三四五六七八九十百千万億兆〇]{0,30}|(?:数|何)[十百千万億兆]+)"
)


def read_number(text: str) -> tuple[float, float | None]:
    """A written number; 数十億 gives its lower and upper end. `1兆2000億`, `五十`, `2,000`, `5万3000`."""
    if text[0] in "数何":
        low = float(multiply(text[1:]))
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


def read_scale(word: str) -> int:
    """What the letter or the English word of a scale behind a number multiplies it by."""
    return LATIN_SCALES.get(word.strip()) or LATIN_SCALES[word.strip().lower()]


def multiply(scales: str) -> int:
    """The product of scales written one behind the other: 百万."""
    product = 1
    for char in scales:
        product *= _SCALES[char]
    return product
