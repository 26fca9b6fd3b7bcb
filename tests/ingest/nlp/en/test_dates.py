"""Dates as an article of Wednesday, 12 February 2025 means them."""

from datetime import date

import pytest

from ingest.nlp.en.dates import find_date, find_headings

TODAY = date(2025, 2, 12)

CASES = (
    ("on January 27, 2025", "2025-01-27"),
    ("on Jan. 27", "2025-01-27"),
    ("on 27 January 2025", "2025-01-27"),
    ("on 2025-01-27", "2025-01-27"),
    ("in December", "2024-12"),
    ("in December 2023", "2023-12"),
    ("last month", "2025-01"),
    ("this month", "2025-02"),
    ("last year", "2024"),
    ("earlier this year", "2025"),
    ("last fall", "2024"),
    ("in the autumn of 2024", "2024"),
    ("in 2019", "2019"),
    ("on Monday", "2025-02-10"),
    ("on Wednesday", "2025-02-12"),
    ("last Friday", "2025-02-07"),
    ("yesterday", "2025-02-11"),
    ("today", "2025-02-12"),
    ("three days ago", "2025-02-09"),
    ("two months ago", "2024-12"),
    ("a year ago", "2024"),
    ("in the third quarter", "2024-Q3"),
    ("in Q1 2025", "2025-Q1"),
    ("from Friday's close", None),
    ("it may happen", None),
    ("some time ago", None),
)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_date_counts_from_the_article(text: str, expected: str | None) -> None:
    assert find_date(f"It fell {text}.", TODAY) == expected


def test_future_month_is_the_next_one() -> None:
    assert find_date("It will come in June.", TODAY, ahead=True) == "2025-06"


def test_headings_with_and_without_a_day() -> None:
    assert [day for _, day in find_headings("# News\n## 2025-01-20 — Foo\ntext")] == ["", "2025-01-20"]
