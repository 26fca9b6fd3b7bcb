"""The commands over an archive on a server, and what of the settings leads there."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from commands.archive_settings import ArchiveAccount, ArchiveServer
from commands.lists import ArchiveLists
from commands.opening import find_place
from commands.settings import Config, load_config
from graph.errors import ConfigError, StoreUnavailable
from graph.records import Feed
from graph.stores import open_store
from ingest.archive import Archive, Server, holding
from ingest.archive.hosts import HostSession
from tests.archive.test_copying import fill
from tests.archive.test_equal import dump

if TYPE_CHECKING:
    from tests.postgres.server import Server as Postgres

ADDRESS = "postgresql://db.example/archive"
Run = Callable[..., Result]


@pytest.fixture
def environment(server_place: Server, tmp_path: Path) -> dict[str, str]:
    """What leads to the archive on the server."""
    secret = tmp_path / "secret"
    secret.write_text(f"{server_place.password}\n", "ascii")
    return {
        "CLAIMGRAPH_ARCHIVE": server_place.address,
        "CLAIMGRAPH_ARCHIVE_USER": server_place.user,
        "CLAIMGRAPH_ARCHIVE_PASSWORD_FILE": str(secret),
    }


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Runs a command on a store in a file with its archive on the server."""
    open_store(str(tmp_path / "graph.db")).close()

    def run(*words: str, **more: str) -> Result:
        return CliRunner().invoke(main, ["--store", str(tmp_path / "graph.db"), *words], env={**environment, **more})

    return run


def test_the_address_comes_from_environment_or_file_and_the_account_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'archive = "{ADDRESS}"\narchive_user = "ann"\narchive_password_file = "/run/secret"\n', "utf-8")
    given = {"CLAIMGRAPH_CONFIG": str(file), "CLAIMGRAPH_STORE": "x.db"}
    account = ArchiveAccount("ann", Path("/run/secret"))
    assert load_config({}, given).archive == ArchiveServer(ADDRESS, account)
    other = load_config({}, {**given, "CLAIMGRAPH_ARCHIVE": f"{ADDRESS}2", "CLAIMGRAPH_ARCHIVE_USER": "bob"})
    assert other.archive == ArchiveServer(f"{ADDRESS}2", ArchiveAccount("bob", Path("/run/secret")))
    assert load_config({}, {"CLAIMGRAPH_STORE": "x.db"}).archive == Path("x.archive.db")
    assert load_config({}, given).ledger == Path("x.llm.db")


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ann:secret@db.example/archive",
        "postgresql://ann@db.example/archive",
        "postgresql://db.example/archive?user=ann&password=secret",
        "postgresql://db.example/archive?passfile=/secret",
        "postgresql://db.example",
        "postgresql://db.example/",
        "postgres://db.example/secret",
        "mysql://db.example/secret",
        "/var/lib/secret.db",
        "postgresql://db.example/a b",
    ],
)
def test_what_is_no_address_or_has_an_account_in_it_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(ConfigError, match="postgresql://HOST/DATABASE and no more") as caught:
        load_config({}, {"CLAIMGRAPH_ARCHIVE": text, "CLAIMGRAPH_STORE": "x.db"})
    assert "secret" not in str(caught.value)
    assert caught.value.subject == "archive"


@pytest.mark.parametrize("text", ["postgresql:///archive", f"{ADDRESS}?sslmode=verify-full", "postgresql://a:1,b:2/c"])
def test_sockets_several_hosts_and_options_of_the_connection_are_fine(text: str) -> None:
    config = load_config({}, {"CLAIMGRAPH_ARCHIVE": text, "CLAIMGRAPH_STORE": "x.db"})
    assert find_place(config.archive) == Server(text)


def test_a_password_that_cannot_be_read_is_told() -> None:
    account = ArchiveAccount("ann", Path("/none/there"))
    with pytest.raises(ConfigError, match="archive_password_file /none/there"):
        find_place(ArchiveServer(ADDRESS, account))


def test_runs_read_write_and_tell_of_the_archive_on_the_server(run: Run, server_place: Server, tmp_path: Path) -> None:
    with Archive(server_place) as archive:
        archive.add_feed(Feed("http://127.0.0.1:9/x"))  # private, and not allowed here
    assert run("--quiet", "ingest").exit_code == 1
    told = json.loads(run("status", "--json").stdout)
    assert [state["feed"]["url"] for state in told["feeds"]] == ["http://127.0.0.1:9/x"]
    assert told["health"]["runs"] == 1
    assert "http://127.0.0.1:9/x" in run("feeds", "list").stdout
    assert json.loads(run("tidy", "--json").stdout)["bytes"] == 0
    assert run("feeds", "remove", "http://127.0.0.1:9/x").exit_code == 0
    assert not list(tmp_path.glob("*.archive.db*"))


def test_a_run_leaves_another_machines_run_alone(run: Run, server_place: Server) -> None:
    with holding(server_place) as mine:
        assert mine
        done = run("ingest")
        assert (done.exit_code, "another ingest is running" in done.stderr) == (0, True)
        assert "nothing was tidied" in run("tidy").stderr


def test_a_host_that_another_process_is_asking_is_left_to_it(run: Run, server_place: Server) -> None:
    with Archive(server_place) as archive:
        archive.add_feed(Feed("http://news.example:9/feed"))
    with closing(HostSession(server_place)) as other:
        assert other.take("news.example") == ""
        done = run("add", "http://news.example:9/page")
        assert (done.exit_code, "another process is asking it; try again later" in done.stderr) == (1, True)
        assert run("--quiet", "ingest").exit_code == 1
    with Archive(server_place) as archive:
        assert archive.get_feed("http://news.example:9/feed").failures == 0
        assert archive.take_hosts() == ("news.example",)


def test_a_server_that_is_away_is_told(run: Run) -> None:
    done = run("ingest", CLAIMGRAPH_ARCHIVE="postgresql://127.0.0.1:9/archive")
    assert done.exit_code == 3
    assert "archive postgresql://127.0.0.1:9/archive: Connection refused; is the server running" in done.stderr


def test_a_backup_is_the_servers_own(run: Run, tmp_path: Path, server_place: Server) -> None:
    (tmp_path / "backup.db").touch()
    for command in ("backup", "restore"):
        done = run(command, str(tmp_path / "backup.db"))
        assert done.exit_code == 2
        assert f"`pg_dump --format=custom {server_place.address}`" in done.stderr


def test_what_runs_by_itself_finds_the_server(run: Run, environment: dict[str, str]) -> None:
    shown = run("schedule", "show", "service").stdout
    assert all(f'Environment="{name}={value}"\n' in shown for name, value in environment.items())


def test_an_archive_is_copied_to_the_server_and_back(run: Run, server_place: Server, tmp_path: Path) -> None:
    first, last = tmp_path / "first.archive.db", tmp_path / "last.archive.db"
    fill(first)
    done = run("archive", "copy", str(first), server_place.address)
    assert done.exit_code == 0, done.stderr
    held = dump(first)
    assert f"copied {len(held['feeds'])} feeds, {len(held['entries'])} entries, " in done.stdout
    counts = json.loads(run("archive", "copy", server_place.address, str(last), "--json").stdout)
    assert counts == {table: len(rows) for table, rows in held.items()}
    assert held == dump(server_place) == dump(last)


def test_a_copy_that_makes_no_sense_is_refused(run: Run, server_place: Server, tmp_path: Path) -> None:
    file, address = tmp_path / "a.archive.db", server_place.address
    none = run("archive", "copy", str(file), address)
    assert (none.exit_code, "there is no such file" in none.stderr, file.exists()) == (2, True, False)
    fill(file)
    same = run("archive", "copy", address, address)
    assert (same.exit_code, "FROM and TO are both" in same.stderr) == (2, True)
    other = run("archive", "copy", str(tmp_path / "graph.db"), address)
    assert (other.exit_code, "holds something else" in other.stderr) == (3, True)
    account = run("archive", "copy", str(file), "postgresql://ann:secret@db.example/a")
    assert (account.exit_code, "secret" in account.stderr) == (2, False)
    with holding(file) as mine:
        assert mine
        busy = run("archive", "copy", str(file), address)
    assert (busy.exit_code, "an ingest is running on it" in busy.stderr) == (3, True)
    assert run("archive", "copy", str(file), address).exit_code == 0
    twice = run("archive", "copy", str(file), address)
    assert (twice.exit_code, "holds feeds already" in twice.stderr) == (3, True)


def test_pages_find_lists_again_when_the_server_was_started_anew(
    environment: dict[str, str], postgres_server: "Postgres", tmp_path: Path
) -> None:
    config: Config = load_config({"store": str(tmp_path / "graph.db")}, environment)
    with closing(ArchiveLists(config)) as lists:
        outlive(lists, postgres_server)


def outlive(lists: ArchiveLists, postgres_server: "Postgres") -> None:
    lists.change("a", lambda items: f"{items}one ")
    postgres_server.stop()
    with pytest.raises(StoreUnavailable):
        lists.find("a")
    postgres_server.start()
    assert lists.find("a") == "one "
    postgres_server.stop()
    postgres_server.start()
    assert lists.find("a") == "one "
    postgres_server.stop()
    postgres_server.start()
    with pytest.raises(StoreUnavailable):
        lists.change("a", lambda items: f"{items}two ")
    lists.change("a", lambda items: f"{items}three")
    assert lists.find("a") == "one three"
