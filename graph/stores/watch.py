"""Over a process while it works: its deadline, its memory, and whether anybody still waits for it."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from graph.stores.confine import MEGABYTE


class Watch:
    """Kills a process at its deadline, or when nobody waits for it, and meanwhile notes the most memory it took.

    killed  why it was: `timeout` or `abandoned`; empty when it was not
    """

    def __init__(
        self, process: subprocess.Popen[bytes], seconds: float, abandoned: Callable[[], bool] | None = None
    ) -> None:
        self.killed = ""
        self._abandoned = abandoned
        self._process = process
        self._seconds = seconds
        self._done = threading.Event()
        self._first = self._peak = _private_memory(process.pid)
        self._thread = threading.Thread(target=self._watch, name="claimgraph-watch", daemon=True)

    def explain(self, exit_code: int, memory_mb: int) -> str:
        """Why it ended: as it was killed, `memory` or `crash`. The engine does not survive a refused allocation."""
        if self.killed:
            return self.killed
        if exit_code == -getattr(signal, "SIGALRM", 0):
            return "timeout"
        grown = self._peak - self._first > _MEMORY_SIGN * memory_mb * MEGABYTE
        return "memory" if grown and exit_code in _CRASHES else "crash"

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        deadline = time.monotonic() + self._seconds
        while not self._done.wait(_SAMPLE_SECONDS):
            self._peak = max(self._peak, _private_memory(self._process.pid))
            if time.monotonic() > deadline:
                self.killed = "timeout"
            elif self._abandoned and self._abandoned():
                self.killed = "abandoned"
            if self.killed:
                self._process.kill()
                return


_CRASHES = [-getattr(signal, name, 0) for name in ("SIGSEGV", "SIGABRT", "SIGBUS")]
# Filling 512 MB takes the engine 150 ms, a third of that on an idle machine; reading a size takes 0.02 ms.
_SAMPLE_SECONDS = 0.002
# A list that doubles dies when it asks for as much again as it has: at a third of what is allowed, or later.
_MEMORY_SIGN = 0.25


def _private_memory(pid: int) -> int:
    """Bytes in use that no file backs; 0 where it cannot be told."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
