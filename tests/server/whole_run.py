"""One run in a process of its own, so that its memory can be told: `python -m tests.server.whole_run FOLDER`.

Standard input: a feed address a line. Standard output: one JSON object of what became of them.
"""

import asyncio
import ipaddress
import json
import resource
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from graph.records import Extraction, Feed, RunSummary
from ingest.archive import Archive
from ingest.network.fetch import FetchConfig, Fetcher
from ingest.pipeline import ingest_run
from ingest.sandbox import Sandbox

CONFIG = FetchConfig(allowed=(ipaddress.ip_network("127.0.0.0/8"),), deadline=8.0, connect=4.0, silence=4.0)


def main(folder: Path) -> None:
    started = time.monotonic()
    with Archive(folder / "archive.db") as archive:
        for line in sys.stdin:
            archive.add_feed(Feed(line.strip()))
        summary = asyncio.run(_run(archive))
        entries = {state.feed.url: state.entries for state in archive.list_feeds()}
    failures = {failure.subject: failure.reason for failure in summary.failures if failure.stage in ("fetch", "feed")}
    outcome = {url: failures.get(url, count) for url, count in entries.items()}
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(
        json.dumps(
            {
                "outcome": outcome,
                "stored": sorted(_stored),
                "seconds": time.monotonic() - started,
                "own_mib": _read_peak() // 1024,
                "worker_mib": workers // 1024,
            }
        )
    )


def _read_peak() -> int:
    """KiB of this program alone; `getrusage` counts those of the process that started it, too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


async def _run(archive: Archive) -> RunSummary:
    with Sandbox(cpu=5.0) as sandbox:
        async with Fetcher(CONFIG) as fetch:
            now = datetime.now(UTC)
            return await ingest_run(
                archive, fetch, lambda articles: map(Extraction, articles), _store, now, sandbox=sandbox
            )


_stored: set[str] = set()


def _store(batch: Sequence[Extraction]) -> int:
    _stored.update(one.article.url for one in batch)
    return len(batch)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
