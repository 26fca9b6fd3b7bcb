"""CPU of an article by workers and by one process over the same PostgreSQL and Neo4j; and two readers beside one.

Counted are the processes that work, PostgreSQL and the broker; of Neo4j nothing. Both begin with a feed that does not
count: what starting costs is in neither. Reading is stood in for, so what it takes of a core is added to both. How much
faster two readers are is told with a stand-in that waits as long as reading takes, as on cores of its own.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.cpu import count_cpu
from bench.kills_fetching import COPIES, PAGES, serve_feed
from bench.site import Site, serving
from commands.opening import open_archive
from graph.records import Article, ArticleId, Source, SourceId
from tests.cluster.newsroom import ROOT, Newsroom, opening, running_servers
from tests.neo4j.server import Server as Neo4j
from tests.postgres.server import Server as Postgres
from tests.rabbitmq.server import Server as RabbitMQ

STAND_IN = {"TEST_READER": "yes"}
# Seconds of a core to read an English article (results.md).
READING = 1 / 2.7
# Seconds between two plans: in a newsroom a minute; what a plan costs is a larger share here.
EVERY = 10.0
MOST, LEAST = 1.10, 0.9
# Articles of a message; so many messages for each of two readers.
_PACK, _PACKS = 16, 3
_LONGEST = 300.0


def measure(feeds: int) -> None:
    """Prints CPU seconds of an article by one process and by workers, and how much faster two readers are than one."""
    with running_servers() as servers, serving() as site, tempfile.TemporaryDirectory() as folder:
        print(f"load {os.getloadavg()[0]:.1f}", flush=True)
        _compare_cpu(servers, site, Path(folder), feeds)
        _compare_readers(servers, Path(folder))


def _compare_cpu(servers: tuple[Postgres, Neo4j, RabbitMQ], site: Site, folder: Path, feeds: int) -> None:
    postgres, neo4j, rabbitmq = servers
    with opening(folder / "alone", postgres.make(), neo4j, rabbitmq, STAND_IN) as alone:
        one = _measure_one(alone, site, feeds, postgres.pid)
    with opening(folder / "newsroom", postgres.make(), neo4j, rabbitmq, STAND_IN) as newsroom:
        several = _measure_workers(newsroom, site, feeds, (postgres.pid, rabbitmq.pid))
    articles = feeds * (PAGES + COPIES)
    one, several = one / articles, several / articles
    more, ratio, with_reading = several - one, several / one, (several + READING) / (one + READING)
    print(f"{articles} articles; load {os.getloadavg()[0]:.1f}")
    print(f"  one process {1_000 * one:7.1f} ms of CPU an article")
    print(f"  workers     {1_000 * several:7.1f} ms, {1_000 * more:.1f} more; ÷ one process {ratio:.2f}")
    print(
        f"  {1_000 * READING:.0f} ms of reading in both: ÷ one process {with_reading:.3f}, must be {MOST}", flush=True
    )


def _measure_one(alone: Newsroom, site: Site, feeds: int, postgres: int) -> float:
    """CPU seconds of one process over so many feeds, without those of its first run, over one."""
    spent = []
    environment = {name: value for name, value in alone.environment.items() if "BROKER" not in name}
    for numbers in (range(1), range(1, feeds + 1)):
        _add_feeds(alone, site, numbers)
        before = count_cpu(postgres)
        command = [sys.executable, "-m", "tests.cluster.program", "ingest"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"ingest ended with {process.returncode}")
        spent.append(used.ru_utime + used.ru_stime + count_cpu(postgres) - before)
        if left := alone.tell_left():
            raise RuntimeError(f"left: {left}")
    return spent[1] - spent[0]


def _measure_workers(newsroom: Newsroom, site: Site, feeds: int, servers: Sequence[int]) -> float:
    """CPU seconds of two workers over so many feeds, after one that does not count."""
    for _ in range(2):
        newsroom.start()
    _add_feeds(newsroom, site, range(1))
    newsroom.drain(_LONGEST)
    working = [*servers, *(worker.pid for worker in newsroom.workers)]
    before = count_cpu(*working)
    _add_feeds(newsroom, site, range(1, feeds + 1))
    cluster, begun = newsroom.cluster(), time.monotonic()
    while True:
        cluster.send("plan")
        time.sleep(EVERY)
        spent = count_cpu(*working) - before
        if not (left := newsroom.tell_left()):
            return spent
        if time.monotonic() - begun > _LONGEST:
            raise TimeoutError(left)


def _compare_readers(servers: tuple[Postgres, Neo4j, RabbitMQ], folder: Path) -> None:
    postgres, neo4j, rabbitmq = servers
    waiting = STAND_IN | {"TEST_READING": f"{READING:.3f}"}
    seconds = []
    for readers in (1, 2):
        with opening(folder / f"readers-{readers}", postgres.make(), neo4j, rabbitmq, waiting) as newsroom:
            seconds.append(_measure_readers(newsroom, readers))
    one, two = seconds
    print(f"{2 * _PACKS * _PACK} texts that take {READING:.2f} s each: one reader {one:.1f} s, two {two:.1f} s")
    print(f"  two are {one / two:.2f} times as fast, {one / two / 2:.2f} of twice, must be {LEAST}")


def _measure_readers(newsroom: Newsroom, readers: int) -> float:
    """Seconds until so many readers have stored what waits; each has read a message before."""
    newsroom.start("plan")
    for _ in range(readers):
        newsroom.start("read")
    cluster = newsroom.cluster()
    newsroom.wait(lambda: all(one.consumers for one in cluster.list_queues(("plan", "read"))), _LONGEST)
    with open_archive(newsroom.config) as archive:
        done = 0
        for packs in (readers, 2 * _PACKS):
            for number in range(done, done + packs * _PACK):
                archive.save_article(make_article(number))
            done += packs * _PACK
            begun = time.monotonic()
            cluster.send("plan")
            newsroom.wait(lambda: not archive.count_pending(), _LONGEST)
    return time.monotonic() - begun


def make_article(number: int) -> Article:
    text = f"The lab number {number} trained its model on {number} chips. It was cheap."
    source, at = Source(SourceId("a.example"), "A", "a.example", lang="en"), datetime(2026, 1, 5, 12, tzinfo=UTC)
    return Article(ArticleId(""), f"https://a.example/{number}", source, "Title", text, "en", at, at)


def _add_feeds(newsroom: Newsroom, site: Site, numbers: Sequence[int]) -> None:
    """Feeds at hosts of their own, so that several are asked at once."""
    port = site.address.rpartition(":")[2]
    for number in numbers:
        own = Site(f"http://news-{number}.example:{port}", site.documents)
        newsroom.add_feeds(serve_feed(own, number))
