"""What the tests of several processes share."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.archive import Server
from tests.neo4j.server import Server as Neo4j
from tests.server.faults import FaultServer, running
from tests.server.names import resolve

if TYPE_CHECKING:
    from tests.cluster.newsroom import Newsroom
    from tests.rabbitmq.server import Server as RabbitMQ

Open = Callable[..., AbstractContextManager["Newsroom"]]


@pytest.fixture(scope="session")
def rabbitmq_server(request: pytest.FixtureRequest) -> "Iterator[RabbitMQ]":
    """A running broker."""
    try:
        from tests.rabbitmq.server import CannotStart
        from tests.rabbitmq.server import Server as RabbitMQ

        server = RabbitMQ()
        server.start()
    except (ImportError, CannotStart) as error:
        if request.config.getoption("--require-cluster"):
            pytest.fail(f"RabbitMQ is required: {error}", pytrace=False)
        pytest.skip(f"RabbitMQ: {error}")
    yield server
    server.close()


@pytest.fixture
def open_newsroom(tmp_path: Path, server_place: Server, neo4j_server: Neo4j, rabbitmq_server: "RabbitMQ") -> Open:
    """Makes a newsroom over empty servers; what is given goes into the environment of its processes."""
    from tests.cluster.newsroom import opening

    return lambda **extra: opening(tmp_path / "newsroom", server_place, neo4j_server, rabbitmq_server, extra)


@pytest.fixture
def newsroom(open_newsroom: Open) -> "Iterator[Newsroom]":
    """One without texts, whose processes do not load what reads."""
    with open_newsroom(TEST_READER="yes") as newsroom:
        yield newsroom


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """A server of this process at which every name ends."""
    with running() as fault_server:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        yield fault_server
