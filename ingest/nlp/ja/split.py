"""Japanese paragraphs cut into sentences by punctuation; the parser's own sentences are right only in 83 %."""

import re

from ingest.nlp.document import Span

_OPENERS = "「『（(【［["
_CLOSERS = "」』）)】］]"
_ENDS = "。！？!?"
# A list bullet, a heading mark or an emphasised label that precedes the text proper.
_LEAD = re.compile(r"^[\s　]*(?:#{1,6}\s+|[-*+・●■◆▼▶○◯※]\s*|\d{1,2}[.)．）]\s+|>\s*)*")
_ROW = re.compile(r"^\s*\|")


def split_paragraph(paragraph: str) -> list[Span]:
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
    while index < len(text):
        char = text[index]
        if char in _OPENERS:
            depth += 1 if _closes(text, index) else 0
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif char in _ENDS and depth == 0 and not _inside_word(text, index):
            index = _skip_marks(text, index + 1)
            ends.append(index)
            continue
        elif depth == 0 and _is_parting(text, index) and _parts_headline(text, start, index):
            ends.append(index + 1)
        index += 1
    return ends


def _closes(text: str, index: int) -> bool:
    return text.find(_CLOSERS[_OPENERS.index(text[index])], index) != -1


def _parts_headline(text: str, start: int, index: int) -> bool:
    """Whether a colon or bar parts two statements (Xが契約を締結: 覇権を巡る投資), not a label from its text."""
    left, right = text[start:index].rstrip("-—–― "), text[index + 1 :]
    return (
        "。" not in text
        and len(left) >= 12
        and len(right) >= 8
        and bool(re.search(r"[がをはに、].*[一-龠ァ-ヶるた]$", left))
    )


def _is_parting(text: str, index: int) -> bool:
    return text[index] in ":：|｜" or (text[index] in "-—–―" and _is_dash(text, index))


def _is_dash(text: str, index: int) -> bool:
    """Whether a dash with spaces about it ends here (検討 -- 売上…)."""
    return text[index + 1 : index + 2] == " " and text[:index].rstrip("-—–―").endswith(" ")


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
