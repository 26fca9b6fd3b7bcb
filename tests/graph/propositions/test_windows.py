"""Partial dates as days."""

from datetime import date

import pytest

from graph.propositions.windows import Window, make_window
from graph.records import PartialDate


def days(first: date, last: date) -> Window:
    return Window(first.toordinal(), last.toordinal())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-27", days(date(2025, 1, 27), date(2025, 1, 27))),
        ("2024-02", days(date(2024, 2, 1), date(2024, 2, 29))),
        ("2025-Q2", days(date(2025, 4, 1), date(2025, 6, 30))),
        ("2025", days(date(2025, 1, 1), date(2025, 12, 31))),
        ("2025-02-30", None),
        ("2025-13", None),
        ("spring", None),
    ],
)
def test_the_days_of_a_partial_date(text: str, expected: Window | None) -> None:
    assert make_window(PartialDate(text)) == expected


def test_no_date_is_no_window() -> None:
    assert make_window(None) is None
