"""How long the archive's work takes, each kind by itself: `python -m bench.archive [server]`.

In files of a folder that goes away, or on a PostgreSQL of its own. Prints microseconds for one item, best of three
rounds, CPU and waiting together.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from graph.records import Article, ArticleId, ArticleKind, Entry, Feed, RunSummary, Source, SourceId
from ingest.archive import Archive, Place, Validators
from ingest.sources.schedule import Due

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
FEEDS, ENTRIES, ARTICLES, ROUNDS = 40, 50, 1_000, 3
SOURCE = Source(SourceId("a.example"), "A", "a.example", lang="en")
TEXT = "A sentence of a story that is of the usual length for one. " * 60


def work(archive: Archive, turn: int) -> Iterator[tuple[str, int, Callable[[], object]]]:
    """Kinds of work, each with how many items it treats."""
    feeds = [Feed(f"https://{turn}-{number}.example/feed") for number in range(FEEDS)]
    for feed in feeds:
        archive.add_feed(feed)

    def read(text: str) -> None:
        for feed in feeds:
            entries = [
                Entry(feed.url, f"key-{number}", f"{feed.url}/{number}", "Title", text, NOW, ("Jane",), "en")
                for number in range(ENTRIES)
            ]
            archive.record_read(feed, Validators("e"), NOW, entries, lambda _: Due(NOW, timedelta(hours=1)))

    yield "entries, new", FEEDS * ENTRIES, lambda: read("<p>body</p>")
    yield "entries, known", FEEDS * ENTRIES, lambda: read("<p>body</p>")
    yield "entries, changed", FEEDS * ENTRIES, lambda: read("<p>other</p>")
    wanted = archive.list_wanted()[:ARTICLES]
    saved = []

    def save() -> None:
        for one in wanted:
            entry = archive.get_entry(one.number)
            text = f"{entry.url} {TEXT}"
            article = Article(
                ArticleId(""), entry.url, SOURCE, "Title", text, "en", NOW, NOW, ArticleKind.NEWS, authors=("A",)
            )
            if not archive.has_article(entry.url):
                saved.append(archive.save_article(article, one).id)

    def store() -> None:
        for start in range(0, len(saved), 16):
            batch = saved[start : start + 16]
            archive.mark_stored((one.article.id for one in archive.hand_out(batch)), NOW)

    def record() -> None:
        for _ in range(50):
            archive.record_run(RunSummary(NOW, 1.0))

    yield "articles saved", len(wanted), save
    yield "articles handed out and stored", len(wanted), store
    yield "due feeds asked", 20, lambda: [archive.due_feeds(NOW) for _ in range(20)]
    yield "runs recorded", 50, record


@contextmanager
def on_files() -> Iterator[Callable[[], Place]]:
    with tempfile.TemporaryDirectory() as folder:
        names = count()
        yield lambda: Path(folder, f"{next(names)}.db")


@contextmanager
def on_server() -> Iterator[Callable[[], Place]]:
    from tests.postgres.server import Server

    server = Server()
    try:
        server.start()
        yield server.make
    finally:
        server.close()


def main(make: Callable[[], Place]) -> None:
    best: dict[str, float] = {}
    for turn in range(ROUNDS):
        with Archive(make()) as archive:
            for name, number, do in work(archive, turn):
                start = time.perf_counter()
                do()
                spent = (time.perf_counter() - start) / number * 1e6
                best[name] = min(spent, best.get(name, spent))
    for name, spent in best.items():
        print(f"{spent:9.1f}  {name}")


if __name__ == "__main__":
    with on_server() if sys.argv[1:] == ["server"] else on_files() as made:
        main(made)
