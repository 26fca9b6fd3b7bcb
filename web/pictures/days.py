"""Days from left to right; long times in which nothing was said are folded and named."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from web.language.formatting import format_period, format_span
from web.language.wording import Words
from web.pictures.marks import LEFT, MARGINS, RIGHT, Anchor, Label, Line, place

AXIS = 27
"""Pixels that an axis takes with its words."""

_LONGEST_GAP = 14
# A fold takes room for its name; of many, all together no more than this.
_FOLD, _FOLDS = 24.0, 60.0
_DAY_SECONDS = 86_400
# Of the line and of the words below it.
_LINE, _DAY = 6, 23


@dataclass(frozen=True, slots=True)
class Fold:
    """Days without anything, from and to a place."""

    start: float
    end: float
    days: int


@dataclass(frozen=True, slots=True)
class DayAxis:
    """Where each day stands, in percent of the width, in order."""

    places: Mapping[date, float]
    folds: tuple[Fold, ...]

    @property
    def first(self) -> date:
        return next(iter(self.places))

    @property
    def last(self) -> date:
        return next(reversed(list(self.places)))


def make_day_axis(days: Iterable[date]) -> DayAxis:
    """The axis of these days; there must be one at least."""
    known = sorted(set(days))
    gaps = [(after - before).days for before, after in pairwise(known)]
    folded = [gap > _LONGEST_GAP for gap in gaps]
    fold, day = _share(sum(folded), sum(gap for gap, is_folded in zip(gaps, folded, strict=True) if not is_folded))
    at = LEFT if gaps else 50.0
    places, folds = {known[0]: at}, []
    for after, gap, is_folded in zip(known[1:], gaps, folded, strict=True):
        start = at
        at += fold if is_folded else day * gap
        places[after] = round(at, 2)
        if is_folded:
            folds.append(Fold(round(start, 2), round(at, 2), gap))
    return DayAxis(places, tuple(folds))


def draw_axis(axis: DayAxis, top: int, words: Words) -> tuple[tuple[Line, ...], tuple[Label, ...]]:
    """The axis, AXIS pixels high: folds are named on it, days below it where there is room."""
    y = top + _LINE
    lines = [Line(0, y, 100, y, "axis")]
    lines += [Line(fold.start, y, fold.end, y, "fold") for fold in axis.folds]
    names = place(_label_fold(fold, y + 4, words) for fold in axis.folds)
    return tuple(lines), (*names, *place(_list_days(axis, top + _DAY, words)))


def _share(folds: int, days: int) -> tuple[float, float]:
    """How wide a fold is, and a day."""
    room = RIGHT - LEFT
    if not days:
        return (room / folds if folds else 0.0), 0.0
    fold = min(_FOLD, _FOLDS / folds) if folds else 0.0
    return fold, (room - fold * folds) / days


def _label_fold(fold: Fold, y: int, words: Words) -> Label:
    text = format_span(fold.days * _DAY_SECONDS, words)
    return Label(round((fold.start + fold.end) / 2, 2), y, text, "middle", "note")


def _list_days(axis: DayAxis, y: int, words: Words) -> Iterator[Label]:
    """Those that matter most first: the ends, those at folds, those between."""
    ends = [axis.first, *([axis.last] if axis.last != axis.first else [])]
    at_folds = {x for fold in axis.folds for x in (fold.start, fold.end)}
    rest = [day for day in axis.places if day not in ends]
    for day in (*ends, *sorted(rest, key=lambda day: axis.places[day] not in at_folds)):
        yield _label_day(axis, day, y, words)


def _label_day(axis: DayAxis, day: date, y: int, words: Words) -> Label:
    x = axis.places[day]
    anchor: Anchor = "middle"
    if day in (axis.first, axis.last) and len(axis.places) > 1:
        anchor = "start" if day == axis.first else "end"
    is_full = day == axis.first or day.year != axis.first.year
    return Label(x, y, format_period(day, "day" if is_full else "short", words), anchor, "note", MARGINS[anchor])
