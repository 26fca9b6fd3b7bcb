"""Servers on loopback that take what is sent: webhooks, some of which fail, and mails."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(slots=True)
class Hook:
    """A web server: `/ok` takes what it is sent, `/fails`, `/redirects` and `/drips` do what they say."""

    port: int = 0
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=lambda: {"/ok": 204, "/fails": 503, "/redirects": 307})

    def url(self, path: str = "/ok") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@dataclass(slots=True)
class Post:
    """A mail server: what it took, from whom, to whom. `refuses` recipients; `drips` its answers byte by byte;
    `rambles` in its greeting without end; `farewell` is what it says to who goes."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    refuses: bool = False
    drips: bool = False
    rambles: bool = False
    farewell: str = "221 bye"

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def taking_posts() -> Iterator[Hook]:
    """A running web server."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hook.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/drips":
                self._drip()
                return
            status = hook.statuses[self.path]
            if 200 <= status < 300:
                hook.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", hook.url())
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _drip(self) -> None:
            with suppress(OSError):
                for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"z" * 200:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(0.05)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.port = server.server_address[1]
    with _running(server):
        yield hook


@contextmanager
def taking_mails() -> Iterator[Post]:
    """A running mail server, which speaks as much SMTP as a mail takes."""
    post = Post()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self._talk()

        def _talk(self) -> None:
            while post.rambles:
                self._say("220-one moment")
                time.sleep(0.05)
            self._say("220 mail.example")
            sender = ""
            while line := self.rfile.readline().decode("ascii").strip():
                verb = line.upper()
                if verb.startswith(("EHLO", "HELO", "RSET")):
                    self._say("250 mail.example")
                elif verb.startswith("MAIL FROM:"):
                    sender = line[len("MAIL FROM:") :].split(" ")[0].strip("<>")
                    self._say("250 ok")
                elif verb.startswith("RCPT TO:") and post.refuses:
                    self._say("550 no such mailbox")
                elif verb.startswith("RCPT TO:"):
                    post.envelopes.append((sender, line[len("RCPT TO:") :].strip("<>")))
                    self._say("250 ok")
                elif verb == "DATA":
                    self._say("354 go on")
                    self._take()
                    self._say("250 taken")
                else:
                    self._say(post.farewell)
                    return

        def _take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b"."))
            mail = message_from_bytes(b"".join(lines), policy=default)
            assert isinstance(mail, EmailMessage)
            post.mails.append(mail)

        def _say(self, text: str) -> None:
            if post.drips and not text.startswith("220"):
                for char in text * 20:
                    self.wfile.write(char.encode())
                    self.wfile.flush()
                    time.sleep(0.05)
            self.wfile.write(f"{text}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    post.port = server.server_address[1]
    with _running(server):
        yield post


@contextmanager
def _running(server: socketserver.TCPServer) -> Iterator[None]:
    if isinstance(server, socketserver.ThreadingMixIn):
        server.daemon_threads = True
        server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
