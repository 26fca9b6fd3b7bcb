import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Feed, FeedState
from ingest.sources.schedule import LONGEST, SHORTEST, Outcome, RunLock, next_due

NOW = datetime(2026, 1, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


def plan(outcome: Outcome, interval: timedelta = HOUR, failures: int = 0, url: str = "https://a.example/") -> timedelta:
    due = next_due(FeedState(Feed(url), failures=failures), interval, NOW, outcome)
    assert due.at is not None
    return due.at - NOW


def test_news_bring_the_next_reading_forward_and_silence_puts_it_off() -> None:
    assert plan(Outcome(new=3)) < HOUR < plan(Outcome())


@given(st.lists(st.integers(0, 5), max_size=30), st.text())
def test_intervals_stay_between_a_quarter_hour_and_a_day(history: list[int], url: str) -> None:
    state, interval = FeedState(Feed(url)), HOUR
    for new in history:
        due = next_due(state, interval, NOW, Outcome(new=new))
        interval = due.interval
        assert SHORTEST <= interval <= LONGEST
        assert due.at is not None
        assert SHORTEST * 0.89 <= due.at - NOW <= LONGEST


def failing(reason: str, failures: int, days: float) -> FeedState:
    return FeedState(Feed("x"), failures=failures, failing_since=NOW - timedelta(days=days))


@pytest.mark.parametrize(
    ("reason", "first"),
    [
        ("timeout", 0.25),
        ("http_503", 0.25),
        ("dns", 0.25),
        ("http_404", 4),
        ("not_a_feed", 1),
        ("forbidden_address", 24),
    ],
)
def test_failures_back_off_by_kind_and_keep_the_rhythm(reason: str, first: float) -> None:
    waits = [plan(Outcome(failure=reason), failures=count) for count in range(12)]
    assert waits == sorted(waits)
    assert abs(waits[0] / HOUR - first) <= 0.1 * first
    assert waits[-1] == LONGEST or waits[-1] >= LONGEST * 0.9
    assert next_due(FeedState(Feed("x")), HOUR, NOW, Outcome(failure=reason)).interval == HOUR


@pytest.mark.parametrize(
    ("reason", "failures", "days", "given_up"),
    [
        ("http_410", 0, 0, "gone"),
        ("http_404", 9, 30, "failing"),
        ("http_404", 9, 29, ""),
        ("http_404", 8, 3000, ""),  # the clock jumped, or the machine was off
        ("timeout", 70, 59, ""),
        ("timeout", 70, 60, "failing"),
        ("not_a_feed", 70, 60, "failing"),
        ("forbidden_address", 5000, 5000, ""),
    ],
)
def test_a_feed_is_given_up_after_long_failure_only(reason: str, failures: int, days: float, given_up: str) -> None:
    due = next_due(failing(reason, failures, days), HOUR, NOW, Outcome(failure=reason))
    assert due.given_up == given_up
    assert (due.at is None) == bool(given_up)


def test_the_servers_wish_is_respected_up_to_a_day() -> None:
    assert plan(Outcome(failure="http_503", retry_after=7200)) == timedelta(hours=2)
    assert plan(Outcome(failure="http_429", retry_after=1e9)) == LONGEST
    assert plan(Outcome(new=1, fresh_for=3 * 3600)) == timedelta(hours=3)
    assert plan(Outcome(new=1, fresh_for=1e12)) == LONGEST
    assert plan(Outcome(new=1, fresh_for=60)) == plan(Outcome(new=1))


def test_the_next_reading_follows_the_hours_at_which_a_feed_writes() -> None:
    # On each of 28 days at 13:00 UTC; NOW is midnight.
    times = [NOW - timedelta(days=day, hours=-13) for day in range(1, 29)]
    asked = []
    now, due = NOW, NOW
    while due < NOW + timedelta(days=1):
        next_one = next_due(FeedState(Feed("x")), HOUR, now, Outcome(), times).at
        assert next_one
        now = due = next_one
        asked.append((due - NOW) / HOUR)
    assert len(asked) <= 6
    assert any(13 <= hour <= 14 for hour in asked)


@pytest.mark.parametrize(
    ("every", "shortest", "longest"),
    [(timedelta(minutes=15), 0.25, 1), (timedelta(hours=4.3), 1, 4), (timedelta(hours=149), 8, 24)],
    ids=["busy", "some a day", "weekly"],
)
def test_busy_feeds_are_asked_often_and_quiet_ones_daily(every: timedelta, shortest: float, longest: float) -> None:
    thursday = NOW + timedelta(days=3)
    times = [thursday - n * every for n in range(100)]
    interval = next_due(FeedState(Feed("x")), HOUR, thursday, Outcome(), times).interval
    assert shortest <= interval / HOUR <= longest


@given(st.lists(st.datetimes(datetime(2025, 11, 1), datetime(2026, 2, 1), timezones=st.just(UTC)), max_size=100))
def test_any_dates_give_a_plan_within_bounds(times: list[datetime]) -> None:
    due = next_due(FeedState(Feed("x")), HOUR, NOW, Outcome(), times)
    assert due.at
    assert SHORTEST * 0.89 <= due.at - NOW <= LONGEST


def test_feeds_are_spread_and_each_keeps_its_place() -> None:
    waits = [plan(Outcome(), url=f"https://a.example/{n}") for n in range(20)]
    assert len(set(waits)) == 20
    assert waits[0] == plan(Outcome(), url="https://a.example/0")


def test_the_second_run_is_turned_away_at_once(tmp_path: Path) -> None:
    with RunLock(tmp_path / "lock") as first, RunLock(tmp_path / "lock") as second:
        assert first.acquire()
        started = time.monotonic()
        assert not second.acquire()
        assert time.monotonic() - started < 1
        first.release()
        assert second.acquire()


def test_the_lock_of_a_dead_process_is_none(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, signal, sys; from ingest.sources.schedule import RunLock;"
        "assert RunLock(pathlib.Path(sys.argv[1])).acquire(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).parents[3]
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "lock")], cwd=root, check=False)
    assert killed.returncode == -9
    with RunLock(tmp_path / "lock") as lock:
        assert lock.acquire()


@pytest.mark.parametrize("content", ["", "12345\n"])
def test_a_lock_file_without_a_holder_is_no_lock(tmp_path: Path, content: str) -> None:
    (tmp_path / "lock").write_text(content)
    with RunLock(tmp_path / "lock") as lock:
        assert lock.acquire()
