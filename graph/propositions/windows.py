"""When something is said to have happened, as far as a claim says: days as numbers, first and last."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from graph.records import PartialDate

_DATE = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Window:
    """From the first to the last day it may have been, as ordinals (datetime.date)."""

    first: int
    last: int

    @property
    def ends(self) -> tuple[int, int]:
        return self.first, self.last

    def is_apart(self, other: "Window", days: int) -> bool:
        """Whether more than so many days lie between them."""
        return self.first - other.last > days or other.first - self.last > days


def make_window(text: PartialDate | None) -> Window | None:
    """The days of a partial date; None without one, or when it is no date."""
    match = _DATE.fullmatch(text) if text else None
    if match is None:
        return None
    year, quarter, month, day = match.groups()
    try:
        if day:
            only = date(int(year), int(month), int(day)).toordinal()
            return Window(only, only)
        first = int(month) if month else 3 * int(quarter) - 2 if quarter else 1
        last = first if month else first + 2 if quarter else 12
        end = calendar.monthrange(int(year), last)[1]
        return Window(date(int(year), first, 1).toordinal(), date(int(year), last, end).toordinal())
    except ValueError:
        return None
