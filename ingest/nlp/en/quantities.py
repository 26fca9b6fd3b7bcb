"""Amounts in English text: numbers with unit, comparator and range, in base units.

"$5.6m" is 5600000 USD, "671B parameters" 671000000000 parameters, "billions of dollars" the range 1e9 to 1e10,
"No. 2" and "second place" 2 rank. A fall is written as a positive number; the frame that reads it sets the sign.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from graph.records import Comparator
from graph.spelling.number_words import CARDINALS, LETTERS, SCALES
from ingest.nlp.beside import REACH, find_before
from ingest.nlp.document import Amount
from ingest.nlp.en.enumerations import share_units
from ingest.nlp.en.ranks import find_ranks
from ingest.nlp.en.ratios import find_ratios
from ingest.nlp.en.units import CURRENCIES, DATA, DURATIONS, SIGNS, UNITS, find_whole
from ingest.nlp.en.vague import find_vague

_SCALES = {
    **SCALES, "mln": 1e6, "mm": 1e6, "bln": 1e9, "t": 1e12, "dozen": 12, "": 1.0,
    "lakh": 1e5, "lac": 1e5, "crore": 1e7, "cr": 1e7, "lakh crore": 1e12,
}  # fmt: skip
_PARTS = {
    "a quarter of a": 0.25, "one quarter of a": 0.25, "three quarters of a": 0.75, "half of a": 0.5, "half a": 0.5,
    "a third of a": 1 / 3, "one third of a": 1 / 3, "two thirds of a": 2 / 3,
}  # fmt: skip

_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = "|".join(sorted(CARDINALS, key=len, reverse=True))
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_PLURAL = rf"(?:{_TENS})-(?:{_ONES})|(?!(?:zero|one)\b)(?:{_SMALL})"
_SPELLED = (
    rf"(?:{'|'.join(part.replace(' ', '[ -]') for part in _PARTS)}|(?:{_TENS})-(?:{_ONES})|"
    rf"(?:{_ONES}|a) hundred(?= (?:thousand|million|billion|trillion))|(?:{_ONES}) and a half|{_SMALL}|a single|an|a|"
    r"another(?= (?:million|billion|trillion)\b))"
)
# A space is lost now and then: "$500 millionin".
_SCALE = (
    r"(?i:(?:million|billion|trillion)s?)(?=(?:in|of|for|from|to)\b)|"
    r"(?i:hundred|thousand|(?:million|billion|trillion)s?|dozen|lakh crores?|crores?|lakhs?|mln|bln|trn|mn|bn|tn|mm)"
    r"(?![A-Za-z])|"
    r"[kKmMbBtT](?![A-Za-z0-9]|/s\b)"
)
# Short for them behind a sign alone: "Rs 350 Cr".
_RUPEES = r"(?i:crs?|lacs?)(?![A-Za-z])"
_LETTERED = [sign for sign in sorted(SIGNS, key=len, reverse=True) if sign != "Y" and sign[-1] not in "$€£¥₹₩₪"]
# "CAD 2025" and "PLN 40%" are no sums.
_CODES = "|".join(
    rf"{re.escape(sign)}(?! ?(?:\d[\d.,]*\s?(?:%|per\s?cent)|(?:19|20)\d\d(?![\d.,]))) ?" for sign in _LETTERED
)
_SIGN = (
    "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True) if sign[-1] in "$€£¥₹₩₪")
    + rf"|{_CODES}|Y(?=\d[\d.,]* ?(?:million|billion|trillion|bn|mn|tn|trn)\b)"
)
_LINK = r"\s?(?:-|–|—|to|and|or)\s?"

# A figure stands by itself, or right behind the letters of a currency: "RMB300 million".
_FREE = rf"(?:(?<![\w.])|{'|'.join(rf'(?<={re.escape(code)})' for code in _LETTERED)}|(?<=\bY))"

# What numbers in words are read with: units right behind them, and what stands some words behind ("four new regions").
_BESIDE, _COUNTED = DATA["spelled"]["beside"], DATA["spelled"]["counted"]
_BETWEEN_WORDS = (
    r"(?:['\"“‘]?(?!of\b|in\b|to\b|or\b|and\b|for\b|from\b|by\b|the\b)[a-z]+(?:-[a-z]+)?['\"”’]? ){0,2}['\"“‘]?"
)
_NUMBER = re.compile(
    rf"(?P<sign>(?<![A-Za-z])(?:{_SIGN}))?\s?"
    rf"(?P<approx>~)?(?:(?P<figure>{_FREE}(?:{_FIGURE}))|(?P<word>(?<![\w-])(?:(?i:{_SPELLED})(?=[ -](?:{_BESIDE})\b)|"
    rf"(?i:a single|one)(?= (?:(?:Nvidia|NVIDIA|AMD|Intel|Google) )?(?:{DATA['spelled']['chip']})(?![\w-]))|"
    rf"(?i:{_PLURAL})(?= (?:(?:to|or) (?:{_FIGURE}|{_SMALL}) )?{_BETWEEN_WORDS}(?:{_COUNTED})\b))))"
    rf"(?:(?P<more>\+ )?[ -]?(?P<scale>{_SCALE}|(?(sign){_RUPEES}|(?!))))?(?P<plus>\+)?",
)
_SECOND = re.compile(
    rf"{_LINK}(?:(?:{_SIGN}))?\s?(?P<figure>{_FIGURE}|(?:{_PLURAL})\b)(?:[ -]?(?P<scale>{_SCALE}))?(?![\w.]*\d)",
    re.IGNORECASE,
)
# Two results with a stroke between them: "75.5/83.1".
_PAIRED = re.compile(r"\d+\.\d+/\d+\.\d+(?![\w/]|\.\d)")
_PAIR_BEGUN = re.compile(r"(?<![\w/.])\d+\.\d+/$")
_PAIR_END = re.compile(r"\d+\.\d+(?![\w/]|\.\d)")
_UP_TO = re.compile(r"\bup-to-$")
_UPPER_PERCENT = re.compile(r"\s?(?:and|to|-|–)\s?(?P<figure>\d+(?:\.\d+)?)\s?(?:%|percent|per cent)")
# "27x-50x", "14.5%-17.5%": the unit stands on both ends.
_UPPER_SAME = {
    "x": re.compile(r"\s?(?:to|-|–|—)\s?(?P<figure>\d+(?:\.\d+)?)\s?(?:x|×|times)(?![A-Za-z])"),
    "%": re.compile(r"[-–—](?P<figure>\d+(?:\.\d+)?)\s?%"),
}
_FILLER = r"(?: (?:a |an |the |whopping |staggering |mere |just |its |total of )*)?\s?$"
_BEFORE_RES = tuple(
    (Comparator(sign), re.compile(rf"(?<![\w]){text}{_FILLER}", re.IGNORECASE))
    for sign, text in DATA["comparators"].items()
)
_AFTER_RES = (
    (Comparator.AT_LEAST, re.compile(r"^\s?(?:or (?:more|higher|above|over)|and (?:up|above))\b", re.I)),
    (Comparator.AT_MOST, re.compile(r"^\s?(?:or (?:less|fewer|lower|under|below))\b", re.I)),
    (Comparator.ABOUT, re.compile(r"^(?:,? give or take|\s?or so)\b", re.I)),
)
_PERIOD = r"(?:year|yr|month|mo|week|day|hour|hr|minute|min|second)\b"
_PER = re.compile(
    # What came in a day, or a day after, is not so much a day.
    rf"^(?! (?:in|out) (?:an?|each|every) {_PERIOD})"
    rf"(?! (?:for )?an? {_PERIOD} (?:ago|earlier|later|before|prior|after)\b)"
    r"(?: in| out)?\s?(?:/ ?|per |an? |each |every |for (?:an? |each |every |one ))"
    r"(?P<what>1?\s?(?:million|mn|M|m|thousand|k|K|1,000)?[ -]?(?:cached |fresh |uncached )?(?:input |output |"
    r"prompt |completion )?(?:tokens?|month|mo|year|yr|user|seat|hour|hr|share|day|week|minute|min|second|"
    r"image|picture|query|request|call|conversation|message|page|song|video|clip|search|"
    r"annum|(?:GPU|card|chip|node)[- ]hour|task|chip|head|developer|employee|student|person|character|word|credit)s?"
    r"|million(?: in| out)?|1?M(?: (?:in|out|input|output))?)(?![\w$])"
)
_MONTHLY = re.compile(r"^ (?P<what>monthly|yearly|annually|hourly|apiece|each)\b")
_PER_NAMES = {
    "annum": "year", "yr": "year", "yearly": "year", "annually": "year", "mo": "month", "monthly": "month",
    "hr": "hour", "hourly": "hour", "min": "minute", "apiece": "piece", "each": "piece",
}  # fmt: skip
# What a number without any of these units counts: "2,500 copyrighted books", "92 programming languages".
_NOUN = re.compile(
    r"^ (?:(?!(?:{0})\b)[A-Za-z][\w-]* ){{0,3}}?(?!(?:{0})\b)(?P<noun>[a-z]{{3,}}[^su\W\d_]s)\b".format(
        "of|in|on|at|to|for|and|or|by|with|from|as|than|that|which|who|is|are|was|were|has|have|had|it|its|this|these|"
        "points|per|versus|vs|out|while|but|times|percent|across|after|before|over|under|more|less|does"
    )
)
# "Rose from 62 to 71" tells of two amounts, "ranging from 62 to 71" of one.
_CHANGE = re.compile(
    r"\b(?:cut|slash|rais|increas|r[io]s|w[ea]nt|go|jump|climb|improv|drop|f[ea]ll|lower|reduc|bump|lift|gr[oe]w|mov|expand|"
    r"extend|doubl|up|down|hik|push|boost|leap|tripl|chang|trim)\w*\b[^.;]{0,50}\bfrom\s+(?:\S+\s)?$",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?<!\d )(?<!% )(?<!percent )\b(?:minus|negative) $", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:\S+\s)?$", re.IGNORECASE)
_BOUNDED = re.compile(r"\b(?:between|from)\s+$")
# A few months are an amount where something takes them or comes back after them, not in "over the next five years".
_LASTING = re.compile(
    r"(?:\b(?:every|each|takes?|took|taking|lasts|lasted|lasting|excess of|at least|at most|up to)\s|~)$", re.IGNORECASE
)
_FEW = 10
# So many times something was done; nothing is so many times another.
_MANIFOLD = 100_000
_DOWNLOADED = re.compile(r"\b(?:download|install)ed\b[^.;]{0,60}$")
_MODEL_SIZE = re.compile(
    r"(?<![\w.$€£])(?P<figure>\d+(?:\.\d+)?)(?P<scale>[BT])(?=[ -](?:parameters?|params?|model|MoE|dense|"
    r"version|variant|total|active)|[,)]| and | or )"
)
_CONTEXT = re.compile(
    r"(?P<figure>\d+(?:\.\d+)?)(?P<scale>[KkMm])(?=[ -](?:long |of )?(?:token|context|ctx|window)"
    r"|\.? *$|\.\s|[,;)]| and )"
)
_WINDOW = re.compile(r"context|ctx|[Ww]indow|token length")


def find_amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a text in order, none overlapping; spans are offsets into it. Bare numbers have unit ``."""
    plain = text.translate(LETTERS)
    found = [*find_ranks(plain), *find_vague(plain), *_find_numbers(plain), *find_ratios(plain)]
    kept: list[Amount] = []
    for amount in sorted(found, key=lambda a: (a.span[0], -a.span[1])):
        if not kept or amount.span[0] >= kept[-1].span[1]:
            kept.append(amount)
    return tuple(replace(amount, text=text[slice(*amount.span)]) for amount in share_units(plain, kept))


def _find_numbers(text: str) -> Iterator[Amount]:
    reached = 0
    for match in _NUMBER.finditer(text):
        if match.start() < reached or _is_inside_word(text, match):
            continue
        amount = _read_amount(text, match)
        if amount:
            reached = amount.span[1]
            yield amount


def _is_inside_word(text: str, match: re.Match[str]) -> bool:
    """Digits of a name or a date: "o3-mini", "2025-01-27", "1:30"."""
    start = match.start("figure") if match["figure"] else match.start("word")
    before, after = text[max(0, start - 2) : start], text[match.end() : match.end() + 2]
    if match["sign"]:
        return False
    if match["figure"] and find_before(_UP_TO, text, start):
        return False
    if match["figure"] and (
        _PAIRED.match(text, start) or (find_before(_PAIR_BEGUN, text, start) and _PAIR_END.match(text, start))
    ):
        return False
    if match["figure"] and re.search(r"[A-Za-z]-$|[\w]$|\d[:/.]$|/$", before):
        return True
    return bool(re.match(r"[:/]\d|-\d{2}(?!\d)", after)) and not match["scale"]


def _read_amount(text: str, match: re.Match[str]) -> Amount | None:
    start = _begin(text, match)
    value, high, end, unit, unit_end = _read_range(text, match, start)
    if unit in DURATIONS and high is None and _passes_by(text, match, value):
        return None
    if not unit and not _may_be_bare(text, match, end):
        return None
    if unit == "x" and value >= _MANIFOLD and match["word"] is None:
        unit, unit_end = "downloads" if find_before(_DOWNLOADED, text, start) else "", end
    unit, parts = find_whole(unit, text)
    value, high = value / parts, None if high is None else high / parts
    rest = text[unit_end : unit_end + REACH]
    per = (_PER.match(rest) or _MONTHLY.match(rest)) if unit in CURRENCIES else None
    if per:
        unit, unit_end = f"{unit}/{_name_per(per['what'])}", unit_end + per.end()
    if high is None and (minus := find_before(_MINUS, text, start)):
        start, value = minus.start(), -value
    comparator = Comparator.RANGE if high is not None else _read_comparator(text, start, unit_end, match)
    return Amount((start, unit_end), text[start:unit_end], value, unit, comparator, high)


def _read_range(text: str, match: re.Match[str], start: int) -> tuple[float, float | None, int, str, int]:
    """A number, the upper end where it is a range, and where that ends; the unit, and where the amount ends with it."""
    value = _read_value(match["figure"] or match["word"]) * _scale(match["scale"])
    end, high = match.end(), None
    second = _SECOND.match(text, end) if match["figure"] or not match["scale"] else None
    changed = _CHANGE.search(text, max(0, match.start() - 60), start)
    unit, unit_end = _read_unit(text, match, end)
    if second and not unit_end > end:
        own_unit, own_end = _read_unit(text, match, second.end())
        upper_value = _read_value(second["figure"]) * _scale(second["scale"] or match["scale"])
        lower_value = value if match["scale"] or not second["scale"] else value * _scale(second["scale"])
        is_pair = second.group().strip()[:3].lower() == "and" and not find_before(_BETWEEN, text, start)
        if lower_value < upper_value and not is_pair and not changed and (own_unit or unit):
            end = second.end()
            return lower_value, upper_value, end, own_unit or unit, max(own_end, end)
    if not match["figure"]:
        return value, high, end, unit, unit_end
    upper = _UPPER_PERCENT.match(text, unit_end) if unit == "%" and not changed else None
    if upper and find_before(_BOUNDED, text, match.start("figure")):
        high, unit_end = _read_value(upper["figure"]), upper.end()
    same = _UPPER_SAME[unit].match(text, unit_end) if unit in _UPPER_SAME and high is None else None
    if same and value < float(same["figure"]):
        high, unit_end = float(same["figure"]), same.end()
    return value, high, end, unit, unit_end


def _begin(text: str, match: re.Match[str]) -> int:
    return match.start() + len(match.group()) - len(match.group().lstrip())


def _may_be_bare(text: str, match: re.Match[str], end: int) -> bool:
    """A number without unit counts as a score only when it is no year, list number or part of a name."""
    if match["word"] or match["scale"]:
        return bool(match["scale"]) and bool(match["figure"])
    figure = match["figure"]
    if re.fullmatch(r"(?!2048)(?:19|20)\d\d", figure) or re.match(r"[-–]?[A-Za-z]", text[end : end + 2]):
        return False
    return "." in figure or len(figure.replace(",", "")) >= 2


def _read_unit(text: str, match: re.Match[str], end: int) -> tuple[str, int]:
    """The unit of a number and where the amount ends."""
    rest = text[end : end + REACH]
    if match["sign"]:
        sign = match["sign"].strip()
        return SIGNS[sign], end
    for unit, pattern in UNITS:
        found = pattern.match(rest)
        if found:
            return unit, end if unit in DURATIONS else end + found.end()
    if match["scale"] in {"B", "T"} and _MODEL_SIZE.match(text, match.start("figure") if match["figure"] else end):
        return "parameters", end
    if match["scale"] in {"K", "k", "M"} and _CONTEXT.match(text, match.start("figure")) and _tells_of_window(text):
        return "tokens", end
    counts = match["scale"] or (match["figure"] and "." not in match["figure"])
    noun = _NOUN.match(rest) if counts else None
    return (noun["noun"], end) if noun and (match["scale"] or _may_be_bare(text, match, end)) else ("", end)


@lru_cache(maxsize=1)  # the same text for each of its numbers
def _tells_of_window(text: str) -> bool:
    return _WINDOW.search(text) is not None


def _passes_by(text: str, match: re.Match[str], value: float) -> bool:
    """Whether a few months or years only tell when something is: "over the next five years"."""
    start = match.start("figure" if match["figure"] else "word")
    return value < _FEW and "." not in match.group() and not find_before(_LASTING, text, start)


def _read_value(figure: str) -> float:
    lowered = figure.lower()
    if lowered in {"a", "an", "another", "a single"}:
        return 1.0
    if lowered.endswith(" and a half"):
        return _read_value(lowered.removesuffix(" and a half")) + 0.5
    if (part := lowered.replace("-", " ")) in _PARTS:
        return _PARTS[part]
    if lowered in CARDINALS:
        return float(CARDINALS[lowered])
    if lowered.endswith(" hundred"):
        return 100 * _read_value(lowered.removesuffix(" hundred"))
    if "-" in lowered:
        tens, ones = lowered.split("-")
        return float(CARDINALS[tens] + CARDINALS[ones])
    return float(figure.replace(",", ""))


def _scale(word: str | None) -> float:
    lowered = (word or "").lower()
    return _SCALES[lowered.removesuffix("s")]


def _read_comparator(text: str, start: int, end: int, match: re.Match[str]) -> Comparator:
    before, after = text[max(0, start - 40) : start], text[end : end + 20]
    if match["approx"]:
        return Comparator.ABOUT
    if match["plus"] or match["more"]:
        return Comparator.AT_LEAST
    for kind, pattern in _AFTER_RES:
        if pattern.match(after):
            return kind
    for kind, pattern in _BEFORE_RES:
        if pattern.search(before) and not (kind is Comparator.AT_LEAST and _CHANGE.search(before)):
            return kind
    return Comparator.EQUAL


def _name_per(what: str) -> str:
    words = what.strip().lower()
    if "token" in words or re.fullmatch(r"1?(?:million|m)\b.*", words):
        return (
            "1K tokens"
            if re.match(r"(?:1,000|1?\s?k\b|1?\s?thousand)", words)
            else "1M tokens"
            if re.match(r"1?\s?m", words)
            else "token"
        )
    return _PER_NAMES.get(words.rstrip("s"), words.rstrip("s"))
