"""Rows of dots, each under its name: who says it, or where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from web.pictures.marks import NARROWEST, Dot, Label, Line, fit, gather

LANE = 30
"""Pixels from one row to the next."""

_NAME, _LINE = 10, 22


@dataclass(frozen=True, slots=True)
class Lane:
    """A name and its dots, wherever they stand from top to bottom."""

    name: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The marks of rows, and where they end."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    bottom: int


def draw_lanes(lanes: Iterable[Lane], top: int) -> Lanes:
    """The rows one below the other; names stand above their lines."""
    rows = [(lane, top + number * LANE) for number, lane in enumerate(lanes)]
    dots = tuple(dot for lane, y in rows for dot in gather([replace(dot, y=y + _LINE) for dot in lane.dots]))
    lines = tuple(Line(0, y + _LINE, 100, y + _LINE, "lane") for _, y in rows)
    labels = tuple(Label(0, y + _NAME, fit(lane.name, NARROWEST - 4)) for lane, y in rows)
    return Lanes(dots, lines, labels, top + len(rows) * LANE)
