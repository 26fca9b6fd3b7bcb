"""Text cut where marks begin and end, so that overlapping and nested spans can be shown in place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

_Mark = TypeVar("_Mark")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece(Generic[_Mark]):
    """A run of text under the same marks.

    marks   all that lie on it, in the order in which they begin
    opens   those that begin with it
    closes  those that end with it
    """

    text: str
    marks: tuple[_Mark, ...] = ()
    opens: tuple[_Mark, ...] = ()
    closes: tuple[_Mark, ...] = ()


def split_text(text: str, marks: Sequence[tuple[Span, _Mark]], cuts: Iterable[int] = ()) -> tuple[Piece[_Mark], ...]:
    """The text as pieces, cut at every end of a mark and at `cuts`; joined, they are the text again.

    Spans are clipped to the text; a mark with nothing left is dropped.
    """
    clipped = [(_clip(span, len(text)), mark) for span, mark in marks]
    kept = sorted((entry for entry in clipped if entry[0][0] < entry[0][1]), key=lambda entry: entry[0])
    edges = {0, len(text), *(cut for cut in cuts if 0 < cut < len(text))}
    bounds = sorted(edges.union(*(span for span, _ in kept)))
    pieces = []
    active: list[tuple[Span, _Mark]] = []
    upcoming = 0
    for start, end in pairwise(bounds):
        active = [entry for entry in active if entry[0][1] > start]
        while upcoming < len(kept) and kept[upcoming][0][0] == start:
            active.append(kept[upcoming])
            upcoming += 1
        pieces.append(_make_piece(text[start:end], active, (start, end)))
    return tuple(pieces)


def split_paragraphs(text: str, marks: Sequence[tuple[Span, _Mark]]) -> tuple[tuple[Piece[_Mark], ...], ...]:
    """The pieces of each paragraph that holds any text; paragraphs end at newlines."""
    trimmed = [(_trim(text, span), mark) for span, mark in marks]
    breaks = [position for position, char in enumerate(text) if char == "\n"]
    paragraphs: list[list[Piece[_Mark]]] = [[]]
    for piece in split_text(text, trimmed, (cut for position in breaks for cut in (position, position + 1))):
        if piece.text == "\n":
            paragraphs.append([])
        else:
            paragraphs[-1].append(piece)
    return tuple(tuple(pieces) for pieces in paragraphs if any(piece.text.strip() for piece in pieces))


def _make_piece(text: str, active: Sequence[tuple[Span, _Mark]], span: Span) -> Piece[_Mark]:
    return Piece(
        text,
        tuple(mark for _, mark in active),
        tuple(mark for (start, _), mark in active if start == span[0]),
        tuple(mark for (_, end), mark in active if end == span[1]),
    )


def _clip(span: Span, length: int) -> Span:
    start, end = span
    return max(0, start), min(length, end)


def _trim(text: str, span: Span) -> Span:
    """The span without newlines at its ends, so that it begins and ends inside a paragraph."""
    start, end = _clip(span, len(text))
    while start < end and text[start] == "\n":
        start += 1
    while end > start and text[end - 1] == "\n":
        end -= 1
    return start, end
