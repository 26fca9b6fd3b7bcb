import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Feed, FeedState
from ingest.schedule import LONGEST, SHORTEST, Outcome, RunLock, next_due

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


def test_failures_back_off_and_keep_the_rhythm() -> None:
    waits = [plan(Outcome(failed=True), failures=count) for count in range(12)]
    assert waits == sorted(waits)
    assert waits[-1] <= LONGEST
    assert next_due(FeedState(Feed("x")), HOUR, NOW, Outcome(failed=True)).interval == HOUR


def test_the_servers_wish_is_respected_up_to_a_day() -> None:
    assert plan(Outcome(failed=True, retry_after=7200)) == timedelta(hours=2)
    assert plan(Outcome(failed=True, retry_after=1e9)) == LONGEST


def test_a_feed_that_is_gone_is_never_due() -> None:
    assert next_due(FeedState(Feed("x")), HOUR, NOW, Outcome(failed=True, gone=True)).at is None


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
        "import os, pathlib, signal, sys; from ingest.schedule import RunLock;"
        "assert RunLock(pathlib.Path(sys.argv[1])).acquire(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "lock")], cwd=root, check=False)
    assert killed.returncode == -9
    with RunLock(tmp_path / "lock") as lock:
        assert lock.acquire()


@pytest.mark.parametrize("content", ["", "12345\n"])
def test_a_lock_file_without_a_holder_is_no_lock(tmp_path: Path, content: str) -> None:
    (tmp_path / "lock").write_text(content)
    with RunLock(tmp_path / "lock") as lock:
        assert lock.acquire()
