"""A real HTTP server on loopback for measurements and tests: documents by path, with ETag and 304."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True, slots=True)
class Document:
    """What a path answers."""

    body: bytes
    kind: str


@dataclass(slots=True)
class Site:
    """A running server: its address, and how often it sent a body."""

    address: str
    documents: dict[str, Document]
    sent: int = 0


@contextmanager
def serving() -> Iterator[Site]:
    """Serves until the block ends; its `documents` are filled when the address is known."""
    site = Site("", {})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            document = site.documents.get(self.path)
            if document is None:
                self._reply(404, b"", "text/plain")
                return
            etag = f'"{hashlib.sha256(document.body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == etag:
                self._reply(304, b"", document.kind, etag)
                return
            site.sent += 1
            self._reply(200, document.body, document.kind, etag)

        def log_message(self, format: str, *args: object) -> None:
            pass

        def _reply(self, status: int, body: bytes, kind: str, etag: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if etag:
                self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
