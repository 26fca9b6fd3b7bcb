"""Numbers in English sentences, with what hedges them: more than $1.6bn, nearly four times, about a third."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from graph.spelling.number_words import CARDINALS, LETTERS, ORDINALS, SCALES
from graph.sums.numerals import COUNT, PART, PERCENT, POINTS, RANK, TIMES, Hedge, Numeral, find_hedge, match_any

_SMALL = list(CARDINALS)
_WORDS = {word: float(value) for word, value in CARDINALS.items()}
_SIGNS = {
    "$": "USD", "US$": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "¥": "JPY",
    "JPY": "JPY", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD", "₹": "INR",
    "₩": "KRW", "CHF": "CHF", "RMB": "CNY", "CN¥": "CNY", "CNY": "CNY", "NZ$": "NZD", "R$": "BRL", "MX$": "MXN",
    "RM": "MYR", "Rs.": "INR", "Rs": "INR", "Rp": "IDR", "฿": "THB", "₪": "ILS", "₺": "TRY", "₫": "VND", "₱": "PHP",
    "AED": "AED", "SAR": "SAR", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "PLN": "PLN", "THB": "THB", "INR": "INR",
}  # fmt: skip
_CURRENCIES = {
    "Canadian dollars?": "CAD", "Australian dollars?": "AUD", "Singapore dollars?": "SGD", "Hong Kong dollars?": "HKD",
    "Taiwan(?:ese)? dollars?": "TWD", "(?:US |U\\.S\\. )?dollars?|bucks": "USD", "euros?": "EUR", "pounds?": "GBP",
    "(?:Japanese )?yen": "JPY", "(?:Chinese )?yuan|renminbi": "CNY", "(?:Indian )?rupees": "INR",
    "(?:South Korean |Korean )?won": "KRW", "(?:Swiss )?francs": "CHF", "(?:Thai )?baht": "THB", "ringgit": "MYR",
    "(?:Indonesian )?rupiah": "IDR", "(?:Vietnamese )?dong": "VND", "(?:Philippine )pesos": "PHP",
    "(?:Mexican )pesos": "MXN", "(?:Brazilian )?reais|reals": "BRL", "(?:South African )?rand": "ZAR",
    "(?:Turkish )?lira": "TRY", "(?:Swedish )?kronor": "SEK", "(?:Norwegian )kroner": "NOK", "(?:Danish )kroner": "DKK",
    "(?:Polish )?z[lł]ot(?:ys?|ych)": "PLN", "(?:Emirati |UAE )?dirhams?": "AED", "(?:Saudi )?riyals?": "SAR",
    "(?:Israeli )?(?:new )?shekels?": "ILS", "(?:Russian )?r(?:o)?ubles?": "RUB",
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
_MANIFOLD = {"twice": 2.0, "thrice": 3.0, "double": 2.0, "triple": 3.0, "treble": 3.0, "quadruple": 4.0}
_MANIFOLD |= {
    f"{stem}{end}": value
    for stem, value in {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "halv": 0.5}.items()
    for end in ("ed", "ing", "es")
} | {"halve": 0.5}
_MANIFOLD |= {f"{word}fold": value for word, value in _WORDS.items() if 1 < value <= 20}
_TIME = "seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?"

_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELLED = rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:{'|'.join(_SMALL[1:10])})|" + "|".join(
    sorted(_WORDS, key=len, reverse=True)
)
# "A million", but not the one that tokens are priced by: $3 a million tokens.
_ARTICLES = {"a": 1.0, "an": 1.0, "half a": 0.5, "a quarter of a": 0.25, "three quarters of a": 0.75}
_ARTICLE = (
    r"(?:(?:half|a quarter of|three quarters of) a|(?<!\d )(?<!\w\wion )(?<!cents )(?<!dollars )(?<!euros )an?)"
    r"(?= (?:hundred|thousand|million|billion|trillion)\b)"
)
_SIGN = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
MONEY = rf"{match_any(_SIGNS)}|[ -](?:{'|'.join(_CURRENCIES)}|cents?)\b"
"""A pattern that each sum of money of a sentence has a match of."""
_NUMBER = re.compile(
    rf"(?:(?:(?<![A-Za-z])(?P<sign>(?-i:{_SIGN}))\s?|(?<![\w.,:/])(?<!\d-))(?P<figure>{_FIGURE})|"
    rf"(?<![\w-])(?P<word>{_ARTICLE}|{_SPELLED})(?![\w]))"
    r"(?P<half> and a half)?(?:[ -]?(?P<scale>(?i:hundred|thousand|lakh|million|crore|billion|trillion)(?![a-z])|"
    r"(?:mn|mln|bn|bln|tn|trn|[kmbMBK])(?![\w]))(?: (?P<scale2>million|crore|billion))?)?",
    re.IGNORECASE,
)
_UNITS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (PERCENT, re.compile(r"[ -]?(?:%|per ?cent(?!age)(?![ -]points?)|pct\b)(?! ?points?)")),
    (POINTS, re.compile(r"[ -]?(?:%|percent(?:age)?|per cent)?[ -]?points?\b")),
    (TIMES, re.compile(r"(?:[ -]times|x(?![\w×])|×(?!\d)|-?fold)(?![A-Za-z])")),
    ("chip-hours", re.compile(
        r" ?(?:[A-Z]\w* )?(?:chip|GPU|TPU|card|accelerator|machine|device|"
        r"processor)[ -]hours?\b")),
    *((code, re.compile(rf"[ -](?:{words})\b")) for words, code in _CURRENCIES.items()),
)  # fmt: skip
_TIMED = re.compile(rf"[ -](?P<unit>{_TIME})\b(?!-old)")
_FRACTION = re.compile(
    r"(?<![\w-])(?:(?P<count>a|one|two|three|four|nine)[ -])?(?P<part>half|third|quarter|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|twentieth|hundredth)s?(?![\w-])",
    re.IGNORECASE,
)
_ONE_IN = re.compile(
    rf"(?<![\w-])(?P<count>{'|'.join(_SMALL[1:11])})(?: (?:in|out of every)|"
    rf"(?P<noun> [a-z]+) in) (?P<whole>{_SPELLED}|\d+)(?! \w+illion)\b(?(noun)(?= (?:is|are|was|were|has|have|"
    rf"had)\b|[,.;:)]))",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(rf"(?<![\w-])(?:{'|'.join(_MANIFOLD)})(?![\w-])", re.IGNORECASE)
_RANK = re.compile(
    r"(?<![\w-])(?:(?:No\. ?|number |#)(?P<figure>\d{1,3})\b|"
    rf"(?P<ordinal>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\b)"
)
# Behind these a number is a name or a place in a text, no count of anything.
_NAMED = re.compile(
    r"(?:\b(?:[Pp]age|[Ss]ection|[Aa]rticle|[Cc]hapter|[Ff]ootnote|[Vv]ersion|[Uu]pdate|[Pp]aragraph|[Aa]ged?|"
    r"[Tt]op|[Tt]able|[Ff]igure|No\.|Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)|[A-Za-z]-|#|\b[Aa]ge of|"
    r"×|\b(?:at|by|in|until|from|to) (?:[Ww]eek|[Dd]ay|[Pp]hase)|\b[Aa]ged \d+ (?:to|and)) ?$"
)
# "Women under 40": an age, where nothing is counted behind it.
_OF_AGE = re.compile(
    r"\b(?:women|men|people|persons|patients|children|adults|girls|boys|those)(?: aged)? (?:under|over|below|above|"
    r"(?:young|old)er than) $"
)
_OLDEST = 120
_CAPITAL = re.compile(r"(?:^|[^\w])(?P<word>[A-Z][\w.]*[a-zA-Z]) $")
_OPENING = (
    "Of The In At About Some Only Its Their From With More Nearly Almost Over That This Those All Around Roughly But "
    "And Under Just Another Up Down For By To"
)
_OPENERS = frozenset(_OPENING.split())
_DATED = re.compile(
    r"(?:st|nd|rd|th)?,? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_BETWEEN_DIGITS = re.compile(r"[:/×]\d|-\d{2}(?!\d)|-year-old|-(?:page|minute|bit)\b|[A-Za-z]")

# "Rocket 2230", "the 4070 Ti", "the 3090's": four digits without a comma are a name by the words about them.
_MODEL = re.compile(r"['’]s\b| [A-Z]|s\b")
_LONG, _LARGE = 4, 100
_LEADS = {
    Hedge.NEARLY: re.compile(
        r"\b(?:(?:very )?nearly|almost|all but|close to|just (?:under|below|shy of)|not quite|"
        r"approaching)\s+(?:an?\s+)?$", re.I),
    Hedge.UNDER: re.compile(
        r"\b(?:(?:well )?(?:less|fewer|lower|smaller) than|not even(?: an?)?|(?:well )?(?:under|below)|"
        r"short of)\s+$", re.I),
    Hedge.AT_LEAST: re.compile(r"\b(?:at least|no (?:less|fewer) than|a minimum of)\s+$", re.I),
    Hedge.AT_MOST: re.compile(
        r"\b(?:at most|(?<!add )(?<!adds )(?<!added )up to|no more than|"
        r"not more than|a maximum of|as (?:much|many) as)\s+$", re.I),
    Hedge.JUST_OVER: re.compile(
            r"\b(?:just|slightly|a (?:little|bit|shade|touch|fraction)|marginally|barely) "
            r"(?:over|above|more than|in excess of)\s+(?:an?\s+)?$", re.I
    ),
    Hedge.OVER: re.compile(
            r"(?:\b(?:(?:well |far |much )?(?:over|above|more than)|upwards of|in excess of)"
        r"\s+|>\s?)$", re.I
    ),
    Hedge.ABOUT: re.compile(
            r"(?:\b(?:about|around|roughly|approximately|some|an estimated|circa|more or less|"
            r"in the region of)\s+|[~≈]\s?)$", re.I
    ),
}  # fmt: skip
_TRAILS = {
    Hedge.AT_LEAST: re.compile(r"^ or more\b"),
    Hedge.AT_MOST: re.compile(r"^ or (?:less|fewer)\b"),
    Hedge.ABOUT: re.compile(r"^(?: or so|,? give or take)\b"),
}
# Most sentences have no number at all.
_ANY = re.compile(
    rf"\d|[a-z](?:fold|teen)\b|\ban? (?:hundred|thousand|\w+illion)\b|"
    rf"\b(?:{_SPELLED}|{'|'.join(_MANIFOLD)}|{'|'.join(_PARTS)}|{'|'.join(ORDINALS)})\b",
    re.I,
)
_CENTS = re.compile(r" cents?\b")
_PER = re.compile(
    r" (?:an?|(?:(?:of|in) [a-z]+ )?(?:per|each|every|for each|for every|apiece|a(?= head)))\b"
    r"(?: (?P<noun>[a-z][\w-]*))?"
)
_NOUN = re.compile(
    r"(?: (?:of the|of its|of their|of))?[ -](?P<noun>"
    r"(?!(?:it|them|those|these|its|their|that|which|who|when|where|if|in|on|at|of|to|and|or|from|"
    r"for|by|with|as|than|was|were|is|are|be|had|has|have|a|an|the|up|down|more|less|fewer|per|each|last|this|"
    r"after|before|over|under|so|but|while|went)\b)[a-z][a-z-]+)"
)
# "One and a half times"; "half" behind "first" or before "hour" is no part of anything.
_NO_PART = re.compile(r"(?:first|second|latter|other|and a|a year and a) $")


@lru_cache(4_096)
def find_numerals(sentence: str) -> tuple[Numeral, ...]:
    """The numbers of a sentence in its order, none overlapping; years, dates and numbers of names are left out."""
    if not _ANY.search(sentence):
        return ()
    plain = sentence.translate(LETTERS)
    found = [*_iter_numbers(plain), *_iter_parts(plain), *_iter_multiples(plain), *_iter_ranks(plain)]
    kept: list[Numeral] = []
    for one in sorted(found, key=lambda one: (one.span[0], -one.span[1])):
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(replace(one, text=sentence[slice(*one.span)]))
    return tuple(kept)


def _iter_numbers(sentence: str) -> Iterator[Numeral]:
    for match in _NUMBER.finditer(sentence):
        if one := _read(sentence, match):
            yield one


def _read(sentence: str, match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    scale = 1.0
    for name in ("scale", "scale2"):
        scale *= SCALES[match[name].lower()] if match[name] else 1.0
    if match["scale"] in ("K", "M", "B", "b") and not match["sign"]:  # Llama 3.1 8B
        return None
    unit, end = _read_unit(sentence, match, end)
    if unit == COUNT and sentence[: match.start()].endswith("factor of "):
        unit = TIMES
    if unit == COUNT and "." in (match["figure"] or "") and not match["scale"]:
        unit = POINTS
    if unit in (COUNT, POINTS) and not _counts(sentence, match, end):
        return None
    value, step = _read_value(match, scale)
    if cents := _CENTS.match(sentence, end):
        unit, end, value, step = "USD", cents.end(), value / 100, step / 100
    noun = _read_noun(sentence, unit, end)
    return _make(sentence, (start, end), value, step, unit, noun, spelled=bool(match["word"]) and scale == 1)


def _read_value(match: re.Match[str], scale: float) -> tuple[float, float]:
    if match["figure"]:
        digits = match["figure"].replace(",", "")
        step = scale * 10.0 ** -len(digits.partition(".")[2])
        value = float(digits)
    elif match["word"].lower() in _ARTICLES:
        value, step = _ARTICLES[match["word"].lower()], scale
    else:
        tens, _, ones = match["word"].lower().partition("-")
        value, step = _WORDS[tens] + (_WORDS[ones] if ones else 0), scale
    return (value + (0.5 if match["half"] else 0)) * scale, step / (2 if match["half"] else 1)


def _read_unit(sentence: str, match: re.Match[str], end: int) -> tuple[str, int]:
    if match["sign"]:
        return _SIGNS[match["sign"]], end
    for unit, pattern in _UNITS:
        if found := pattern.match(sentence, end):
            return unit, found.end()
    if found := _TIMED.match(sentence, end):
        return found["unit"].rstrip("s") + "s", found.end()
    return COUNT, end


def _counts(sentence: str, match: re.Match[str], end: int) -> bool:
    """Whether a number counts or scores something: no year, no date, no number of a name."""
    if match["word"] or match["scale"]:
        return True
    figure, before = match["figure"], sentence[max(0, match.start() - 24) : match.start()]
    if re.fullmatch(r"(?:19|20)\d\d", figure) or _BETWEEN_DIGITS.match(sentence, end):
        return False
    if _NAMED.search(before) or _DATED.match(sentence, end):
        return False
    if _OF_AGE.search(before) and float(figure.replace(",", "")) <= _OLDEST and not _NOUN.match(sentence, end):
        return False
    if "," in figure:
        return True
    capital = _CAPITAL.search(before)
    word = capital["word"] if capital and capital["word"] not in _OPENERS else ""
    if (len(figure) == _LONG and figure.isdigit()) or word.isupper() or (word and float(figure) < _LARGE):
        return not word and not before.endswith("the ") and not _MODEL.match(sentence, end)
    return True


def _read_noun(sentence: str, unit: str, end: int) -> str:
    if unit.isupper() and (per := _PER.match(sentence, end)):
        return per["noun"] or "each"
    if unit == COUNT and (noun := _NOUN.match(sentence, end)):
        return noun["noun"]
    return ""


def _iter_parts(sentence: str) -> Iterator[Numeral]:
    for match in _FRACTION.finditer(sentence):
        count, part = (match["count"] or "").lower(), match["part"].lower()
        if (count or part == "half") and not _NO_PART.search(sentence[: match.start()]):
            share = (_WORDS.get(count, 1.0)) / _PARTS[part]
            yield _make(sentence, match.span(), share, 0, PART)
    for match in _ONE_IN.finditer(sentence):
        count, told = _WORDS[match["count"].lower()], match["whole"].lower()
        whole = _WORDS.get(told) or float(told if told.isdigit() else 0)
        if whole > count:
            yield _make(sentence, match.span(), count / whole, 0, PART)


def _iter_multiples(sentence: str) -> Iterator[Numeral]:
    for match in _MULTIPLE.finditer(sentence):
        yield _make(sentence, match.span(), _MANIFOLD[match.group().lower()], 1, TIMES)


def _iter_ranks(sentence: str) -> Iterator[Numeral]:
    for match in _RANK.finditer(sentence):
        ordinal = match["ordinal"]
        value = ORDINALS[ordinal] if ordinal in ORDINALS else int(re.sub(r"\D", "", match.group()))
        yield _make(sentence, match.span(), float(value), 0, RANK)


def _make(
    sentence: str, span: tuple[int, int], value: float, step: float, unit: str, noun: str = "", spelled: bool = False
) -> Numeral:
    start = span[0] + len(sentence[span[0] : span[1]]) - len(sentence[span[0] : span[1]].lstrip())
    lead, hedge = start, Hedge.EXACT
    if before := find_hedge(_LEADS, sentence[max(0, start - 30) : start]):
        hedge, lead = before[0], start - len(before[1].group().lstrip())
    elif after := find_hedge(_TRAILS, sentence[span[1] : span[1] + 20]):
        hedge = after[0]
    return Numeral((start, span[1]), lead, sentence[start : span[1]], value, step, unit, noun, hedge, spelled)
