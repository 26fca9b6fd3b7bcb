"""How many times one thing is of another, in words: "a tenth of the price", "twice as fast", "tripled", "free".

A part of several is a share: "half of the users" are 50 %, "half of the price" is .5 x.
"""

import re
from collections.abc import Iterator

from graph.records import Comparator
from graph.spelling.number_words import CARDINALS
from ingest.nlp.beside import REACH, find_before
from ingest.nlp.document import Amount

_FEWEST = 3  # "one of two" names one
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "twelfth": 12, "fifteenth": 15, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_DOZEN = 12
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9, "": 1}
_MANIFOLD = {"twice": 2, "double": 2, "thrice": 3, "triple": 3, "quadruple": 4, "an order of magnitude": 10}
_FOLDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100,
}  # fmt: skip
_GROWN = {"doubl": 2, "tripl": 3, "quadrupl": 4}
# After a part or a multiple: what it is taken of. "A third party" and "a half hour" are none.
_WHOLE = r"(?= (?:of|the|as|that|its|their|what|less|more|fewer|cheaper|faster|smaller|larger|quicker|lower|dearer)\b)"
_COUNT = r"(?:(?P<count>a|one|two|three|four|nine)[ -])?"
# Nor is half a year one: "the first half of 2026", "a year and a half of work".
_NO_HALVES = "".join(rf"(?<!{word} )" for word in ("first", "second", "latter", "last", "other", "and", "and a"))
_FRACTION = re.compile(
    rf"(?<![\w-]){_NO_HALVES}{_COUNT}(?P<part>{'|'.join(_PARTS)})s?(?!(?: of)? an? (?:m|b|tr)illion)"
    rf"(?:{_WHOLE}|(?=[ -]price\b))",
    re.IGNORECASE,
)
# "Two-thirds" says what it is of, or leaves it unsaid; "three quarters" are of a year.
_BARE = re.compile(
    r"(?<![\w-])(?P<count>two|three|four|five|six|seven|eight|nine)"
    r"(?:-(?P<part>thirds|quarters|fifths|sixths|sevenths|eighths|ninths|tenths)| (?P<apart>thirds|fifths|tenths))\b"
    r"(?!(?: of)? an? (?:m|b|tr)illion|[ -]majority)",
    re.IGNORECASE,
)
# "One in five", "nine out of ten": not "two in five years", "5 in 2024".
_OF_SO_MANY = re.compile(
    r"(?<![\w.,$€£-])(?P<some>{0}|\d{{1,2}}) (?:in|out of)(?: every)? (?P<all>{0}|\d{{1,2}}|100)\b"
    r"(?![.,:]?\d|[ -](?:{1}|hundred|thousand|million|billion)|%| per ?cent)".format(
        "|".join(word for word, value in CARDINALS.items() if 0 < value <= _DOZEN),
        "minutes?|hours?|days?|weeks?|months?|quarters?|years?|decades?|points?|times|seconds?|countries|markets|states|"
        "cities|languages",
    ),
    re.IGNORECASE,
)
# By how much something changed: "by a third", "by more than half".
_CHANGE = re.compile(
    r"\bby (?:about |around |roughly |nearly |almost |some |well |more than |over |less than |under |as much as )*"
    rf"(?P<ratio>{_COUNT}(?P<part>{'|'.join(_PARTS)})s?)\b"
    r"(?![- ](?:party|hour|time|of))",
    re.IGNORECASE,
)
# A part of what is compared rather than divided: its price, its size.
_COMPARED = re.compile(
    r"^ of (?:(?:all|the|its|their|our|that|this|those|these|what|a|[A-Z]\w*['’]s?) )*(?:(?!\w+s )[\w-]+ )?"
    r"(?:that|what|price|cost|size|time|speed|compute|computing|power|energy|electricity|memory|budget|footprint|tokens|"
    r"parameters|length|horizon|weight|resources|fee|rate|level|amount|number|hardware|latency|training|performance)s?\b"
)
_SHARED = re.compile(r"^ of [\w$€£¥]")
# "Accounted for over half the profit" tells of a share too.
_SHARING = re.compile(
    r"\b(?:account\w* for|ma[kd]es? up|making up|represent\w*|compris\w*|own(?:s|ed)?|hold(?:s|ing)?|held) "
    r"(?:about |around |roughly |nearly |almost |well |more than |over |less than |under |some |at least )*$",
    re.IGNORECASE,
)
# "1/50th the cost": a part in figures.
_FIGURED = re.compile(r"(?<![\w/.])1/(?P<part>\d{1,3})(?:th|rd|nd|st)?(?= (?:of )?(?:the|its|their) )")
_MULTIPLE = re.compile(
    rf"(?<![\w-])(?:(?P<word>{'|'.join(_MANIFOLD)}){_WHOLE}|(?P<name>twice|double|triple)(?= (?-i:[A-Z])[\w.-]*['’]))",
    re.IGNORECASE,
)
_MULTIPLIED = re.compile(
    r"(?<![\w-])(?:(?P<past>doubl|tripl|quadrupl)ed|"
    r"(?P<now>doubl|tripl|quadrupl)ing(?= (?:its|their|in|from|to)\b)|"
    r"(?:(?<=than )|(?<=nearly )|(?<=almost ))(?P<still>doubl|tripl|quadrupl)(?:ing|e)|"
    r"(?:(?<=\bto )|(?<=ould )|(?<=will ))(?P<next>doubl|tripl|quadrupl)e)\b(?![- ](?:down|up|over|check|digits?)\b)",
    re.IGNORECASE,
)
_FOLD = re.compile(rf"(?<![\w-])(?P<word>{'|'.join(_FOLDS)})-?fold\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|roughly|nearly|almost|approximately|some|close to)\s$", re.IGNORECASE)
_BELOW = re.compile(r"\b(?:less than|fewer than|under|below)\s$", re.IGNORECASE)
_ABOVE = re.compile(r"\b(?:more than|over)\s$", re.IGNORECASE)
_FREE = re.compile(
    r"\b(?:free of charge|for free|at no (?:extra |additional )?(?:cost|charge)|without charge|for nothing"
    r"|free (?:to|for) (?:use|try|download|now|everyone|everybody|all|anyone|anybody|users|students|developers|"
    r"teachers|non-?profits|schools|researchers)"
    r"|(?<=is )free|(?<=are )free|(?<=be )free|(?<=now )free|(?<=stay )free|(?<=stays )free"
    r"|(?<=remain )free|(?<=remains )free|(?<=completely )free|(?<=entirely )free|(?<=totally )free)\b"
    r"(?! (?:from|of|up|rein|to (?!use)))"
)


def find_ratios(text: str) -> Iterator[Amount]:
    """Multiples and fractions as `x`, fractions that are shares as `%`; what costs nothing as 0 `free`."""
    for pattern, group in ((_FRACTION, 0), (_CHANGE, "ratio")):
        for match in pattern.finditer(text):
            count, part = (match["count"] or "").lower(), match["part"].lower()
            if count or part == "half":
                ratio = _COUNTS[count] / _PARTS[part]
                share = _is_share(text, match)
                yield _make(text, match, ratio * 100 if share else ratio, "%" if share else "x", group)
    for match in _BARE.finditer(text):
        part = (match["part"] or match["apart"]).lower().removesuffix("s")
        yield _make(text, match, 100 * CARDINALS[match["count"].lower()] / _PARTS[part], "%")
    for match in _OF_SO_MANY.finditer(text):
        some, whole = (_read_number(match[name]) for name in ("some", "all"))
        if 0 < some < whole and whole >= _FEWEST:
            yield _make(text, match, 100 * some / whole, "%")
    for match in _FIGURED.finditer(text):
        if int(match["part"]) > 1:
            yield _make(text, match, 1 / int(match["part"]), "x")
    for match in _MULTIPLE.finditer(text):
        yield _make(text, match, float(_MANIFOLD[(match["word"] or match["name"]).lower()]), "x")
    for match in _MULTIPLIED.finditer(text):
        stem = next(word for word in match.groups() if word)
        yield _make(text, match, float(_GROWN[stem.lower()]), "x")
    for match in _FOLD.finditer(text):
        yield _make(text, match, float(_FOLDS[match["word"].lower()]), "x")
    for match in _FREE.finditer(text):
        yield Amount(match.span(), match.group(), 0.0, "free", Comparator.EQUAL)


def _read_number(word: str) -> int:
    return CARDINALS.get(word.lower()) or int(word)


def _is_share(text: str, match: re.Match[str]) -> bool:
    rest = text[match.end() : match.end() + REACH]
    if _SHARED.match(rest):
        return not _COMPARED.match(rest)
    return find_before(_SHARING, text, match.start()) is not None


def _make(text: str, match: re.Match[str], value: float, unit: str, group: str | int = 0) -> Amount:
    span, words = match.span(group), match[group]
    for comparator, pattern in (
        (Comparator.ABOUT, _ABOUT),
        (Comparator.UNDER, _BELOW),
        (Comparator.OVER, _ABOVE),
    ):
        if find_before(pattern, text, span[0]):
            return Amount(span, words, value, unit, comparator)
    return Amount(span, words, value, unit, Comparator.EQUAL)
