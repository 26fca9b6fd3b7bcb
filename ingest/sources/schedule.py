"""When each feed is due next, and the lock that keeps two runs apart."""

import fcntl
import hashlib
import math
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.records import FeedState
from ingest.sources.rhythm import find_rhythm

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(days=1)
# A feed that has never been read is asked hourly until its rhythm shows.
FIRST = timedelta(hours=1)
# A feed of r updates an hour is asked when _EXPECTED * sqrt(r) of them may be expected: what is the least of requests
# and lateness together grows with the root of the rate. bench/month.py, two weeks: 0.5, 1 and 1.5 cost 32, 19 and 14
# thousand requests for entries had 2.8, 3.2 and 4.1 hours late (mean of the kinds); without a rhythm 23 thousand, 5.6.
_EXPECTED = 1.0
# Without a rhythm: halve at once when there are news, grow slowly when there are none.
_FASTER = 0.5
_SLOWER = 1.5
# Spreads feeds that were added together; a tenth keeps the rhythm recognisable.
_JITTER = 0.1
# A failure must have been met so often before a feed is given up, however long ago the first was: a machine that was
# switched off for months, or a clock that jumped, proves nothing.
_FEWEST_FAILURES = 10


@dataclass(frozen=True, slots=True)
class Patience:
    """How a kind of failure is borne.

    first     the wait after the first one; it doubles with each further one, up to a day
    give_up   how long it may go on before the feed is not read any more; None: never
    """

    first: timedelta
    give_up: timedelta | None


_PASSING = Patience(SHORTEST, timedelta(days=60))
_REFUSED = Patience(timedelta(hours=4), timedelta(days=30))
_WRONG_DOCUMENT = Patience(timedelta(hours=1), timedelta(days=60))
# What only the operator can change: asked daily, never forgotten.
_OURS = Patience(LONGEST, None)
# Every other reason passes: timeouts, resets, name servers, HTTP 5xx and 429.
_PATIENCE = {
    **dict.fromkeys(("http_400", "http_401", "http_402", "http_403", "http_404", "http_451"), _REFUSED),
    **dict.fromkeys(("redirect_loop", "too_many_redirects", "bad_url", "http_304"), _REFUSED),
    **dict.fromkeys(("empty", "not_a_feed", "bad_xml", "bad_json", "too_large", "bad_encoding"), _WRONG_DOCUMENT),
    **dict.fromkeys(("crashed", "too_deep", "parser_failed"), _WRONG_DOCUMENT),
    "forbidden_address": _OURS,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How reading a feed went.

    new          entries not seen before
    failure      the reason why it gave no document; empty when it did
    retry_after  seconds the server asks us to stay away
    fresh_for    seconds for which the server says that its answer holds
    """

    new: int = 0
    failure: str = ""
    retry_after: float | None = None
    fresh_for: float = 0.0


@dataclass(frozen=True, slots=True)
class Due:
    """When to read a feed again (None: never, for the reason given: gone, failing) and the interval that led there."""

    at: datetime | None
    interval: timedelta
    given_up: str = ""


def next_due(
    state: FeedState, interval: timedelta, now: datetime, outcome: Outcome, times: Iterable[datetime] = ()
) -> Due:
    """The next reading: from 15 minutes to a day on, as the feed's rhythm, its failures and its server's words have it.

    interval  the one that the last plan gave
    times     when its entries were published
    """
    if outcome.failure:
        given_up = _give_up(state, outcome.failure, now)
        if given_up:
            return Due(None, interval, given_up)
        # The rhythm is kept for when it works again.
        wait = _find_patience(outcome.failure).first * 2 ** min(state.failures, 10)
    else:
        interval = wait = _follow(interval, now, outcome, times)
    wait = _clamp(wait) * (1 + _JITTER * _fraction(state.feed.url))
    asked = timedelta(seconds=max(outcome.retry_after or 0.0, min(outcome.fresh_for, LONGEST.total_seconds())))
    return Due(now + min(max(wait, asked), LONGEST), interval)


def _follow(interval: timedelta, now: datetime, outcome: Outcome, times: Iterable[datetime]) -> timedelta:
    """The interval by the feed's rhythm; without one, by whether this reading brought anything."""
    rhythm = find_rhythm(times, now)
    if rhythm:
        return max(rhythm.find_next(now, _EXPECTED * math.sqrt(rhythm.mean), LONGEST), SHORTEST)
    return _clamp(interval * (_FASTER if outcome.new else _SLOWER))


def _give_up(state: FeedState, reason: str, now: datetime) -> str:
    """Why the feed is not read any more after this failure; empty when it is."""
    if reason == "http_410":
        return "gone"
    limit = _find_patience(reason).give_up
    long_enough = limit and state.failing_since and now - state.failing_since >= limit
    return "failing" if long_enough and state.failures + 1 >= _FEWEST_FAILURES else ""


def _find_patience(reason: str) -> Patience:
    return _PATIENCE.get(reason, _PASSING)


class RunLock:
    """Held by the one run that may work on an archive. A lock left by a dead process is none: the kernel drops it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Whether the lock is ours now; False at once when another run holds it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Gives the lock back; the file stays, as removing it would let two runs lock different files."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _clamp(wait: timedelta) -> timedelta:
    return max(SHORTEST, min(wait, LONGEST))


def _fraction(url: str) -> float:
    """A number from -1 to 1 that is always the same for a feed."""
    return int.from_bytes(hashlib.sha256(url.encode("utf-8", "replace")).digest()[:4]) / 2**31 - 1
