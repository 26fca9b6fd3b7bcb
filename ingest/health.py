"""How ingestion does: lag, failures by reason, feeds that have fallen silent, and what the archive keeps to itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from graph.records import FeedState, Health, Snapshot
from ingest.archive import Archive

HEALTH_DAYS = 7
# Of the lag is told what half of the articles, and nine in ten, did not exceed.
_SHARES = (0.5, 0.9)


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
    """How the last days went, by what the archive keeps; a feed that fails or was given up is told of as such."""
    since = now - timedelta(days=HEALTH_DAYS)
    lag, slow = archive.find_lags(since, _SHARES) or (None, None)
    return Health(
        runs=archive.count_runs(since),
        lag=lag,
        slow=slow,
        failures=archive.count_failures(since),
        silent=archive.list_silent(now),
        totals=archive.list_totals(),
    )
