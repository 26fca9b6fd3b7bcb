"""Cypher over the default store: a graph rebuilt from its rows when they have changed, asked in confined processes.

The store's process never loads the engine: small texts make it crash, and its threads do not survive a fork. A rebuild
process reads the store and writes a graph file; worker processes read that file and nothing else. A crash, a timeout or
a memory stop costs one query.

Answers are of the store as it is, as long as a rebuild is quick. Where it takes longer (6 s at 100,000 claims), the
graph on hand answers for ten times as long before the next one, so that steady ingestion leaves the machine to others.
"""

import os
import shutil
import subprocess
import tempfile
import threading
import time
import weakref
from collections.abc import Mapping
from pathlib import Path

from graph.errors import StoreError
from graph.store import QueryLimits, Table
from graph.stores.confine import Confinement
from graph.stores.pool import Pool
from graph.stores.rebuild import SUFFIX, file_name
from graph.stores.workers import NotStarted

# What a killed process left behind while loading or building is older than any start takes.
_STALE_SECONDS = 3600


PATIENCE_SECONDS = 2.0
REST = 10


class Projection:
    """The graph of one store file. Safe with threads, and in a child after fork."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._reset()

    def ask(self, version: tuple[int, str], query: str, parameters: Mapping[str, object], limits: QueryLimits) -> Table:
        """The answer over the store at `version` (see above). The query is run as it is: guard it first."""
        if os.getpid() != self._process:  # after a fork the parent's workers are the parent's
            self._pool.close()
            self._reset()
        with self._pool.slot(limits.seconds):
            try:
                return self._ask(self._graph_file(version), query, parameters, limits)
            except NotStarted:  # another process has put a later graph in its place, or it was damaged
                return self._ask(self._graph_file(version), query, parameters, limits)

    def confinement(self, version: tuple[int, str]) -> Confinement:
        """Which layers hold in the workers here."""
        with self._pool.lend(self._graph_file(version), QueryLimits().memory_mb) as worker:
            return worker.confinement

    def close(self) -> None:
        """Ends the workers. The graph file stays for the next time, unless its folder was a temporary one."""
        if os.getpid() == self._process:
            self._finalizer()

    def _reset(self) -> None:
        self._process = os.getpid()
        self._build_lock = threading.Lock()
        self._folder: Path | None = None
        self._latest: Path | None = None
        self._rest_until = 0.0
        self._temporary: list[Path] = []
        self._pool = Pool()
        self._finalizer = weakref.finalize(self, _end, self._pool, self._temporary)

    def _ask(self, graph_file: Path, query: str, parameters: Mapping[str, object], limits: QueryLimits) -> Table:
        with self._pool.lend(graph_file, limits.memory_mb) as worker:
            answer = worker.ask(query, parameters, limits)
        return Table(tuple(answer["columns"]), tuple(map(tuple, answer["rows"])), answer["truncated"], answer["ms"])

    def _graph_file(self, version: tuple[int, str]) -> Path:
        """The saved graph of this version or a later one; while rebuilds rest, the latest there is."""
        with self._build_lock:
            folder = self._folder = self._folder or self._make_folder()
            wanted = folder / file_name(version)
            if wanted.exists():
                return wanted
            if self._latest and self._latest.exists() and time.monotonic() < self._rest_until:
                return self._latest
            started = time.monotonic()
            self._latest = folder / self._build(folder)
            seconds = time.monotonic() - started
            self._rest_until = started + seconds + (REST * seconds if seconds > PATIENCE_SECONDS else 0)
            return self._latest

    def _build(self, folder: Path) -> str:
        builder = self._pool.spawner.start(
            "rebuild", [self._store, folder, os.getpid()], folder, errors=subprocess.PIPE
        )
        output, errors = builder.communicate()
        if builder.returncode != 0:
            last = errors.decode(errors="replace").strip().rpartition("\n")[2]
            raise StoreError(
                f"store {self._store}: its graph could not be built ({last or f'exit {builder.returncode}'}); "
                f"check that {folder} may be written to and has room, then run the query again",
                subject=str(self._store),
                reason="projection",
            )
        return output.decode().strip()

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


def _sweep(folder: Path) -> None:
    for path in (*folder.glob("load-*"), *folder.glob(f"*{SUFFIX}.*")):
        if time.time() - path.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _end(pool: Pool, temporary: list[Path]) -> None:
    pool.close()
    if os.getpid() == pool.process:
        for folder in temporary:
            shutil.rmtree(folder, ignore_errors=True)
