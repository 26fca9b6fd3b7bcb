"""A real Neo4j and a running demo for the tests that ask for one, and how many contract tests each store passed."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.neo4j.server import CannotStart, Server

_STORES = ("sqlite", "neo4j")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-neo4j",
        action="store_true",
        default=bool(os.environ.get("REQUIRE_NEO4J")),
        help="fail instead of skip when no Neo4j can be started (REQUIRE_NEO4J=1)",
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
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running demo keeps its store: claimgraph/demo/demo.db."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def demo(demo_home: Path) -> Iterator[str]:
    """The address of a running demo."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(demo_home)}
    command = [sys.executable, "-m", "claimgraph", "demo", "--port", "0"]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        address = ""
        for line in process.stderr:
            if found := re.search(r"claimgraph is at (http://[\d.:]+)", line):
                address = found[1]
                break
        assert address, "the demo did not start"
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
        for store in _STORES
        if f"[{store}" in report.nodeid
    )
    if passed:
        terminalreporter.write_line("contract tests passed: " + ", ".join(f"{passed[s]} on {s}" for s in _STORES))
