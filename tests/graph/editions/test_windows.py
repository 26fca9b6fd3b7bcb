"""Days as the clocks of a zone have them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from graph.editions.windows import Window, begin_days, find_day, list_days, make_day

TOKYO, BERLIN = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")
EVENING = datetime(2025, 1, 29, 20, tzinfo=UTC)


def test_a_day_is_that_of_the_zone() -> None:
    assert find_day(EVENING, UTC) == date(2025, 1, 29)
    assert find_day(EVENING, TOKYO) == date(2025, 1, 30)
    assert make_day(date(2025, 1, 30), TOKYO).holds(EVENING)
    assert not make_day(date(2025, 1, 30), UTC).holds(EVENING)


def test_a_day_ends_before_the_next_begins() -> None:
    day = make_day(date(2025, 1, 29), UTC)
    assert day.end == datetime(2025, 1, 30, tzinfo=UTC)
    assert (day.holds(day.start), day.holds(day.end)) == (True, False)
    assert day.known_by == day.end


def test_the_day_on_which_clocks_are_changed_is_shorter() -> None:
    day = make_day(date(2025, 3, 30), BERLIN)
    assert day.end is not None
    assert day.end - day.start == timedelta(hours=23)


def test_a_window_without_an_end_goes_on() -> None:
    assert Window(EVENING, fetched=True).holds(EVENING + timedelta(days=9_999))


def test_days_in_a_row_have_one_moment_more() -> None:
    days = list_days(date(2025, 2, 27), date(2025, 3, 1))
    assert [day.isoformat() for day in days] == ["2025-02-27", "2025-02-28", "2025-03-01"]
    assert begin_days(days, UTC)[-1] == datetime(2025, 3, 2, tzinfo=UTC)
