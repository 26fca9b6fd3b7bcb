"""What the workers of a cluster do, a method for each kind of message; each may be called twice, late, or be cut short.

    plan → fetch → read, later → relate, derive     (ingest/stages.py says what keys each effect)

They tell each other by messages what there is to do; how those travel is not known here (cluster.py).
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from commands.broker_settings import LATER
from commands.delivering import deliver
from commands.deriving import derive_new
from commands.opening import find_gate, locking
from commands.options import read_clock
from commands.printing import tell
from commands.settings import Config
from commands.upkeep import KEEP_DAYS, LISTS_STAY
from commands.workbench import Workbench
from graph.errors import BrokerError, ClaimGraphError, StoreUnavailable
from graph.records import ArticleId, Failure
from ingest.archive import Archive
from ingest.archive.leases import NEWS
from ingest.copies.comparing import compare_articles
from ingest.health import make_snapshot
from ingest.network.fetch import FetchConfig, Fetcher
from ingest.sandbox import Sandbox
from ingest.stages import DueBounds, FeedFailed, FetchEvent, fetch_hosts, give_up, plan_pack
from ingest.storing import BATCH
from ingest.tally import Tally

T = TypeVar("T", bound=str)

# So many messages may wait: eight minutes of reading on one core, well within the hour for which articles are taken.
MOST_WAITING = {"read": 256, "ask": 64, LATER: 16, "fetch": 16}
# With so many texts that nobody has read yet, pages of news alone are fetched; with so many of news, none. What feeds
# tell of is kept.
MOST_PENDING = 20_000
_WITH_IDS = frozenset({"fetch", "read", "ask", LATER})
# What the next plan sends anew.
_EACH_MINUTE = frozenset({"plan", "relate", "derive"})
# Seconds for archive and graph to come back: a restart takes 5 to 20.
_PATIENCE = 120.0
# Seconds that a message is worked on, but for what is under way then.
_LONGEST = 120.0
# Seconds of reading that make a message.
_READING = 10.0
# Of one host's feeds, of its pages, and of those to be asked again; the rest comes with the next message.
_A_HOST = DueBounds(a_host=100)
# What all workers did in so long is kept as one run.
_RUN = timedelta(minutes=15)
# Minutes from one snapshot of how things are, for pages and scrapes, to the next.
_SNAPSHOT = 5
# A model may take 25 minutes for a long article.
_ASKING_LEASE = timedelta(hours=1)
# Seconds between two tries to do what one process at a time may do: as long as another may be at it.
_AGAIN, _TRIES = 1.0, 150


class Line(Protocol):
    """The way to the other workers. BrokerError when it is closed or full."""

    def send(self, task: str, ids: Iterable[str] = ()) -> None: ...

    def count_waiting(self, queue: str) -> int:
        """Messages that nobody works on yet."""
        ...


class Jobs:
    """What one process of a worker can do. Nothing is opened before the first message."""

    def __init__(self, config: Config, line: Line) -> None:
        self._config = config
        self._line = line
        self._bench = Workbench(config)
        self._has_read = False

    def close(self) -> None:
        """Lets go of archive and graph, when the process ends."""
        self._bench.close()

    def do(self, task: str, ids: Sequence[str] = ()) -> None:
        """Does what a message asks for.

        While archive or graph do not answer it is tried again for two minutes, and then left: what was taken for it is
        free again in time, and planned anew.
        """
        work = getattr(self, task)
        deadline = 0.0
        while True:
            try:
                work(ids) if task in _WITH_IDS else work()
                return
            except (StoreUnavailable, BrokerError) as error:
                self._bench.close()
                tell(self._config, str(error))
                deadline = deadline or time.monotonic() + _PATIENCE
                if task in _EACH_MINUTE or isinstance(error, BrokerError) or time.monotonic() > deadline:
                    return
                time.sleep(_AGAIN)
            except ClaimGraphError:
                self._bench.close()
                raise

    def plan(self) -> None:
        """Sends what is due: hosts, articles, what follows from them; nothing while another plans, or a run is on."""
        now = read_clock()
        with locking(self._config) as free:
            if not free:
                tell(self._config, "another plan, or an ingest of one process, is running; nothing to do")
                return
            archive = self._bench.archive
            tally = Tally(_find_run(now), dry_run=False)
            for crashed in give_up(archive):
                tally.add_stored(crashed)
                tell(self._config, crashed.message)
            if tally.finish().failures:
                archive.add_to_run(tally.finish())
            self._hand_out("fetch", archive.take_hosts, archive.free_hosts)
            if self._is_graph_there():
                self._hand_out_articles(archive)
                self._send_what_follows(archive)
        if now.minute % _SNAPSHOT == 0:
            archive.keep_snapshot(make_snapshot(archive, now))

    def fetch(self, hosts: Sequence[str]) -> None:
        """Reads what is due at these hosts, and sends on what came of it."""
        archive, now = self._bench.archive, read_clock()
        archive.renew_hosts(hosts)
        with self._tallying(archive, now) as tally:
            asyncio.run(self._fetch(archive, hosts, now, tally))
        archive.free_hosts(hosts)
        if self._is_graph_there():
            self._hand_out_articles(archive)

    def read(self, articles: Sequence[str]) -> None:
        """Reads those of these articles that wait into the graph; what a process died on by itself, and last."""
        archive, session, now = self._bench.archive, self._bench.session, read_clock()
        ids = tuple(map(ArticleId, articles))
        archive.renew_articles(ids)
        stop = _make_stop()
        with self._tallying(archive, now) as tally:
            for pack in plan_pack(archive, ids).pack(size=BATCH):
                begun, done = time.monotonic(), 0
                for event in session.read(pack, now, stop):
                    tally.add_stored(event)
                    done += 0 if isinstance(event, Failure) else event.articles
                if done and self._has_read:
                    archive.note_speed("read", done / (time.monotonic() - begun))
                self._has_read |= done > 0  # the first time, loading is part of it
                if stop():
                    break
        archive.free_articles(ids)

    def ask(self, articles: Sequence[str]) -> None:
        """Has a language model read these articles. What it cannot read now is no try of them: they wait, and are taken
        again when their lease ends.
        """
        self._bench.forget_reader()
        archive, session, now = self._bench.archive, self._bench.session, read_clock()
        ids = tuple(map(ArticleId, articles))
        archive.renew_articles(ids, _ASKING_LEASE)
        with self._tallying(archive, now) as tally:
            for event in session.read(ids, now, counts=False):
                tally.add_stored(event)

    def later(self, articles: Sequence[str]) -> None:
        """Reads these articles, or has them read, when no news wait; else they are free again, and planned anew."""
        fresh = self._config.reading_task
        if not self._line.count_waiting(fresh):
            (self.ask if fresh == "ask" else self.read)(articles)
            return
        archive, ids = self._bench.archive, tuple(map(ArticleId, articles))
        archive.renew_articles(ids)
        archive.free_articles(ids)

    def relate(self) -> None:
        """Compares what was stored with what is known, and tells the graph who copies whom."""
        self._do_alone("derive", self._relate)

    def derive(self) -> None:
        """Derives what is queued, and sends what is new to those who asked for it."""
        self._do_alone("derive", self._derive)

    def tidy(self) -> None:
        """Lets go of what the archive no longer needs, as `claimgraph tidy` does."""
        if not self._do_alone("run", self._tidy):
            tell(self._config, "an ingest is running; nothing was tidied")

    def _relate(self) -> None:
        archive = self._bench.archive
        with self._tallying(archive, read_clock()) as tally:
            for event in compare_articles(archive, self._bench.store.add_copies, _make_stop()):
                tally.add_compared(event)

    def _derive(self) -> None:
        archive, store = self._bench.archive, self._bench.store
        derive_new(self._config, store, read_clock(), _make_stop())
        unsent = deliver(self._config, store, archive, read_clock())
        if unsent:
            with self._tallying(archive, read_clock()) as tally:
                for failure in unsent:
                    tally.add_stored(failure)

    def _tidy(self) -> None:
        archive = self._bench.archive
        archive.tidy(read_clock() - timedelta(days=KEEP_DAYS))
        archive.tidy_lists(read_clock() - LISTS_STAY)

    def _do_alone(self, name: str, work: Callable[[], None]) -> bool:
        """Does what one process at a time may do; False when others were at it all the while."""
        for _ in range(_TRIES):
            with locking(self._config, name) as free:
                if free:
                    work()
                    return True
            time.sleep(_AGAIN)
        return False

    async def _fetch(self, archive: Archive, hosts: Sequence[str], now: datetime, tally: Tally) -> None:
        config = self._config
        make_gate = find_gate(config)
        assert make_gate, "a cluster's archive is on a server"
        with Sandbox() as sandbox:
            async with make_gate() as gate, Fetcher(FetchConfig(config.contact, config.allowed), gate) as fetch:
                async for event in fetch_hosts(
                    archive,
                    fetch,
                    sandbox,
                    hosts,
                    now,
                    bounds=find_bounds(archive, now),
                    scrapers=lambda: self._bench.scrapers,
                    stop=_make_stop(),
                ):
                    if not _was_busy(event):
                        tally.add_fetched(event)

    def _is_graph_there(self) -> bool:
        """Whether the graph answers; without it nothing is sent that needs it."""
        try:
            self._bench.store.count_queued()
        except StoreUnavailable as error:
            tell(self._config, str(error))
            self._bench.close()
            return False
        return True

    def _hand_out_articles(self, archive: Archive) -> None:
        """Sends news; what was published longer ago goes out when no news wait."""
        fresh = self._config.reading_task
        speed = archive.get_speed("read")
        pack = 1 if fresh == "ask" else BATCH if speed is None else max(1, min(BATCH, int(speed * _READING)))
        self._hand_out(fresh, partial(archive.take_articles, pack), archive.free_articles)
        if not self._line.count_waiting(fresh):
            self._hand_out(LATER, partial(archive.take_articles, pack, late=True), archive.free_articles)

    def _hand_out(self, task: str, take: Callable[[], Sequence[T]], free: Callable[[Iterable[T]], None]) -> None:
        """Sends what can be taken, a message a pack, until there is nothing left or enough waits."""
        for _ in range(MOST_WAITING[task] - self._line.count_waiting(task)):
            taken = take()
            if not taken:
                return
            try:
                self._line.send(task, taken)
            except BrokerError:
                free(taken)
                raise

    def _send_what_follows(self, archive: Archive) -> None:
        """One message for each is enough: who works on it goes on until all is done."""
        if self._line.count_waiting("derive"):
            return
        if archive.list_uncompared(1):
            self._line.send("relate")
        if self._bench.store.count_queued() or archive.list_watches():
            self._line.send("derive")

    @contextmanager
    def _tallying(self, archive: Archive, now: datetime) -> Iterator[Tally]:
        """Adds what was done to the run of all workers; what failed is told, too."""
        tally = Tally(_find_run(now), dry_run=False)
        yield tally
        summary = tally.finish()
        archive.add_to_run(summary)
        for failure in summary.failures:
            tell(self._config, failure.message)


def find_bounds(archive: Archive, now: datetime) -> DueBounds:
    """How much a message fetches at each host: pages of news alone while many texts wait, none while as many of these
    are news.
    """
    if archive.count_pending() < MOST_PENDING:
        return _A_HOST
    since = now - NEWS
    return replace(_A_HOST, limit=0) if archive.count_pending(since) >= MOST_PENDING else replace(_A_HOST, news=since)


def _find_run(now: datetime) -> datetime:
    """When the run began that a moment is part of."""
    return now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % _RUN


def _make_stop() -> Callable[[], bool]:
    """Whether what begins now should end."""
    end = time.monotonic() + _LONGEST
    return lambda: time.monotonic() > end


def _was_busy(event: FetchEvent) -> bool:
    """Whether another process was asking the host: nothing failed, it is still due."""
    failure = event.failure if isinstance(event, FeedFailed) else event
    return isinstance(failure, Failure) and failure.reason == "host_busy"
