"""When each feed is due next, and the lock that keeps two runs apart."""

import fcntl
import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.records import FeedState

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(days=1)
# A feed that has never been read is asked hourly until its rhythm shows.
FIRST = timedelta(hours=1)
# News come in bursts: halve at once when there are some, grow slowly when there are none.
_FASTER = 0.5
_SLOWER = 1.5
# Spreads feeds that were added together; a tenth keeps the rhythm recognisable.
_JITTER = 0.1


@dataclass(frozen=True, slots=True)
class Outcome:
    """How reading a feed went.

    new          entries not seen before
    failed       it gave no document
    gone         the server says that it will never come back (410)
    retry_after  seconds the server asks us to stay away
    """

    new: int = 0
    failed: bool = False
    gone: bool = False
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When to read a feed again (None: never) and the interval that led there."""

    at: datetime | None
    interval: timedelta


def next_due(state: FeedState, interval: timedelta, now: datetime, outcome: Outcome) -> Due:
    """The next reading: from 15 minutes to a day on, sooner for busy feeds, later for quiet and failing ones.

    interval  the one that the last plan gave
    """
    if outcome.gone:
        return Due(None, interval)
    if outcome.failed:
        # The rhythm is kept for when it works again; the wait doubles with each failure.
        wait = _clamp(SHORTEST * 2 ** min(state.failures + 1, 10))
    else:
        interval = wait = _clamp(interval * (_FASTER if outcome.new else _SLOWER))
    wait *= 1 + _JITTER * _fraction(state.feed.url)
    if outcome.retry_after:
        wait = max(wait, timedelta(seconds=outcome.retry_after))
    return Due(now + min(wait, LONGEST), interval)


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
