"""What a server sees of us: how many requests at once, how often, and robots.txt respected."""

import asyncio
import ipaddress
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph.errors import FetchError
from graph.records import Failure, Feed
from ingest.archive import Archive
from ingest.network.fetch import FetchConfig, Fetcher, Request
from ingest.network.gates import NOT_ASKED
from ingest.polling import read_feeds
from ingest.robots import Robots
from ingest.sandbox import Sandbox
from ingest.stages import fetch_hosts, plan_fetching
from tests.server.faults import Call, FaultServer, item, rss
from tests.server.names import resolve

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
CONFIG = FetchConfig(allowed=(ipaddress.ip_network("127.0.0.0/8"),), deadline=5.0)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as kept:
        yield kept


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name ends at the test server."""
    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.usefixtures("names")
def test_five_hundred_feeds_on_one_host_go_two_at_a_time_and_hold_nobody_up(
    server: FaultServer, archive: Archive, sandbox: Sandbox
) -> None:
    at_once = [0, 0]

    async def slow(call: Call) -> None:
        at_once[0] += 1
        at_once[1] = max(at_once)
        await asyncio.sleep(0.002)
        at_once[0] -= 1
        await call.reply(b"", "304 Not Modified") if "if-none-match" in call.headers else await call.reply(rss())

    server.handlers["/slow"] = slow
    server.add("/quick", rss(item("/a")), "application/rss+xml")
    for n in range(500):
        archive.add_feed(Feed(server.url(f"/slow?{n}", "big.example")))
    for n in range(40):
        archive.add_feed(Feed(server.url("/quick", f"small-{n % 20}.example") + f"?{n}"))
        server.add(f"/quick?{n}", rss(item("/a")), "application/rss+xml")

    async def run() -> list[str]:
        async with Fetcher(CONFIG) as fetch:
            polls = archive.due_feeds(NOW)
            events = read_feeds(archive, fetch, sandbox, polls, NOW, dry_run=False, stop=lambda: False)
            return [getattr(event, "url", "failed") async for event in events]

    order = asyncio.run(run())
    last_small = max(n for n, url in enumerate(order) if "small-" in url)
    assert len(order) == 540
    assert "failed" not in order
    assert at_once[1] == 2
    assert last_small < 200


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("path", ["/page", "/410"])
def test_a_host_is_left_alone_after_a_page_that_fails_too(server: FaultServer, path: str) -> None:
    server.add("/page", "text")

    async def run() -> float:
        async with Fetcher(CONFIG) as fetch:
            started = time.monotonic()
            request = Request(server.url(path, "a.example"), pause=0.2)
            await asyncio.gather(*(fetch(request) for _ in range(6)), return_exceptions=True)
            return time.monotonic() - started

    assert asyncio.run(run()) >= 0.6


class Asked:
    """A gate that notes whom it lets through, and says why the host that it names is not to be asked."""

    def __init__(self, refused: str = "", why: str = "") -> None:
        self.refused, self.why = refused, why
        self.hosts: list[str] = []

    @asynccontextmanager
    async def passing(self, host: str, pause: float) -> AsyncIterator[None]:
        if host == self.refused:
            raise FetchError(f"{host}: not asked", subject=host, reason=self.why)
        self.hosts.append(host)
        yield

    async def rest(self, host: str) -> None:
        self.hosts.append(f"{host} rests")


@pytest.mark.usefixtures("names")
def test_each_hop_of_a_redirect_passes_the_gate_of_its_host(server: FaultServer) -> None:
    there = server.url("/feed.xml", "b.example")

    async def lead(call: Call) -> None:
        await call.reply(b"", "301 Moved Permanently", f"Location: {there}")

    server.handlers["/lead"] = lead

    async def run() -> list[str]:
        gate = Asked()
        async with Fetcher(CONFIG, gate) as fetch:
            assert (await fetch(Request(server.url("/lead", "a.example")))).url == there
        return gate.hosts

    assert asyncio.run(run()) == ["a.example", "b.example"]


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("why", sorted(NOT_ASKED))
def test_what_a_gate_refuses_stays_due_and_costs_no_attempt(
    server: FaultServer, archive: Archive, sandbox: Sandbox, why: str
) -> None:
    page = server.url("/page", "b.example")
    server.add("/feed", rss(item(page)), "application/rss+xml")
    for host in ("a.example", "b.example"):
        archive.add_feed(Feed(server.url("/feed", host)))

    async def run() -> list[object]:
        async with Fetcher(CONFIG, Asked("b.example", why)) as fetch:
            hosts = plan_fetching(archive, NOW)
            return [event async for event in fetch_hosts(archive, fetch, sandbox, hosts, NOW)]

    events = asyncio.run(run())
    assert [event.reason for event in events if isinstance(event, Failure)] == [why]
    assert [one.attempts for one in archive.list_wanted()] == [0]
    assert [poll.state.feed.url for poll in archive.due_feeds(NOW)] == [server.url("/feed", "b.example")]
    assert archive.get_feed(server.url("/feed", "b.example")).failures == 0


def check(archive: Archive, url: str, now: datetime = NOW) -> str:
    """The reason why a page may not be fetched; empty when it may."""

    async def run() -> str:
        async with Fetcher(CONFIG) as fetch:
            try:
                await Robots(fetch, archive, now).check(url)
            except FetchError as error:
                return error.reason
            return ""

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("rules", "path", "reason"),
    [
        ("User-agent: *\nDisallow: /private/", "/private/a", "robots"),
        ("User-agent: *\nDisallow: /private/", "/public", ""),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", "robots"),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", ""),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", ""),
        ("User-agent: *\nDisallow: /\n\nUser-agent: claimgraph\nDisallow:", "/a", ""),
        ("User-agent: claimgraph\nDisallow: /", "/a", "robots"),
        ("\ufeffUser-agent: *\r\nDisallow: / # all", "/a", "robots"),
        ("<html>Not found</html>", "/a", ""),
        ("User-agent: *\nDisallow: /" + "*a" * 500 + "$", "/" + "a" * 2000 + "b", ""),
    ],
    ids=["in", "out", "wildcard", "end", "longest", "own group", "own ban", "mark", "page", "stars"],
)
def test_rules_are_read_by_rfc_9309(server: FaultServer, archive: Archive, rules: str, path: str, reason: str) -> None:
    server.add("/robots.txt", rules, "text/plain")
    assert check(archive, server.url(path)) == reason


def test_the_beginning_of_a_huge_file_counts(server: FaultServer, archive: Archive) -> None:
    server.add("/robots.txt", "User-agent: *\nDisallow: /a\n" + "# nothing\n" * 1_000_000, "text/plain")
    assert check(archive, server.url("/a")) == "robots"
    assert check(archive, server.url("/b")) == ""


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone"])
def test_a_host_without_the_file_allows_everything(server: FaultServer, archive: Archive, status: str) -> None:
    server.add("/robots.txt", "no", status=status)
    assert check(archive, server.url("/a")) == ""


@pytest.mark.parametrize("status", ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"])
def test_a_host_that_fails_to_serve_it_allows_what_it_did_or_nothing(
    server: FaultServer, archive: Archive, status: str
) -> None:
    server.add("/robots.txt", "no", status=status)
    assert check(archive, server.url("/a")) == f"http_{status[:3]}"
    server.add("/robots.txt", "User-agent: *\nDisallow: /b")
    assert check(archive, server.url("/a")) == ""
    server.add("/robots.txt", "no", status=status)
    later = NOW + timedelta(days=7)
    assert (check(archive, server.url("/a"), later), check(archive, server.url("/b"), later)) == ("", "robots")


def test_the_file_is_asked_for_once_a_day_however_many_runs(server: FaultServer, archive: Archive) -> None:
    server.add("/robots.txt", "User-agent: *\nDisallow: /b")
    for hours in (0, 1, 23):
        assert check(archive, server.url("/a"), NOW + timedelta(hours=hours)) == ""
    assert server.count("/robots.txt") == 1
    assert check(archive, server.url("/a"), NOW + timedelta(hours=25)) == ""
    assert server.count("/robots.txt") == 2
    assert check(archive, server.url("/a"), NOW - timedelta(days=900)) == ""  # the clock jumped back
    assert server.count("/robots.txt") == 3
