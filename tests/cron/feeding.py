"""Gives each run of `ingest` a feed that none has read, until two runs have read one.

`python -m tests.cron.feeding ARCHIVE ADDRESS SECONDS`, beside a test run.
"""

import sys
import time
from pathlib import Path

from graph.records import Feed, RunSummary
from ingest.archive import Archive


def list_readings(archive: Archive) -> list[RunSummary]:
    """The runs that read a feed, the first one first."""
    return [run for run in reversed(archive.list_runs(100)) if run.feeds_read]


def add_feed(archive: Archive, address: str) -> None:
    """Adds the feed for the run to come: one that was read is not due again."""
    archive.add_feed(Feed(f"{address}/feed-{archive.count_runs() + 1}"))


def main(archive: str, address: str, seconds: str) -> None:
    deadline = time.monotonic() + float(seconds)
    while time.monotonic() < deadline:
        with Archive(Path(archive)) as opened:
            if len(list_readings(opened)) >= 2:
                return
            add_feed(opened, address)
        time.sleep(0.5)


if __name__ == "__main__":
    main(*sys.argv[1:])
