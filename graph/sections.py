"""Where a text that tells several stories goes from one to the next: digests, newsletters, transcripts.

Sections are found from the text alone, so that nothing about them is kept and every store has the same. The language
stages stop carrying topics and pronouns at the same lines (ingest/nlp/*/sections.py), and at further ones.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.records import Section
from graph.spelling.kana import is_japanese

# Headings by their mark, the surest first: one kind makes the sections of a text, its titles are what stands behind it.
_MARKS = (
    re.compile(r"#\s+(?P<title>\S.*?)\s*#*\s*$"),
    re.compile(r"##\s+(?P<title>\S.*?)\s*#*\s*$"),
    re.compile(r"###\s+(?P<title>\S.*?)\s*#*\s*$"),
    re.compile(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}[\])]?\s*[-–—:]?\s*(?P<title>[^\W\d_].{2,})$"),
    re.compile(r"[■◆●▼▶◇□★☆]\s*(?P<title>\S.*)$"),
    re.compile(r"(?P<title>【[^】]{2,80}】.{0,80})$"),
    re.compile(r"(?:\d{1,2}[.)．）]|第\d{1,2}[話章回])\s*(?P<title>\S.{2,})$"),
)  # fmt: skip
# Two marked headings are meant; of bare short lines two may be a caption and a name.
_FEWEST_MARKED = 2
_FEWEST_BARE = 3
_LONGEST_TITLE = 120
# With its mark, a link and a blank or two; the patterns go back and forth over longer lines.
_LONGEST_LINE = 500
_LONGEST_BARE = 90
_LONGEST_BARE_JAPANESE = 45
# A paragraph says at least this much. Japanese says in one character what takes English two or three.
_SHORTEST_PARAGRAPH = 100
_SHORTEST_PARAGRAPH_JAPANESE = 50
_CLOSED = re.compile(r"[.!?,;:…。、！？」』）)\"”]\s*$")
# What Markdown and HTML put around the words: links, anchors, bold.
_MARKUP = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)|<[^<>]{1,200}>|\*\*|__")
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str


def find_sections(text: str) -> tuple[Section, ...]:
    """The sections of a text in order, each from its heading to the next; none when it tells one story."""
    lines = tuple(_iter_lines(text))
    for mark in _MARKS:
        heads = [
            (line, _MARKUP.sub(r"\1", found["title"]).strip())
            for line in lines[1:]
            if len(line.text) <= _LONGEST_LINE and (found := mark.match(line.text.strip()))
        ]
        if _FEWEST_MARKED <= len(heads) <= _MOST and _stand_apart(heads, lines):
            return _make_sections(heads, len(text))
    heads = [(line, line.text.strip()) for line in _iter_bare(lines)]
    return _make_sections(heads, len(text)) if _FEWEST_BARE <= len(heads) <= _MOST else ()


def _iter_lines(text: str) -> Iterator[_Line]:
    """The lines that are not empty; those of a code block are left out: a comment there looks like a heading."""
    start = 0
    fenced = False
    for line in text.split("\n"):
        fence = line.lstrip().startswith("```")
        if line.strip() and not fence and not fenced:
            yield _Line(start, line)
        fenced ^= fence
        start += len(line) + 1


def _stand_apart(heads: Sequence[tuple[_Line, str]], lines: Sequence[_Line]) -> bool:
    """Whether text stands below most of them: lines of a list follow each other, and headings are short."""
    starts = {line.start for line, _ in heads}
    followed = sum(line.start in starts and after.start not in starts for line, after in pairwise(lines))
    short = all(len(title) <= _LONGEST_TITLE for _, title in heads)
    return short and followed * 2 >= len(heads) and followed >= _FEWEST_MARKED


def _iter_bare(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Short lines without a stop between two paragraphs."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        text = line.text.strip()
        longest = _LONGEST_BARE_JAPANESE if is_japanese(text) else _LONGEST_BARE
        if len(text) <= longest and not _CLOSED.search(text) and text[0].isalnum() and _is_prose(before, after):
            yield line


def _is_prose(*lines: _Line) -> bool:
    return all(
        len(line.text) >= (_SHORTEST_PARAGRAPH_JAPANESE if is_japanese(line.text) else _SHORTEST_PARAGRAPH)
        for line in lines
    )


def _make_sections(heads: Sequence[tuple[_Line, str]], end: int) -> tuple[Section, ...]:
    ends = [*(line.start for line, _ in heads[1:]), end]
    return tuple(
        Section(title[:_LONGEST_TITLE], (line.start, stop)) for (line, title), stop in zip(heads, ends, strict=True)
    )
