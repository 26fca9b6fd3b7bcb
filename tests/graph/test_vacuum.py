import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.stores.sqlite import SqliteStore
from graph.stores.vacuum import vacuum
from tests.contract.generated import ENTITIES, TIES, iter_extractions


def make_loose(path: Path, rows: int = 5_000, gone: int = 4_500) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN")
        db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)")
        db.executemany("INSERT INTO t VALUES (?, ?)", ((number, "x" * 500) for number in range(rows)))
        db.execute("DELETE FROM t WHERE id < ?", (gone,))
        db.execute("COMMIT")


def measure(path: Path) -> tuple[int, int]:
    """Pages of a file, and how many of them hold nothing."""
    with closing(sqlite3.connect(path)) as db:
        pages, free = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count"))
    return pages, free


def test_room_is_given_back_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    make_loose(path)
    before = path.stat().st_size
    won = vacuum(path)
    assert won > 0.8 * before
    assert path.stat().st_size == before - won
    assert vacuum(path) == 0


def test_little_room_is_left_for_the_next_rows(tmp_path: Path) -> None:
    make_loose(tmp_path / "a.db", gone=100)
    before = measure(tmp_path / "a.db")
    assert before[1] > 0
    assert vacuum(tmp_path / "a.db") == 0
    assert measure(tmp_path / "a.db") == before


def test_readers_see_their_state_and_writers_wait_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    make_loose(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (500,)
        writing = threading.Thread(target=_insert, args=(path, 200))
        writing.start()
        vacuum(path)
        writing.join()
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (500,)
        reader.execute("COMMIT")
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (700,)


def _insert(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as db:
        db.execute("PRAGMA synchronous = OFF")
        for _ in range(number):
            db.execute("INSERT INTO t (text) VALUES ('y')")


def test_a_store_in_use_answers_the_same_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    with SqliteStore(path) as store:
        store.add_entities(ENTITIES, TIES)
        store.add(iter_extractions(60))
        before = list(store.iter_extractions())
        rows = store.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("CREATE TABLE loose AS SELECT randomblob(900000) FROM (VALUES (1), (2), (3), (4))")
            db.execute("DROP TABLE loose")
        assert vacuum(path) > 0
        assert list(store.iter_extractions()) == before
        assert store.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == rows
        claim = before[0].claims[0]
        assert claim in store.get_claims([claim.id])


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("no database at all, but long enough to be looked at as one" * 20)
    for path in (tmp_path / "a.db", tmp_path / "none.db"):
        with pytest.raises(StoreError, match=str(path)):
            vacuum(path)
