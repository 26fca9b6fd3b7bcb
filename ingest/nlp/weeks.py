"""What a week fixes of when something happened: its month, where all of it lies in one."""

from datetime import date, timedelta

_SUNDAY = 6


def find_month_of_week(today: date, weeks: int) -> str | None:
    """The month, as 2025-01, of a week from Monday to Sunday, of the running one as far as `today`.

    weeks  from the running one: -1 is last week
    Nothing when the week lies in two months: then its words fix none.
    """
    monday = today - timedelta(today.weekday()) + timedelta(weeks=weeks)
    last = min(today, monday + timedelta(_SUNDAY)) if weeks <= 0 else monday + timedelta(_SUNDAY)
    return f"{last.year:04d}-{last.month:02d}" if monday.month == last.month else None
