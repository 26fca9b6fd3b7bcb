"""A full archive on PostgreSQL: how long it takes to plan, to ask what is due, and to count how things are.

The archive is ten days of news: entries of all feeds, of which one in four has been quiet for three days, texts of the
later ones, nine in ten of them not about AI, runs of a quarter of an hour with a hundred failures each. A minute brings
what it would: feeds that are due, pages wanted, texts that wait, pages to be asked again. Then the same is asked with
PostgreSQL telling how it went about it.
"""

import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import takewhile
from math import ceil
from pathlib import Path
from statistics import fmean
from typing import Any

import psycopg

from bench.cpu import count_cpu
from commands.archive_settings import ArchiveAccount, ArchiveServer
from commands.jobs import Jobs
from commands.settings import Config
from graph.ids import format_time
from graph.records import Article, ArticleId, Entry, Failure, Feed, RunSummary, Source, SourceId, Stage
from ingest.archive import Archive, Validators
from ingest.archive import Server as Place
from ingest.archive.migrations import fill_silences
from ingest.archive.rows import dump
from ingest.health import make_snapshot
from ingest.sources.schedule import Due
from tests.postgres.server import Server

DAYS = 10
RUNS_A_DAY, FAILURES = 96, 100
MINUTES_A_DAY = 1_440
# A day, by the month in results.md.
POLLS_A_FEED = 6.8
ROUNDS, EXPLAINED, SLOWEST = 40, 12, 3
# Seconds from publication to the graph, at the most.
LATEST = 7_200
BAR = 200.0
_DATA = Path(__file__).parents[1] / "data"
_BIG = frozenset({"entries", "articles", "pages", "sketches"})
_WORDS = [a + b for a in ("lab", "chip", "model", "court", "price", "data", "team", "rule") for b in "abcdefghijklmnop"]
_PLAN = re.compile(r"LOG:  duration: ([\d.]+) ms  plan:\n((?:\t.*\n)*)")
_SCAN = re.compile(r"Seq Scan on (\w+)")
_EXPLAIN = (
    "session_preload_libraries = 'auto_explain'",
    "auto_explain.log_min_duration = 0",
    "auto_explain.log_nested_statements = on",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows there are."""

    feeds: int
    entries: int
    articles: int

    @property
    def articles_a_minute(self) -> int:
        return max(1, self.articles // DAYS // MINUTES_A_DAY)

    @property
    def polls_a_minute(self) -> int:
        return max(1, int(self.feeds * POLLS_A_FEED) // MINUTES_A_DAY)


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds of a question: by the clock, and of processors, the server's too."""

    wall: float
    cpu: float


class Counting:
    """Takes the messages of a plan, and no more than one minute brings waits."""

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()

    def send(self, task: str, ids: Iterable[str] = ()) -> None:
        self.sent[task] += 1

    def count_waiting(self, queue: str) -> int:
        return 0


def measure(feeds: int, entries: int, articles: int) -> None:
    """Fills an archive, and prints how long each question takes."""
    size, server = Size(feeds, entries, articles), Server()
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            place = server.make()
            Archive(place).close()
            begun = time.perf_counter()
            with _connect(place) as db:
                _fill(db, size)
            with Archive(place) as archive, archive._database.writing() as writing:
                fill_silences(writing)
            with _connect(place) as db:
                db.execute("VACUUM ANALYZE")
                [(used,)] = db.execute("SELECT pg_database_size(current_database())").fetchall()
            print(
                f"{feeds:,} feeds, {entries:,} entries, {articles:,} articles: {time.perf_counter() - begun:.0f} s, "
                f"{used / 1e9:.1f} GB; load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            _print_times(_ask(server.pid, place, size, Path(folder), ROUNDS))
            _explain(server, place, size, Path(folder))
    finally:
        server.close()


def _ask(pid: int, place: Place, size: Size, folder: Path, rounds: int) -> dict[str, list[Asked]]:
    """Lets minutes pass, and asks at each what a newsroom asks: how long each question took, by its name.

    pid  of the server
    """
    (folder / "password").write_text(place.password, encoding="ascii")
    at = ArchiveServer(place.address, ArchiveAccount(place.user, folder / "password"))
    jobs = Jobs(Config(str(folder / "graph.db"), at, _DATA, quiet=True), Counting())
    found: dict[str, list[Asked]] = {}
    chance, hosts = random.Random(rounds), _list_hosts(size)
    with Archive(place) as archive, _connect(place) as db:
        questions: dict[str, Callable[[datetime], object]] = {
            "plan": lambda now: jobs.plan(),
            "due feeds": archive.due_feeds,
            "wanted pages of 32 hosts": lambda now: archive.list_wanted(
                hosts=chance.sample(hosts, min(32, len(hosts)))
            ),
            "pages due": archive.due_pages,
            "snapshot": lambda now: archive.keep_snapshot(make_snapshot(archive, now)),
        }
        for _ in range(rounds):
            _pass_minute(db, size, chance)
            for name, question in questions.items():
                theirs, ours, begun, now = count_cpu(pid), time.process_time(), time.perf_counter(), datetime.now(UTC)
                question(now)
                wall, cpu = time.perf_counter() - begun, time.process_time() - ours
                found.setdefault(name, []).append(Asked(1_000 * wall, 1_000 * (cpu + count_cpu(pid) - theirs)))
    jobs.close()
    return found


def _print_times(found: dict[str, list[Asked]]) -> None:
    for name, asked in found.items():
        times = sorted(one.wall for one in asked)
        late, cpu = times[ceil(len(times) * 0.95) - 1], sum(one.cpu for one in asked) / len(asked)
        told = "" if late <= BAR else f"   over {BAR:.0f} ms"
        print(f"  {name:28}{times[len(times) // 2]:9.1f} ms p50{late:9.1f} ms p95{cpu:9.1f} ms CPU{told}", flush=True)


def _explain(server: Server, place: Place, size: Size, folder: Path) -> None:
    """Asks the same again, and what else grows with the archive; prints which tables were read through from end to
    end, for big ones by which query, and which statements took longest."""
    database = place.address.rpartition("/")[2]
    for setting in _EXPLAIN:
        server.execute(f"ALTER DATABASE {database} SET {setting}")
    log = server.home / "log"
    before = log.stat().st_size
    _ask(server.pid, place, size, folder, EXPLAINED)
    with Archive(place) as archive:
        for _ in range(EXPLAINED):
            _work(archive, size)
    with log.open(encoding="utf-8", errors="replace") as file:
        file.seek(before)
        plans = [(float(took), _get_query(plan), _SCAN.findall(plan)) for took, plan in _PLAN.findall(file.read())]
    scans = Counter((table, query) for _, query, tables in plans for table in tables)
    small = sorted({table for table, _ in scans} - _BIG)
    print(f"  {len(plans):,} statements explained; small tables read through: {', '.join(small)}")
    for (table, query), times in sorted(scans.items()):
        if table in _BIG:
            print(f"  {table} read through {times} times: {query[:200]}")
    big = sum(times for (table, _), times in scans.items() if table in _BIG)
    print(f"  big tables read through: {big} times; explained, the slowest took")
    asked: dict[str, list[float]] = {}
    for took, query, _ in plans:
        asked.setdefault(query, []).append(took)
    for query, durations in sorted(asked.items(), key=lambda one: -fmean(one[1]))[:SLOWEST]:
        print(f"  {fmean(durations):9.1f} ms: {query[:200]}", flush=True)


def _get_query(plan: str) -> str:
    """The statement, without what comes of it."""
    lines = takewhile(lambda line: "(cost=" not in line, plan.splitlines())
    return " ".join(" ".join(lines).split()).removeprefix("Query Text: ")


def _work(archive: Archive, size: Size) -> None:
    """What a message asks of the archive, apart from its plan."""
    feed, now = _name_feed(size.feeds // 2), datetime.now(UTC)
    pages = (f"{feed}/{number}" for number in (size.feeds // 2, time.monotonic_ns()))  # a known one, a new one
    entries = [Entry(feed, page, page, "Title", "body", now) for page in pages]
    known = archive.get_poll(feed)
    archive.find_fresh(entries)
    archive.record_read(Feed(feed), Validators(), now, entries, lambda _: Due(now + timedelta(hours=1), known.interval))
    for entry in entries:
        archive.has_article(entry.url)
        archive.has_stored(entry.url)
    [one, *_] = archive.list_wanted(hosts=[_name_host(size.feeds // 2)])
    entry = archive.get_entry(one.number)
    source = Source(SourceId("a.example"), "A", "a.example")
    text = f"{time.monotonic_ns()} is new."
    article = archive.save_article(Article(ArticleId(""), entry.url, source, "T", text, "en", now, now), one)
    archive.watch_page(article, entry.url, Validators(), now + timedelta(days=1))
    archive.hand_out([article.id])
    archive.mark_stored([article.id], now)
    archive.list_uncompared(128)
    archive.mark_compared([article.id])
    archive.count_pending()
    archive.leave_crashed()


def _pass_minute(db: psycopg.Connection[Any], size: Size, chance: random.Random) -> None:
    """What was due was done, and the next is: the archive as it is when a plan looks at it."""
    now = datetime.now(UTC)
    later, past = format_time(now + timedelta(hours=3)), format_time(now - timedelta(minutes=1))
    many = size.articles_a_minute
    articles = [_name_article(number) for number in chance.sample(range(size.articles), many)]
    entries = chance.sample(range(1, size.entries + 1), many)
    feeds = [_name_feed(number) for number in chance.sample(range(size.feeds), size.polls_a_minute)]
    pages = [_name_page(size, 10 * number) for number in chance.sample(range(size.articles // 10), many // 10)]
    db.execute("UPDATE articles SET pending = 0, aside = 1, taken_until = NULL WHERE pending = 1")
    db.execute("UPDATE articles SET pending = 1, aside = 0, bare = 0, tries = 0 WHERE id = ANY(%s)", [articles])
    db.execute("UPDATE entries SET wanted = 0 WHERE wanted = 1")
    db.execute("UPDATE entries SET wanted = 1 WHERE id = ANY(%s)", [entries])
    db.execute("UPDATE feeds SET next_due = %s WHERE next_due <= %s", [later, format_time(now)])
    db.execute("UPDATE feeds SET next_due = %s WHERE url = ANY(%s)", [past, feeds])
    db.execute("UPDATE pages SET next_check = NULL WHERE next_check <= %s", [format_time(now)])
    db.execute("UPDATE pages SET next_check = %s WHERE url = ANY(%s)", [past, pages])
    db.execute("UPDATE hosts SET taken_until = %s WHERE taken_until > %s", [past, format_time(now)])


def _fill(db: psycopg.Connection[Any], size: Size) -> None:
    now = datetime.now(UTC)
    chance = random.Random(1)
    words = [" ".join(chance.choices(_WORDS, k=150)) for _ in range(200)]

    def back(number: int, of: int, late: int = 0) -> str:
        """When the one of that number came, or so many seconds later: the first ten days ago, the last just now."""
        return format_time(now - timedelta(days=DAYS) * (1 - number / of) + timedelta(seconds=late))

    later = format_time(now + timedelta(hours=3))
    feeds = (
        (_name_feed(n), _name_host(n), f"Feed {n}", "en", format_time(now), later, 3_600, size.entries // size.feeds)
        for n in range(size.feeds)
    )
    _copy(db, "feeds (url, host, title, lang, last_read, next_due, interval, entries)", feeds)
    entries = (
        (feed, f"{feed}/{n}", f"{feed}/{n}", f"Title {n}", "", back(n, size.entries), "[]", "en", f"{n:032x}", 0,
         back(n, size.entries), "")
        for n in range(size.entries)
        for feed in [_name_feed(_find_feed(size, n))]
    )  # fmt: skip
    columns = "feed_url, key, url, title, html, published_at, authors, lang, hash, wanted, seen_at, host"
    _copy(db, f"entries ({columns})", entries)
    source = dump({"id": "a.example", "name": "A", "domain": "a.example", "kind": "media", "lang": "en"})
    _copy(
        db,
        "articles (id, url, version, source, title, text, lang, published_at, fetched_at, kind, authors, excerpt,"
        " pending, compared, stored_at, lag, aside, bare)",
        (
            (_name_article(n), _name_page(size, n), 1, source, f"Title {n}", words[n % 200], "en", moment, moment,
             "news", "[]", 0, 0, int(stored), back(n, size.articles, lag) if stored else None, lag if stored else None,
             int(n % 10 > 0), int(n % 50 == 0))
            for n in range(size.articles)
            for stored in [n % 10 == 0 and n % 50 > 0]
            for moment, lag in [(back(n, size.articles), n * 37 % LATEST)]
        ),
    )  # fmt: skip
    _copy(
        db,
        "pages (url, asked, host, checks, next_check)",
        (
            (_name_page(size, n), _name_page(size, n), _name_host(n % size.feeds), 1, later if n % 50 else None)
            for n in range(0, size.articles, 10)
        ),
    )
    _copy(db, "hosts (host, taken_until)", ((host, back(0, 1)) for host in _list_hosts(size)))
    _copy(db, "runs (started_at, summary, reasons)", _make_runs(now, size))
    db.execute("INSERT INTO counts SELECT 'aside', count(*) FROM articles WHERE aside = 1")
    db.execute("SELECT setval(pg_get_serial_sequence('entries', 'id'), %s)", [size.entries])


def _make_runs(now: datetime, size: Size) -> Iterator[tuple[str, str, str]]:
    failures = [
        asdict(Failure(Stage.FETCH, _name_page(size, n), "timeout", f"{_name_page(size, n)}: no answer in time"))
        for n in range(0, size.articles, max(1, size.articles // FAILURES))
    ]
    for number in range(DAYS * RUNS_A_DAY):
        begun = format_time(now - timedelta(days=DAYS) + number * timedelta(minutes=15))
        summary = asdict(RunSummary(now, 60.0, articles_new=5_000, articles_failed=FAILURES))
        yield begun, dump({**summary, "started_at": begun, "failures": failures}), dump({"timeout": FAILURES})


def _copy(db: psycopg.Connection[Any], columns: str, rows: Iterable[Sequence[object]]) -> None:
    with db.cursor() as cursor, cursor.copy(f"COPY {columns} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _connect(place: Place) -> psycopg.Connection[Any]:
    """For what a newsroom does not ask: it is not explained."""
    options = "-c auto_explain.log_min_duration=-1"
    return psycopg.connect(place.address, user=place.user, password=place.password, autocommit=True, options=options)


def _list_hosts(size: Size) -> list[str]:
    return sorted({_name_host(number) for number in range(size.feeds)})


def _name_host(feed: int) -> str:
    """Four feeds in five have a host of their own."""
    return f"host{feed - feed % 5 // 4}.example"


def _name_feed(number: int) -> str:
    return f"https://{_name_host(number)}/feed/{number}"


def _name_page(size: Size, number: int) -> str:
    """Articles are those of the later entries."""
    entry = number + size.entries - size.articles
    return f"{_name_feed(_find_feed(size, entry))}/{entry}"


def _find_feed(size: Size, entry: int) -> int:
    """Whose entry it is: one feed in four has been quiet for three days."""
    return entry % (size.feeds if entry < size.entries * 0.7 else max(1, size.feeds * 3 // 4))


def _name_article(number: int) -> str:
    return "a" + sha256(str(number).encode()).hexdigest()[:16]
