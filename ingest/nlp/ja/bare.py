"""Numbers of Japanese text that no unit follows: scores, sizes as "70B", what stands alone in a cell of a table."""

import re
from collections.abc import Iterator

from graph.records import Comparator
from ingest.nlp.document import Amount
from ingest.nlp.ja.numbers import ARABIC, LATIN_SCALES, read_number

# A month in brackets, （2026.2）, is none.
_DECIMAL = re.compile(
    r"(?!20[0-3]\d\.(?:1[0-2]|[1-9])[)）])(?<![A-Za-z0-9.,\-/年月])(?:\d{1,3}(?:,\d{3})+|\d{1,4})\.\d+(?![A-Za-z0-9.]|/|\s?[年月日.])"
)
# Two results with a stroke between them: 86.8/82.1.
_PAIR = re.compile(r"(?<![A-Za-z0-9.\-/])(?P<first>\d{1,4}\.\d+)\s?/\s?(?P<second>\d{1,4}\.\d+)(?![A-Za-z0-9./])")
# "68M" in a column of sizes: what it counts is told by what it measures.
_SCALED = re.compile(
    r"(?<![A-Za-z0-9.\-$¥])(?<![A-Za-z0-9]/)(?P<figure>\d+(?:\.\d+)?)(?P<scale>[kKMBT])(?![A-Za-z0-9\-])"
)
# A size in lower case where nothing else is meant: in brackets, but for (1b) and (2b).
_SIZE = re.compile(r"(?<=[(（])(?P<figure>(?![12]b)\d{1,4}(?:\.\d+)?)b(?=[)）])")
# In a cell of its own a number is one whatever it counts, but not a year and not the number of the row.
_CELL = re.compile(
    rf"(?<=\|)[\s*]*[+＋]?(?P<figure>(?!(?:19|20)\d\d(?!\d|,))(?:{ARABIC}|\d+(?:\.\d+)?[兆億万]+))"
    rf"(?:\s?[~〜～–]\s?(?P<high>{ARABIC}))?[\s*]*(?=\|)"
)
_OUT_OF = re.compile(r"(?<=\|)[\s*]*(?P<figure>\d{1,3})\s?/\s?(?P<most>5|10|100)[\s*]*(?=\|)")
_SHORTEST = 2


def find_bare(plain: str, text: str) -> Iterator[Amount]:
    """Scores as `points`, sizes as `parameters`, other numbers without unit; `plain` is the text in half width."""
    for match in _DECIMAL.finditer(plain):
        yield _make(text, match.span(), read_number(match.group())[0], "points")
    for match in _PAIR.finditer(plain):
        for name in ("first", "second"):
            yield _make(text, match.span(name), float(match[name]), "points")
    for match in _SCALED.finditer(plain):
        yield _make(text, match.span(), float(match["figure"]) * LATIN_SCALES[match["scale"]], "")
    for match in _SIZE.finditer(plain):
        yield _make(text, match.span(), float(match["figure"]) * LATIN_SCALES["B"], "parameters")
    for match in _CELL.finditer(plain):
        if len(match["figure"]) >= _SHORTEST and "." not in match["figure"].rstrip("兆億万"):
            low = read_number(match["figure"])[0]
            high = read_number(match["high"])[0] if match["high"] else low
            span = match.start("figure"), match.end("high" if match["high"] else "figure")
            if low < high:
                yield Amount(span, text[slice(*span)], low, "", Comparator.RANGE, high)
            else:
                yield _make(text, span, low, "")
    for match in _OUT_OF.finditer(plain):
        if int(match["figure"]) <= int(match["most"]):
            yield _make(text, (match.start("figure"), match.end("most")), float(match["figure"]), "points")


def _make(text: str, span: tuple[int, int], value: float, unit: str) -> Amount:
    return Amount(span, text[slice(*span)], value, unit)
