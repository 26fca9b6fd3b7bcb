"""Which processes there are, as tests of killed ones need to know."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def children(module: str, store: Path) -> set[int]:
    """Children of this process that run a module of graph.stores for the store at a path: others may be open beside."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            command = folder.joinpath("cmdline").read_bytes()
        except OSError:
            continue
        runs = f"graph.stores.{module} ".encode() in command and str(store).encode() in command
        if parent == os.getpid() and runs:
            found.add(int(folder.name))
    return found


def is_alive(pid: int) -> bool:
    """Whether the process exists, be it as a zombie."""
    return Path(f"/proc/{pid}").exists()


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
