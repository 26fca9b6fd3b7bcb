"""Windows over a text: some sentences to read, with what stands before them, as pieces in a row.

A window opens with the start of the title, then the sentences just before; after each sentence stands `</s>`, which
also means "nothing in this sentence".
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ingest.nlp.document import Span
from ingest.nlp.pieces import END, START, Pieces

_TITLE = 30  # a longer one does not open a window
# A longer sentence is read in parts of so many pieces.
_PART = 150


class Mark(IntEnum):
    """What the encoder is told of a piece."""

    BEFORE = 0
    READ = 1
    AMOUNT = 2
    DAY = 3


@dataclass(frozen=True, slots=True)
class Size:
    """Pieces of a window: so many to read at once, and so many before them."""

    read: int
    before: int


# Figures of claims on `dev` did not rise with more.
USUAL = Size(read=150, before=80)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence to read: its span in the text, those of the amounts, days and listed names in it, and its paragraph's
    language."""

    span: Span
    amounts: tuple[Span, ...] = ()
    days: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a part of a long one, in a window: pieces from `begin` on, `</s>` at `end`."""

    passage: int
    begin: int
    end: int
    read: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces in a row. spans: each piece's place in the text, (-1, -1) for those that stand for none."""

    ids: tuple[int, ...]
    marks: tuple[int, ...]
    spans: tuple[Span, ...]
    units: tuple[Unit, ...]
    amounts: tuple[Span, ...]
    days: tuple[Span, ...]
    names: tuple[Span, ...]

    def find(self, span: Span | None) -> Span | None:
        """The first and the last piece of a stretch of text; None when it does not lie in the window."""
        if span is None:
            return None
        inside = [n for n, (start, end) in enumerate(self.spans) if start < span[1] and span[0] < end]
        if not inside or self.spans[inside[-1]][1] < span[1]:
            return None
        return inside[0], inside[-1]


def make_windows(text: str, passages: Sequence[Passage], pieces: Pieces, size: Size = USUAL) -> Iterator[Window]:
    """The windows in which every passage is read once, in order."""
    cut = pieces.cut(text, [passage.span for passage in passages])
    parts = [
        part
        for number, (passage, row) in enumerate(zip(passages, cut, strict=True))
        for part in _part(number, passage, row)
    ]
    at = 0
    while at < len(parts):
        end = _reach(parts, at, size.read)
        yield _join(parts, [*_before(parts, at, size.before)], range(at, end))
        at = end


_Row = list[tuple[int, Span]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, or so much of a long one as is read at once: what its passage tells of other parts is left out."""

    number: int
    row: _Row
    amounts: Sequence[Span]
    days: Sequence[Span]
    names: Sequence[Span]


def _part(number: int, passage: Passage, row: _Row) -> Iterator[_Part]:
    rows = [row[at : at + _PART] for at in range(0, len(row), _PART)]
    told = [_deal(rows, spans) for spans in (passage.amounts, passage.days, passage.names)]
    yield from (_Part(number, *one) for one in zip(rows, *told, strict=True))


def _deal(rows: Sequence[_Row], spans: Sequence[Span]) -> list[Sequence[Span]]:
    """For each row of pieces the spans that lie in it, whole or in part."""
    if len(rows) == 1:
        return [spans]
    begins, ends = [row[0][1][0] for row in rows], [row[-1][1][1] for row in rows]
    dealt: list[list[Span]] = [[] for _ in rows]
    for span in spans:
        for at in range(bisect_right(ends, span[0]), bisect_left(begins, span[1])):
            dealt[at].append(span)
    return [*dealt]


def _reach(parts: Sequence[_Part], at: int, most: int) -> int:
    size, end = len(parts[at].row), at + 1
    while end < len(parts) and size + len(parts[end].row) < most:
        size += len(parts[end].row) + 1
        end += 1
    return end


def _before(parts: Sequence[_Part], at: int, most: int) -> Iterator[int]:
    """The title where it is short, and the parts just before, as many as fit."""
    size, first = 0, at
    while first > 0 and size + len(parts[first - 1].row) <= most:
        first -= 1
        size += len(parts[first].row) + 1
    if first > 0 and len(parts[0].row) <= _TITLE:
        yield 0
    yield from range(first, at)


def _join(parts: Sequence[_Part], before: Sequence[int], read: range) -> Window:
    ids, marks, spans = [START], [int(Mark.BEFORE)], [(-1, -1)]
    units: list[Unit] = []
    for number in (*before, *read):
        part = parts[number]
        begin, now = len(ids), number in read
        for piece, span in part.row:
            ids.append(piece)
            spans.append(span)
            marks.append(_mark(part, span) if now else Mark.BEFORE)
        units.append(Unit(part.number, begin, len(ids), now))
        ids.append(END)
        spans.append((-1, -1))
        marks.append(Mark.READ if now else Mark.BEFORE)
    shown = [parts[number] for number in (*before, *read)]
    passages = {parts[number].number for number in read}
    within = [part for part in shown if part.number in passages]
    # What stands on the line between two parts is told of both.
    amounts = tuple(dict.fromkeys(span for part in within for span in part.amounts))
    days = tuple(dict.fromkeys(span for part in within for span in part.days))
    names = tuple(dict.fromkeys(span for part in shown for span in part.names))
    return Window(tuple(ids), tuple(map(int, marks)), tuple(spans), tuple(units), amounts, days, names)


def _mark(part: _Part, span: Span) -> Mark:
    if any(span[0] < end and start < span[1] for start, end in part.amounts):
        return Mark.AMOUNT
    if any(span[0] < end and start < span[1] for start, end in part.days):
        return Mark.DAY
    return Mark.READ
