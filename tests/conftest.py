"""Real servers, a running demo and its story as given claims; and how many contract tests each store passed."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from graph.deriving import derive
from graph.formats.importing import import_lines
from graph.stores import open_store
from ingest.nlp.tables import load_tables
from tests.neo4j.server import CannotStart, Server

if TYPE_CHECKING:
    from ingest.archive import Place
    from ingest.archive import Server as ArchiveServer
    from tests.postgres.server import Server as Postgres

STORES = ("sqlite", "neo4j")
"""What every contract test runs on."""
_ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-neo4j",
        action="store_true",
        default=bool(os.environ.get("REQUIRE_NEO4J")),
        help="fail instead of skip when no Neo4j can be started (REQUIRE_NEO4J=1)",
    )
    parser.addoption(
        "--require-cluster",
        action="store_true",
        default=bool(os.environ.get("REQUIRE_CLUSTER")),
        help="fail instead of skip when no PostgreSQL or RabbitMQ can be started (REQUIRE_CLUSTER=1)",
    )


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A running server, whose account is in the environment; whoever fills it empties it first."""
    server, why = _start()
    if server is None:
        if request.config.getoption("--require-neo4j"):
            pytest.fail(f"Neo4j is required: {why}", pytrace=False)
        pytest.skip(f"Neo4j: {why}")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        yield server
    server.close()


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> "Iterator[Postgres]":
    """A running server without an archive."""
    try:
        from tests.postgres.server import CannotStart as CannotStartPostgres
        from tests.postgres.server import Server as Postgres

        server = Postgres()
        server.start()
    except (ImportError, CannotStartPostgres) as error:
        if request.config.getoption("--require-cluster"):
            pytest.fail(f"PostgreSQL is required: {error}", pytrace=False)
        pytest.skip(f"PostgreSQL: {error}")
    yield server
    server.close()


@pytest.fixture
def server_place(postgres_server: "Postgres") -> "Iterator[ArchiveServer]":
    """An empty database on a server."""
    place = postgres_server.make()
    yield place
    postgres_server.remove(place)


@pytest.fixture(params=["file", "server"])
def archive_place(request: pytest.FixtureRequest, tmp_path: Path) -> "Place":
    """Where an archive may be made: in a file, on a server."""
    if request.param == "file":
        return tmp_path / "archive.db"
    return cast("ArchiveServer", request.getfixturevalue("server_place"))


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running demo keeps its store: claimgraph/demo/demo.db."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def demo(demo_home: Path) -> Iterator[str]:
    """The address of a running demo: its story as the reader reads it."""
    with _running("demo", environment={"XDG_CACHE_HOME": str(demo_home)}) as address:
        yield address


@pytest.fixture(scope="session")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the demo's story with the claims of given.jsonl, whatever the reader makes of its texts."""
    path = tmp_path_factory.mktemp("given") / "graph.db"
    tables = load_tables(_ROOT / "data" / "entities")
    with open_store(str(path)) as store, (_ROOT / "tests" / "given.jsonl").open("rb") as lines:
        store.add_entities(tables.entities, tables.ties)
        taken = import_lines(store, lines)
        assert (taken.articles, taken.failures) == (16, [])
        derive(store)
    return path


@pytest.fixture(scope="session")
def given_site(given: Path) -> Iterator[str]:
    """The address of the pages of the given claims."""
    with _running("--store", str(given), "serve") as address:
        yield address


@pytest.fixture(scope="session")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages over a store that is not there."""
    with _running("--store", str(tmp_path_factory.mktemp("bare") / "graph.db"), "serve") as address:
        yield address


@pytest.fixture
def own_site(given: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the pages of the given claims, in a store that the test may judge in."""
    with open_store(str(given)) as store:
        store.count()  # what is not in the file yet but beside it goes in when it is closed
    path = Path(shutil.copy(given, tmp_path / "graph.db"))
    with _running("--store", str(path), "serve") as address:
        yield address


@pytest.fixture
def reported_site(given: Path, tmp_path: Path) -> Iterator[str]:
    """The same for readers who may not judge: a proxy stands before it, and it takes reports."""
    with open_store(str(given)) as store:
        store.count()
    path = Path(shutil.copy(given, tmp_path / "graph.db"))
    words = ("--store", str(path), "serve", "--behind-proxy", "--rate", "0")
    with _running(*words, environment={"CLAIMGRAPH_TAKE_REPORTS": "true"}) as address:
        yield address


@contextmanager
def _running(*words: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a command that serves, until it is no longer needed."""
    command = [sys.executable, "-m", "claimgraph", *words, "--port", "0"]
    given = {**os.environ, **(environment or {})}
    with subprocess.Popen(command, cwd=_ROOT, env=given, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        address = ""
        for line in process.stderr:
            if found := re.search(r"claimgraph is at (http://[\d.:]+)", line):
                address = found[1]
                break
        assert address, f"{words[0]} did not start"
        yield address
        process.terminate()
        process.stderr.read()


def _start() -> tuple[Server | None, str]:
    """A running server, or why there is none."""
    try:
        server = Server()
        server.start()
    except CannotStart as error:
        return None, str(error)
    return server, ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the contract tests that passed on each store."""
    passed = Counter(
        store
        for report in terminalreporter.stats.get("passed", [])
        if report.nodeid.startswith("tests/contract/")
        for store in STORES
        if f"[{store}" in report.nodeid
    )
    if passed:
        terminalreporter.write_line("contract tests passed: " + ", ".join(f"{passed[s]} on {s}" for s in STORES))
