"""The gate of several processes over a real server: who gets in, who is told why not, and a session that is lost."""

import asyncio
import ipaddress
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graph.errors import FetchError
from graph.records import Feed
from ingest.archive import Archive, Server
from ingest.archive.hosts import HostSession
from ingest.network.fetch import FetchConfig, Fetcher, Request
from ingest.network.shared_gate import SharedGate
from tests.server.faults import FaultServer

if TYPE_CHECKING:
    from tests.postgres.server import Server as Postgres

HOST = "news.example"
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
END_SESSIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname LIKE 'arch%'"
)


def play(place: Server, script: Callable[[SharedGate, SharedGate], Awaitable[None]]) -> None:
    """Runs a script with the gates of two processes."""

    async def run() -> None:
        async with AsyncExitStack() as stack:
            gates = [await stack.enter_async_context(make(place)) for _ in range(2)]
            async with asyncio.timeout(60):
                await script(*gates)

    asyncio.run(run())


def make(place: Server) -> SharedGate:
    return SharedGate(lambda: HostSession(place), LOOPBACK)


async def ask(gate: SharedGate, host: str = HOST, pause: float = 0.0) -> str:
    """Why a host could not be asked; empty when it could."""
    try:
        async with gate.passing(host, pause):
            return ""
    except FetchError as error:
        return error.reason


def test_a_host_is_one_processs_until_it_has_no_request_to_it(server_place: Server) -> None:
    async def script(first: SharedGate, second: SharedGate) -> None:
        async with first.passing(HOST, 0.0), first.passing(HOST, 0.0):
            waiting = asyncio.ensure_future(ask(first))
            assert await ask(second) == "host_busy"
            assert await ask(second, "other.example") == ""
        assert await waiting == ""
        assert await ask(second) == ""
        async with second.passing(HOST, 0.0):
            assert await ask(first) == "host_busy"
        assert await ask(first) == ""

    play(server_place, script)


def test_it_is_kept_for_the_pause_and_left_alone_when_it_changes_hands(server_place: Server) -> None:
    async def script(first: SharedGate, second: SharedGate) -> None:
        pausing = asyncio.ensure_future(ask(first, pause=0.5))
        await asyncio.sleep(0.4)
        assert await ask(second) == "host_busy"
        await pausing
        started = time.monotonic()
        assert await ask(second) == ""
        assert time.monotonic() - started >= 0.2

    play(server_place, script)


def test_two_requests_of_a_process_go_at_once_and_no_more(server_place: Server) -> None:
    async def script(gate: SharedGate, _: SharedGate) -> None:
        inside = [0, 0]

        async def enter() -> None:
            async with gate.passing(HOST, 0.0):
                inside[0] += 1
                inside[1] = max(inside)
                await asyncio.sleep(0.05)
                inside[0] -= 1

        await asyncio.gather(*(enter() for _ in range(6)))
        assert inside == [0, 2]

    play(server_place, script)


def test_addresses_of_the_operators_own_are_everybodys(server_place: Server) -> None:
    async def script(first: SharedGate, second: SharedGate) -> None:
        async with first.passing("127.0.0.1", 0.0):
            assert await ask(second, "127.0.0.1") == ""

    play(server_place, script)


@pytest.mark.parametrize("after", [0.0, 0.001, 0.01, 0.1])
def test_a_request_that_is_dropped_keeps_no_host(server_place: Server, after: float) -> None:
    async def script(first: SharedGate, second: SharedGate) -> None:
        for _ in range(3):
            dropped = asyncio.ensure_future(ask(first))
            await asyncio.sleep(after)
            dropped.cancel()
            await asyncio.wait([dropped])
            await asyncio.sleep(0.5)
            assert await ask(second) == ""

    play(server_place, script)


def test_a_lost_session_ends_the_requests_it_covered_and_the_next_opens_another(
    server_place: Server, postgres_server: "Postgres"
) -> None:
    async def script(first: SharedGate, second: SharedGate) -> None:
        ended: list[float] = []

        async def linger() -> None:
            with pytest.raises(FetchError) as caught:
                async with first.passing(HOST, 0.0):
                    await asyncio.sleep(30)
            assert caught.value.reason == "host_busy"
            ended.append(time.monotonic())

        lingering = [asyncio.ensure_future(linger()) for _ in range(3)]
        await asyncio.sleep(0.5)
        started = time.monotonic()
        await asyncio.to_thread(postgres_server.execute, END_SESSIONS)
        await asyncio.gather(*lingering[:2])
        assert max(ended) - started < 4
        lingering[2].cancel()
        await asyncio.wait(lingering[2:])
        assert await ask(second) == ""
        assert await ask(first) == ""

    play(server_place, script)


def test_while_the_server_is_away_nobody_is_asked(server_place: Server, postgres_server: "Postgres") -> None:
    async def script(gate: SharedGate, _: SharedGate) -> None:
        assert await ask(gate) == ""
        postgres_server.stop()
        assert await ask(gate) == "host_busy"
        assert await ask(gate) == "host_busy"
        postgres_server.start()  # by this thread, with which it would end
        assert await ask(gate) == ""

    play(server_place, script)


def test_a_host_that_does_not_answer_is_at_rest_for_all(server_place: Server, server: FaultServer) -> None:
    url, rests = server.url("/silence", "localhost.example"), "localhost.example"
    with Archive(server_place) as archive:
        archive.add_feed(Feed(url))
    config = FetchConfig(allowed=LOOPBACK, deadline=0.3)

    async def script(first: SharedGate, second: SharedGate) -> None:
        async with Fetcher(replace(config), first) as fetch:
            for _ in range(3):
                with pytest.raises(FetchError) as caught:
                    await fetch(Request(url))
                assert caught.value.reason == "timeout"
        assert await ask(second, rests) == "host_down"
        assert await ask(second) == ""

    play(server_place, script)
    assert server.count("/silence") == 3
    with Archive(server_place) as archive:
        assert archive.take_hosts() == ()
