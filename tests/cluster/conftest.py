"""What the tests of several processes share."""

import socket
from collections.abc import Iterator

import pytest

from tests.server.faults import FaultServer, running
from tests.server.names import resolve


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """A server of this process at which every name ends."""
    with running() as fault_server:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        yield fault_server
