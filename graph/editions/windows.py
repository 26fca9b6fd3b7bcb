"""The time of which an edition tells: a day that ends, or all that was fetched since a moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAY = timedelta(days=1)
_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """From a moment to another, in UTC.

    end   the first moment after it; None where it goes on
    fetched  by when articles were fetched; else by when they were published
    """

    start: datetime
    end: datetime | None = None
    fetched: bool = False

    @property
    def known_by(self) -> datetime:
        """What is known in it was recorded before then."""
        return self.end or _EVER

    def holds(self, moment: datetime) -> bool:
        """Whether a moment is in it."""
        return self.start <= moment < self.known_by


def make_day(day: date, zone: tzinfo) -> Window:
    """A day as the clocks of a zone have it: 23 to 25 hours."""
    return Window(_begin(day, zone), _begin(day + _DAY, zone))


def find_day(moment: datetime, zone: tzinfo) -> date:
    """The day in which a moment lies in a zone."""
    return moment.astimezone(zone).date()


def list_days(first: date, last: date) -> tuple[date, ...]:
    """All days from the first to the last."""
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


def begin_days(days: tuple[date, ...], zone: tzinfo) -> tuple[datetime, ...]:
    """When each of some days in a row begins, then when the last one ends."""
    return tuple(_begin(day, zone) for day in (*days, days[-1] + _DAY))


def _begin(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
