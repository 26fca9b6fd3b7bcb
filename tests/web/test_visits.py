"""When a reader was here before, as a cookie tells it."""

from datetime import UTC, datetime, timedelta

import pytest

from web.visits import Visit, continue_visit, write_visit

NOON = datetime(2025, 1, 30, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def follow(*hours: float) -> Visit:
    """The visit after requests so many hours past noon."""
    kept = ""
    for hour in hours:
        visit = continue_visit(kept, NOON + hour * HOUR)
        kept = write_visit(visit)
    return visit


def test_the_first_visit_has_none_before() -> None:
    assert follow(0).before is None
    assert follow(0, 1, 4.5).before is None


def test_after_a_pause_what_is_new_is_new_since_the_visit_before_began() -> None:
    assert follow(0, 1, 6).before == NOON
    assert follow(0, 5, 10).before == NOON + 5 * HOUR


def test_a_second_tab_does_not_reset_it() -> None:
    assert follow(0, 6, 6, 6.1, 9).before == NOON


def test_it_reaches_back_fourteen_days() -> None:
    assert follow(0, 24 * 30).before == NOON + timedelta(days=16)


@pytest.mark.parametrize("kept", ["", "x", "1.2", "9.8.7", "0.0.99999999999", "-1.0.0", "0.0.9999999999"])
def test_what_nobody_wrote_counts_as_nothing(kept: str) -> None:
    assert continue_visit(kept, NOON) == Visit(None, NOON, NOON)
