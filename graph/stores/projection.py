"""Cypher over the default store: a graph that follows the store's change log, asked in confined processes.

The store's process never loads the engine: small texts make it crash, and its threads do not survive a fork. A rebuild
process reads the store and writes a graph file; worker processes read that file and nothing else. Before each query a
worker is told what has changed since, so that answers are always of the store as it is. A crash, a timeout or a memory
stop costs one query: the next worker begins from the file. Where a worker is too far behind, the file is written anew.
"""

import os
import shutil
import subprocess
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection

from graph.errors import StoreError
from graph.store import QueryLimits, Table
from graph.stores.changes import Version, count_changes, follows, read_changes, read_version
from graph.stores.confine import Confinement
from graph.stores.parts import read_changed
from graph.stores.pool import MAX_WORKERS, Pool
from graph.stores.rebuild import SUFFIX, find_saved, parse_name
from graph.stores.workers import NotStarted, Worker

# What a killed process left behind while loading or building is older than any start takes.
_STALE_SECONDS = 3600

# A worker takes up 10,000 changes in about a second (bench/stores.py); with more, a new file is quicker.
AT_ONCE = 10_000
# From here on a file is written while queries go on, so that new workers have little to catch up.
SOON = 5_000
# A worker that has taken so many records begins again from a file: its memory stays bounded.
MOST_TAKEN = 50_000


class Projection:
    """The graph of one store file, whose connections `reading` lends. Safe with threads, and in a child after fork."""

    def __init__(self, store: Path, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._store = store
        self._reading = reading
        self._reset()

    def ask(self, query: str, parameters: Mapping[str, object], limits: QueryLimits) -> Table:
        """The answer over the store as it is. The query is run as it is: guard it first."""
        self._leave_parents()
        with self._pool.slot(limits.seconds), self._lend(limits.memory_mb) as worker:
            answer = worker.ask(query, parameters, limits)
        self._renew_behind()
        return Table(tuple(answer["columns"]), tuple(map(tuple, answer["rows"])), answer["truncated"], answer["ms"])

    def confinement(self) -> Confinement:
        """Which layers hold in the workers here."""
        self._leave_parents()
        with self._lend(QueryLimits().memory_mb) as worker:
            return worker.confinement

    def close(self) -> None:
        """Ends the workers. The graph file stays for the next time, unless its folder was a temporary one."""
        if os.getpid() == self._process:
            self._finalizer()

    def _reset(self) -> None:
        self._process = os.getpid()
        self._build_lock = threading.Lock()
        self._folder: Path | None = None
        self._began: Version | None = None
        self._temporary: list[Path] = []
        self._pool = Pool()
        self._finalizer = weakref.finalize(self, _end, self._pool, self._temporary)

    def _leave_parents(self) -> None:
        if os.getpid() != self._process:  # after a fork the parent's workers are the parent's
            self._pool.close()
            self._reset()

    @contextmanager
    def _lend(self, memory_mb: int) -> Iterator[Worker]:
        """A worker that shows the store as it is, though those at hand were killed, too far behind or cannot load."""
        with ExitStack() as stack:
            for _ in range(MAX_WORKERS):
                with suppress(NotStarted):
                    yield stack.enter_context(self._pool.lend(memory_mb, self._catch_up, self._find_graph))
                    return
            yield stack.enter_context(self._pool.lend(memory_mb, self._catch_up, self._find_graph))

    def _catch_up(self, worker: Worker) -> bool:
        """Tells the worker what has changed since its version. False when it cannot follow."""
        with self._state() as (connection, version):
            if worker.version == version:
                return True
            if worker.taken > MOST_TAKEN or not _can_follow(connection, worker.version):
                return False
            for part in read_changed(connection, read_changes(connection, worker.version)):
                worker.take(part)
            worker.version = version
        return True

    @contextmanager
    def _state(self) -> Iterator[tuple[Connection, Version]]:
        """A connection that shows one state of the store, and its version."""
        with self._reading() as connection:
            yield connection, read_version(connection)

    def _find_graph(self) -> tuple[Path, Version]:
        """A saved graph from which catching up is quick; made when there is none."""
        with self._build_lock:
            folder = self._folder = self._folder or self._make_folder()
            with self._state() as (connection, _):
                saved = find_saved(connection, folder, AT_ONCE)
            path, self._began = saved or self._build(folder)
            return path, self._began

    def _renew_behind(self) -> None:
        """Writes the graph anew in the background when new workers would have much to catch up."""
        with self._state() as (connection, _):
            began = self._began
            if began is None or count_changes(connection, began, SOON) < SOON:
                return
        if self._build_lock.acquire(blocking=False):
            threading.Thread(target=self._renew, name="claimgraph-renew", daemon=True).start()

    def _renew(self) -> None:
        self._began = None  # a failure is not tried again; who needs a new file is told of it
        try:
            with suppress(StoreError):
                if self._folder:
                    _, self._began = self._build(self._folder)
        finally:
            self._build_lock.release()

    def _build(self, folder: Path) -> tuple[Path, Version]:
        """A new file; when its maker is killed, another one tries once more."""
        for _ in range(2):
            builder = self._pool.spawner.start(
                "rebuild", [self._store, folder, os.getpid()], folder, errors=subprocess.PIPE
            )
            output, errors = builder.communicate()
            name = output.decode().strip()
            version = parse_name(name)
            if builder.returncode == 0 and version:
                return folder / name, version
            if builder.returncode > 0:
                break
        last = errors.decode(errors="replace").strip().rpartition("\n")[2]
        raise StoreError(
            f"store {self._store}: its graph could not be built ({last or f'exit {builder.returncode}'}); "
            f"check that {folder} may be written to and has room, then run the query again",
            subject=str(self._store),
            reason="projection",
        )

    def _make_folder(self) -> Path:
        """Beside the store, so that every process shares it; a temporary one where that may not be written to."""
        folder = self._store.with_name(f"{self._store.name}-graph")
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            _sweep(folder)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError:
            folder = Path(tempfile.mkdtemp(prefix="claimgraph-"))
            self._temporary.append(folder)
        return folder


def _can_follow(connection: Connection, version: Version) -> bool:
    return follows(connection, version) and count_changes(connection, version, AT_ONCE + 1) <= AT_ONCE


def _sweep(folder: Path) -> None:
    for path in (*folder.glob("load-*"), *folder.glob(f"*{SUFFIX}.*")):
        with suppress(FileNotFoundError):  # another process was quicker
            if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _end(pool: Pool, temporary: list[Path]) -> None:
    pool.close()
    if os.getpid() == pool.process:
        for folder in temporary:
            shutil.rmtree(folder, ignore_errors=True)
