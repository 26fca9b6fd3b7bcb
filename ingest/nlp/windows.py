"""Windows over a text: some sentences to read, with what stands before them, as pieces in a row.

A window opens with the start of the title, then the sentences just before; after each sentence stands `</s>`, which
also means "nothing in this sentence".
"""

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
    """A sentence to read: its span in the text, and those of the amounts, days and listed names in it."""

    span: Span
    amounts: tuple[Span, ...] = ()
    days: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()


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
    parts = [
        (number, row[at : at + _PART])
        for number, row in enumerate(pieces.cut(text, [passage.span for passage in passages]))
        for at in range(0, len(row), _PART)
    ]
    at = 0
    while at < len(parts):
        end = _reach(parts, at, size.read)
        yield _join(passages, parts, [*_before(parts, at, size.before)], range(at, end))
        at = end


_Part = tuple[int, list[tuple[int, Span]]]


def _reach(parts: Sequence[_Part], at: int, most: int) -> int:
    size, end = len(parts[at][1]), at + 1
    while end < len(parts) and size + len(parts[end][1]) < most:
        size += len(parts[end][1]) + 1
        end += 1
    return end


def _before(parts: Sequence[_Part], at: int, most: int) -> Iterator[int]:
    """The title where it is short, and the parts just before, as many as fit."""
    size, first = 0, at
    while first > 0 and size + len(parts[first - 1][1]) <= most:
        first -= 1
        size += len(parts[first][1]) + 1
    if first > 0 and len(parts[0][1]) <= _TITLE:
        yield 0
    yield from range(first, at)


def _join(passages: Sequence[Passage], parts: Sequence[_Part], before: Sequence[int], read: range) -> Window:
    ids, marks, spans = [START], [int(Mark.BEFORE)], [(-1, -1)]
    units: list[Unit] = []
    for number in (*before, *read):
        passage, row = parts[number]
        begin, now = len(ids), number in read
        for piece, span in row:
            ids.append(piece)
            spans.append(span)
            marks.append(_mark(passages[passage], span) if now else Mark.BEFORE)
        units.append(Unit(passage, begin, len(ids), now))
        ids.append(END)
        spans.append((-1, -1))
        marks.append(Mark.READ if now else Mark.BEFORE)
    within = [passages[passage] for passage in dict.fromkeys(parts[number][0] for number in read)]
    amounts = tuple(span for passage in within for span in passage.amounts)
    days = tuple(span for passage in within for span in passage.days)
    shown = [passages[passage] for passage in dict.fromkeys(parts[number][0] for number in (*before, *read))]
    names = tuple(span for passage in shown for span in passage.names)
    return Window(tuple(ids), tuple(map(int, marks)), tuple(spans), tuple(units), amounts, days, names)


def _mark(passage: Passage, span: Span) -> Mark:
    if any(span[0] < end and start < span[1] for start, end in passage.amounts):
        return Mark.AMOUNT
    if any(span[0] < end and start < span[1] for start, end in passage.days):
        return Mark.DAY
    return Mark.READ
