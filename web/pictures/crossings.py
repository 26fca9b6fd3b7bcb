"""Who says what of whom as a matrix: a row a voice, a column a name spoken of, marks whose area tells how many matters.

A circle where the voice says something, a diamond where it denies. What is read aloud, and shown on a narrow screen, is
the table beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import pi, sqrt

from graph.answers.columns import Voice
from graph.answers.crossings import Crossing, CrossingsView
from graph.answers.proposition_views import MatterView
from graph.views import EntityRef
from web.language.wording import Words
from web.pictures.columns import say_name, say_voice

SIZE = 26
"""Pixels that the square of a mark has at each side."""

# So that the diamond of the same area has room.
_LARGEST, _LEAST = 10.0, 3.0
# Of fewer rows or columns there is nothing to compare.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A circle of a radius, or the outline of a diamond, for so many matters."""

    matters: int
    radius: float = 0.0
    outline: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A voice, whom it speaks of, what it says of them, the first matter of these, and the marks."""

    voice: Voice
    whom: EntityRef
    crossing: Crossing
    first: MatterView
    marks: tuple[Mark, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A voice by its name, and for each column a cell, None where it says nothing of that name."""

    voice: Voice
    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Names of the columns, the rows, none where there are too few to compare, and the cells that are, most first."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    size: int = SIZE


def draw_crossings(view: CrossingsView, words: Words) -> Matrix:
    """The matrix with every word in place."""
    most = max((max(len(one.says), len(one.denies)) for one in view.crossings), default=0)
    voices = {voice.key: voice for voice in view.voices}
    whom = {ref.id: ref for ref in view.whom}
    matters = {one.id: one for one in view.matters}
    cells = {
        (one.voice, one.entity): Cell(
            voices[one.voice],
            whom[one.entity],
            one,
            matters[one.matters[0]],
            tuple(_draw_marks(one, most)),
            _say_cell(one, voices[one.voice], whom[one.entity], words),
        )
        for one in view.crossings
    }
    rows = tuple(
        Row(voice, say_voice(voice, words), tuple(cells.get((voice.key, ref.id)) for ref in view.whom))
        for voice in view.voices
    )
    return Matrix(
        tuple(say_name(ref, words) for ref in view.whom),
        rows if min(len(rows), len(whom)) >= _FEWEST else (),
        tuple(sorted(cells.values(), key=lambda cell: -len(cell.crossing.matters))),
    )


def _draw_marks(one: Crossing, most: int) -> Iterator[Mark]:
    if one.says:
        yield Mark(len(one.says), radius=_find_radius(len(one.says), most))
    if one.denies:
        reach = round(_find_radius(len(one.denies), most) * sqrt(pi / 2), 1)  # as large as the circle
        low, middle, high = SIZE / 2 - reach, SIZE / 2, SIZE / 2 + reach
        corners = ((middle, low), (high, middle), (middle, high), (low, middle))
        yield Mark(len(one.denies), outline=" ".join(f"{x:g},{y:g}" for x, y in corners))


def _find_radius(matters: int, most: int) -> float:
    return round(max(_LEAST, _LARGEST * sqrt(matters / most)), 1)


def _say_cell(one: Crossing, voice: Voice, whom: EntityRef, words: Words) -> str:
    """`DeepSeek → OpenAI: says 2, denies 1`."""
    counts = {"explore.says": len(one.says), "explore.denies": len(one.denies)}
    said = str(words.find("pictures.comma")).join(f"{words.find(key)} {n}" for key, n in counts.items() if n)
    return f"{say_voice(voice, words)} → {say_name(whom, words)}: {said}"
