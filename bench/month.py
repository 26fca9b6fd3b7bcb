"""A month of polling on a fake clock: `python -m bench.month [DAYS]`.

200 feeds that write as labs, newspapers, aggregators, Japanese media, journals, podcasts and people do are asked by a
run each quarter of an hour. First the rule alone, beside an hourly reading and the rule without rhythm: requests and
entries missed (gone from the document before they were seen) and how late they were had. Then the real thing: archive,
sandboxed parser, schedule, an article kept for each entry, with an answering function in the network's place; each week
what is older than a week is let go of. Its memory and file, week by week, one process for all runs.
"""

import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.cpu import count_ended
from graph.records import Failure, Feed, FeedState
from graph.stores.vacuum import vacuum
from ingest.archive import Archive
from ingest.network.fetch import Request, Response
from ingest.pages import make_article
from ingest.parsing.article import Page
from ingest.polling import FeedRead, read_feeds
from ingest.sandbox import Sandbox
from ingest.sources.rhythm import MOST_TIMES
from ingest.sources.schedule import FIRST, Outcome, next_due

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
TICK = timedelta(minutes=15)
_HISTORY = timedelta(days=120)

Plan = Callable[[str, timedelta, datetime, int, Sequence[datetime]], tuple[datetime, timedelta]]


@dataclass(frozen=True, slots=True)
class Habit:
    """How a kind of feed writes. `hours`: UTC; `at_once`: entries of one update; `shown`: entries of its document."""

    name: str
    feeds: int
    a_week: float
    hours: range
    weekends: float
    at_once: int = 1
    shown: int = 20


HABITS = (
    Habit("lab", 40, 3, range(14, 22), 0.1),
    Habit("newspaper", 30, 100, range(6, 22), 0.4, shown=30),
    Habit("aggregator", 10, 420, range(24), 0.9),
    Habit("japanese media", 40, 40, range(10), 0.2),
    Habit("journal", 10, 5, range(1, 2), 0.0, at_once=40, shown=60),
    Habit("podcast", 20, 1, range(9, 11), 0.0),
    Habit("person", 40, 0.5, range(24), 1.0),
    Habit("silent", 10, 0, range(24), 1.0),
)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A feed and when its entries come out, oldest first."""

    url: str
    habit: Habit
    times: tuple[datetime, ...]

    def show(self, now: datetime) -> list[int]:
        """Numbers of the entries in its document."""
        last = sum(1 for time in self.times if time <= now)
        return list(range(max(0, last - self.habit.shown), last))


def make_outlets(days: int) -> list[Outlet]:
    chance = random.Random(7)
    return [
        Outlet(f"https://{habit.name.replace(' ', '-')}-{n}.example/feed", habit, _make_times(habit, days, chance))
        for habit in HABITS
        for n in range(habit.feeds)
    ]


def _make_times(habit: Habit, days: int, chance: random.Random) -> tuple[datetime, ...]:
    weight = 5 + 2 * habit.weekends
    times: list[datetime] = []
    day = START - _HISTORY
    while day < START + timedelta(days=days):
        share = habit.weekends if day.weekday() >= 5 else 1.0
        expected = habit.a_week * share / weight
        updates = int(expected) + (chance.random() < expected % 1)
        for _ in range(updates):
            moment = day + timedelta(hours=chance.choice(habit.hours), seconds=chance.randrange(3600))
            times += [moment] * habit.at_once
        day += timedelta(days=1)
    return tuple(sorted(times))


def plan_as_built(
    url: str, interval: timedelta, now: datetime, new: int, times: Sequence[datetime]
) -> tuple[datetime, timedelta]:
    due = next_due(FeedState(Feed(url)), interval, now, Outcome(new=new), times)
    assert due.at
    return due.at, due.interval


def plan_without_rhythm(
    url: str, interval: timedelta, now: datetime, new: int, times: Sequence[datetime]
) -> tuple[datetime, timedelta]:
    return plan_as_built(url, interval, now, new, ())


def plan_hourly(
    url: str, interval: timedelta, now: datetime, new: int, times: Sequence[datetime]
) -> tuple[datetime, timedelta]:
    return now + FIRST, FIRST


@dataclass(slots=True)
class Score:
    """What the month cost and brought."""

    requests: int = 0
    missed: int = 0
    waits: list[float] | None = None

    def format(self, name: str) -> str:
        waits = sorted(self.waits or [0.0])
        return (
            f"{name:22} {self.requests:8,} {len(waits):8,} {self.missed:6} {statistics.median(waits):8.2f}"
            f" {statistics.fmean(waits):8.2f} {waits[int(0.9 * len(waits))]:8.2f}"
        )


def simulate(outlet: Outlet, days: int, plan: Plan, score: Score) -> None:
    """One feed for the month, with the rule alone."""
    end, now, interval = START + timedelta(days=days), START, FIRST
    seen: set[int] = set()
    while now < end:
        score.requests += 1
        shown = outlet.show(now)
        new = [number for number in shown if number not in seen]
        seen.update(new)
        note_waits(score, [outlet.times[number] for number in new], now)
        known = sorted({outlet.times[number] for number in seen}, reverse=True)[:MOST_TIMES]
        due, interval = plan(outlet.url, interval, now, len(new), known)
        now = START + -(-(due - START) // TICK) * TICK
    # What came out at the end is not late yet.
    score.missed += sum(
        1 for n, one in enumerate(outlet.times) if START < one < end - timedelta(days=1) and n not in seen
    )


def note_waits(score: Score, times: Sequence[datetime], now: datetime) -> None:
    score.waits = score.waits if score.waits is not None else []
    score.waits += [(now - one).total_seconds() / 3600 for one in times if one > START]


def compare(outlets: Sequence[Outlet], days: int) -> None:
    print(f"{'':22} {'requests':>8} {'entries':>8} {'missed':>6} {'h median':>8} {'h mean':>8} {'h 90 %':>8}")
    for name, plan in (("hourly", plan_hourly), ("without rhythm", plan_without_rhythm), ("as built", plan_as_built)):
        whole, parts = Score(), {habit.name: Score() for habit in HABITS}
        for outlet in outlets:
            for score in (whole, parts[outlet.habit.name]):
                simulate(outlet, days, plan, score)
        print(whole.format(name))
        if plan is plan_as_built:
            print("\n".join(part.format(f"  {kind}") for kind, part in parts.items()))


async def run_month(outlets: Sequence[Outlet], days: int, folder: str) -> None:
    """The real code, asked every quarter of an hour of the fake clock."""
    by_url = {outlet.url: outlet for outlet in outlets}
    score, failures, now = Score(), 0, START
    had: list[datetime] = []

    async def answer(request: Request) -> Response:
        score.requests += 1
        outlet = by_url[request.url]
        shown = outlet.show(now)
        etag = f'"{shown[-1] if shown else 0}"'
        if request.etag == etag:
            return Response(request.url, 304, b"", etag=etag, not_modified=True)
        return Response(request.url, 200, write_feed(outlet, shown), "application/feed+json", etag=etag)

    path = Path(folder, "archive.db")
    started = time.process_time()
    print(f"{'week':>4} {'entries':>8} {'MiB':>6} {'after tidying':>13} {'bytes an entry':>14} {'memory MiB':>10}")
    with Sandbox() as sandbox:
        for week in range(-(-days // 7)):
            with Archive(path) as archive:
                for outlet in outlets:
                    archive.add_feed(Feed(outlet.url))
                for tick in range(week * 672, min(week * 7 + 7, days) * 96):
                    now = START + tick * TICK
                    polls = archive.due_feeds(now)
                    async for event in read_feeds(archive, answer, sandbox, polls, now, dry_run=False, stop=_go_on):
                        if isinstance(event, Failure):
                            failures += 1
                        elif isinstance(event, FeedRead):
                            times = [entry.published_at or now for entry in event.fresh]
                            had += times
                            note_waits(score, times, now)
                            keep_articles(archive, now)
            report_week(week, path, now)
    # What came out on the last day is not late yet.
    settled = START + timedelta(days=days - 1)
    out = sum(1 for outlet in outlets for one in outlet.times if START < one < settled)
    score.missed = out - sum(1 for one in had if START < one < settled)
    print(score.format("the real thing"))
    print(f"failures {failures}; own CPU {time.process_time() - started:.0f} s, parsers {count_ended():.0f} s")


def _go_on() -> bool:
    return False


def keep_articles(archive: Archive, now: datetime) -> None:
    """What the later stages leave of each wanted entry: its article, in the graph, compared."""
    for wanted in archive.list_wanted():
        entry = archive.get_entry(wanted.number)
        text = f"{entry.title}. " + f"This is what the page of {entry.url} says beyond its feed. " * 40
        page = Page(text=text, title=entry.title, lang="en", published_at=entry.published_at)
        archive.save_article(make_article(page, entry.url, now, entry=entry), wanted)
    ids = archive.list_pending()
    archive.mark_stored(ids, now)
    archive.mark_compared(ids)


def report_week(week: int, path: Path, now: datetime) -> None:
    """Lets go of what is older than a week, as `claimgraph tidy` does, and prints what is left."""
    before = path.stat().st_size
    with Archive(path) as archive:
        entries = sum(state.entries for state in archive.list_feeds())
        archive.tidy(now - timedelta(days=7))
    vacuum(path, loose=True)
    after = path.stat().st_size
    print(f"{week + 1:4} {entries:8,} {before / 1e6:6.1f} {after / 1e6:13.1f} {after / entries:14.0f}", end=" ")
    print(f"{resident_kib() / 1024:10.0f}", flush=True)


def write_feed(outlet: Outlet, shown: Sequence[int]) -> bytes:
    """A JSON Feed, which costs a fifth of what an XML one does to parse."""
    items = [
        {
            "id": str(n),
            "url": f"{outlet.url}/{n}",
            "title": f"Entry {n}",
            "date_published": outlet.times[n].isoformat(),
            "content_html": f"<p>{'News. ' * 60}</p>",
        }
        for n in reversed(shown)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": outlet.url, "items": items}).encode()


def resident_kib() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def main(days: int) -> None:
    outlets = make_outlets(days)
    print(f"load {os.getloadavg()[0]:.1f}; {len(outlets)} feeds, {days} days")
    compare(outlets, days)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run_month(outlets, days, folder))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
