"""Sentences of a paragraph: rules for stops, abbreviations, quotes, bullets and speech without punctuation.

Offsets are those of the paragraph; marks of a list, a quotation or a heading stay outside the sentence.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ingest.nlp.document import Span

_WORDS = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))
_ABBREVIATIONS = frozenset(_WORDS["abbreviations"])
# An abbreviation that often ends a sentence still does so before one of these openers.
_ENDING = frozenset(_WORDS["ending"])
_OPENERS = frozenset(_WORDS["openers"])
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"”’')\]*_]*(?=\s|$)|[.!?][\"”’')*_]+(?=[A-Z])")
_LEAD = re.compile(r"\s*(?:(?:>|[-*•·–—+▪◦]|#{1,6}|\d{1,2}[.)])\s+|[-–—](?=[A-Z][\w.]* [\w.]))*(?:\[?(?:\*\*|__))?\s*")
# Digests head a paragraph with a title of its own: "**Acme Ships Foo**: The firm …", "**Foo** (Score: 3): The firm …".
_LINKED = r"(?:\]\([^\s()]*\))?"
_TITLED = re.compile(
    r"(?P<title>[^*\n]{6,160}?)"
    rf"(?:[*_]{{2}}{_LINKED}:|:[*_]{{2}}|"
    rf"(?:[*_]{{2}})?{_LINKED} ?\((?:\[Score: [^\[\]]*\]\([^()]*\)|Score: [^()]*)\):?)"
    r"\s+(?=[A-Z*\"“\[(])(?=(?:\S+\s+){3}\S)"
)
# A shorter label names what follows ("Price: $3") or who speaks ("Sam Altman: …"): it stays with it.
_TITLE_WORDS = 3
# "J.D. Vance"; two letters that are mostly something else are listed as abbreviations.
_FORENAMES = re.compile(r"(?!U\.|E\.U|D\.C|A\.I|P\.M)[A-Z]\.[A-Z]")
# Before a stop no longer word is an abbreviation, behind it none is an opener.
_LONGEST = 20
_PARTED = re.compile(r"[\s(\"“‘—–-]")
_GAP, _WORD = re.compile(r"\s*"), re.compile(r"\w*")
# Behind more marks than these nothing tells that a sentence goes on.
_MARKS = re.compile(r"[\"“‘'(\[*_>•0-9.$€£¥~# -]{0,40}")
# Speech-to-text without stops: cut near this many characters, before a word that opens a clause.
_SPEECH = 420
_CUT = re.compile(r"\s(?=(?:and|so|but|because|now|uh|um|also|you know|I mean)\s)")


def split_sentences(paragraph: str) -> list[Span]:
    """The sentences as (start, end), trimmed, in order, none empty."""
    lead = _LEAD.match(paragraph)
    start = lead.end() if lead else 0
    spans = list(_take_title(paragraph, start))
    start = max((end for _, end in spans), default=start)
    for stop in _STOP.finditer(paragraph, start):
        if _ends_sentence(paragraph, start, stop):
            spans.append((start, stop.end()))
            start = stop.end()
    spans.append((start, len(paragraph)))
    trimmed = (_trim(paragraph, span) for span in spans)
    return [piece for span in trimmed if span[0] < span[1] for piece in _cut_speech(paragraph, span)]


def _take_title(paragraph: str, start: int) -> Iterator[Span]:
    """The title in bold at the head of a paragraph, and what lies between it and the text."""
    titled = _TITLED.match(paragraph, start)
    if titled and len(titled["title"].split()) >= _TITLE_WORDS:
        yield titled.span("title")
        yield titled.end(), titled.end()


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    begin = _skip(_GAP, text, stop.end())
    if begin == len(text):
        return True
    if stop.group()[0] == "." and _is_abbreviation(text, start, stop.start(), begin):
        return False
    first = _skip(_MARKS, text, begin)
    small = text[first : first + 1].islower()
    if stop.group().startswith(("…", "...")) and small:
        return False
    if stop.group()[-1] in "\"”’'" and stop.group()[0] in "!?" and small:
        return False
    return not small or _has_capital(text, first) or text[begin] in "•-*"


def _has_capital(text: str, start: int) -> bool:
    """Whether the word that begins there is a name, if with a small initial: "xAI", "iRobot"."""
    return any(char.isupper() for char in text[start : _skip(_WORD, text, start)])


def _is_abbreviation(text: str, start: int, stop: int, begin: int) -> bool:
    """Whether the stop only shortens the word before it; `begin` is where the next one does."""
    word = _PARTED.split(text[max(start, stop - _LONGEST) : stop])[-1]
    following = text[begin : begin + _LONGEST].split()[0]
    if (len(word) == 1 and word.isupper() and word != "I") or _FORENAMES.fullmatch(word):
        return following.strip(",") not in _OPENERS
    if word.lower() not in _ABBREVIATIONS:
        return False
    if word.lower() == "no":
        return text[begin].isdigit()
    if word.lower() in {"m", "b", "k", "mar", "sun", "sat", "co", "al", "p", "may"} and text[begin].isupper():
        return word.lower() in {"mar", "al"}
    return word.lower() not in _ENDING or following not in _OPENERS


def _skip(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where what a pattern takes from there on ends, if only nothing."""
    found = pattern.match(text, start)
    return found.end() if found else start


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in "*_>"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "*_"):
        end -= 1
    return start, end


def _cut_speech(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > 1.5 * _SPEECH and not re.search(r"[,;:]", text[start : start + _SPEECH]):
        cuts = [cut.start() for cut in _CUT.finditer(text, start + _SPEECH // 2, min(end, start + 2 * _SPEECH))]
        cut = min(cuts, key=lambda at: abs(at - start - _SPEECH), default=text.rfind(" ", start, start + _SPEECH))
        if cut <= start:
            break
        yield _trim(text, (start, cut))
        start = cut
    yield _trim(text, (start, end))
