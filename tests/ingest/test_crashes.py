"""A text that is the end of whoever reads it: what runs before left out is read by itself, and at last left alone."""

import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import ConfigError, ModelError, StoreError
from graph.records import Article, Extraction, Failure
from ingest.archive import Archive
from ingest.stages import plan_reading
from ingest.storing import BATCH, Extract, Store, StoreEvent, store_articles
from ingest.turns import Stop, go_on
from tests.ingest.retold import make

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
# One run, in a process that a deadly text kills.
RUN = """
import os, signal, sys
from datetime import UTC, datetime
from graph.records import Extraction, Failure
from ingest.archive import Archive
from ingest.stages import give_up, plan_reading
from ingest.storing import store_articles

def extract(articles):
    for article in articles:
        if "deadly" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        yield Extraction(article)

with Archive(sys.argv[1]) as archive:
    for event in give_up(archive):
        print(event.stage, event.reason, event.subject, event.message)
    for ids in plan_reading(archive).pack():
        for event in store_articles(archive, extract, len, ids, datetime.now(UTC)):
            if isinstance(event, Failure):
                raise SystemExit(event.message)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as kept:
        yield kept


def fill(archive: Archive, number: int) -> None:
    for n in range(number):
        archive.save_article(make(f"n{n}", f"Text {n} of a story."))


def store_all(
    archive: Archive,
    extract: Extract,
    store: Store,
    limit: int | None = None,
    stop: Stop = go_on,
) -> Iterator[StoreEvent]:
    for ids in plan_reading(archive).pack(limit):
        yield from store_articles(archive, extract, store, ids, NOW, stop=stop)


def extract(articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
    """As a reader that takes all it may before it gives."""
    yield from map(Extraction, list(articles))


def test_a_deadly_text_is_left_alone_after_three_runs_and_all_others_are_stored(
    archive: Archive, tmp_path: Path
) -> None:
    fill(archive, 2 * BATCH)
    deadly = archive.save_article(make("deadly", "A deadly text."))

    def run() -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", RUN, str(tmp_path / "archive.db")]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert [run().returncode for _ in range(3)] == [-signal.SIGKILL] * 3
    assert archive.list_suspects() == (deadly.id,)
    told = run()
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith(f"extract crashed {deadly.id} {deadly.url}: ")
    assert archive.count_pending() == 0
    assert archive.get_latest(deadly.url).text == deadly.text
    assert run().stdout == ""


def test_the_end_of_a_run_in_order_makes_nobody_suspect(archive: Archive) -> None:
    fill(archive, 2 * BATCH)
    done: list[object] = []
    for event in store_all(archive, extract, len, stop=lambda: bool(done)):
        done.append(event)
    assert (archive.count_pending(), archive.list_suspects()) == (BATCH, ())

    def fail(batch: object) -> int:
        raise StoreError("disk full", reason="failed")

    with pytest.raises(StoreError):
        list(store_all(archive, extract, fail))
    assert (archive.count_pending(), archive.list_suspects()) == (BATCH, ())


def test_what_is_not_wanted_is_no_suspect_however_the_run_ends(archive: Archive) -> None:
    fill(archive, 3 * BATCH)
    wanted = set(archive.list_pending()[BATCH // 2 :: BATCH])

    def store(extract: Extract, stop: Stop = go_on) -> Iterator[StoreEvent]:
        ids = archive.list_pending()
        return store_articles(archive, extract, len, ids, NOW, is_wanted=lambda one: one.id in wanted, stop=stop)

    def refuse(articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        raise ConfigError("no model")
        yield

    with pytest.raises(ConfigError):
        list(store(refuse))
    assert (archive.list_suspects(), archive.count_aside()) == ((), 0)

    def read_ahead(articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        for article in articles:
            yield Extraction(article)
            if len(archive.list_suspects()) > BATCH:
                raise ModelError("the server is gone")

    with pytest.raises(ModelError):
        list(store(read_ahead))
    assert (archive.list_suspects(), archive.count_aside()) == ((), 0)

    for _ in store(extract):
        break
    assert archive.list_suspects() == ()

    taken: list[object] = []

    def take(articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        for article in articles:
            taken.append(article)
            yield Extraction(article)

    list(store(take, stop=lambda: bool(taken)))
    assert archive.list_suspects() == ()
    assert archive.count_aside() > 0


def test_what_fails_by_surprise_is_suspect_and_a_limit_counts_it(archive: Archive) -> None:
    fill(archive, 3)

    def surprise(articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        for article in articles:
            raise MemoryError(article.url)
        yield from ()

    with pytest.raises(MemoryError):
        list(store_all(archive, surprise, len))
    assert len(archive.list_suspects()) == 3
    asked: list[int] = []

    def count(articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        taken = list(articles)
        asked.append(len(taken))
        yield from map(Extraction, taken)

    fresh = archive.save_article(make("fresh", "A text nobody has read."))
    assert len(list(store_all(archive, count, len, limit=3))) == 3
    assert asked == [1, 1, 1]
    assert fresh.id not in archive.list_pending()
    assert len(archive.list_suspects()) == 1
