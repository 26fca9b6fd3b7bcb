"""Backups of a store in use and their way back: whole, checked, and one state or the other at every moment."""

import gzip
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.deriving import derive
from graph.errors import StoreError, StoreUnavailable
from graph.records import ClaimType, Extraction, Predicate
from graph.store import ClaimQuery
from graph.stores.backup import back_up, prepare_store, restore
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import Said, make_extraction
from tests.graph.conftest import ROOT, script
from tests.graph.test_migrations import OLD_STORES

COUNT = "MATCH (c:Claim) RETURN count(c) AS n"


@pytest.fixture
def backup(store: SqliteStore, tmp_path: Path) -> Path:
    """Of a store with two claims."""
    file = tmp_path / "backups" / "monday.db"
    file.parent.mkdir()
    assert back_up(store.path, file)["claim"] == 2
    return file


def test_a_backup_is_a_store(store: SqliteStore, backup: Path) -> None:
    store.add([_article(1)])
    with SqliteStore(backup) as copy:
        assert copy.count().claims == 2
        assert len(copy.find_claims(ClaimQuery(words=("distilled",))).claims) == 1
        assert copy.cypher(COUNT).rows == ((2,),)


def test_a_store_with_a_matter_in_another_is_backed_up(store: SqliteStore, tmp_path: Path) -> None:
    """SQLite 3.40 says untruly that such rows hold a NULL."""
    beats = Said("R1 beats OpenAI.", "DeepSeek-R1", "OpenAI", type=ClaimType.BENCHMARK, predicate=Predicate.OUTPERFORMS)
    on_one = replace(beats, text="R1 beats OpenAI on AIME 2024.", benchmark="AIME 2024")
    store.add([make_extraction(beats, on_one, url="https://news.example/parts")])
    derive(store)
    derived = list(store.iter_propositions())
    assert sum(len(one.part_of) for one in derived) == 1
    backup = tmp_path / "parts.db"
    assert back_up(store.path, backup)["proposition_part"] == 1
    restore(backup, store.path, prepare_store)
    assert list(store.iter_propositions()) == derived


def test_a_null_where_none_may_be_is_no_whole_copy(tmp_path: Path) -> None:
    file = tmp_path / "spoilt.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "CREATE TABLE one (a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER NOT NULL, PRIMARY KEY (a, c))"
            " WITHOUT ROWID; INSERT INTO one VALUES (1, 2, 3), (4, 5, 6);"
            "CREATE TABLE two (a INTEGER, b INTEGER); INSERT INTO two VALUES (1, NULL);"
            "PRAGMA writable_schema = ON;"
            "UPDATE sqlite_schema SET sql = 'CREATE TABLE two (a INTEGER, b INTEGER NOT NULL)' WHERE name = 'two'"
        )
    with pytest.raises(StoreError, match=r"not whole \(NULL value in two\.b\)"):
        back_up(file, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_backups_while_writing_hold_one_state_each(store: SqliteStore, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            store.add(_article(number + n, claims=5) for n in range(20))
            number += 20

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(8):
            counts = back_up(store.path, tmp_path / f"{number}.db")
            assert counts["claim"] == 2 + 5 * (counts["article"] - 1)
            assert (counts["article"] - 1) % 20 == 0
            assert _execute(tmp_path / f"{number}.db", "PRAGMA integrity_check") == [("ok",)]
    finally:
        stop.set()
        writer.join()
    assert not list(tmp_path.glob("*.db.*[0-9]"))


def test_a_backup_that_fails_leaves_the_one_before(store: SqliteStore, backup: Path, tmp_path: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(StoreUnavailable):
        back_up(tmp_path / "none.db", backup)
    assert backup.read_bytes() == before
    with pytest.raises(StoreError, match=f"x.db: there is no folder {tmp_path / 'no folder'}"):
        back_up(store.path, tmp_path / "no folder" / "x.db")


def test_restoring_brings_back_what_was(store: SqliteStore, backup: Path) -> None:
    store.add([_article(1), _article(2)])
    assert store.cypher(COUNT).rows == ((4,),)
    assert restore(backup, store.path, prepare_store)["claim"] == 2
    assert store.count().claims == 2
    assert store.cypher(COUNT).rows == ((2,),)
    assert store.find_claims(ClaimQuery(words=("claim",))).claims == ()
    with SqliteStore(store.path.with_name("store.db.before-restore")) as before:
        assert before.count().claims == 4


def test_a_restored_store_goes_on(store: SqliteStore, backup: Path) -> None:
    """The same number of changes on another way: the graph is not taken for the one it was."""
    store.add([_article(1)])
    assert store.cypher(COUNT).rows == ((3,),)
    restore(backup, store.path, prepare_store)
    store.add([_article(2)])
    table = store.cypher("MATCH (c:Claim) RETURN c.text AS text ORDER BY text")
    assert [row[0] for row in table.rows][:1] == ["Claim 0 of article 2."]
    assert len(table.rows) == 3


def test_a_store_that_was_lost_is_made_again(store: SqliteStore, backup: Path) -> None:
    store.close()
    for file in store.path.parent.glob("store.db*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    restore(backup, store.path, prepare_store)
    with SqliteStore(store.path) as again:
        assert again.count().claims == 2


@pytest.mark.parametrize("old", OLD_STORES, ids=lambda file: file.name)
def test_a_backup_of_an_older_format_is_brought_along(store: SqliteStore, tmp_path: Path, old: Path) -> None:
    backup = tmp_path / "old.db"
    backup.write_bytes(gzip.decompress(old.read_bytes()))
    before = backup.read_bytes()
    restore(backup, store.path, prepare_store)
    assert store.count().claims == 4
    assert store.cypher(COUNT).rows == ((4,),)
    assert backup.read_bytes() == before


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda file: file.unlink(), "no backup at"),
        (lambda file: file.write_bytes(b""), "is empty"),
        (lambda file: file.write_text("hello " * 1000), "not a store"),
        (lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]), "damaged|not whole|malformed"),
        (lambda file: _execute(file, "PRAGMA user_version = 99"), "newer claimgraph"),
        (lambda file: _execute(file, "PRAGMA application_id = 7"), "another program"),
    ],
    ids=["missing", "empty", "text", "truncated", "newer", "foreign"],
)
def test_what_is_no_backup_is_refused_and_the_store_stays(
    store: SqliteStore, backup: Path, spoil: Callable[[Path], object], words: str
) -> None:
    spoil(backup)
    with pytest.raises(StoreError, match=words) as error:
        restore(backup, store.path, prepare_store)
    assert backup.name in str(error.value)
    assert store.count().claims == 2
    assert not list(store.path.parent.glob(".restore-*"))


def test_readers_see_one_state_or_the_other(store: SqliteStore, backup: Path) -> None:
    text = (
        "from graph.store import ClaimQuery\n"
        "store, seen = SqliteStore(path, read_only=True), set()\n"
        "print('ready', flush=True)\n"
        "end = time.monotonic() + 3\n"
        "while time.monotonic() < end:\n"
        "    claims = store.find_claims(ClaimQuery(), limit=1000).claims\n"
        "    seen.add((len(claims), store.count().claims))\n"
        "print(sorted(seen))\n"
    )
    store.add(_article(n) for n in range(100))
    reader = subprocess.Popen(script(text, store.path), stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert reader.stdout
    assert reader.stdout.readline() == "ready\n"
    time.sleep(0.5)
    restore(backup, store.path, prepare_store)
    seen = eval(reader.communicate(timeout=30)[0])
    assert reader.returncode == 0
    assert {(102, 102), (2, 2)} <= set(seen)
    assert set(seen) <= {(102, 102), (2, 2), (102, 2)}


def test_a_killed_restore_leaves_one_state_or_the_other(store: SqliteStore, backup: Path) -> None:
    store.add(_article(n, claims=20) for n in range(100))
    full = back_up(store.path, backup.with_name("full.db"))["claim"]
    text = (
        f"from graph.stores.backup import prepare_store, restore\nrestore(Path({str(backup)!r}), path, prepare_store)\n"
    )
    chance = random.Random(5)
    for _ in range(6):
        with subprocess.Popen(script(text, store.path), cwd=ROOT) as process:
            time.sleep(chance.uniform(0.15, 0.7))
            process.send_signal(signal.SIGKILL)
        assert store.count().claims in (2, full)
        assert _execute(store.path, "PRAGMA integrity_check") == [("ok",)]
        restore(backup.with_name("full.db"), store.path, prepare_store)


def test_the_commands_take_the_archive_along(tmp_path: Path) -> None:
    store, file = tmp_path / "graph.db", tmp_path / "copies" / "monday.db"
    file.parent.mkdir()
    text = tmp_path / "story.txt"
    text.write_text("OpenAI said on Monday that DeepSeek copied its models.\n", "utf-8")
    assert _run(store, "add", str(text), "--date", "2025-01-13").exit_code == 0
    done = _run(store, "backup", str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "claims in 1 articles" in done.stderr
    assert sorted(path.name for path in file.parent.iterdir()) == ["monday.archive.db", "monday.db"]
    before = _run(file, "status", "--json").stdout
    for path in (store, store.with_name("graph.archive.db")):
        path.unlink()
    assert _run(store, "restore", str(file)).exit_code == 0
    assert _run(store, "status", "--json").stdout == before
    file.with_name("monday.archive.db").unlink()
    told = _run(store, "restore", str(file)).stderr
    assert (
        f"there is no {file.with_name('monday.archive.db')}; the archive {tmp_path / 'graph.archive.db'} stays" in told
    )


def test_the_commands_refuse_what_makes_no_sense(store: SqliteStore, tmp_path: Path) -> None:
    for done in (
        _run(store.path, "backup", str(store.path)),
        _run("bolt://127.0.0.1:1", "backup", str(tmp_path / "x.db")),
        _run(store.path, "restore", str(tmp_path / "none.db")),
    ):
        assert done.exit_code == 2
    assert _run(tmp_path / "none.db", "backup", str(tmp_path / "x.db")).exit_code == 3


def _run(store: Path | str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--store", str(store), *arguments], env={"CLAIMGRAPH_CONFIG": None})


def _article(number: int, claims: int = 1) -> Extraction:
    said = [Said(f"Claim {n} of article {number}.") for n in range(claims)]
    return make_extraction(*said, url=f"https://news.example/b{number}")


def _execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute(statement).fetchall()
    connection.commit()
    connection.close()
    return rows
