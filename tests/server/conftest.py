"""What the tests over a real server share."""

import ipaddress
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.network.fetch import FetchConfig
from ingest.sandbox import Sandbox
from tests.server.faults import FaultServer, running
from tests.server.model_desk import Desk
from tests.server.model_server import Answering, serving


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """A server whose paths name faults (faults.py)."""
    with running() as fault_server:
        yield fault_server


@pytest.fixture
def local() -> FetchConfig:
    """Loopback allowed, deadlines as they are: on a busy machine even a good server takes a second to answer."""
    return FetchConfig(allowed=(ipaddress.ip_network("127.0.0.0/8"),))


@pytest.fixture
def impatient(local: FetchConfig) -> FetchConfig:
    """Loopback allowed, deadlines short: for servers that are slow on purpose."""
    return replace(local, deadline=1.5, connect=1.0, silence=0.5)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes a desk whose server answers so."""
    opened = []

    def make(*answers: Answering) -> Desk:
        manager = serving(*answers)
        opened.append(manager)
        return Desk(tmp_path, manager.__enter__())

    yield make
    for manager in opened:
        manager.__exit__(None, None, None)
