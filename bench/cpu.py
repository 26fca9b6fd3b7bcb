"""CPU seconds of processes and of all that come from them, as the kernel counts them."""

import os
import resource
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def count_cpu(*processes: int) -> float:
    """CPU seconds so far of these processes and of all that come from them, those that have ended too."""
    parents: dict[int, list[int]] = {}
    seconds: dict[int, float] = {}
    for number, parent, spent in _iter_processes():
        parents.setdefault(parent, []).append(number)
        seconds[number] = spent
    waiting, total = [*processes], 0.0
    while waiting:
        number = waiting.pop()
        total += seconds.get(number, 0.0)
        waiting += parents.get(number, [])
    return total


def count_ended() -> float:
    """CPU seconds of all processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _iter_processes() -> Iterable[tuple[int, int, float]]:
    """Each process, its parent, and its CPU seconds with those of its children that have ended."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            fields = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            yield int(file.parent.name), int(fields[1]), sum(map(int, fields[11:15])) / _TICK
