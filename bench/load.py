"""Many readers at once: `python bench/load.py [SECONDS [CLAIMS [PAGE…]]]`; 5 seconds, 10,000 claims, every page.

16 connections ask for each page, beside the same template with constant rows on the same server, in turns of a third of
the time each. `ratio` is requests a second, page ÷ constant; `CPU` the same ratio by CPU seconds of the server, which
holds when others use the machine. Driven by wrk where it is installed, else by aiohttp, which takes part of the CPU.
"""

import asyncio
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import aiohttp

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.page_server import Running, running
from bench.stores import cpu_of

CONNECTIONS = 16
TURNS = 3
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Turn:
    """Requests a second, milliseconds that 99 of 100 stay under, CPU milliseconds of the server a request."""

    rate: float
    p99: float
    cpu: float


def main(seconds: float, claims: int, names: list[str]) -> None:
    driver = "wrk" if shutil.which("wrk") else "aiohttp"
    print(
        f"{claims:,} claims, {CONNECTIONS} connections, {seconds:g} s a page, {driver}; load {os.getloadavg()[0]:.1f}"
    )
    print(f"{'page':10}{'a second':>10}{'p99 ms':>9}{'constant':>10}{'p99 ms':>9}{'ratio':>8}{'CPU':>8}")
    with running(claims) as server:
        for name, path in server.pages.items():
            if names and name not in names:
                continue
            pairs = [(_ask(server, path, seconds), _ask(server, f"/constant/{name}", seconds)) for _ in range(TURNS)]
            page, constant = (_median([pair[side] for pair in pairs]) for side in (0, 1))
            print(
                f"{name:10}{page.rate:10.0f}{page.p99:9.0f}{constant.rate:10.0f}{constant.p99:9.0f}"
                f"{_divide(page.rate, constant.rate):8.2f}{_divide(constant.cpu, page.cpu):8.2f}",
                flush=True,
            )


def _median(turns: list[Turn]) -> Turn:
    return Turn(*(statistics.median(getattr(turn, name) for turn in turns) for name in ("rate", "p99", "cpu")))


def _divide(part: float, whole: float) -> float:
    """No number where nothing was answered in the time: give it longer."""
    return part / whole if whole else math.nan


def _ask(server: Running, path: str, seconds: float) -> Turn:
    used, duration = cpu_of(server.process), seconds / TURNS
    drive = _drive_wrk if shutil.which("wrk") else _drive_aiohttp
    requests, elapsed, p99 = drive(server.address + path, duration)
    return Turn(requests / elapsed, p99, (cpu_of(server.process) - used) * 1000 / max(requests, 1))


def _drive_wrk(url: str, seconds: float) -> tuple[int, float, float]:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--latency", url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    requests, elapsed = re.search(r"(\d+) requests in ([\d.]+)s", told), re.search(r"99%\s+([\d.]+)(us|ms|s)", told)
    assert requests, told
    assert elapsed, told
    return int(requests[1]), float(requests[2]), float(elapsed[1]) * _UNITS[elapsed[2]]


def _drive_aiohttp(url: str, seconds: float) -> tuple[int, float, float]:
    return asyncio.run(_read_all(url, seconds))


async def _read_all(url: str, seconds: float) -> tuple[int, float, float]:
    times: list[float] = []
    started = time.perf_counter()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS)) as session:

        async def read() -> None:
            while time.perf_counter() < started + seconds:
                begun = time.perf_counter()
                async with session.get(url) as answer:
                    await answer.read()
                times.append(time.perf_counter() - begun)

        await asyncio.gather(*(read() for _ in range(CONNECTIONS)))
    elapsed = time.perf_counter() - started
    return len(times), elapsed, sorted(times)[int(len(times) * 0.99)] * 1000


if __name__ == "__main__":
    _, *rest = sys.argv
    main(float(rest[0]) if rest else 5.0, int(rest[1]) if len(rest) > 1 else 10_000, rest[2:])
