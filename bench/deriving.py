"""Times deriving propositions from generated claims beside plain insertion of the same claims.

    python bench/deriving.py 10000 100000 1000000

Rates are by CPU second of this process, since others may use the machine; the load average is printed. `live` adds ten
articles to the full store and derives: how many claims are looked at for each new one, and how long it takes.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.generate import CLAIMS_PER_ARTICLE, Generator, iter_chunks
from graph.deriving import Done, derive
from graph.proposition_store import Matter
from graph.records import Extraction
from graph.stores.sqlite import SqliteStore

_Result = TypeVar("_Result")

LIVE_ARTICLES, LIVE_RUNS = 10, 10


class _Counting(SqliteStore):
    """Counts the claims that deriving reads."""

    read, largest = 0, 0

    def read_matters(self, keys: Sequence[str]) -> tuple[Matter, ...]:
        matters = super().read_matters(keys)
        self.read += sum(len(matter.claims) for matter in matters)
        self.largest = max(self.largest, *(len(matter.claims) for matter in matters))
        return matters


def main() -> None:
    print(f"load average {os.getloadavg()[0]:.1f}")
    for size in map(int, sys.argv[1:] or ["10000"]):
        folder = Path(tempfile.mkdtemp(prefix="claimgraph-bench-"))
        try:
            _bench(size, folder)
        finally:
            shutil.rmtree(folder)


def _bench(size: int, folder: Path) -> None:
    print(f"\n{size} claims", flush=True)
    with _Counting(folder / "store.db") as store:
        store.add_entities(Generator(size).entities)
        kept = _load(store, size)
        before = _peak_mb()
        done, seconds = _timed(lambda: derive(store, report=_report))
        print(f"  derive                    {done.claims / seconds:8.0f} claims/CPU s   {seconds:.1f} s")
        _RATES["derive"] = done.claims / seconds
        print(f"  derive ÷ add              {_RATES['derive'] / _RATES['add']:8.2f}")
        print(f"  claims of a matter        {store.read / max(1, done.bundles):8.1f} mean   {store.largest} at most")
        print(f"  peak memory               {_peak_mb():8.0f} MB   {before:.0f} before deriving")
        _live(store, kept)


def _load(store: SqliteStore, size: int) -> list[Extraction]:
    """Stores all but the last articles, which come live."""
    seconds = 0.0
    kept: list[Extraction] = []
    stored = 0
    for chunk in iter_chunks(size):
        chunk = kept + chunk
        kept = chunk[-LIVE_ARTICLES * LIVE_RUNS :]
        now = chunk[: -LIVE_ARTICLES * LIVE_RUNS]
        seconds += _timed(partial(store.add, now))[1]
        stored += len(now)
    _RATES["add"] = stored * CLAIMS_PER_ARTICLE / seconds
    print(f"  add                       {_RATES['add']:8.0f} claims/CPU s   {seconds:.1f} s", flush=True)
    return kept


def _live(store: _Counting, kept: Sequence[Extraction]) -> None:
    store.read = 0
    times = []
    for start in range(0, len(kept), LIVE_ARTICLES):
        store.add(kept[start : start + LIVE_ARTICLES])
        times.append(_timed(lambda: derive(store))[1])
    times.sort()
    claims = len(kept) * CLAIMS_PER_ARTICLE
    print(
        f"  live, {LIVE_ARTICLES} articles         {1000 * times[len(times) // 2]:8.0f} ms median   "
        f"{1000 * times[-1]:.0f} ms at most   {store.read / claims:.0f} claims looked at for each new one",
        flush=True,
    )


def _report(done: Done) -> None:
    if sys.stderr.isatty():
        print(f"  {done}", end="\r", file=sys.stderr)


def _timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    started = time.process_time()
    return work(), time.process_time() - started


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


_RATES: dict[str, float] = {}

if __name__ == "__main__":
    main()
