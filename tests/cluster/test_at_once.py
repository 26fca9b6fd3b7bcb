"""Workers that come late, have a wrong clock, get what another gets, or do at once what one does: all is there once.

They are told by hand what a broker would tell them, over one archive on a server and one graph in a file.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

if not os.environ.get("REQUIRE_CLUSTER"):
    pytest.importorskip("celery")

from bench.kills_fetching import serve_feed
from bench.site import Site, serving
from commands.jobs import Jobs
from commands.opening import open_archive, open_graph
from graph.deriving import derive
from ingest.archive import Server
from ingest.session import Session
from tests.cluster.kills import make_alone
from tests.cluster.newsroom import ROOT, Newsroom, find_apart
from tests.cluster.program import standing_in
from tests.cluster.test_newsroom import STAND_IN, make_article

HOUR = timedelta(hours=1)
# Seconds for a process to start and to get where it is stopped.
PATIENCE = 60.0


class Messages:
    """What workers send, in the order sent."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[str, tuple[str, ...]]] = deque()

    def send(self, task: str, ids: Iterable[str] = ()) -> None:
        self.waiting.append((task, tuple(ids)))

    def count_waiting(self, queue: str) -> int:
        return sum(task == queue for task, _ in self.waiting)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def newsroom(tmp_path: Path, server_place: Server, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A newsroom without a broker; claims are stood in for, in this process, too."""
    monkeypatch.setattr("commands.workbench.reading", standing_in)
    monkeypatch.setattr(Session, "is_about_ai", lambda *_: True)
    home = tmp_path / "newsroom"
    home.mkdir()
    (home / "password").write_text(server_place.password, encoding="ascii")
    servers = {
        "CLAIMGRAPH_STORE": str(home / "graph.db"),
        "CLAIMGRAPH_ARCHIVE": server_place.address,
        "CLAIMGRAPH_ARCHIVE_USER": server_place.user,
        "CLAIMGRAPH_ARCHIVE_PASSWORD_FILE": str(home / "password"),
    }
    return Newsroom(home, servers, {**STAND_IN, "TEST_MARKS": "yes"})


@pytest.fixture
def alone(tmp_path: Path) -> Newsroom:
    """A process that does it all by itself."""
    return make_alone(tmp_path / "alone", STAND_IN)


def test_a_worker_that_was_stopped_past_its_lease_goes_on_and_does_nothing_twice(
    newsroom: Newsroom, alone: Newsroom, site: Site
) -> None:
    messages = Messages()
    other = Jobs(newsroom.config, messages)
    for number, (mark, task) in enumerate((("saved", "fetch"), ("commit", "read"), ("committed", "read"))):
        add(newsroom, alone, serve_feed(site, number))
        work(newsroom, [other], messages, until=task)
        with stopped(newsroom, mark, *messages.waiting.popleft()) as late:
            newsroom.end_leases()
            work(newsroom, [other], messages)
            assert newsroom.tell_left() == ""
            os.killpg(late.pid, signal.SIGCONT)
            assert late.wait(PATIENCE) == 0
        work(newsroom, [other], messages)
    other.close()
    compare(newsroom, alone)


def test_what_a_worker_whose_clock_is_an_hour_ahead_gets_too_is_there_once(
    newsroom: Newsroom, alone: Newsroom, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = Messages()
    right, ahead = Jobs(newsroom.config, messages), Jobs(newsroom.config, messages)

    def set_clock(worker: Jobs) -> None:
        late = HOUR if worker is ahead else timedelta()
        monkeypatch.setattr("commands.jobs.read_clock", lambda: datetime.now(UTC) + late)

    # News are asked again within the hour, by the one that is ahead alone.
    add(newsroom, alone, *(serve_feed(site, number, news=False) for number in range(2)))
    for workers in ([ahead, right], [right, ahead]):
        newsroom.execute("UPDATE feeds SET next_due = NULL")
        work(newsroom, workers, messages, before=set_clock)
        add(newsroom, alone, serve_feed(site, 2, news=False))
    work(newsroom, [ahead], messages, before=set_clock)
    for worker in (right, ahead):
        worker.close()
    compare(newsroom, alone)


def test_of_planners_at_once_none_sends_what_another_has_sent(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.jobs.locking", unlocked)
    newsroom.add_feeds(*(f"https://{number}.example/feed" for number in range(200)))
    with open_archive(newsroom.config) as archive, open_graph(newsroom.config):
        saved = [archive.save_article(make_article(number)).id for number in range(60)]
        archive.note_speed("read", 0.5)  # five articles a message
    messages, planners = Messages(), 4
    together = Barrier(planners)

    def plan() -> None:
        jobs = Jobs(newsroom.config, messages)
        for _ in range(4):
            together.wait()
            jobs.plan()
        jobs.close()

    run_at_once(plan, planners)
    sent = {
        task: Counter(id for one, ids in messages.waiting if one == task for id in ids) for task in ("fetch", "read")
    }
    assert sent["read"] == Counter(map(str, saved))
    assert sent["fetch"] == Counter(f"{number}.example" for number in range(200))


def test_derivers_at_once_make_what_one_makes(newsroom: Newsroom, alone: Newsroom, site: Site) -> None:
    messages, derivers = Messages(), 3
    add(newsroom, alone, *(serve_feed(site, number) for number in range(3)))
    jobs = Jobs(newsroom.config, messages)
    work(newsroom, [jobs], messages, until="derive")
    jobs.close()
    together = Barrier(derivers)

    def derive_all() -> None:
        with open_graph(newsroom.config) as store:
            for turn in range(3):
                if turn:
                    store.queue_claims()
                together.wait()
                derive(store)

    run_at_once(derive_all, derivers)
    messages.waiting.clear()
    work(newsroom, [jobs], messages)
    jobs.close()
    compare(newsroom, alone)


def add(newsroom: Newsroom, alone: Newsroom, *urls: str) -> None:
    for each in (newsroom, alone):
        each.add_feeds(*urls)


def work(
    newsroom: Newsroom, workers: Sequence[Jobs], messages: Messages, until: str = "", before: Any = lambda worker: None
) -> None:
    """Plans, and gives each message to all of the workers in turn, until nothing is left; or until there is one of the
    task given, which stays the first that waits."""
    for _ in range(200):
        if not messages.waiting:
            if not newsroom.tell_left():
                return
            before(workers[-1])
            workers[-1].plan()
        if messages.waiting:
            if messages.waiting[0][0] == until:
                return
            task, ids = messages.waiting.popleft()
            for worker in workers:
                before(worker)
                worker.do(task, ids)
    raise TimeoutError(newsroom.tell_left())


@contextmanager
def stopped(newsroom: Newsroom, mark: str, task: str, ids: Sequence[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker with one message, in a group of processes of its own that stopped at a mark."""
    file = newsroom.marks / mark
    file.write_text("stop", encoding="ascii")
    command = [sys.executable, "-m", "tests.cluster.program", "message", task, *ids]
    with subprocess.Popen(command, cwd=ROOT, env=newsroom.environment, start_new_session=True) as worker:
        try:
            begun = time.monotonic()
            while file.exists():
                assert worker.poll() is None, "it ended before the mark"
                assert time.monotonic() - begun < PATIENCE, "it did not come to the mark"
                time.sleep(0.05)
            yield worker
        finally:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)


@contextmanager
def unlocked(*_: Any) -> Iterator[bool]:
    """What one process at a time may do, everybody may."""
    yield True


def run_at_once(work: Any, number: int) -> None:
    """So many threads do it; raises what one of them raised."""
    with ThreadPoolExecutor(number) as pool:
        for done in [pool.submit(work) for _ in range(number)]:
            done.result()


def compare(newsroom: Newsroom, alone: Newsroom) -> None:
    """There is what one process makes of the same by itself."""
    done = alone.run("ingest")
    assert done.returncode == 0, done.stderr
    assert find_apart(newsroom, alone) == []
