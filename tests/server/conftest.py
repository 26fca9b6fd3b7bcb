"""A real HTTP server on 127.0.0.1 whose paths name faults, and a site of pages behind a feed."""

import asyncio
import gzip
import ipaddress
import os
import re
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ingest.fetch import FetchConfig
from ingest.sandbox import Sandbox

Handler = Callable[["Call"], Awaitable[None]]

ETAG = 'W/"v1 \u00e4 ?x,y"'.encode()
MEMBER = gzip.compress(b"\0" * 10_000_000)


@dataclass(slots=True)
class Call:
    """One request as the server got it."""

    server: "FaultServer"
    path: str
    headers: dict[str, str]
    writer: asyncio.StreamWriter

    async def reply(self, body: bytes = b"", status: str = "200 OK", *headers: str) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
        await self.send("\r\n".join(lines).encode("latin-1") + body)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


@dataclass(slots=True)
class FaultServer:
    """Runs in a thread of its own. `pages` holds further answers: path → body, or (status, body, headers…)."""

    port: int = 0
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    pages: dict[str, tuple[str, bytes, tuple[str, ...]]] = field(default_factory=dict)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def add(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> str:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, data, (f"Content-Type: {kind}",))
        return self.url(path)

    def count(self, path: str) -> int:
        return sum(1 for called, _ in self.calls if called == path)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            first = await reader.readexactly(1)
            if first == b"\x16":  # a TLS hello
                writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
            self.calls.append((path, headers))
            call = Call(self, path, headers, writer)
            if path in self.pages:
                status, body, extra = self.pages[path]
                await call.reply(body, status, *extra)
            else:
                await FAULTS.get(path.split("?")[0], not_found)(call)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def not_found(call: Call) -> None:
    await call.reply(b"no", "404 Not Found")


def rss(*items: str, title: str = "Feed") -> bytes:
    return f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>".encode()


def item(url: str, title: str = "An item", body: str = "", guid: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>{url}</link><guid isPermaLink='false'>{guid or url}</guid>"
        f"<pubDate>Mon, 27 Jan 2025 10:00:00 GMT</pubDate><description><![CDATA[{body}]]></description></item>"
    )


async def feed_with_etag(call: Call) -> None:
    tag = ETAG.decode("latin-1")
    if call.headers.get("if-none-match") == tag:
        await call.reply(b"", "304 Not Modified")
    else:
        await call.reply(
            rss(item("/a")), "200 OK", f"ETag: {tag}", "Last-Modified: Mon, 27 Jan 2025 10:00:00 GMT",
            "Content-Type: Application/RSS+xml; charset=UTF-8",
        )  # fmt: skip


async def packed(call: Call) -> None:
    await call.reply(gzip.compress(rss(item("/a"))), "200 OK", "Content-Encoding: gzip")


async def bomb(call: Call) -> None:
    # 30 members of 10 MB: 300 KB become 300 MB.
    await call.reply(MEMBER * 30, "200 OK", "Content-Encoding: gzip")


async def not_packed(call: Call) -> None:
    await call.reply(b"plain text", "200 OK", "Content-Encoding: gzip")


async def half_packed(call: Call) -> None:
    await call.reply(gzip.compress(rss(item("/a")))[:-20], "200 OK", "Content-Encoding: gzip")


async def brotli(call: Call) -> None:
    await call.reply(b"\x0b\x02\x80", "200 OK", "Content-Encoding: br")


async def endless(call: Call) -> None:
    await call.send(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        await call.send(b"x" * 65_536)


async def drip(call: Call) -> None:
    await call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        await call.send(b"x")
        await asyncio.sleep(0.05)


async def silence(call: Call) -> None:
    await asyncio.sleep(30)


async def reset(call: Call) -> None:
    sock = call.writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    call.writer.transport.abort()


async def reset_once(call: Call) -> None:
    if call.server.count(call.path) == 1:
        await reset(call)
    else:
        await call.reply(rss(item("/a")))


async def too_short(call: Call) -> None:
    await call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>")


async def big_header(call: Call) -> None:
    await call.send(b"HTTP/1.1 200 OK\r\nX-Big: " + b"x" * 20_000_000 + b"\r\n\r\n")


async def gibberish(call: Call) -> None:
    await call.send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


def redirect(target: str, status: str = "302 Found") -> Handler:
    async def handle(call: Call) -> None:
        await call.reply(b"", status, f"Location: {target}")

    return handle


async def hop(call: Call) -> None:
    number = int(call.path.partition("?")[2] or 0)
    await call.reply(b"", "302 Found", f"Location: /hop?{number + 1}")


def status(line: str, *headers: str) -> Handler:
    async def handle(call: Call) -> None:
        await call.reply(b"no", line, *headers)

    return handle


def document(
    body: bytes, kind: str = "application/xml", status: str = "200 OK", headers: tuple[str, ...] = ()
) -> Handler:
    async def handle(call: Call) -> None:
        await call.reply(body, status, f"Content-Type: {kind}", *headers)

    return handle


LAUGHS = b"".join(
    [
        b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'>",
        *(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)),
        b"]><rss version='2.0'><channel><title>&m;</title><item><title>&m;</title></item></channel></rss>",
    ]
)
# feedparser issue 562: its e-mail pattern tries every split of this.
HANGING = (
    b"<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><author>"
    + b"a@" + b"a." * 25_000 + b"</author></entry></feed>"
)  # fmt: skip

FAULTS: dict[str, Handler] = {
    "/feed.xml": feed_with_etag,
    "/packed": packed,
    "/bomb": bomb,
    "/not-packed": not_packed,
    "/half-packed": half_packed,
    "/brotli": brotli,
    "/endless": endless,
    "/drip": drip,
    "/silence": silence,
    "/reset": reset,
    "/reset-once": reset_once,
    "/too-short": too_short,
    "/big-header": big_header,
    "/gibberish": gibberish,
    "/loop": redirect("/loop-back"),
    "/loop-back": redirect("/loop"),
    "/hop": hop,
    "/to-file": redirect("file:///etc/passwd"),
    "/to-private": redirect("http://10.0.0.1/"),
    "/to-metadata": redirect("http://169.254.169.254/latest/meta-data/"),
    "/moved": redirect("/feed.xml", "301 Moved Permanently"),
    "/found": redirect("/feed.xml"),
    "/always-304": document(b"", status="304 Not Modified"),
    "/latin-etag": document(b"<rss/>", headers=('ETag: "\u00e4"',)),
    "/410": status("410 Gone"),
    "/429": status("429 Too Many Requests", "Retry-After: 3600"),
    "/503": status("503 Service Unavailable", "Retry-After: 1000000000000"),
    "/503-rubbish": status("503 Service Unavailable", "Retry-After: soon"),
    "/html": document(b"<!doctype html><title>x</title>" + b"<p>text</p>" * 500_000, "text/html"),
    "/empty": document(b""),
    "/laughs": document(LAUGHS),
    "/hanging": document(HANGING),
}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """A server that is up; it goes away with the test, whatever it is still sending."""
    fault_server = FaultServer()
    started, end = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        listening = await asyncio.start_server(fault_server.answer, "127.0.0.1", 0, limit=1 << 20)
        fault_server.port = listening.sockets[0].getsockname()[1]
        loops.append(asyncio.get_running_loop())
        started.set()
        await end.wait()
        listening.close()
        answering = asyncio.all_tasks() - {asyncio.current_task()}
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)
        await asyncio.sleep(0.01)  # lets the aborted connections close their sockets

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert started.wait(10)
    yield fault_server
    loops[0].call_soon_threadsafe(end.set)
    thread.join(10)


@pytest.fixture
def impatient() -> FetchConfig:
    """Loopback allowed, deadlines short."""
    return FetchConfig(allowed=(ipaddress.ip_network("127.0.0.0/8"),), deadline=1.5, connect=1.0, silence=0.5)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running demo keeps its store: claimgraph/demo/demo.db."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def demo(demo_home: Path) -> Iterator[str]:
    """The address of a running demo."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(demo_home)}
    command = [sys.executable, "-m", "claimgraph", "demo", "--port", "0"]
    root = Path(__file__).parents[2]
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
