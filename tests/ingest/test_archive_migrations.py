"""Archives of older formats: opened, copied, brought to the present one, whole or not at all."""

import gzip
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import pytest

from graph.errors import StoreError, StoreUnavailable
from ingest.archive import Archive, Validators, migrations
from ingest.archive.migrations import SCHEMA_VERSION, STEPS, fill_reasons, migrate

ROOT = Path(__file__).parents[2]
# Made by the code of that format: a feed with two entries, one of them read into two versions, and a feed that is gone.
OLD_ARCHIVES = sorted((ROOT / "tests" / "ingest" / "old_archives").glob("format-*.db.gz"))
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture(params=OLD_ARCHIVES, ids=lambda file: file.name.split(".")[0])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def execute(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def test_an_older_archive_opens_with_all_it_held(old: Path) -> None:
    with Archive(old) as archive:
        kept, gone = archive.list_feeds()
        assert (kept.feed.title, kept.entries, kept.last_read) == ("A", 2, NOW)
        assert archive.get_poll(kept.feed.url).validators == Validators('W/"1"', "Mon, 05 Jan 2026 12:00:00 GMT")
        assert (kept.given_up, gone.given_up) == ("", "gone")
        assert archive.due_feeds(datetime(2030, 1, 1, tzinfo=UTC)) == (archive.get_poll(kept.feed.url),)
        assert [archive.get_entry(one.number).key for one in archive.list_wanted()] == ["2"]
        pending = archive.hand_out(archive.list_pending())
        assert sorted((one.article.version, one.article.text) for one in pending) == [(1, "text"), (2, "text two")]
        run = archive.latest_run()
        assert run is not None
        assert (run.claims_new, [failure.reason for failure in run.failures]) == (3, ["http_503"])
        assert archive.count_failures(run.started_at) == (("http_503", 1),)


def test_what_it_was_is_kept_beside_it(old: Path) -> None:
    before, version = dump(old), execute(old, "PRAGMA user_version")
    Archive(old).close()
    [copy] = old.parent.glob("old.db.format-*")
    assert dump(copy) == before
    assert execute(copy, "PRAGMA user_version") == version


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Something happens once, after the next opening has looked at the format and before it takes the lock."""
    ask = migrations.refuse_newer

    def ask_late(name: str, version: int) -> None:
        monkeypatch.setattr(migrations, "refuse_newer", ask)
        ask(name, version)
        act()

    monkeypatch.setattr(migrations, "refuse_newer", ask_late)


def test_an_opening_that_comes_second_leaves_the_copy_of_the_first(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(old)
    meanwhile(monkeypatch, lambda: Archive(old).close())
    Archive(old).close()
    [copy] = old.parent.glob("old.db.format-*")
    assert dump(copy) == before


def test_an_opening_waits_for_another_as_long_as_that_takes(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        ending = Timer(0.5, other.execute, ["COMMIT"])
        ending.start()
        with closing(sqlite3.connect(old, isolation_level=None, timeout=0.05)) as db:
            migrate(old, db)
            assert db.execute("PRAGMA busy_timeout").fetchall() == [(50,)]
        ending.join()
    assert execute(old, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_what_a_newer_version_made_meanwhile_is_refused(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, lambda: execute(old, "PRAGMA user_version = 99"))
    with pytest.raises(StoreUnavailable, match="update claimgraph"):
        Archive(old)
    assert execute(old, "PRAGMA user_version") == [(99,)]
    assert not [*old.parent.glob("old.db.format-*")]


def test_a_step_that_fails_leaves_the_archive_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(old)
    steps = {**STEPS, SCHEMA_VERSION + 1: "CREATE TABLE half (a);\nINSERT INTO nowhere VALUES (1);\n"}
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with pytest.raises(StoreError):
        Archive(old)
    assert dump(old) == before


def test_without_room_for_the_copy_nothing_is_touched(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(old)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    (old.parent / f"old.db.format-{execute(old, 'PRAGMA user_version')[0][0]}").mkdir()
    with pytest.raises(StoreUnavailable) as caught:
        Archive(old)
    assert caught.value.reason == "no_copy"
    assert dump(old) == before


def test_an_older_archive_becomes_what_a_new_one_is(old: Path, tmp_path: Path) -> None:
    Archive(old).close()
    Archive(tmp_path / "new.db").close()
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    assert execute(old, schema) == execute(tmp_path / "new.db", schema)
    assert execute(old, "PRAGMA integrity_check") == [("ok",)]


def test_runs_are_read_a_few_at_a_time() -> None:
    asked: list[str] = []
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE runs (id INTEGER PRIMARY KEY, summary TEXT, reasons TEXT)")
        summary = json.dumps({"failures": [{"reason": "timeout"}, {"reason": "timeout"}]})
        db.executemany("INSERT INTO runs (summary) VALUES (?)", [(summary,)] * 250)
        db.set_trace_callback(asked.append)
        fill_reasons(db)
        assert db.execute("SELECT reasons, count(*) FROM runs GROUP BY 1").fetchall() == [('{"timeout":2}', 250)]
    assert sum("SELECT id, summary" in query for query in asked) > 2


def test_first_openings_at_once_make_one_archive(tmp_path: Path) -> None:
    code = "import sys; from ingest.archive import Archive; Archive(sys.argv[1]).close()"
    command = [sys.executable, "-c", code, str(tmp_path / "new.db")]
    opening = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)]
    assert [(one.communicate()[1], one.returncode) for one in opening] == [(b"", 0)] * 4
    assert execute(tmp_path / "new.db", "PRAGMA user_version") == [(SCHEMA_VERSION,)]
