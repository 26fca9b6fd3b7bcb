from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsing.dates import JAPAN, find_day_spans, keep_plausible, parse_day, parse_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-01-28T10:00:00Z", datetime(2025, 1, 28, 10, tzinfo=UTC)),
        ("2025-01-28T10:00:00+09:00", datetime(2025, 1, 28, 1, tzinfo=UTC)),
        ("2025-01-28T10:00", datetime(2025, 1, 28, 10, tzinfo=UTC)),
        ("Tue, 28 Jan 2025 10:00:00 +0900", datetime(2025, 1, 28, 1, tzinfo=UTC)),
        ("2025/01/28 10:05", datetime(2025, 1, 28, 10, 5, tzinfo=UTC)),
        ("Jan 28, 2025 10:30 PM EST", datetime(2025, 1, 29, 3, 30, tzinfo=UTC)),
        ("Jan 28, 2025, 12:05 a.m.", datetime(2025, 1, 28, 0, 5, tzinfo=UTC)),
        ("2025-01-28 10:30 PM", datetime(2025, 1, 28, 22, 30, tzinfo=UTC)),
        ("28 Jan 2025 10:30 JST", datetime(2025, 1, 28, 1, 30, tzinfo=UTC)),
        ("2025/01/28 10:30 (JST)", datetime(2025, 1, 28, 1, 30, tzinfo=UTC)),
        ("Sat 05 Apr 2025 10:30 CEST", datetime(2025, 4, 5, 8, 30, tzinfo=UTC)),
        ("Tue, 28 Jan 2025 10:00:00 -0330 (NST)", datetime(2025, 1, 28, 13, 30, tzinfo=UTC)),
        ("Tue Jan 28 10:00:00 2025", datetime(2025, 1, 28, 10, tzinfo=UTC)),
        ("28 Jan 2025 10:30 IST", None),
        ("28 Jan 2025 10:30 PM ET", None),
        ("28 Jan 2025 10:30 GMT+9", None),
        ("2025-01-28", None),
        ("Jan 28, 20255:45 AM", None),
        ("January 28, 2025", None),
        ("", None),
        ("0000-00-00T00:00:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("0001-01-01T00:00:00+09:00", None),
        ("x" * 10_000, None),
    ],
)
def test_moments(text: str, moment: datetime | None) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025年1月28日 10:00", datetime(2025, 1, 28, 1, tzinfo=UTC)),
        ("2025年1月28日(火) 10時05分 公開", datetime(2025, 1, 28, 1, 5, tzinfo=UTC)),
        ("2025年1月28日\uff08火\uff09午後3時", datetime(2025, 1, 28, 6, tzinfo=UTC)),
        ("令和7年1月28日 10:00", datetime(2025, 1, 28, 1, tzinfo=UTC)),
        ("令和元年5月1日 0:00", datetime(2019, 4, 30, 15, tzinfo=UTC)),
        ("2025年1月28日 25:30", datetime(2025, 1, 28, 16, 30, tzinfo=UTC)),
        ("2025年1月28日 3時間前", None),
        ("2025年13月28日 10:00", None),
        ("2025年1月28日", None),
    ],
)
def test_japanese_moments_are_in_japan(text: str, moment: datetime | None) -> None:
    assert parse_moment(text, JAPAN) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-28",
        "2025年1月28日",
        "令和7年1月28日",
        "令和7年1月28日 午後3時",
        "2025年\uff08令和7年\uff091月28日",
        "令和7年\uff082025年\uff091月28日",
        "令和7(2025)年1月28日",
        "2025/1/28",
        "2025.01.28",
        "Jan 28, 2025",
        "Jan 28, 20255:45 AM",
        "January 28th 2025",
        "28 January, 2025",
        "Published 28th of Jan. 2025",
        "Tuesday, Jan. 28, 2025 — 5 min read",
        "28.01.2025",
        "28. Januar 2025",
        "28 janvier 2025",
    ],
)
def test_a_day_is_the_day_that_was_printed(text: str) -> None:
    assert parse_day(text) == datetime(2025, 1, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["January 2025", "Jan 32, 2025", "May 5", "Marching 12, 2025", "5 marks 2025", "11.10.2019", "1.2.3.2025", ""],
)
def test_what_is_no_day(text: str) -> None:
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [("3. März 2025", 3), ("1er mars 2025", 3), ("5 août 2025", 8), ("Oct 3, 2025", 10), ("3 Dez 2025", 12)],
)
def test_months_by_their_names(text: str, month: int) -> None:
    day = parse_day(text)
    assert day is not None
    assert day.month == month


def test_where_days_stand() -> None:
    text = "By A | Jan 28, 2025 | updated 2025年2月3日 10:00"
    assert [text[start:end] for start, end in find_day_spans(text)] == ["Jan 28, 2025", "2025年2月3日 10:00"]


@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), False),
        (datetime(1999, 1, 1, tzinfo=UTC), True),
        (datetime(2026, 1, 2, tzinfo=UTC), True),
        (datetime(2026, 1, 4, tzinfo=UTC), False),
        (datetime(9999, 1, 1, tzinfo=UTC), False),
    ],
)
def test_nobody_published_then(moment: datetime, kept: bool) -> None:
    assert keep_plausible(moment, datetime(2026, 1, 1, tzinfo=UTC)) == (moment if kept else None)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 14))
def test_iso_round_trips(moment: datetime, hours: int) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    zone = JAPAN if hours == 9 else UTC
    assert parse_moment(moment.astimezone(zone).isoformat()) == moment


@given(st.text())
def test_any_text_gives_a_moment_or_nothing(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or moment.utcoffset() == timedelta(0)
    day = parse_day(text)
    assert day is None or day.utcoffset() == timedelta(0)
