"""How ingestion does: lag, failures by reason, feeds that have fallen silent, and what the archive keeps to itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

from graph.records import Feed, FeedState, Health, SilentFeed, Snapshot
from ingest.archive import Archive

HEALTH_DAYS = 7
# A rhythm shows in so many entries, and changes over more.
_FEWEST = 5
_LATEST = 20
# Three times the gap that nine in ten stay under: a weekend or a holiday is no silence.
_PATIENCE = 3
_SHORTEST_SILENCE = timedelta(days=1)
_MOST = 0.9


def read_snapshot(archive: Archive, feeds: Sequence[FeedState], now: datetime) -> Snapshot:
    """How things were when the last run ended; as of now where no run has told.

    Feeds that are gone since are not among the silent ones.
    """
    kept = archive.get_snapshot() or make_snapshot(archive, now)
    there = {state.feed.url for state in feeds}
    silent = tuple(one for one in kept.health.silent if one.feed.url in there)
    return replace(kept, health=replace(kept.health, silent=silent))


def make_snapshot(archive: Archive, now: datetime) -> Snapshot:
    """How things are, counted: what grows with the archive is asked for by runs, and not by pages."""
    return Snapshot(
        make_health(archive, now),
        aside=archive.count_aside(),
        bare=archive.count_bare(),
        barriers=tuple(archive.count_barriers().items()),
        unreadable=_list_unreadable(archive),
    )


def _list_unreadable(archive: Archive) -> tuple[tuple[str, int], ...]:
    """The feeds of whose pages the last run could read none, and how many pages that were."""
    run = archive.latest_run()
    if run is None or not run.articles_failed:
        return ()
    found = archive.count_unreadable((failure.subject for failure in run.failures), run.started_at)
    return tuple(sorted(found.items()))


def make_health(archive: Archive, now: datetime) -> Health:
    """How the last days went, by what the archive keeps: each feed is looked at, so runs ask, not pages."""
    since = now - timedelta(days=HEALTH_DAYS)
    lag, slow = archive.find_lags(since, (0.5, _MOST)) or (None, None)
    return Health(
        runs=archive.count_runs(since),
        lag=lag,
        slow=slow,
        failures=archive.count_failures(since),
        silent=tuple(_iter_silent(archive, now)),
        totals=archive.list_totals(),
    )


def _iter_silent(archive: Archive, now: datetime) -> Iterator[SilentFeed]:
    """A feed that fails or has been given up is told of as such."""
    for feed, moments in archive.list_quiet(now - _SHORTEST_SILENCE, now, _LATEST):
        if silent := find_silence(feed, moments, now):
            yield silent


def find_silence(feed: Feed, moments: Sequence[datetime], now: datetime) -> SilentFeed | None:
    """The feed when it has been silent for much longer than its latest entries, newest first, were apart."""
    if len(moments) < _FEWEST:
        return None
    gaps = sorted((later - earlier).total_seconds() for later, earlier in pairwise(moments))
    usual = pick_share(gaps, _MOST) or 0.0
    patience = max(_SHORTEST_SILENCE, timedelta(seconds=_PATIENCE * usual))
    return SilentFeed(feed, moments[0], usual) if now - moments[0] > patience else None


def pick_share(ordered: Sequence[float], share: float) -> float | None:
    """The smallest of the ordered numbers that this share of them does not exceed; None when there are none."""
    return ordered[ceil(len(ordered) * share) - 1] if ordered else None
