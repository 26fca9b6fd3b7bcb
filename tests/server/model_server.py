"""A real HTTP server on loopback that speaks `/chat/completions`: each test says what it answers."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = Mapping[str, Any]
Answering = Callable[[Request, BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class ModelServer:
    """What was asked, and what is answered: `answers` in turn, the last one for ever."""

    answers: list[Answering] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    most_at_once: int = 0
    port: int = 0
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        with self._lock:
            number = len(self.asked)
            self.asked.append({"path": handler.path, **json.loads(body)})
            self.headers.append({name.lower(): value for name, value in handler.headers.items()})
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            self.answers[min(number, len(self.answers) - 1)](self.asked[number], handler)
        finally:
            with self._lock:
                self._at_once -= 1


def reply(
    told: object, *, finish: str = "stop", tokens: tuple[int, int] | None = (1000, 200), wait: float = 0.0
) -> Answering:
    """A completion; `told` is its text, or becomes that as JSON."""
    text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)

    def answer(_request: Request, handler: BaseHTTPRequestHandler) -> None:
        time.sleep(wait)
        _send(handler, 200, _complete(text, finish, tokens))

    return answer


def reply_to(choose: Callable[[str], object]) -> Answering:
    """A completion that depends on the framed text."""

    def answer(request: Request, handler: BaseHTTPRequestHandler) -> None:
        told = choose(request["messages"][-1]["content"])
        _send(handler, 200, _complete(json.dumps(told, ensure_ascii=False), "stop", (1000, 200)))

    return answer


def refuse(status: int, message: str = "no", *, code: str = "", **headers: str) -> Answering:
    """An error as such servers tell it."""
    body = json.dumps({"error": {"message": message, "code": code or None, "type": "error"}}).encode()

    def answer(_request: Request, handler: BaseHTTPRequestHandler) -> None:
        _send(handler, status, body, {name.replace("_", "-"): value for name, value in headers.items()})

    return answer


def refuse_parts(*parts: str) -> Answering:
    """400 while the request has one of these parts, as servers do that do not know it."""

    def answer(request: Request, handler: BaseHTTPRequestHandler) -> None:
        strange = [part for part in parts if part in json.dumps(request)]
        if strange:
            refuse(400, f"unknown parameter: {strange[0]}")(request, handler)
        else:
            reply({"names": [], "claims": []})(request, handler)

    return answer


def stream(told: object, *, whole: bool = True) -> Answering:
    """A completion as events, a few letters each, though it was not asked for so."""
    text = json.dumps(told, ensure_ascii=False)
    pieces: list[dict[str, Any]] = [{"delta": {"content": text[at : at + 7]}} for at in range(0, len(text), 7)]
    events: list[dict[str, Any]] = [{"choices": [piece]} for piece in [*pieces, {"delta": {}, "finish_reason": "stop"}]]
    events.append({"choices": [], "usage": {"prompt_tokens": 70, "completion_tokens": 7}})
    body = b"".join(b": still here\n\ndata: " + json.dumps(event).encode() + b"\n\n" for event in events)
    return raw(body + b"data: [DONE]\n\n" if whole else body[: len(body) // 2], "text/event-stream; charset=utf-8")


def raw(body: bytes, kind: str = "application/json") -> Answering:
    """A body to the letter."""

    def answer(_request: Request, handler: BaseHTTPRequestHandler) -> None:
        _send(handler, 200, body, kind=kind)

    return answer


def hang(seconds: float) -> Answering:
    """Nothing, for a while."""

    def answer(_request: Request, _handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)

    return answer


def drip(seconds: float, status: int = 200) -> Answering:
    """A body that comes a byte at a time and does not end before that."""

    def answer(_request: Request, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


def fall_silent(seconds: float, status: int = 200) -> Answering:
    """A first piece of a body of unknown length, then nothing."""

    def answer(_request: Request, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"1\r\n{\r\n")
        handler.wfile.flush()
        time.sleep(seconds)
        handler.close_connection = True

    return answer


def bomb(megabytes: int, status: int = 200) -> Answering:
    """A small body that unpacks to so much."""
    packed = gzip.compress(b" " * (megabytes << 20))

    def answer(_request: Request, handler: BaseHTTPRequestHandler) -> None:
        _send(handler, status, packed, {"Content-Encoding": "gzip"})

    return answer


def break_off(_request: Request, handler: BaseHTTPRequestHandler) -> None:
    """Half an answer, then the connection is closed."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"mess')
    handler.close_connection = True


def list_sentences(question: str) -> list[str]:
    """The numbered sentences of a framed text."""
    return [line.partition("] ")[2] for line in question.splitlines() if line.startswith("[")]


@contextmanager
def serving(*answers: Answering) -> Iterator[ModelServer]:
    """A running server that answers so."""
    model = ModelServer(list(answers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            try:
                model.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        model.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield model
        finally:
            server.shutdown()
            thread.join()


def _complete(text: str, finish: str, tokens: tuple[int, int] | None) -> bytes:
    raw: dict[str, Any] = {
        "id": "1", "object": "chat.completion", "created": 0, "model": "tiny",
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}],
    }  # fmt: skip
    if tokens:
        raw["usage"] = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
    return json.dumps(raw).encode()


def _send(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    kind: str = "application/json",
) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def tell(sentence: int, predicate: str, subject: str, by: str, **more: object) -> dict[str, object]:
    """A claim as a model tells it."""
    usual: dict[str, object] = {
        "object": None, "amount": None, "benchmark": None, "day": None, "speakers": [], "modality": "asserted",
        "modality_words": None, "denied": False, "denied_words": None, "weak": False,
    }  # fmt: skip
    return {"sentence": sentence, "predicate": predicate, "subject": subject, "by": by, **usual, **more}


def tell_all(*claims: object, names: Sequence[tuple[str, str]] = ()) -> dict[str, object]:
    """A whole reply."""
    listed = [{"name": name, "type": kind, "spellings": [name]} for name, kind in names]
    return {"names": listed, "claims": list(claims)}
