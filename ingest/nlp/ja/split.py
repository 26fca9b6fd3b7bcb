"""Japanese paragraphs cut into sentences by punctuation; the parser's own sentences are right only in 83 %."""

import re

from ingest.nlp.document import Span

_OPENERS = "「『（(【［["
_CLOSERS = "」』）)】］]"
_ENDS = "。！？!?"
# A list bullet, a heading mark or an emphasised label that precedes the text proper.
_LEAD = re.compile(r"^[\s　]*(?:#{1,6}\s+|[-*+・●■◆▼▶○◯※]\s*|\d{1,2}[.)．）]\s+|>\s*)*")
_ROW = re.compile(r"^\s*\|")
# A colon, a bar or a dash between spaces behind what may end a statement (Xが契約を締結: 覇権を巡る投資), and what
# stands in one; a label has nothing of that (株価：), nor is it as long.
_PARTING = re.compile(r"(?<=[一-龠ァ-ヶるた])[-—–― ]*(?:[:：|｜]|(?<= )[-—–―]+(?= ))")
_PARTICLE = re.compile(r"[がをはに、]")
_SHORTEST_LEFT, _SHORTEST_RIGHT = 12, 8


def split_sentences(paragraph: str) -> list[Span]:
    """The sentences as offsets, trimmed; a table row stays whole, brackets and quotes are never cut open."""
    if _ROW.match(paragraph):
        return _trim(paragraph, 0, len(paragraph))
    lead = _LEAD.match(paragraph)
    start = lead.end() if lead else 0
    spans: list[Span] = []
    for end in _find_ends(paragraph, start):
        spans.extend(_trim(paragraph, start, end))
        start = end
    return spans + _trim(paragraph, start, len(paragraph))


def _find_ends(text: str, start: int) -> list[int]:
    """Where sentences end: after 。！？ outside of brackets. A bracket never closed is ignored."""
    ends, depth, index = [], 0, start
    partings = _find_partings(text, start)
    closed = {opener: text.rfind(closer) for opener, closer in zip(_OPENERS, _CLOSERS, strict=True)}
    while index < len(text):
        char = text[index]
        if char in closed:
            depth += 1 if closed[char] > index else 0
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif char in _ENDS and depth == 0 and not _inside_word(text, index):
            index = _skip_marks(text, index + 1)
            ends.append(index)
            continue
        elif depth == 0 and index in partings:
            ends.append(index + 1)
        index += 1
    return ends


def _find_partings(text: str, start: int) -> frozenset[int]:
    """Where a mark parts two statements of a headline."""
    particle = _PARTICLE.search(text, start)
    if particle is None or "。" in text:
        return frozenset()
    first, last = max(start + _SHORTEST_LEFT, particle.end() + 1), len(text) - _SHORTEST_RIGHT
    return frozenset(
        mark.end() - 1 for mark in _PARTING.finditer(text, start) if first <= mark.start() and mark.end() <= last
    )


def _inside_word(text: str, index: int) -> bool:
    """`Yahoo!ニュース`, `which?`: a half-width mark between letters ends nothing."""
    return text[index] in "!?" and text[index + 1 : index + 2].isalnum() and text[index - 1 : index].isascii()


def _skip_marks(text: str, index: int) -> int:
    while index < len(text) and text[index] in "。！？!?":
        index += 1
    return index


def _trim(text: str, start: int, end: int) -> list[Span]:
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip(" \t\u3000*"))
    stop = start + len(piece.rstrip(" \t\u3000*"))
    return [(begin, stop)] if begin < stop else []
