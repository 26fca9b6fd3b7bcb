"""A sentence as one line in which each name and amount is a mark of its kind, for patterns over neighbours.

A mark is `‹letter number›`, so that "ByteDance-owned TikTok" reads `‹c0›-owned ‹d2›`; markup and tickers behind names
are left out. The parser is often at a loss before headlines and lists; this line is not.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from graph.records import EntityType
from ingest.nlp.document import Amount, Sentence
from ingest.nlp.en.amounts import OwnAmounts, Placed, drop_former, find_opener
from ingest.nlp.en.lexicon import find_kinds, get_noun
from ingest.nlp.en.parties import Parties

LETTERS: Mapping[EntityType, str] = {
    EntityType.COMPANY: "c",
    EntityType.PERSON: "p",
    EntityType.MODEL: "m",
    EntityType.BENCHMARK: "b",
    EntityType.HARDWARE: "h",
    EntityType.PRODUCT: "d",
    EntityType.PUBLICATION: "u",
    EntityType.INSTITUTION: "i",
    EntityType.DATASET: "s",
    EntityType.PLACE: "l",
    EntityType.LAW: "w",
}
_UNITS = {"%": "%", "parameters": "r", "tokens": "t", "chips": "k", "x": "x", "people": "e", "rank": "o"}
_GENERIC_KINDS = frozenset({EntityType.COMPANY, EntityType.MODEL, EntityType.PRODUCT})
_PRONOUNS = frozenset({"it", "its", "they", "their", "he", "his", "she", "her", "we", "our"})
_SIZE = re.compile(r"\d+(?:\.\d+)?[BM]")
# Markup, tickers behind a name and quotation marks say nothing about who stands beside whom.
_DROPPED = re.compile(
    r"\*+|`|\[(?=[^\[\]]+\]\()|\]\([^()\s]*(?:\s+\"[^\"]*\")?\s*\)|[\"“”]|"
    r" ?\((?:[A-Z]{1,8}: ?)?[A-Z]{1,5}(?:\.[A-Z]{1,2})?\)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """The line with what its marks stand for, by their numbers, and where in the sentence each character stands."""

    text: str
    tokens: tuple[Token, ...]
    amounts: tuple[Placed, ...]
    origins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    shown: str


def make_line(sentence: Sentence, parties: Parties, amounts: OwnAmounts) -> Line:
    """The line of a sentence."""
    tokens = list(sentence.doc)
    marks = sorted(_find_marks(tokens, sentence.span[0], parties, amounts), key=lambda mark: (mark.start, -mark.end))
    shown: list[str] = []
    origins: list[int] = []
    reached = 0
    for mark in marks:
        if mark.start < reached:
            continue
        _add_plain(sentence.text, reached, mark.start, shown, origins)
        shown.append(mark.shown)
        origins.extend([mark.start] * len(mark.shown))
        reached = mark.end
    _add_plain(sentence.text, reached, len(sentence.text), shown, origins)
    return Line("".join(shown), tuple(tokens), tuple(amounts.placed), tuple(origins))


def _add_plain(text: str, start: int, end: int, shown: list[str], origins: list[int]) -> None:
    kept = list(range(start, end))
    for match in _DROPPED.finditer(text, start, end):
        kept = [at for at in kept if not match.start() <= at < match.end()]
    shown.append("".join("'" if text[at] == "’" else text[at] for at in kept))
    origins.extend(kept)


def _find_marks(tokens: list[Token], offset: int, parties: Parties, amounts: OwnAmounts) -> Iterator[_Mark]:
    for token in tokens:
        name = parties.name_at(token)
        if name:
            start, end = min(token.idx, name.span[0] - offset), max(token.idx + len(token), name.span[1] - offset)
            yield _Mark(start, end, f"‹{LETTERS[name.entity.type]}{token.i}›")
        elif token.lower_ in _PRONOUNS:
            yield _Mark(token.idx, token.idx + len(token.text), f"‹g{token.i}›" + _possessive(token))
        elif token.pos_ == "NOUN" and (opener := _find_article(token, parties)) is not None:
            yield _Mark(opener.idx, token.idx + len(token.text), f"‹g{token.i}›")
    current = drop_former(amounts.placed)
    for number, placed in enumerate(amounts.placed):
        start, end = placed.amount.span
        if placed in current and find_opener(placed) != "by":  # a lead or a change, told by its verb
            yield _Mark(start, end, f"‹{_find_letter(placed.amount)}{number}›")


def _possessive(token: Token) -> str:
    return "'s" if token.tag_ == "PRP$" else ""


def _find_article(noun: Token, parties: Parties) -> Token | None:
    """The "the" of a description that stands for a company, model or product: "the Hangzhou start-up"."""
    if not find_kinds(get_noun(noun)) & _GENERIC_KINDS:
        return None
    article = next((c for c in noun.children if c.dep_ == "det" and c.lower_ in {"the", "this"}), None)
    if article is None or article.i > noun.i:
        return None
    between = [parties.name_at(token) for token in noun.doc[article.i : noun.i]]
    named = any(name and name.entity.type is not EntityType.PLACE for name in between)
    return None if named else article


def _find_letter(amount: Amount) -> str:
    head, _, per = amount.unit.partition("/")
    if len(head) == 3 and head.isupper():
        return "/" if per else "$"
    if not head and _SIZE.fullmatch(amount.text):
        return "r"
    return _UNITS.get(head, "#" if head in {"", "points"} else "n")
