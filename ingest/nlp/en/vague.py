"""Magnitudes without a figure: "billions of dollars", "a few thousand chips", "spent hundreds of millions on it"."""

import re
from collections.abc import Iterator

from graph.records import Comparator
from ingest.nlp.beside import find_before
from ingest.nlp.document import Amount
from ingest.nlp.en.units import UNITS, find_whole

_VALUES = {
    "tens": 10, "dozens": 12, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12,
}  # fmt: skip
_PLURALS = "thousands|millions|billions|trillions"
_PLURAL = re.compile(
    rf"(?<![\w-])(?P<head>(?:tens|hundreds|dozens|{_PLURALS})(?: of (?:{_PLURALS}))?)"
    r"(?: and \w+)?(?= (?:of|in) | more |\W|$)",
    re.IGNORECASE,
)
# "A few thousand" is what "thousands" is.
_FEW = re.compile(
    r"(?<![\w-])(?:a few|several) (?P<head>(?:hundred )?(?:thousand|million|billion|trillion)|hundred)(?![\w-])",
    re.IGNORECASE,
)
# "Double-digit growth" is of ten percent and more.
_DIGITS = re.compile(
    r"(?<![\w-])(?P<digits>single|double|triple)[- ]digits?"
    r"(?= (?:\w+ )?(?:percent\w*|growth|gains?|rises?|increases?|jumps?|declines?|drops?|falls?|losses|margins?)\b)",
    re.IGNORECASE,
)
_RANGES = {"single": (1.0, 9.0), "double": (10.0, 99.0), "triple": (100.0, 999.0)}
_MONEY = re.compile(r"(?:revenue|investment|funding|spending|losses|market value|dollar)")
# Without a noun of its own a magnitude is money where somebody pays or raises it: "has spent billions on it".
_PAYING = re.compile(
    r"\b(?:spen[dt]\w*|bet(?:s|ting)?|invest(?:s|ed|ing)?|rais(?:e[sd]?|ing)|pour(?:s|ed|ing)?|cost(?:s|ing)?|worth|"
    r"burn(?:s|ed|ing|t)?|los(?:es?|ing|t)|pa(?:ys?|id|ying)|earn(?:s|ed|ing)?|sav(?:es?|ed|ing)|sink\w*|s[au]nk)"
    r"(?: (?:up|through|away|in|into|to|about|over|more|than|tens|hundreds|of|many))*\s$",
    re.IGNORECASE,
)


def find_vague(text: str) -> Iterator[Amount]:
    """Magnitudes of what has a unit, as ranges up to the next magnitude."""
    yield from _find_digits(text)
    for match in (*_PLURAL.finditer(text), *_FEW.finditer(text)):
        parts = re.split(r" of | ", match["head"].lower())
        low = 1.0
        for part in parts:
            low *= _VALUES[part if part.endswith("s") else f"{part}s"]
        high = low * (10 if len(parts) == 1 or parts[0] != "dozens" else 8)
        end, unit = _find_unit(text, match.end())
        if not unit and low >= _VALUES["millions"] and find_before(_PAYING, text, match.start()):
            unit = "USD"
        if unit:
            unit, many = find_whole(unit, text)
            words = text[match.start() : end]
            yield Amount((match.start(), end), words, low / many, unit, Comparator.RANGE, high / many)


def _find_digits(text: str) -> Iterator[Amount]:
    for match in _DIGITS.finditer(text):
        low, high = _RANGES[match["digits"].lower()]
        yield Amount(match.span(), match.group(), low, "%", Comparator.RANGE, high)


def _find_unit(text: str, end: int) -> tuple[int, str]:
    rest = re.sub(r"^(?: (?:more|and \w+))?(?: (?:of|in))? ?", lambda m: " " * len(m.group()), text[end : end + 90])
    gap = len(rest) - len(rest.lstrip())
    for unit, pattern in UNITS:
        found = pattern.match(" " + rest.lstrip())
        if found:
            return end + gap + found.end() - 1, unit
    return (end, "USD") if _MONEY.match(rest.lstrip()) else (end, "")
