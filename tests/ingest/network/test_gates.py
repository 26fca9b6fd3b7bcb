"""Who may ask a host now, in one process, and with a session that others see."""

import asyncio
import ipaddress

import pytest

from graph.errors import ConfigError, FetchError, StoreUnavailable
from ingest.network.gates import LocalGate
from ingest.network.shared_gate import SharedGate

ALLOWED = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("10.1.2.3", True),
        ("::ffff:a01:203", True),
        ("fd00::1", True),
        ("localhost", True),
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
        ("news.example", False),
    ],
)
def test_only_addresses_of_the_networks_that_are_allowed_are_the_operators_own(host: str, own: bool) -> None:
    assert LocalGate(ALLOWED).is_own(host) is own
    assert LocalGate().is_own(host) is False


class Locks:
    """A session that has every host; each of its looks raises one of what it is told to."""

    def __init__(self) -> None:
        self.raised: list[Exception] = []
        self.checks = 0

    def take(self, host: str) -> str:
        return ""

    def free(self, host: str) -> None: ...

    def rest(self, host: str) -> None: ...

    def check(self) -> None:
        self.checks += 1
        if self.raised:
            raise self.raised.pop()

    def close(self) -> None: ...


async def linger(gate: SharedGate, pause: float, session: Locks, error: Exception) -> None:
    """Asks a host, and loses it meanwhile."""
    async with gate.passing("news.example", pause):
        session.raised.append(error)
        await asyncio.sleep(2)


@pytest.mark.parametrize("error", [StoreUnavailable("gone"), ConfigError("no account"), OSError("no file")], ids=repr)
def test_whatever_a_session_fails_of_the_gate_goes_on_looking_whether_it_is_there(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.network.shared_gate._BEAT", 0.02)
    session = Locks()

    async def run() -> None:
        async with SharedGate(lambda: session) as gate:
            with pytest.raises(FetchError, match="given up"):
                await linger(gate, 0.0, session, error)
            before = session.checks
            async with gate.passing("news.example", 0.0):
                await asyncio.sleep(0.3)
            assert session.checks > before

    asyncio.run(run())


def test_a_request_that_is_given_up_on_its_way_leaves_its_host_alone_as_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ingest.network.shared_gate._BEAT", 0.02)
    session = Locks()

    async def run() -> None:
        async with SharedGate(lambda: session) as gate:
            loop = asyncio.get_running_loop()
            started = loop.time()
            with pytest.raises(FetchError) as caught:
                await linger(gate, 0.6, session, StoreUnavailable("gone"))
            assert caught.value.reason == "host_busy"
            assert loop.time() - started >= 0.8  # with what it is left alone for as it comes from another process

    asyncio.run(run())
