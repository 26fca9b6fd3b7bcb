"""Polling beside the `reader` package: `python -m bench.poll READER_PYTHON [FEEDS] [TIMES]`.

READER_PYTHON is the interpreter of an environment that has it: `pip install reader sgmllib3k` in a venv of its own.
P1 and P2: FEEDS changed feeds of 20 entries from a loopback server, then the same unchanged; CPU seconds of all our
processes beside reader's, the server's not counted. P3: feeds with latencies and faults; wall beside a bare loop of
aiohttp with equal concurrency and deadline. Medians of TIMES.
"""

import asyncio
import ipaddress
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.feed_server import ADDRESSES

DEADLINE = 5.0
_READER = """
import json, resource, sys, time
from reader import make_reader
urls = sys.stdin.read().split()
reader = make_reader(sys.argv[1])
for url in urls:
    reader.add_feed(url)
rounds = []
for _ in range(2):
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    results = list(reader.update_feeds_iter(scheduled=False, workers=32))
    failed = sum(isinstance(result.value, Exception) for result in results)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rounds.append({"cpu": cpu, "wall": time.monotonic() - started, "failed": failed})
print(json.dumps(rounds))
"""


def main(reader: str, feeds: int, times: int) -> None:
    results: dict[str, list[list[dict[str, float]]]] = {"reader": [], "ours": []}
    with serving() as port:
        urls = make_urls(port, feeds)
        for _ in range(times):
            results["reader"].append(run([reader, "-c", _READER], urls))
            results["ours"].append(run([sys.executable, "-m", "bench.poll", "ours"], urls))
    print(f"load {os.getloadavg()[0]:.1f}; {feeds} feeds, medians of {times}")
    for number, name in enumerate(("P1 all new", "P2 nothing changed")):
        cpu = {who: statistics.median(one[number]["cpu"] for one in runs) for who, runs in results.items()}
        failed = {who: [one[number]["failed"] for one in runs] for who, runs in results.items()}
        ratio = cpu["ours"] / cpu["reader"]
        print(f"{name}: ours {cpu['ours']:.2f} s, reader {cpu['reader']:.2f} s CPU, ratio {ratio:.2f}; failed {failed}")
    walls: dict[str, list[float]] = {"ours": [], "bare": []}
    with serving("slow") as port:
        urls = make_urls(port, 1_000)
        for _ in range(times):
            for who, taken in walls.items():
                taken.append(run([sys.executable, "-m", "bench.poll", who], urls)[0]["wall"])
    wall = {who: statistics.median(taken) for who, taken in walls.items()}
    print(f"P3 1,000 slow feeds: ours {wall['ours']:.1f} s, bare {wall['bare']:.1f} s wall, ratio", end=" ")
    print(f"{wall['ours'] / wall['bare']:.2f}; load {os.getloadavg()[0]:.1f}")


@contextmanager
def serving(*mode: str) -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-m", "bench.feed_server", *mode], stdout=subprocess.PIPE) as server:
        assert server.stdout
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def make_urls(port: int, count: int) -> list[str]:
    return [f"http://{ADDRESSES[n % len(ADDRESSES)]}:{port}/feed/{n}" for n in range(count)]


def run(command: list[str], urls: list[str]) -> list[dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [*command, f"{folder}/db.sqlite"], input="\n".join(urls), capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    rounds: list[dict[str, float]] = json.loads(done.stdout)
    return rounds


def poll_ours(path: str, urls: list[str]) -> list[dict[str, float]]:
    from graph.records import Failure, Feed
    from ingest.archive import Archive
    from ingest.network.fetch import FetchConfig, Fetcher
    from ingest.polling import read_feeds
    from ingest.sandbox import Sandbox

    config = FetchConfig(allowed=(ipaddress.ip_network("127.0.0.0/8"),), deadline=DEADLINE)
    now = datetime.now(UTC)

    async def read(archive: Archive) -> int:
        failed = 0
        with Sandbox() as sandbox:
            async with Fetcher(config) as fetch:
                polls = archive.due_feeds(now)
                async for event in read_feeds(archive, fetch, sandbox, polls, now, dry_run=False, stop=lambda: False):
                    failed += isinstance(event, Failure)
        return failed

    rounds = []
    with Archive(path) as archive:
        for url in urls:
            archive.add_feed(Feed(url))
        for _ in range(2):
            cpu, started = read_cpu(), time.monotonic()
            failed = asyncio.run(read(archive))
            rounds.append({"cpu": read_cpu() - cpu, "wall": time.monotonic() - started, "failed": failed})
            now += timedelta(days=2)
    return rounds


def poll_bare(urls: list[str]) -> list[dict[str, float]]:
    import aiohttp

    async def read() -> int:
        failed, gate = 0, asyncio.Semaphore(32)

        async def get(session: aiohttp.ClientSession, url: str) -> None:
            nonlocal failed
            async with gate:
                try:
                    async with session.get(url) as reply:
                        await reply.read()
                except (aiohttp.ClientError, TimeoutError):
                    failed += 1

        timeout = aiohttp.ClientTimeout(total=DEADLINE)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            await asyncio.gather(*(get(session, url) for url in urls))
        return failed

    cpu, started = read_cpu(), time.monotonic()
    failed = asyncio.run(read())
    return [{"cpu": read_cpu() - cpu, "wall": time.monotonic() - started, "failed": failed}]


def read_cpu() -> float:
    """CPU seconds of this process and those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["ours", path]:
            print(json.dumps(poll_ours(path, sys.stdin.read().split())))
        case ["bare", _]:
            print(json.dumps(poll_bare(sys.stdin.read().split())))
        case [reader, *numbers] if Path(reader).exists():
            feeds, times = (*map(int, numbers), *(2_000, 3)[len(numbers) :])
            main(reader, feeds, times)
        case _:
            sys.exit(__doc__)
