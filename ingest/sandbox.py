"""Runs a parser on hostile bytes in a process that can be killed."""

import contextlib
import io
import math
import pickle  # what comes back is read with an allow-list, see _Reader
import queue
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import partial
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

from graph.errors import ParseError
from graph.records import ArticleKind, Barrier, Entry

P = ParamSpec("P")
R = TypeVar("R")

# Processor seconds that a document may take. By the clock a loaded machine loses some: 2 of 2,000 at a load of 25.
MOST_CPU = 10.0
# By the clock, for what hangs without working; at a load of 12 on two cores ten CPU seconds take as long.
DEADLINE = 60.0
# Two, so that one hanging document does not hold up the others; this machine class has two cores.
_WORKERS = 2
_MEMORY = 1 << 30
# Parsers keep caches and fragments; a fresh worker costs 0.4 CPU s, a fiftieth of what it does in so many calls.
_MOST_CALLS = 2_000
# py3langid unpacks its model (over 64 MB) into a temporary file.
_LARGEST_FILE = 1 << 28
# The longest message either way: a page or feed is at most 10 MB, its entries little more.
_LONGEST_MESSAGE = 100_000_000
_HEADER = struct.Struct("!Q")
_CHILD = "import sys; sys.path[:] = sys.argv[2:]; from ingest.sandbox import serve; serve(int(sys.argv[1]))"
# One BLAS thread: each further one reserves address space, of which the worker has little.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}


class Sandbox:
    """Calls functions in other processes: with limits, little memory and no environment. Use as a context manager.

    cpu       processor seconds of a call, what the function imports included
    deadline  seconds of a call by the clock

    Processes start when first needed, stay for the next call, and are killed when a call runs out of time.
    """

    def __init__(self, cpu: float = MOST_CPU, deadline: float = DEADLINE, workers: int = _WORKERS) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="sandbox")
        self._workers = tuple(_Worker(cpu, deadline) for _ in range(workers))
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            worker.stop()

    def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What the function returns. Raises ParseError: its own, or `timeout`, `too_large` (memory), `crashed`."""
        worker = self._idle.get()
        try:
            # The allow-list of _Reader makes sure that it is a record; which one, the function's signature says.
            return cast(R, worker.call(partial(function, *args, **kwargs)))
        finally:
            self._idle.put(worker)

    async def arun(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same without holding up the event loop."""
        return await get_running_loop().run_in_executor(self._threads, partial(self.run, function, *args, **kwargs))


class _Worker:
    """One process and the socket to it."""

    def __init__(self, cpu: float, deadline: float) -> None:
        self._cpu = cpu
        self._deadline = deadline
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._closed = False

    def call(self, task: Callable[[], Any]) -> object:
        request = pickle.dumps((task, self._cpu, self._deadline), pickle.HIGHEST_PROTOCOL)
        was_running = self._process is not None
        try:
            answer = self._exchange(request)
            # One that retired after its last call looks like this; one that dies at its first call crashed.
            if answer is None and was_running:
                answer = self._exchange(request)
        except TimeoutError as error:
            self.stop()
            raise ParseError(f"gave up after {self._deadline:g} s", reason="timeout") from error
        if answer is None:
            raise ParseError("the parser died on it", reason="crashed")
        return _read_answer(answer)

    def close(self) -> None:
        """Ends the call in progress, if any, and starts no process again."""
        self._closed = True
        if self._process:
            self._process.kill()

    def stop(self) -> int | None:
        """How the process ended: its exit status, or the negative number of the signal."""
        if self._channel:
            self._channel.close()
        status = None
        if self._process:
            self._process.kill()  # nothing to one that is on its way out: its status stands
            status = self._process.wait()
        self._process = self._channel = None
        return status

    def _exchange(self, request: bytes) -> bytes | None:
        """The answer; None when the process went away. Raises TimeoutError, and ParseError when the CPU time is up."""
        channel = self._channel or self._start()
        if channel is None:
            return None
        until = time.monotonic() + self._deadline
        try:
            channel.settimeout(self._deadline)
            channel.sendall(_HEADER.pack(len(request)) + request)
            (length,) = _HEADER.unpack(_receive(channel, _HEADER.size, until))
            if length <= _LONGEST_MESSAGE:
                return _receive(channel, length, until)
        except (EOFError, ConnectionError) as error:
            if self.stop() == -signal.SIGPROF:
                raise ParseError(f"gave up after {self._cpu:g} s of the processor", reason="timeout") from error
            return None
        self.stop()
        return None

    def _start(self) -> socket.socket | None:
        if self._closed:
            return None
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-c", _CHILD, str(theirs.fileno()), *sys.path]
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
                command,
                pass_fds=[theirs.fileno()],
                env=_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._channel = ours
        return ours


_KINDS: dict[str, type[Enum]] = {kind.__name__: kind for kind in (ArticleKind, Barrier)}


class _Writer(pickle.Pickler):
    """Writes what _Reader reads: members of an Enum as name and value, never as a call or with their class."""

    def persistent_id(self, obj: Any) -> tuple[str, str] | None:
        return (type(obj).__name__, str(obj.value)) if isinstance(obj, Enum) else None


class _Reader(pickle.Unpickler):
    """Reads what a worker sends: plain values, times and the records listed. Anything else may be an attack.

    No Enum is among them: an answer may set the state of what it names, and a class or a member is everybody's. A kind
    is read as a value of its own, and becomes the member when the answer is whole.
    """

    _KNOWN = frozenset(
        {
            (Entry.__module__, Entry.__name__),
            ("ingest.sources.documents", "ParsedFeed"),
            ("ingest.sources.documents", "FeedInfo"),
            ("ingest.parsing.article", "Page"),
            ("datetime", "datetime"),
            ("datetime", "timezone"),
            ("datetime", "timedelta"),
        }
    )

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self._KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is no record")
        return super().find_class(module, name)

    def persistent_load(self, pid: Any) -> "_Kind":
        name, value = pid
        return _Kind(str(name), str(value))


@dataclass
class _Kind:
    """A member of an Enum on its way."""

    name: str
    value: str


def _settle(value: Any) -> Any:
    """The value with the members in the place of what stood for them; records hold them, and records in tuples."""
    if isinstance(value, _Kind):
        return _KINDS[value.name](value.value)
    if isinstance(value, tuple):
        return tuple(map(_settle, value))
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            object.__setattr__(value, field.name, _settle(getattr(value, field.name)))
    return value


def serve(descriptor: int) -> None:
    """The worker's side: answers calls until the other end goes away or it has served its time."""
    for kind, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        _, allowed = resource.getrlimit(kind)
        least = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (least, least))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which stops its workers itself
    channel = socket.socket(fileno=descriptor)
    with contextlib.suppress(EOFError, ConnectionError):
        for _ in range(_MOST_CALLS):
            (length,) = _HEADER.unpack(_receive(channel, _HEADER.size))
            answer = _answer(_receive(channel, length))
            channel.sendall(_HEADER.pack(len(answer)) + answer)


def _answer(request: bytes) -> bytes:
    task, cpu, deadline = pickle.loads(request)  # noqa: S301 - from the parent process
    # SIGPROF ends this process, in the middle of C code too.
    signal.setitimer(signal.ITIMER_PROF, cpu)
    # If the parent is killed while a parser hangs, nobody is left to stop this process: the alarm does.
    signal.alarm(math.ceil(deadline) + 5)
    try:
        return _write(task())
    except Exception as error:  # the edge around foreign parsers: whatever they raise, the document is bad
        return pickle.dumps((False, _describe(error)))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)


def _write(value: object) -> bytes:
    answer = io.BytesIO()
    _Writer(answer, pickle.HIGHEST_PROTOCOL).dump((True, value))
    return answer.getvalue()


def _describe(error: Exception) -> tuple[str, str, str]:
    if isinstance(error, ParseError):
        return str(error), error.subject, error.reason
    if isinstance(error, MemoryError):
        return "needs more memory than a document may", "", "too_large"
    if isinstance(error, RecursionError):
        return "nested too deeply", "", "too_deep"
    return f"{type(error).__name__}: {error}"[:300], "", "parser_failed"


def _read_answer(answer: bytes) -> object:
    try:
        good, value = _Reader(io.BytesIO(answer)).load()
        message, subject, reason = ("", "", "") if good else map(str, value)
        value = _settle(value)
    except Exception as error:  # the edge to a process that hostile bytes may have taken over
        raise ParseError("the parser's answer cannot be read", reason="crashed") from error
    if good:
        return value
    raise ParseError(message, subject=subject, reason=reason)


def _receive(channel: socket.socket, length: int, until: float | None = None) -> bytes:
    """Exactly that many bytes. Raises EOFError when the other end is gone, TimeoutError when time is up."""
    data = bytearray()
    while len(data) < length:
        if until is not None:
            channel.settimeout(max(until - time.monotonic(), 0.001))
        piece = channel.recv(min(length - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
