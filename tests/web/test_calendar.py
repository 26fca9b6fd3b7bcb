"""Days as a calendar."""

from datetime import date

import pytest

from web.calendar import find_span, make_months


@pytest.mark.parametrize(
    ("last", "first", "end"),
    [
        (date(2025, 1, 15), date(2024, 2, 1), date(2025, 1, 31)),
        (date(2024, 2, 29), date(2023, 3, 1), date(2024, 2, 29)),
        (date(2025, 12, 31), date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_calendar_has_twelve_months(last: date, first: date, end: date) -> None:
    assert find_span(last) == (first, end)


def test_months_without_reports_are_left_out_and_days_are_as_deep_as_they_are_full() -> None:
    counts = {
        date(2025, 1, 29): 40,
        date(2025, 1, 30): 10,
        date(2025, 1, 31): 11,
        date(2024, 11, 1): 1,
        date(2024, 12, 1): 0,
    }
    january, november = make_months(counts)
    assert (january.first, november.first) == (date(2025, 1, 1), date(2024, 11, 1))
    last = [day for day in january.weeks[-1] if day]
    assert [(day.day.day, day.depth) for day in last] == [(27, 0), (28, 0), (29, 4), (30, 1), (31, 2)]
    assert january.weeks[0][:2] == (None, None)
