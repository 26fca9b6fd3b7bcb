"""An archive on a server: how it is reached and refused, who may work on it, and writers at the same time."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.errors import ConfigError, StoreError, StoreUnavailable
from graph.records import Article, ArticleId, Entry, Feed, Source, SourceId
from ingest.archive import Archive, KeptRobots, Place, Server, Validators, holding, migrations, postgres_steps
from ingest.archive.copying import TABLES, list_columns
from ingest.archive.places import open_database
from ingest.sources.schedule import Due

if TYPE_CHECKING:
    from tests.postgres.server import Server as Postgres

ROOT = Path(__file__).parents[2]
_STEPS = postgres_steps._STEPS
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
FEED = Feed("https://a.example/feed")
SOURCE = Source(SourceId("a.example"), "A", "a.example")


def article(text: str) -> Article:
    return Article(ArticleId(""), "https://a.example/1", SOURCE, "Title", text, "en", NOW, NOW)


def entry(key: str) -> Entry:
    return Entry(FEED.url, key, f"https://a.example/{key}", "Title", "body", NOW)


def plan(new: int) -> Due:
    return Due(NOW, timedelta(hours=1))


def query(place: Place, text: str) -> list[Any]:
    with closing(open_database(place)) as database:
        return database.rows(text)


def test_both_databases_have_the_same_tables_and_columns(tmp_path: Path, server_place: Server) -> None:
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    with closing(open_database(tmp_path / "a.db")) as file, closing(open_database(server_place)) as server:
        for name in TABLES:
            assert list_columns(file, name) == list_columns(server, name) != (), name
        assert {name for (name,) in server.rows(tables)} == {*TABLES, "archive_format"}
        made = file.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        assert {name for (name,) in made} == {*TABLES}


def test_first_openings_at_once_make_one_archive(server_place: Server) -> None:
    with ThreadPoolExecutor(6) as threads:
        opened = list(threads.map(lambda _: Archive(server_place), range(6)))
    for archive in opened:
        archive.close()
    assert query(server_place, "SELECT version FROM archive_format") == [(migrations.SCHEMA_VERSION,)]


def test_a_newer_format_is_refused(server_place: Server) -> None:
    Archive(server_place).close()
    with closing(open_database(server_place)) as database, database.writing() as db:
        db.execute("UPDATE archive_format SET version = 99")
    with pytest.raises(StoreUnavailable, match="update claimgraph") as caught:
        Archive(server_place)
    assert caught.value.reason == "newer_schema"


def test_what_a_newer_version_made_meanwhile_is_refused(server_place: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = migrations.refuse_newer

    def make_newer(name: str, version: int) -> None:
        monkeypatch.setattr(postgres_steps, "refuse_newer", ask)
        with closing(open_database(server_place)) as database, database.writing() as db:
            db.execute("UPDATE archive_format SET version = 99")

    monkeypatch.setattr(postgres_steps, "refuse_newer", make_newer)
    with pytest.raises(StoreUnavailable, match="update claimgraph"):
        Archive(server_place)
    assert query_raw(server_place, "SELECT version FROM archive_format") == [(99,)]


def test_a_step_is_taken_whole_or_not_at_all(server_place: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    Archive(server_place).close()
    after = migrations.SCHEMA_VERSION + 1
    for module in (migrations, postgres_steps):
        monkeypatch.setattr(module, "SCHEMA_VERSION", after)
    for text, works in (("CREATE TABLE half (a TEXT); SELECT nothing", False), ("CREATE TABLE more (a TEXT)", True)):
        monkeypatch.setitem(postgres_steps._STEPS, after, text)
        with suppress(StoreError):
            Archive(server_place).close()
        made = query_raw(server_place, "SELECT to_regclass('half') IS NOT NULL, to_regclass('more') IS NOT NULL")
        assert made == [(False, works)]


def test_an_older_archive_opens_with_all_it_held(server_place: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        for module in (migrations, postgres_steps):
            before.setattr(module, "SCHEMA_VERSION", 16)
        before.setattr(postgres_steps, "_STEPS", {one: _STEPS[one] for one in _STEPS if one <= 16})
        with closing(open_database(server_place)) as database, database.writing() as db:
            feed = "INSERT INTO feeds (url, title, interval, entries, last_read) VALUES (?, '', 3600, 2, ?)"
            db.execute(feed, (FEED.url, "2026-01-05T12:00:00Z"))
            db.executemany(
                "INSERT INTO entries (feed_url, key, url, title, html, authors, hash, wanted, published_at, seen_at)"
                " VALUES (?, ?, '', '', '', '[]', '', 1, ?, '2026-01-04T12:00:00Z')",
                [(FEED.url, "1", "2026-01-03T12:00:00Z"), (FEED.url, "2", None)]
                + [(FEED.url, f"3-{hour}", f"2026-01-02T{hour:02}:00:00Z") for hour in range(9)],
            )
    with Archive(server_place) as archive:
        assert archive.get_feed(FEED.url).entries == 2
        [silent] = archive.list_silent(NOW + timedelta(days=9))
        assert (silent.feed, silent.since) == (FEED, NOW - timedelta(days=1))
        before_last = NOW - timedelta(days=2)
        assert len(archive.list_wanted(news=before_last)) == 1  # of those of before it is not known when they came
        later = NOW + timedelta(hours=1)
        archive.record_read(FEED, Validators(), later, [replace(entry("3"), published_at=None)], plan)
        assert len(archive.list_wanted(news=before_last)) == 2


def query_raw(place: Server, text: str) -> list[Any]:
    """Without bringing the archive to the present format."""
    import psycopg

    with psycopg.connect(place.address, user=place.user, password=place.password) as db:
        return db.execute(text).fetchall()


def test_whoever_cannot_be_reached_or_let_in_is_told_why(server_place: Server, postgres_server: "Postgres") -> None:
    nowhere = replace(server_place, address="postgresql://127.0.0.1:9/archive")
    missing = postgres_server.place("no_such_archive")
    for place, reason, told in (
        (nowhere, "unavailable", "Connection refused; is the server running"),
        (replace(server_place, address="postgresql://nowhere.invalid/a"), "unavailable", "is the address right"),
        (replace(server_place, password="wrong"), "no_account", "look at CLAIMGRAPH_ARCHIVE_USER"),
        (replace(server_place, password=""), "no_account", "CLAIMGRAPH_ARCHIVE_PASSWORD_FILE"),
        (replace(server_place, user="nobody"), "no_account", "look at CLAIMGRAPH_ARCHIVE_USER"),
        (missing, "no_database", 'database "no_such_archive" does not exist; make it with createdb'),
    ):
        with pytest.raises(StoreUnavailable, match=told) as caught:
            Archive(place)
        assert (caught.value.reason, caught.value.subject) == (reason, place.address)
        assert server_place.password not in str(caught.value)
    assert server_place.password not in repr(server_place)


def test_an_address_that_libpq_does_not_understand(postgres_server: "Postgres") -> None:
    place = postgres_server.place("a")
    with pytest.raises(ConfigError, match="colour"):
        Archive(replace(place, address=f"{place.address}?colour=red"))


def test_an_encoding_that_cannot_hold_every_text(postgres_server: "Postgres") -> None:
    place = postgres_server.make("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0 LOCALE_PROVIDER libc")
    with pytest.raises(StoreUnavailable, match="encoding is LATIN1"):
        Archive(place)
    postgres_server.remove(place)


def test_an_account_that_may_make_no_tables(postgres_server: "Postgres", server_place: Server) -> None:
    postgres_server.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
    with pytest.raises(StoreError, match="the account must own the database"):
        Archive(replace(server_place, user="guest", password="guest"))
    postgres_server.execute("DROP ROLE guest")


def test_without_the_client_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "ingest.archive.postgres", raising=False)
    with pytest.raises(ConfigError, match=r"pip install 'claimgraph\[cluster\]'"):
        Archive(Server("postgresql://127.0.0.1/archive"))


def test_a_file_needs_no_client(tmp_path: Path) -> None:
    code = "import sys; from ingest.archive import Archive; Archive(sys.argv[1]); sys.exit('psycopg' in sys.modules)"
    command = [sys.executable, "-c", code, str(tmp_path / "a.db")]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def test_one_run_at_a_time_works_on_an_archive(archive_place: Place) -> None:
    with holding(archive_place) as first, holding(archive_place) as second:
        assert (first, second) == (True, False)
    with holding(archive_place) as again:
        assert again
    with pytest.raises(ZeroDivisionError), holding(archive_place):
        _ = 1 / 0
    with holding(archive_place) as again:
        assert again


def test_a_killed_run_holds_nothing(archive_place: Place) -> None:
    code = "\n".join(
        (
            "import os, pathlib, signal, sys",
            "from ingest.archive import Archive, Server, holding",
            "place = pathlib.Path(sys.argv[1]) if len(sys.argv) == 2 else Server(*sys.argv[1:])",
            "with Archive(place) as archive, holding(place) as mine, archive._database.writing() as db:",
            "    db.execute('INSERT INTO robots (origin, had_at) VALUES (?, ?)', ('https://a.example', ''))",
            "    assert mine",
            "    os.kill(os.getpid(), signal.SIGKILL)",
        )
    )
    place = archive_place
    words = [str(place)] if isinstance(place, Path) else [place.address, place.user, place.password]
    assert subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, check=False).returncode == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while True:  # the server sees a closed socket a moment later
        with holding(place) as free:
            if free or time.monotonic() > deadline:
                break
    assert free
    with Archive(place) as archive:
        assert archive.find_robots("https://a.example") is None


def test_the_server_looks_after_a_machine_that_is_lost(server_place: Server) -> None:
    with closing(open_database(server_place)) as database:
        assert database.rows("SHOW tcp_keepalives_idle") == [("30",)]
        assert database.rows("SHOW tcp_user_timeout") == [("30000",)]


def test_two_archives_of_one_server_are_worked_on_at_once(postgres_server: "Postgres", server_place: Server) -> None:
    other = postgres_server.make()
    with holding(server_place) as first, holding(other) as second:
        assert (first, second) == (True, True)
    postgres_server.remove(other)


def test_whoever_loses_its_session_loses_the_lock_and_is_told(
    server_place: Server, postgres_server: "Postgres"
) -> None:
    def work() -> None:
        with holding(server_place) as mine:
            assert mine
            end_sessions(postgres_server, server_place)
            with holding(server_place) as others:
                assert others

    with pytest.raises(StoreUnavailable, match="the connection was lost"):
        work()


def test_a_lost_connection_is_told_and_what_was_committed_stays(
    server_place: Server, postgres_server: "Postgres"
) -> None:
    with Archive(server_place) as archive:
        archive.add_feed(FEED)

        def cut(entries: Iterable[Entry]) -> Iterable[Entry]:
            end_sessions(postgres_server, server_place)
            return entries

        with pytest.raises(StoreUnavailable, match="the connection was lost") as caught:
            archive.record_read(FEED, Validators(), NOW, cut([entry("1")]), plan)
        assert caught.value.reason == "unavailable"
        with pytest.raises(StoreUnavailable):
            archive.list_feeds()
    with Archive(server_place) as archive:
        assert archive.get_feed(FEED.url).entries == 0


def end_sessions(server: "Postgres", place: Server) -> None:
    name = place.address.rpartition("/")[2]
    server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def test_what_the_server_cannot_hold_is_replaced(server_place: Server) -> None:
    with Archive(server_place) as archive:
        archive.save_robots("https://a.example", KeptRobots("User-agent: *\0", NOW))
        assert archive.find_robots("https://a.example") == KeptRobots("User-agent: *\ufffd", NOW)


def together(place: Server, number: int, work: Any) -> list[Any]:
    """What work gives, done at once by so many with a connection each."""

    def run(turn: int) -> Any:
        with Archive(place) as archive:
            return work(archive, turn)

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(run, range(number)))


def test_versions_saved_at_once_get_a_number_each_and_a_text_is_saved_once(server_place: Server) -> None:
    def save(archive: Archive, turn: int) -> list[int]:
        own = [archive.save_article(article(f"{turn} {number}")).version for number in range(20)]
        return own + [archive.save_article(article(f"shared {number}")).version for number in range(5)]

    saved = together(server_place, 4, save)
    numbers = query(server_place, "SELECT version FROM articles ORDER BY version")
    assert numbers == [(number,) for number in range(1, 86)]
    assert len({tuple(versions[20:]) for versions in saved}) == 1


def test_entries_read_at_once_are_new_to_one_reader_and_counted_once(server_place: Server) -> None:
    with Archive(server_place) as archive:
        archive.add_feed(FEED)

    def read(archive: Archive, turn: int) -> int:
        entries = [entry(str(number)) for number in range(50)][:: 1 if turn % 2 else -1]
        return len(archive.record_read(FEED, Validators(), NOW, entries, plan) or ())

    assert sum(together(server_place, 4, read)) == 50
    with Archive(server_place) as archive:
        assert archive.get_feed(FEED.url).entries == 50


def test_a_list_changed_at_once_keeps_every_change(server_place: Server) -> None:
    def change(archive: Archive, turn: int) -> None:
        for _ in range(10):
            archive.change_list("list", NOW, lambda items: f"{items}{turn}")

    together(server_place, 4, change)
    with Archive(server_place) as archive:
        assert sorted(archive.find_list("list", NOW) or "") == sorted("0123" * 10)


@pytest.mark.parametrize("name", ["hand_out", "take_in", "mark_stored", "set_aside", "mark_compared", "mark_failed"])
def test_articles_are_changed_in_one_order_whoever_names_them_how(server_place: Server, name: str) -> None:
    with Archive(server_place) as archive, Archive(server_place) as other:
        low, *_, high = sorted(archive.save_article(article(f"{number}")).id for number in range(5))
        handed = archive.hand_out([high, low])
        work: dict[str, Any] = {
            "mark_stored": lambda: archive.mark_stored([high, low], NOW),
            "mark_failed": lambda: archive.mark_failed(handed[::-1]),
        }
        with ThreadPoolExecutor(1) as thread:
            with other._database.writing() as db:
                db.execute("SELECT 1 FROM articles WHERE id = ? FOR UPDATE", (low,))
                done = thread.submit(work.get(name, lambda: getattr(archive, name)([high, low])))
                waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
                while not db.execute(waiting).fetchone()[0]:
                    assert not done.done()
                    time.sleep(0.01)
                # Who waits for the first of them has none of the others.
                db.execute("SELECT 1 FROM articles WHERE id = ? FOR UPDATE NOWAIT", (high,))
            done.result()
