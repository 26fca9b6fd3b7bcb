"""Places in a ranking: "No. 2", "third place", "ranked first", "the fourth most traded", "tops the index"."""

import re
from collections.abc import Iterator

from graph.records import Comparator
from graph.spelling.number_words import CARDINALS, ORDINALS
from ingest.nlp.document import Amount

_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_NTH = r"\d{1,3}(?:st|nd|rd|th)"
_CARDINAL = "one|two|three|four|five|six|seven|eight|nine|ten"
_LISTS = r"(?:leader|score)boards?|index|list|charts?|rankings?|league table|standings"
# What somebody is the largest by, where that is a place in a table rather than praise.
_ORDERS = r"market|revenue|sales|users|volume|downloads|value|assets|shipments|capacity|share|headcount|parameters"

_NUMBERED = re.compile(
    rf"(?<![A-Za-z])(?:No\.|no\.|number|Number|#|rank(?:ed|s)?(?: at)?|Rank)\s?(?P<place>\d{{1,3}}|{_CARDINAL})"
    r"(?![\w.]*\d|%|\w)"
)
_ORDINALS = (
    re.compile(
        rf"(?P<place>{_ORDINAL}|{_NTH})(?=[ -](?:[Pp]lace|[Ss]pot|position|rank|on the|in the|in its|on its"
        r"|in [A-Z]\w*|on [A-Z]\w*|among|overall)\b)"
    ),
    re.compile(r"(?<=\bto )(?P<place>first|second|third|fourth|fifth)(?= (?:place|on|in)\b)"),
    re.compile(
        rf"\b[Rr]ank(?:s|ed|ing)? (?:only |just |joint |a close |in )?(?P<place>{_ORDINAL}|{_NTH})\b(?![ -]percentile)"
    ),
    # What is the first of its kind has no place: "the first most" is none.
    re.compile(
        rf"(?<![\w-])(?P<place>(?!first|1st){_ORDINAL}|{_NTH})[ -]"
        r"(?=(?:most|largest|biggest|highest|best|fastest|cheapest|strongest|richest|busiest)[- ])"
    ),
)
_TOP_TEN = re.compile(r"(?<![A-Za-z])top[ -](?P<place>\d{1,3}|ten|five|three|twenty)(?!\d| ?%)")
_FIRSTS = (
    re.compile(r"top (?:spot|position|rank|place)"),
    re.compile(
        r"\b(?:[Tt]op(?:s|ped|ping)?|[Ll]ead(?:s|ing)?|[Ll]ed) (?:the|its|all|every)"
        rf"(?= (?:[\w’'.&-]+ ){{0,5}}?(?i:{_LISTS})\b)"
    ),
    re.compile(
        rf"\bthe (?:world['’]s )?(?:largest|biggest|most valuable)(?= (?:[\w-]+ ){{1,4}}by (?:[\w-]+ )?(?:{_ORDERS}))"
    ),
    re.compile(
        r"\b(?:has|have|had|got|gets|gave|gives|achiev\w+|post(?:s|ed)|earn(?:s|ed)|record(?:s|ed)|took|takes) "
        r"the (?:very )?(?:best|highest)(?= (?:[\w-]+ )?(?:scores?|accuracy|performance|results?)\b)"
    ),
)


def find_ranks(text: str) -> Iterator[Amount]:
    """Places as `rank`, those among the first ten as at most 10; the words of one place may be found twice."""
    for pattern in (_NUMBERED, *_ORDINALS):
        for match in pattern.finditer(text):
            words = match.group().rstrip(" -")
            span = match.start(), match.start() + len(words)
            yield Amount(span, words, _read_place(match["place"]), "rank", Comparator.EQUAL)
    for match in _TOP_TEN.finditer(text):
        yield Amount(match.span(), match.group(), _read_place(match["place"]), "rank", Comparator.AT_MOST)
    for pattern in _FIRSTS:
        for match in pattern.finditer(text):
            yield Amount(match.span(), match.group(), 1.0, "rank", Comparator.EQUAL)


def _read_place(word: str) -> float:
    digits = re.match(r"\d+", word)
    return float(digits.group() if digits else ORDINALS.get(word) or CARDINALS[word])
