"""Numbers from left to right: from zero, or by powers of ten where the greatest would hide the least."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from web.pictures.marks import LEFT, RIGHT

# From here on the least number is hardly told from zero.
_LOG_FROM = 8
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_TICKS = 5
# Beyond these, floats run out of digits or of numbers; nobody counts so.
_LEAST, _GREATEST = 1e-100, 1e100


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers at both ends; `ticks` are round ones between, ends included."""

    low: float
    high: float
    is_log: bool
    ticks: tuple[float, ...]

    def find_place(self, value: float) -> float:
        """Where a number stands, in percent of the width."""
        low, high, at = (math.log10(n) if self.is_log else n for n in (self.low, self.high, value))
        return round(LEFT + (RIGHT - LEFT) * (at - low) / (high - low), 2)


def can_hold(value: float) -> bool:
    """Whether a scale has a place for it: it is a number, neither endless nor next to nothing."""
    return value == 0 or _LEAST <= abs(value) <= _GREATEST


def make_scale(values: Iterable[float]) -> Scale:
    """The scale of all the values, one at least, each `can_hold`; with zero unless it goes by powers of ten."""
    known = [*values]
    low, high = min(known), max(known)
    if low > 0 and high / low > _LOG_FROM:
        powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        return Scale(10.0 ** powers[0], 10.0 ** powers[-1], True, tuple(10.0**power for power in powers))
    low, high = min(low, 0.0), max(high, 0.0)
    step = _find_step(high - low)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(float(f"{number * step:.12g}") for number in range(first, max(last, first + 1) + 1))
    return Scale(ticks[0], ticks[-1], False, ticks)


def _find_step(span: float) -> float:
    """The least round step that needs no more than so many ticks."""
    rough = span / (_MOST_TICKS - 1) or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))
