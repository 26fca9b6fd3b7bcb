"""A few workers lent to one query at a time; those that cannot follow the store are ended."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import QueryError
from graph.stores.changes import Version
from graph.stores.workers import NotStarted, Spawner, Worker

# Two queries at once fill two cores, and each worker holds memory of its own.
MAX_WORKERS = 2


class Pool:
    """Up to MAX_WORKERS confined processes. Only the process that made it may use it."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.spawner = Spawner()
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(MAX_WORKERS)
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()

    @contextmanager
    def slot(self, seconds: float) -> Iterator[None]:
        """The right to run one query. QueryError when others hold every right for so long."""
        if not self._slots.acquire(timeout=seconds):
            raise QueryError(
                f"{MAX_WORKERS} other queries ran for {seconds:g} s; try again in a moment", reason="timeout"
            )
        try:
            yield
        finally:
            self._slots.release()

    @contextmanager
    def lend(
        self, memory_mb: int, catch_up: Callable[[Worker], bool], find_graph: Callable[[], tuple[Path, Version]]
    ) -> Iterator[Worker]:
        """A worker with this much memory that shows the store as it is. NotStarted when it ended or was too far behind.

        catch_up    brings a worker's graph up to date; false when it is too far behind
        find_graph  the file that a new worker begins from, and its version
        """
        worker = self._take(memory_mb) or self._start(*find_graph(), memory_mb)
        try:
            if not catch_up(worker):
                worker.broken = True
                raise NotStarted("the store changes faster than queries can follow; try again in a moment")
            yield worker
        except QueryError:
            raise
        except BaseException:
            worker.broken = True  # half an answer may be under way
            raise
        finally:
            self._give_back(worker)

    def close(self) -> None:
        """Ends all workers, lent ones too. In a child after fork they are left to the parent."""
        if os.getpid() != self.process:
            self._leave()
            return
        with self._lock:
            workers, self._all, self._idle = self._all, set(), []
        for worker in workers:
            worker.close()
        self.spawner.close()

    def _leave(self) -> None:
        """Without the lock: a thread that held it is not in the child."""
        for worker in self._all:
            worker.leave()
        self._all, self._idle = set(), []

    def _take(self, memory_mb: int) -> Worker | None:
        """The idle worker that fits and has the least to catch up. Idle ones that do not fit are ended."""
        with self._lock:
            fitting = [worker for worker in self._idle if worker.fits(memory_mb)]
            unfit = [worker for worker in self._idle if worker not in fitting]
            fitting.sort(key=lambda worker: worker.version)
            taken = fitting.pop() if fitting else None
            self._idle = fitting
            self._all.difference_update(unfit)
        for worker in unfit:
            worker.close()
        return taken

    def _start(self, graph_file: Path, version: Version, memory_mb: int) -> Worker:
        worker = Worker(self.spawner, graph_file, version, memory_mb)
        with self._lock:
            self._all.add(worker)
        return worker

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if not worker.broken and worker in self._all:
                self._idle.append(worker)
                return
            self._all.discard(worker)
        worker.close()
