"""Stages called twice, late, and in the middle of each other leave what one undisturbed run does."""

import asyncio
import ipaddress
import random
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bench.kills_fetching import add_feed, dump, make_claims
from bench.site import Document, Site, serving
from graph.deriving import Done, derive
from graph.errors import FetchError
from graph.records import Article, ArticleId, Extraction, Feed
from graph.store import GraphStore
from graph.stores import open_store
from ingest.archive import Archive
from ingest.copies.comparing import compare_articles
from ingest.network.fetch import Fetch, FetchConfig, Fetcher, Request, Response
from ingest.pipeline import ingest_run
from ingest.sandbox import Sandbox
from ingest.stages import fetch_hosts, plan_fetching, plan_reading
from ingest.storing import store_articles

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
# By then the pages of the first moment are asked again, and their feeds are due.
MOMENTS = (NOW, NOW + timedelta(days=2))
CONFIG = FetchConfig(allowed=(ipaddress.ip_network("127.0.0.0/8"),))
FEEDS = 3
_KEPT = (
    "SELECT 'feed', url, next_due, interval, failures, moves, disabled, entries, last_read FROM feeds",
    "SELECT 'entry', feed_url, key, hash, wanted, attempts FROM entries",
    "SELECT 'page', url, asked, checks, next_check FROM pages",
    "SELECT 'article', url, version, pending, compared, attempts, tries, aside FROM articles",
)


async def ask(fetcher: Fetcher, request: Request) -> Response:
    """A slow server, so that two calls ask it at once; a page of it does not answer now, and may at another time."""
    await asyncio.sleep(0.01)
    if request.url.endswith("/silent"):
        raise FetchError(f"{request.url}: no answer", subject=request.url, reason="timeout")
    return await fetcher(request)


def extract(articles: Iterable[Article]) -> Iterator[Extraction]:
    for article in articles:
        yield Extraction(article, claims=tuple(make_claims(article)))


class Worker:
    """One process' hands on archive and graph."""

    def __init__(self, folder: Path, fetch: Fetch, sandbox: Sandbox) -> None:
        self.archive = Archive(folder / "archive.db")
        self.store: GraphStore = open_store(str(folder / "graph.db"))
        self._fetch, self._sandbox = fetch, sandbox

    def close(self) -> None:
        self.archive.close()
        self.store.close()

    async def fetch(self, hosts: Sequence[str], now: datetime) -> AsyncIterator[object]:
        async for event in fetch_hosts(self.archive, self._fetch, self._sandbox, hosts, now):
            yield event

    async def read(self, ids: Sequence[ArticleId], now: datetime) -> AsyncIterator[object]:
        for event in store_articles(self.archive, extract, self.commit, ids, now):
            yield event

    async def relate(self) -> AsyncIterator[object]:
        for event in compare_articles(self.archive, self.store.add_copies, lambda: False):
            yield event

    async def derive(self, other: GraphStore) -> AsyncIterator[object]:
        """With another who derives in the middle of it."""

        def report(done: Done) -> None:
            derive(other)

        yield derive(self.store, report=report)

    def commit(self, batch: Sequence[Extraction]) -> int:
        return self.store.add(batch).claims


def fill(site: Site, folder: Path, moment: int) -> None:
    """Feeds with pages, two of which fail for now or for good, and a feed that fails; later, pages that changed."""
    folder.mkdir(exist_ok=True)
    for number in range(FEEDS):
        add_feed(site, folder, number)
    feed = site.documents["/feed/0"]
    items = "".join(
        f"<item><title>{name}</title><link>{site.address}/{name}</link><guid>{name}</guid></item>"
        for name in ("lost", "silent")
    )
    site.documents["/feed/0"] = replace(feed, body=feed.body.replace(b"</channel>", f"{items}</channel>".encode()))
    if moment:
        site.documents["/0/1"] = Document(site.documents["/0/1"].body.replace(b"<p>", b"<p>Corrected. "), "text/html")
        site.documents["/feed/1"] = replace(feed, body=site.documents["/feed/1"].body.replace(b"/1/0<", b"/1/0 new<"))
    with Archive(folder / "archive.db") as archive:
        archive.add_feed(Feed(f"{site.address}/nowhere"))


def show(folder: Path) -> Counter[str]:
    found = dump(folder)
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        for query in _KEPT:
            found.update(map(str, db.execute(query)))
    return found


@contextmanager
def at_work(folder: Path, fetch: Fetch, sandbox: Sandbox, number: int) -> Iterator[list[Worker]]:
    with ExitStack() as opened:
        workers = [Worker(folder, fetch, sandbox) for _ in range(number)]
        for worker in workers:
            opened.callback(worker.close)
        yield workers


async def run_alone(folder: Path, fetch: Fetch, sandbox: Sandbox, now: datetime) -> None:
    """The run in one process, until nothing waits: a page that fails is tried three times."""
    with at_work(folder, fetch, sandbox, 1) as [worker]:
        while plan_fetching(worker.archive, now):
            await ingest_run(
                worker.archive, fetch, extract, worker.commit, now, relate=worker.store.add_copies, sandbox=sandbox
            )
        derive(worker.store)


async def run_twice(folder: Path, fetch: Fetch, sandbox: Sandbox, now: datetime) -> None:
    """Each call of a stage again as it was, when it is done."""
    with at_work(folder, fetch, sandbox, 1) as [worker]:
        while True:
            hosts = plan_fetching(worker.archive, now)
            if not (hosts or plan_reading(worker.archive).fresh):
                break
            for _ in range(2):
                [event async for event in worker.fetch(hosts, now)]
            for ids in plan_reading(worker.archive).pack():
                for _ in range(2):
                    [event async for event in worker.read(ids, now)]
            for _ in range(2):
                [event async for event in worker.relate()]
                derive(worker.store)


async def run_amid(folder: Path, fetch: Fetch, sandbox: Sandbox, now: datetime, chance: random.Random) -> None:
    """Calls by two workers, begun and taken on in any order; some are dropped in the middle, some come late."""
    with at_work(folder, fetch, sandbox, 2) as workers:
        while True:
            hosts, work = plan_fetching(workers[0].archive, now), plan_reading(workers[0].archive)
            if not (hosts or work.fresh or work.suspects):
                break
            calls: list[AsyncIterator[object]] = []
            for worker in workers:
                calls += [worker.fetch(hosts, now) for _ in range(2)]
                calls += [worker.read(ids, now) for ids in work.pack(size=4) for _ in range(2)]
                calls += [worker.relate(), worker.derive(workers[1].store)]
            while calls:
                call = chance.choice(calls)
                if await anext(call, None) is None or chance.random() < 0.02:
                    calls.remove(call)
                    await call.aclose()  # type: ignore[attr-defined]
        for worker in workers:
            [event async for event in worker.relate()]
            derive(worker.store)


@pytest.mark.parametrize("seed", [None, 1, 2, 3], ids=["twice", "amid 1", "amid 2", "amid 3"])
def test_stages_called_twice_or_amid_each_other_leave_what_one_run_does(
    tmp_path: Path, sandbox: Sandbox, seed: int | None
) -> None:
    chance = random.Random(seed)

    async def run(site: Site) -> None:
        for moment, now in enumerate(MOMENTS):
            for name in ("alone", "else"):
                fill(site, tmp_path / name, moment)
            async with Fetcher(CONFIG) as fetcher:
                fetch = partial(ask, fetcher)
                await run_alone(tmp_path / "alone", fetch, sandbox, now)
                if seed is None:
                    await run_twice(tmp_path / "else", fetch, sandbox, now)
                else:
                    await run_amid(tmp_path / "else", fetch, sandbox, now, chance)
            assert show(tmp_path / "else") == show(tmp_path / "alone")

    with serving() as site:
        asyncio.run(run(site))
