"""What pictures are made of: marks at an x in percent of the width and a y in pixels, words, and a table of the same.

So type keeps its size and dots stay round at every width, without scripts. What stands apart at NARROWEST stands
apart in every wider picture: places move apart with the width, words do not grow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal
from unicodedata import east_asian_width

from graph.records import ClaimId, Modality

NARROWEST = 280
"""Pixels that a picture has on the narrowest screen, 320 wide."""

LEFT, RIGHT = 3.0, 97.0
"""Where plots begin and end, so that dots at their ends are whole."""

Anchor = Literal["start", "middle", "end"]

MARGINS: dict[Anchor, int] = {"start": -8, "middle": 0, "end": 8}
"""How far words at the ends of a plot may reach into its margin, in pixels."""

_SIZE = 12
# Widths in em of the widest face in wide use (DejaVu Sans), so that no other makes words meet.
_THIN, _SLIM, _BROAD = frozenset(" iIjl.,·:;|!'()"), frozenset("frt-"), frozenset("mwMW")
_THIN_EM, _SLIM_EM, _PLAIN_EM, _CAPITAL_EM, _BROAD_EM = 0.4, 0.42, 0.64, 0.77, 1.0
# Between words in one row.
_GAP = 8
# Dots nearer than this in one row are one with their number.
_SPOT = 14 * 100 / NARROWEST

LOOKS = {
    Modality.ASSERTED: "solid",
    Modality.REPORTED: "hollow",
    Modality.ALLEGED: "hollow",
    Modality.SPECULATED: "dashed",
    Modality.PREDICTED: "dashed",
    Modality.QUESTIONED: "question",
}
"""How a dot looks by how firmly its claim is made; a denial is told by its shape."""


def find_look(modality: Modality, is_denied: bool) -> str:
    """One of LOOKS; what denies asks nothing, whatever its words leave open."""
    return LOOKS[Modality.REPORTED if is_denied and modality is Modality.QUESTIONED else modality]


@dataclass(frozen=True, slots=True)
class Dot:
    """A claim, or as many as `count` on one spot.

    look    one of LOOKS, or a picture's own
    denied  a diamond in place of a circle
    crossed taken back
    near    the number is only about so: a tick on either side
    """

    x: float
    y: float
    look: str
    denied: bool = False
    claim: ClaimId | None = None
    title: str = ""
    count: int = 1
    crossed: bool = False
    near: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """From one place to another; `kind` is how it looks."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A box by its upper left corner; width in percent, height in pixels; one of a day leads to what it brought."""

    x: float
    y: float
    width: float
    height: float
    kind: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """Words on a line at `y`, from, around or up to `x`; `dx` pixels beside it."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    kind: str = ""
    dx: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a table, in `lang` where that is not the page's; a claim's are a link to its sentence."""

    text: str
    claim: ClaimId | None = None
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with what it shows, in a sentence and as a table.

    kind    what it is a picture of, for its looks
    head    of the table; empty where the page has one of its own
    key     marks with what they mean, where nothing beside the picture says so
    """

    kind: str
    height: int
    summary: str
    dots: tuple[Dot, ...] = ()
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    labels: tuple[Label, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    key: tuple[tuple[Dot, str], ...] = ()


def measure(text: str) -> float:
    """About how many pixels the words take; rather too many."""
    return sum(map(_measure_letter, text)) * _SIZE


def fit(text: str, width: float) -> str:
    """The words cut to a width in pixels, with an ellipsis where some are left out."""
    if measure(text) <= width:
        return text
    kept = text
    while kept and measure(kept) + _SIZE > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def place(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Those that find room in one row, each before all that come after it, in their order from left to right."""
    kept: list[Label] = []
    for label in labels:
        if all(_are_apart(label, other) for other in kept):
            kept.append(label)
    return tuple(sorted(kept, key=lambda label: label.x))


def stack(labels: Iterable[Label], most: int, height: int) -> tuple[Label, ...]:
    """Each in the first of `most` rows where it finds room, `height` pixels apart; the others are left out."""
    rows: list[list[Label]] = [[] for _ in range(most)]
    for label in labels:
        row = next((row for row in rows if all(_are_apart(label, other) for other in row)), None)
        if row is not None:
            row.append(label)
    return tuple(replace(label, y=label.y + number * height) for number, row in enumerate(rows) for label in row)


def gather(dots: Sequence[Dot]) -> tuple[Dot, ...]:
    """The dots of one row; those on one spot are one, which leads to the first of them."""
    found: list[Dot] = []
    for dot in sorted(dots, key=lambda dot: dot.x):
        last = found[-1] if found else None
        if last and dot.x - last.x < _SPOT:
            found[-1] = _join(last, dot)
        else:
            found.append(dot)
    return tuple(found)


def _join(one: Dot, other: Dot) -> Dot:
    titles = [title for title in (one.title, other.title) if title]
    return replace(one, count=one.count + other.count, title="; ".join(titles), crossed=one.crossed and other.crossed)


@cache
def _measure_letter(letter: str) -> float:
    if letter in _THIN:
        return _THIN_EM
    if letter in _SLIM:
        return _SLIM_EM
    if letter in _BROAD or east_asian_width(letter) in "WF":
        return _BROAD_EM
    return _CAPITAL_EM if letter.isupper() else _PLAIN_EM


def _find_extent(label: Label) -> tuple[float, float]:
    """From where to where the words reach in the narrowest picture."""
    width = measure(label.text)
    start = label.x * NARROWEST / 100 + label.dx
    start -= {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return start, start + width


def _are_apart(one: Label, other: Label) -> bool:
    """In the narrowest picture, and so in each wider one as long as the left one's place is not to the right."""
    (left, left_end), (right, right_end) = _find_extent(one), _find_extent(other)
    if left > right:
        return right_end + _GAP <= left and other.x <= one.x
    return left_end + _GAP <= right and one.x <= other.x
