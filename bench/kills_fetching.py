"""Runs killed while they fetch and store: `python -m bench.kills_fetching [KILLS] [PAGES]`.

PAGES pages behind feeds of 20 on loopback go through archive and store by runs that get `kill -9` at random moments,
then by one that is left alone. Extraction finds nothing, so that the kills fall on fetching, archive and store
(bench/kills.py has the whole program). In the end each page must be one article of one version, in both.
"""

import asyncio
import ipaddress
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench.site import Document, serving
from graph.records import Extraction, Feed
from graph.store import open_store
from ingest.archive import Archive
from ingest.fetch import FetchConfig, Fetcher
from ingest.pipeline import ingest_run

PAGE = "<html lang=en><head><title>Page {0}</title></head><body><article><h1>Page {0}</h1>{1}</article></body></html>"
SENTENCE = "DeepSeek said on Monday that the new model was trained on 2,048 chips and that it costs less than others. "


def main(kills: int, pages: int) -> None:
    with serving() as site, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in range(pages):
            text = "".join(f"<p>{SENTENCE}Paragraph {k} of page {n}.</p>" for k in range(4))
            site.documents[f"/{n}"] = Document(PAGE.format(n, text).encode(), "text/html")
        command = [sys.executable, "-m", "bench.kills_fetching", "run", name]
        open_store(str(folder / "graph.db")).close()
        started = time.monotonic()
        subprocess.run(command, check=True)  # nothing to do yet: how long a run takes to begin
        begins = time.monotonic() - started
        with Archive(folder / "archive.db") as archive:
            for first in range(0, pages, 20):
                numbers = range(first, min(first + 20, pages))
                items = "".join(f"<item><title>{n}</title><link>{site.address}/{n}</link></item>" for n in numbers)
                feed = f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>"
                site.documents[f"/feed/{first}"] = Document(feed.encode(), "application/rss+xml")
                archive.add_feed(Feed(f"{site.address}/feed/{first}"))
        chance, cut = random.Random(7), 0
        for _ in range(kills):
            with subprocess.Popen(command) as run:
                time.sleep(begins * chance.uniform(0.5, 3.0))
                cut += run.poll() is None
                run.kill()
        print(f"load {os.getloadavg()[0]:.1f}; {kills} runs, {cut} of them killed at work; then {count(folder)}")
        subprocess.run(command, check=True)
        print(f"after one more run: {count(folder)}; all must be {pages}, nothing waiting")


def count(folder: Path) -> str:
    with Archive(folder / "archive.db") as archive:
        waiting = f"{archive.count_wanted()} wanted, {archive.count_pending()} pending"
    kept = query(folder / "archive.db", "SELECT count(*) || ' articles at ' || count(DISTINCT url) FROM articles")
    with open_store(str(folder / "graph.db")) as store:
        return f"archive {kept} addresses, {waiting}; graph {store.count().articles} articles"


def query(path: Path, text: str) -> str:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return str(db.execute(text).fetchone()[0])


async def run_once(folder: Path) -> None:
    config = FetchConfig(allowed=(ipaddress.ip_network("127.0.0.0/8"),))
    with Archive(folder / "archive.db") as archive, open_store(str(folder / "graph.db")) as store:
        async with Fetcher(config) as fetch:
            summary = await ingest_run(
                archive,
                fetch,
                lambda articles: map(Extraction, articles),
                lambda batch: store.add(batch).claims,
                datetime.now(UTC),
            )
    for failure in summary.failures:
        print(failure.message)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", folder]:
            asyncio.run(run_once(Path(folder)))
        case numbers:
            main(*map(int, numbers), *(100, 1_000)[len(numbers) :])
