"""A real HTTP server on loopback whose paths name faults."""

import asyncio
import gzip
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

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
    """Runs in a thread of its own. `pages` holds further answers: path → body, or (status, body, headers…);
    `handlers` what a path does, whatever its query."""

    port: int = 0
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    pages: dict[str, tuple[str, bytes, tuple[str, ...]]] = field(default_factory=dict)
    handlers: dict[str, Handler] = field(default_factory=dict)

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
                name = path.split("?")[0]
                await (self.handlers.get(name) or FAULTS.get(name, not_found))(call)
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


async def slow_reset(call: Call) -> None:
    await asyncio.sleep(1.0)
    await reset(call)


async def reset_once(call: Call) -> None:
    if call.server.count(call.path) == 1:
        await reset(call)
    else:
        await call.reply(rss(item("/a")))


async def too_short(call: Call) -> None:
    await call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>")


async def big_header(call: Call) -> None:
    await call.send(b"HTTP/1.1 200 OK\r\nX-Big: " + b"x" * 20_000_000 + b"\r\n\r\n")


async def too_long(call: Call) -> None:
    await call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<rss version='2.0'/>and much that nobody asked for")


async def slow_header(call: Call) -> None:
    await call.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        await call.send(b"x")
        await asyncio.sleep(0.05)


async def silent_body(call: Call) -> None:
    await call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>")
    await asyncio.sleep(30)


async def many_headers(call: Call) -> None:
    await call.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await call.send(b"X-More: y\r\n" * 1000)


def raw(answer: bytes) -> Handler:
    async def handle(call: Call) -> None:
        await call.send(answer)

    return handle


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
    "/slow-reset": slow_reset,
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
    "/503-date": status("503 Service Unavailable", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"),
    "/503-past": status("503 Service Unavailable", "Retry-After: Mon, 05 Jan 2015 12:00:00 GMT"),
    "/401": status("401 Unauthorized", "WWW-Authenticate: Basic"),
    "/too-long": too_long,
    "/bad-chunk": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n"),
    "/huge-chunk": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n<rss>"),
    "/negative-length": raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss>"),
    "/no-header": raw(b"<rss version='2.0'/>\r\n\r\n"),
    "/slow-header": slow_header,
    "/silent-body": silent_body,
    "/many-headers": many_headers,
    "/empty-gzip": document(b"", headers=("Content-Encoding: gzip",)),
    "/redirect-nowhere": status("302 Found"),
    "/redirect-rubbish": redirect("http://[::1/"),
    "/to-data": redirect("data:text/xml,<rss/>"),
    "/to-decimal": redirect("http://167772161/"),
    "/to-octal": redirect("http://012.0.0.1/"),
    "/to-hex": redirect("http://0xa000001/"),
    "/to-mapped": redirect("http://[::ffff:10.0.0.1]/"),
    "/to-nat64": redirect("http://[64:ff9b::10.0.0.1]/"),
}

# How fetching each must end.
REASONS = {
    "/bomb": "too_large",
    "/endless": "too_large",
    "/big-header": "too_large",
    "/many-headers": "bad_response",
    "/drip": "timeout",
    "/silence": "timeout",
    "/slow-header": "timeout",
    "/silent-body": "timeout",
    "/reset": "reset",
    "/too-short": "truncated",
    "/half-packed": "truncated",
    "/bad-chunk": "bad_response",
    "/too-long": "bad_response",
    "/huge-chunk": "truncated",
    "/not-packed": "bad_encoding",
    "/brotli": "bad_encoding",
    "/gibberish": "bad_response",
    "/negative-length": "bad_response",
    "/no-header": "bad_response",
    "/loop": "redirect_loop",
    "/hop": "too_many_redirects",
    "/redirect-nowhere": "http_302",
    "/redirect-rubbish": "bad_url",
    "/to-file": "bad_url",
    "/to-data": "bad_url",
    "/to-private": "forbidden_address",
    "/to-metadata": "forbidden_address",
    "/to-decimal": "bad_url",
    "/to-octal": "bad_url",
    "/to-hex": "forbidden_address",
    "/to-mapped": "forbidden_address",
    "/to-nat64": "forbidden_address",
    "/always-304": "http_304",
    "/nothing-here": "http_404",
    "/401": "http_401",
    "/410": "http_410",
    "/429": "http_429",
    "/503": "http_503",
    "/503-date": "http_503",
    "/503-past": "http_503",
    "/503-rubbish": "http_503",
}


@contextmanager
def running(*more_addresses: str) -> Iterator[FaultServer]:
    """A server that is up, on further loopback addresses too; it goes away with the block, whatever it is sending."""
    fault_server = FaultServer()
    started, end = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        first = await asyncio.start_server(fault_server.answer, "127.0.0.1", 0, limit=1 << 20)
        fault_server.port = first.sockets[0].getsockname()[1]
        listening = [first]
        for address in more_addresses:
            listening.append(await asyncio.start_server(fault_server.answer, address, fault_server.port, limit=1 << 20))
        loops.append(asyncio.get_running_loop())
        started.set()
        await end.wait()
        for one in listening:
            one.close()
        answering = asyncio.all_tasks() - {asyncio.current_task()}
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)
        await asyncio.sleep(0.01)  # lets the aborted connections close their sockets

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    if not started.wait(10):
        raise RuntimeError("the fault server did not start")
    try:
        yield fault_server
    finally:
        loops[0].call_soon_threadsafe(end.set)
        thread.join(10)
