"""What only the file store has: files that are not ours or broken, several processes, sudden death."""

import shutil
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import StoreError, StoreUnavailable
from graph.store import ClaimQuery
from graph.stores import open_store, sqlite_file
from graph.stores.sqlite import BATCH, SqliteStore
from graph.stores.sqlite_file import StoreFile, make_store_error
from tests.contract.builders import NOON, Said, make_extraction
from tests.graph.conftest import ROOT, STORY, script

Run = Callable[[str], "subprocess.CompletedProcess[str]"]


def test_a_path_with_odd_characters_and_missing_folders_is_made(tmp_path: Path) -> None:
    path = tmp_path / "a b" / "データ?#%" / "store.db"
    with open_store(f"sqlite:{path}") as store:
        store.add([STORY])
    assert path.is_file()


def test_a_newer_file_is_refused(store: SqliteStore, path: Path) -> None:
    store.close()
    _execute(path, "PRAGMA user_version = 99")
    with pytest.raises(StoreUnavailable, match=r"format 99.*newer claimgraph"):
        SqliteStore(path)


def test_the_database_of_another_program_is_refused_and_untouched(path: Path) -> None:
    _execute(path, "CREATE TABLE bookmarks (url)")
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="another program"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_text("feeds:\n" * 1000)
    with pytest.raises(StoreUnavailable, match="not a store"):
        SqliteStore(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="is a folder"):
        SqliteStore(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="cannot make"):
        SqliteStore(tmp_path / "file" / "store.db")


def test_a_truncated_file_is_told_to_be_damaged(store: SqliteStore, path: Path) -> None:
    store.close()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(StoreUnavailable, match="damaged; restore a backup") as error:
        SqliteStore(path).count()
    assert error.value.reason == "damaged"


def test_pages_of_rubbish_are_told_to_be_damaged(store: SqliteStore, path: Path) -> None:
    store.close()
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * (path.stat().st_size - 8192))
    with pytest.raises(StoreUnavailable, match="damaged"), SqliteStore(path) as broken:
        broken.find_claims(ClaimQuery())


def test_reading_only_makes_no_file_and_writes_nothing(store: SqliteStore, path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no store at"):
        open_store(str(tmp_path / "none.db"), read_only=True)
    assert not (tmp_path / "none.db").exists()
    with open_store(str(path), read_only=True) as reader:
        assert reader.count().claims == 2
        with pytest.raises(StoreError, match="reading only"):
            reader.add([STORY])
        assert reader.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == ((2,),)


def test_a_closed_store_says_so(store: SqliteStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        store.count()


@pytest.mark.parametrize(
    ("code", "kind", "reason", "words"),
    [
        (sqlite3.SQLITE_FULL, StoreError, "disk_full", "the disk is full"),
        (sqlite3.SQLITE_IOERR_WRITE, StoreUnavailable, "io_error", "the disk failed"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreUnavailable, "busy", "another process"),
        (sqlite3.SQLITE_READONLY, StoreUnavailable, "read_only", "may not be written"),
        (sqlite3.SQLITE_CORRUPT, StoreUnavailable, "damaged", "restore a backup"),
        (sqlite3.SQLITE_ERROR, StoreError, "failed", "store"),
    ],
)
def test_the_disk_s_errors_say_what_to_do(code: int, kind: type, reason: str, words: str, path: Path) -> None:
    error = sqlite3.OperationalError("it went wrong")
    error.sqlite_errorcode = code
    told = make_store_error(path, error)
    assert type(told) is kind
    assert told.reason == reason
    assert words in str(told)
    assert str(path) in str(told)


def test_a_full_disk_keeps_what_was_committed(path: Path) -> None:
    file = StoreFile(path)
    pages = 0

    def fill() -> None:
        with file.writing() as connection:
            connection.execute(f"PRAGMA max_page_count = {pages}")
            connection.execute("INSERT INTO source VALUES (1, 'a', ?, 'd', 'k', NULL, NULL, NULL)", ("x" * 10**6,))

    with file.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0] + 2
    with pytest.raises(StoreError, match="disk is full"):
        fill()
    with file.reading() as connection:
        assert connection.execute("SELECT count(*) FROM source").fetchone()[0] == 0
    file.close()


def test_a_writer_that_waits_too_long_is_told_who_holds_it(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    with SqliteStore(path) as other:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="another process") as error:
            other.add([make_extraction(url="https://news.example/9")])
        holder.execute("ROLLBACK")
        holder.close()
        assert error.value.reason == "busy"
        assert other.add([make_extraction(url="https://news.example/9")]).articles == 1


def test_threads_read_while_one_writes(store: SqliteStore) -> None:
    def write() -> None:
        store.add(make_extraction(Said(f"Claim {n}."), url=f"https://news.example/w{n}") for n in range(60))

    writer = threading.Thread(target=write)
    writer.start()
    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(lambda _: len(store.find_claims(ClaimQuery(), limit=100).claims), range(40)))
    writer.join()
    assert min(counts) >= 2
    assert store.count().claims == 62


def test_three_processes_write_the_same_and_it_is_stored_once(path: Path) -> None:
    text = (
        "with SqliteStore(path) as store:\n"
        "    for n in range(40):\n"
        "        store.add([make_extraction(Said(f'Claim {n} of DeepSeek.'), url=f'https://news.example/{n}')])\n"
    )
    writers = [subprocess.Popen(script(text, path), cwd=ROOT) for _ in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    with SqliteStore(path) as store:
        counts = store.count()
        assert (counts.articles, counts.claims, counts.entities) == (40, 40, 1)
        assert store.list_entities()[0].claims == 40


def test_a_killed_writer_leaves_each_extraction_whole_or_absent(path: Path) -> None:
    text = (
        "said = [Said(f'Claim {n} of DeepSeek.', speakers=('Microsoft',)) for n in range(5)]\n"
        "def stream():\n"
        "    for n in range(100000):\n"
        "        print(n, flush=True)\n"
        "        yield make_extraction(*said, url=f'https://news.example/{n}')\n"
        "SqliteStore(path).add(stream())\n"
    )
    known = 0
    for wanted in (BATCH + 20, 2 * BATCH, 3 * BATCH):
        with subprocess.Popen(script(text, path), stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
            assert writer.stdout
            seen = next(int(line) for line in writer.stdout if int(line) >= known + wanted)
            writer.send_signal(signal.SIGKILL)
        with SqliteStore(path) as store:
            counts = store.count()
            assert counts.claims == 5 * counts.articles
            assert counts.articles >= seen - 2 * BATCH, "what the stream had left two batches behind was stored"
            assert len(store.find_claims(ClaimQuery(words=("claim",)), limit=10**6).claims) == counts.claims
            assert store.list_entities()[0].claims == counts.claims
            known = counts.articles
        assert _execute(path, "PRAGMA integrity_check") == [("ok",)]
        assert _execute(path, "PRAGMA foreign_key_check") == []


def test_the_same_again_writes_no_row(store: SqliteStore, path: Path) -> None:
    store.add_entities(STORY.entities)
    before = _dump(path)
    store.add([STORY])
    store.add_entities(STORY.entities)
    assert _dump(path) == before


def test_each_new_record_is_in_the_change_log_once(store: SqliteStore, path: Path) -> None:
    rows = _execute(path, "SELECT kind, id FROM change WHERE kind <> 'store' ORDER BY kind, id")
    assert len(rows) == len(set(rows)) == 1 + 1 + 5 + 2


def test_a_copy_of_a_store_is_another_store(store: SqliteStore, path: Path, tmp_path: Path) -> None:
    store.close()
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    with SqliteStore(copy) as copied:
        copied.add([make_extraction(Said("Only here."), url="https://news.example/c", at=NOON)])
        assert copied.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == ((3,),)
    with SqliteStore(path) as original:
        assert original.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == ((2,),)


def test_a_forked_child_reads_and_writes_for_itself(run_script: Run) -> None:
    done = run_script(
        "store = SqliteStore(path); store.add([STORY])\n"
        "if os.fork() == 0:\n"
        "    store.add([make_extraction(Said('From the child.'), url='https://news.example/2')])\n"
        "    store.close()\n"
        "    os._exit(0)\n"
        "os.wait()\n"
        "print(store.count().claims)\n"
        "store.close()\n"
    )
    assert (done.stdout.strip(), done.stderr) == ("3", "")


def _execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute(statement).fetchall()
    connection.commit()
    connection.close()
    return rows


def _dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = [
        str(name)
        for (name,) in _execute(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'claim_words'")
    ]
    return {name: _execute(path, f"SELECT * FROM {name}") for name in tables}
