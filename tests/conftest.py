"""A real Neo4j for the tests that ask for one, and how many contract tests each store passed."""

import os
from collections import Counter
from collections.abc import Iterator

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
