"""Child processes of a projection, as the parent sees them: started by exec, asked, killed, waited for."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from graph.errors import QueryError, StoreError
from graph.store import QueryLimits
from graph.stores.changes import Version
from graph.stores.confine import MEGABYTE, Confinement
from graph.stores.parts import NODES, Part
from graph.stores.watch import Watch
from graph.stores.worker import encode, read_frame, write_frame

# Over the query's own limit, which the engine watches: walks of variable length do not look at it.
KILL_GRACE = 0.5
# Loading a graph of a million claims takes 4 s (bench/stores.py).
START_SECONDS = 60.0
# A part of 1,000 records takes 0.1 s where nobody else works (bench/results.md).
PART_SECONDS = 30.0
MAX_REQUEST = 4 * MEGABYTE

# The engine's allocator would reserve 1 GB of address space at once, and a limit on that space would mean nothing.
_ENGINE_SETTINGS = {"RAYON_NUM_THREADS": "2", "MIMALLOC_ARENA_RESERVE": "32MiB"}
_ROOT = Path(__file__).resolve().parents[2]
_BOOT = "import sys; sys.path.insert(0, sys.argv.pop(1)); from graph.stores.{module} import main; main()"


class NotStarted(QueryError):
    """A worker could not load its graph; with a new graph file the next one may."""


class Spawner:
    """Starts children from one thread that lives as long as it is open.

    The kernel ends a child with the *thread* that started it, so that a killed parent leaves none behind; a web
    server's threads come and go.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="claimgraph-spawner")

    def start(
        self, module: str, arguments: Sequence[object], folder: Path, errors: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        """A fresh interpreter that runs `main` of a module beside this one; it inherits nothing but its pipes.

        StoreError when the spawner is closed.
        """
        command = [sys.executable, "-I", "-c", _BOOT.format(module=module), str(_ROOT), *map(str, arguments)]
        environment = {"TMPDIR": str(folder), "TEMP": str(folder), **_ENGINE_SETTINGS}
        if sys.platform == "win32":
            environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]

        def launch() -> subprocess.Popen[bytes]:
            return subprocess.Popen(  # noqa: S603 - our own interpreter and modules
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment,
                cwd=_ROOT.anchor,
            )

        try:
            launched = self._thread.submit(launch)
        except RuntimeError as error:  # a thread in the background comes too late
            raise StoreError("the store is closed") from error
        return launched.result()

    def close(self) -> None:
        self._thread.shutdown(wait=False)


def try_confinement() -> Confinement:
    """Which layers hold on this machine, tried in a process of its own."""
    command = [sys.executable, "-I", "-c", _BOOT.format(module="confine"), str(_ROOT)]
    done = subprocess.run(command, capture_output=True, timeout=START_SECONDS, check=False)  # noqa: S603 - our own
    return Confinement(**json.loads(done.stdout)) if done.returncode == 0 else Confinement()


class Worker:
    """One confined process with a graph loaded. Used by one thread at a time. NotStarted when it cannot load.

    version      the state of the store that its graph shows
    taken        records written into its graph since it was loaded
    confinement  which layers hold in it
    broken       it is dead or may not be asked again
    """

    def __init__(self, spawner: Spawner, graph_file: Path, version: Version, memory_mb: int) -> None:
        self.version = version
        self.taken = 0
        self.memory_mb = memory_mb
        self.broken = False
        folder = Path(tempfile.mkdtemp(prefix="load-", dir=graph_file.parent))
        try:
            self._process = spawner.start("worker", [graph_file, memory_mb, os.getpid()], folder)
            hello, watch = self._within(START_SECONDS, lambda: read_frame(self._output))
        finally:  # what loading put there stays mapped
            shutil.rmtree(folder, ignore_errors=True)
        if hello is None:
            was_killed = self._was_killed()
            self.close()
            if watch.killed or not was_killed:
                graph_file.unlink(missing_ok=True)  # it may be damaged; made anew, it costs a rebuild
            raise NotStarted("the query process did not start; run the query again", reason="failed")
        self.confinement = Confinement(hello["landlock"], hello["seccomp"], hello["memory"])

    @property
    def pid(self) -> int:
        return self._process.pid

    def fits(self, memory_mb: int) -> bool:
        """Whether it is alive and has this limit."""
        return self.memory_mb == memory_mb and self._process.poll() is None

    def take(self, part: Part) -> None:
        """Writes a part into its graph. NotStarted when it ends over it: another one begins from the saved graph."""
        answer, _ = self._within(PART_SECONDS, lambda: self._exchange(encode({"part": part})))
        if answer is None:
            self.close()
            raise NotStarted("the query process ended while it took up changes; run the query again", reason="failed")
        self.taken += len(part.rows) if part.step == NODES else 0

    def ask(self, query: str, parameters: Mapping[str, object], limits: QueryLimits) -> dict[str, Any]:
        """The answer's columns, rows, truncated and ms. QueryError when the engine refuses or the process ends."""
        request = _encode_request(query, parameters, limits)
        answer, watch = self._within(limits.seconds + KILL_GRACE, lambda: self._exchange(request), limits.abandoned)
        if answer is None:
            self.close()
            raise _make_error(watch.explain(self._process.returncode, limits.memory_mb), "", limits)
        if "reason" in answer:
            self.broken = answer["reason"] == "memory"
            raise _make_error(answer["reason"], answer["message"], limits)
        return cast(dict[str, Any], answer)

    def close(self) -> None:
        """Ends the process and waits for it."""
        self.broken = True
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                _close_quietly(pipe)

    def leave(self) -> None:
        """In a child after fork: lets go of a process that is the parent's."""
        self._process.returncode = 0  # so that nobody here waits for it
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                _close_quietly(pipe)

    def _was_killed(self) -> bool:
        """Whether somebody else ended the process: then its graph is as good as before."""
        with suppress(subprocess.TimeoutExpired):  # what has closed its pipe is about to end
            self._process.wait(1)
        return self._process.returncode == -getattr(signal, "SIGKILL", 0)

    @property
    def _output(self) -> Any:
        return self._process.stdout

    def _exchange(self, request: bytes) -> Any:
        write_frame(cast(Any, self._process.stdin), request)
        return read_frame(self._output)

    def _within(
        self, seconds: float, action: Callable[[], Any], abandoned: Callable[[], bool] | None = None
    ) -> tuple[Any, "Watch"]:
        """The action's result and how the process did; None when it took too long, for then it is killed, or ended."""
        with Watch(self._process, seconds, abandoned) as watch:
            try:
                result = action()
            except (OSError, ValueError):  # the pipe broke, or what came is no frame
                result = None
        self.broken = self.broken or result is None or bool(watch.killed)
        return result, watch


def _encode_request(query: str, parameters: Mapping[str, object], limits: QueryLimits) -> bytes:
    request = {"query": query, "parameters": dict(parameters), "seconds": limits.seconds, "rows": limits.rows}
    try:
        body = encode(request)
    except (TypeError, ValueError) as error:
        raise QueryError(f"a parameter cannot be sent: {error}", reason="refused") from error
    if len(body) > MAX_REQUEST:
        raise QueryError(f"the parameters have {len(body)} bytes; at most {MAX_REQUEST} are taken", reason="refused")
    return body


def _make_error(reason: str, message: str, limits: QueryLimits) -> QueryError:
    if reason == "timeout":
        return QueryError(
            f"the query took more than {limits.seconds:g} s and was stopped; ask for less, or name what it starts from",
            reason=reason,
        )
    if reason == "memory":
        why = message or f"the query needs more than {limits.memory_mb} MB"
        return QueryError(f"{why} and was stopped; ask for fewer rows or columns", reason=reason)
    if reason == "abandoned":
        return QueryError("nobody waited for the answer any more; the query was stopped", reason=reason)
    if reason == "crash":
        return QueryError(
            "the query made the engine crash; it was started anew. Write the query another way", reason="failed"
        )
    return QueryError(message, reason=reason)


def _close_quietly(pipe: IO[bytes]) -> None:
    with suppress(OSError):
        pipe.close()
