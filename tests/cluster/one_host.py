"""Several processes that fetch from one host and are killed or stopped at it, and what that host saw of them.

python -m tests.cluster.one_host [PAGES REDIRECTS KILLS STOPPED]     # 500 50 20 90: some minutes
"""

import asyncio
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path

from graph.records import Entry, Feed
from ingest.archive import Archive, Server, Validators
from ingest.sources.schedule import Due
from tests.server.faults import Call, FaultServer, Handler, not_found, running

ROOT = Path(__file__).parents[2]
HOST = "news.example"
FETCHERS = 3
PAUSE = 0.2
# Seconds that the host takes for an answer: most kills meet one on its way.
_ANSWER = (0.01, 0.15)
_SENTENCE = "DeepSeek said on Monday that model {} was trained on {} chips and that it costs less than the others do. "


@dataclass(slots=True)
class Visit:
    """A request as the host saw it, in seconds of one clock.

    end    not after its answer was given, 0 before; when its process was killed, if that came first
    pause  how long the host is to be left alone then
    """

    path: str
    process: str
    start: float
    end: float = 0.0
    pause: float = PAUSE


@dataclass(slots=True)
class Played:
    """All visits, in the order they began; which processes were killed and when, or stopped; how
    many articles were had."""

    visits: list[Visit] = field(default_factory=list)
    killed: dict[str, float] = field(default_factory=dict)
    stopped: str = ""
    articles: int = 0
    wanted: int = 0


def play(place: Server, pages: int, redirects: int, kills: int, stopped: float, seconds: float) -> Played:
    """Fills the archive at the place and lets processes fetch it empty; TimeoutError when that takes longer.

    kills    so many of them, of the one that asks then; another begins in its place
    stopped  seconds for which the system gives one no time, after half of the kills
    """
    played, chance = Played(), random.Random(1)
    with running() as server, ExitStack() as stack:
        server.handlers["/page"] = _answering(played, chance)
        server.handlers["/robots.txt"] = _answering(played, chance, pause=0.0)
        server.handlers["/lead"] = _leading(server)
        with Archive(place) as archive:
            _fill(archive, server, pages, redirects)
            names = iter(f"fetcher-{number}" for number in range(1_000))
            fetchers = {name: stack.enter_context(_fetching(name, place)) for name in islice(names, FETCHERS)}
            deadline = time.monotonic() + seconds
            while any(process.poll() is None for process in fetchers.values()):
                time.sleep(chance.uniform(0.3, 1.2) if len(played.killed) < kills else 0.2)
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{len(archive.list_wanted())} pages are left")
                asking = played.visits[-1].process if played.visits else ""
                if asking not in fetchers or fetchers[asking].poll() is not None:
                    continue
                if len(played.killed) >= kills // 2 and not played.stopped:
                    played.stopped = asking
                    fetchers[asking].send_signal(signal.SIGSTOP)
                    time.sleep(stopped)
                    fetchers[asking].send_signal(signal.SIGCONT)
                elif len(played.killed) < kills:
                    played.killed[asking] = time.monotonic()
                    fetchers[asking].kill()
                    name = next(names)
                    fetchers[name] = stack.enter_context(_fetching(name, place))
            failed = [name for name, one in fetchers.items() if one.returncode and name not in played.killed]
            if failed:
                raise RuntimeError(f"{failed} failed")
            played.wanted, played.articles = len(archive.list_wanted()), archive.count_pending()
    for visit in played.visits:
        if visit.process in played.killed:
            visit.end = max(visit.start, min(visit.end or time.monotonic(), played.killed[visit.process]))
    return played


def find_faults(visits: list[Visit]) -> list[str]:
    """What the host would complain of: three requests at once, two processes at once, no pause after a page."""
    faults = []
    for later in visits:
        before = [one for one in visits if one.start < later.start]
        if sum(later.start < one.end for one in before) >= 2:
            faults.append(f"{later}: a third at once")
        if sum(later.start < one.end + one.pause for one in before) >= 2:
            faults.append(f"{later}: no pause")
        if any(later.start < one.end + one.pause and one.process != later.process for one in before):
            faults.append(f"{later}: another process was there")
    return faults


def _fill(archive: Archive, server: FaultServer, pages: int, redirects: int) -> None:
    """A feed whose entries lead to the host, some by way of a host each of their own."""
    now = datetime.now(UTC)
    feed = Feed("https://feed.example/feed")
    links = [server.url(f"/page?{number}", HOST) for number in range(pages)]
    links += [server.url(f"/lead?{number}", f"lead-{number}.example") for number in range(pages, pages + redirects)]
    random.Random(2).shuffle(links)
    archive.add_feed(feed)
    entries = [Entry(feed.url, link, link, "Title", "", now) for link in links]
    archive.record_read(feed, Validators(), now, entries, lambda _: Due(now + timedelta(days=1), timedelta(days=1)))


def _answering(played: Played, chance: random.Random, pause: float = PAUSE) -> Handler:
    async def answer(call: Call) -> None:
        if not call.headers["host"].startswith(HOST):
            await not_found(call)
            return
        found = re.search(r"fetcher-\d+", call.headers["user-agent"])
        visit = Visit(call.path, found[0] if found else "", time.monotonic(), pause=pause)
        played.visits.append(visit)
        await asyncio.sleep(chance.uniform(*_ANSWER))
        number = call.path.partition("?")[2]
        text = "".join(f"<p>{_SENTENCE.format(number, turn)}</p>" for turn in range(4))
        body = f"<html lang=en><title>Page {number}</title><article>{text}</article>"
        visit.end = time.monotonic()
        await (call.reply(body.encode(), "200 OK", "Content-Type: text/html") if pause else not_found(call))

    return answer


def _leading(server: FaultServer) -> Handler:
    async def lead(call: Call) -> None:
        await call.reply(b"", "302 Found", f"Location: {server.url(call.path.replace('lead', 'page'), HOST)}")

    return lead


@contextmanager
def _fetching(name: str, place: Server) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "tests.cluster.fetcher", name, place.address, place.user, place.password]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def main(pages: int = 500, redirects: int = 50, kills: int = 20, stopped: int = 90) -> None:
    from tests.postgres.server import Server as Postgres

    postgres = Postgres()
    postgres.start()
    try:
        started = time.monotonic()
        played = play(postgres.make(), pages, redirects, kills, stopped, seconds=1_200)
        seconds = time.monotonic() - started
    finally:
        postgres.close()
    faults = find_faults(played.visits)
    owners = [visit.process for visit in played.visits]
    changes = sum(one != other for one, other in pairwise(owners))
    print(
        f"{pages} pages and {redirects} redirects, {len(played.killed)} kills, one stopped for {stopped} s: "
        f"{played.articles} articles, {played.wanted} wanted, {len(played.visits)} requests, "
        f"{changes} changes of hands, {seconds:.0f} s"
    )
    print("\n".join(faults) or "no faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
