"""The contract of the archive's two databases: whatever is asked of them in whatever order, their answers are equal."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreError
from graph.records import (
    Article,
    ArticleId,
    ArticleKind,
    Barrier,
    Channel,
    ClaimId,
    Entry,
    Failure,
    Feed,
    FeedState,
    Health,
    Misreading,
    News,
    Report,
    RunSummary,
    SilentFeed,
    Snapshot,
    Source,
    SourceId,
    Stage,
    Total,
    Watch,
    Watched,
    WatchedKind,
)
from ingest.archive import Archive, KeptRobots, Place, Server, Validators, Wanted
from ingest.archive import Watched as WatchedPage
from ingest.archive.copying import TABLES, list_columns
from ingest.archive.places import open_database
from ingest.network.addresses import find_host, name_host
from ingest.sketches import Sketch
from ingest.sources.schedule import Due

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
# What locales, quoting and encodings disagree about.
TEXTS = (
    "",
    "a",
    "B",
    "_b",
    "ä",
    "Z",
    "か\u3099",
    "\U00020bb7",
    "100 % ? %s $1 :a",
    "\\ 'quoted' \"twice\"",
    "a\r\n\tb",
)
FEEDS = tuple(f"https://{name}.example/feed" for name in ("a", "B", "ä", "か"))
LONG = "https://a.example/" + random.Random(1).randbytes(2_000).hex()
PAGES = tuple(f"https://a.example/{name}?q=%20" for name in ("1", "2", "Ä", "か", "x" * 9_000))
KEYS = ("1", "2", "Ä", "か", "x" * 4_000, "か" * 1_500)
_OWN = {("entries", "id"), ("hosts", "taken_until"), ("hosts", "rest_until"), ("articles", "taken_until")}
Program = random.Random
Call = Callable[[Archive], Any]


def moment(chance: Program) -> datetime:
    """Whole seconds and parts of them, and another zone than UTC at times."""
    zone = chance.choice((UTC, UTC, datetime.now().astimezone().tzinfo))
    return (NOW + timedelta(seconds=chance.choice((0, 1, 60.25, 3600.5, -86_400, -9_999_999)))).astimezone(zone)


def feed(chance: Program) -> Feed:
    return Feed(chance.choice((*FEEDS, LONG)), chance.choice(TEXTS), chance.choice((None, "en", "ja")))


def entry(chance: Program) -> Entry:
    return Entry(
        chance.choice(FEEDS), chance.choice(KEYS), chance.choice(PAGES), chance.choice(TEXTS), chance.choice(TEXTS),
        chance.choice((None, moment(chance))), (chance.choice(TEXTS),), chance.choice((None, "en")),
    )  # fmt: skip


def article(chance: Program) -> Article:
    source = Source(SourceId("a.example"), chance.choice(TEXTS), "a.example", lang="en")
    return Article(
        ArticleId(""), chance.choice(PAGES), source, chance.choice(TEXTS), chance.choice(TEXTS), "en",
        moment(chance), moment(chance), chance.choice(tuple(ArticleKind)), authors=(chance.choice(TEXTS),),
        excerpt=chance.random() < 0.5, barrier=chance.choice((None, *Barrier)),
    )  # fmt: skip


def sketch(chance: Program) -> Sketch:
    return Sketch(
        ArticleId(chance.choice(TEXTS)), chance.choice(PAGES), "a.example", "en", moment(chance), moment(chance), 3,
        chance.randbytes(16), frozenset(chance.sample(TEXTS, 3)), (chance.choice(TEXTS),),
    )  # fmt: skip


def failure(chance: Program) -> Failure:
    message = chance.choice(("why\0?", 'no \\u0000"', "\\\0\\\\u0000\\u0000"))
    return Failure(Stage.FETCH, chance.choice(PAGES), chance.choice(("dns", "timeout", "http_503")), message)


def run(chance: Program) -> RunSummary:
    failures = tuple(failure(chance) for _ in range(chance.randrange(4)))
    return RunSummary(moment(chance), chance.random(), claims_new=chance.randrange(9), failures=failures)


def watch(chance: Program) -> Watch:
    watched = Watched(WatchedKind.SEARCH, chance.choice(TEXTS), (News.STATUS, News.DENIAL))
    return Watch(0, watched, chance.choice(tuple(Channel)), "to", "ja", daily=chance.random() < 0.5, made_at=NOW)


def due(chance: Program) -> Due:
    return Due(chance.choice((None, moment(chance))), HOUR * chance.random(), chance.choice(("", "gone")))


def validators(chance: Program) -> Validators:
    return Validators(chance.choice((None, *TEXTS)), chance.choice((None, *TEXTS)))


class Ids:
    """The articles that a program has saved; the same on both sides, as an id is a hash."""

    def __init__(self) -> None:
        self.known: list[ArticleId] = []

    def some(self, chance: Program) -> list[ArticleId]:
        return chance.sample(self.known, min(len(self.known), 3))


def calls(chance: Program, ids: Ids) -> dict[str, Call]:
    """One call of every public method, with arguments drawn anew."""
    url, page, other, at, later = (
        chance.choice(FEEDS), chance.choice(PAGES), chance.choice(FEEDS), moment(chance), moment(chance)
    )  # fmt: skip
    one, kept, some, fresh = article(chance), entry(chance), ids.some(chance), [entry(chance) for _ in range(5)]
    number, own, told = chance.randrange(1, 5), due(chance), [(ClaimId(chance.choice(TEXTS)), "denial")]
    text, share, flag = chance.choice(TEXTS), chance.random(), chance.random() < 0.5
    name, failed, summary, sent = feed(chance), failure(chance), run(chance), watch(chance)
    shape, validated, drawn = sketch(chance), validators(chance), chance.randbytes(8)
    seen, origin = WatchedPage(page, page, validated, 1), chance.choice(("https://a.example", "https://か.example"))
    moved = chance.choice((None, other, "https://new.example/" + "x" * 3_000))
    sender, claim = chance.choice(("192.0.2.1", "192.0.2.2")), ClaimId(chance.choice(TEXTS))
    report = Report(claim, chance.choice(tuple(Misreading)), text, NOW + HOUR * chance.randrange(5))
    health = Health(1, share, None, (("dns", 2),), (SilentFeed(name, at, share),), (Total("runs", text, 1.5),))
    snapshot = Snapshot(health, number, 2, ((Barrier.PAYWALL, 3),), ((url, 4),))

    def plan(new: int) -> Due:
        return replace(own, interval=new * HOUR)

    def planned(archive: Archive, url: str) -> FeedState | None:
        """The feed as it is, or was before another reading, or nothing."""
        found = [state for state in archive.list_feeds() if state.feed.url == url]
        if not found or share < 0.3:
            return None
        return found[0] if flag else replace(found[0], failures=7)

    def pick(archive: Archive) -> list[Wanted]:
        """A few of the wanted entries, some as they were before another attempt."""
        found = archive.list_wanted()[number - 1 :: 5]
        return [replace(one, attempts=one.attempts + (share < 0.3)) for one in found]

    def save(archive: Archive) -> Article:
        saved = archive.save_article(one, next(iter(pick(archive)), None) if flag else None)
        if saved.id not in ids.known:
            ids.known.append(saved.id)
        return saved

    return {
        "add_feed": lambda a: a.add_feed(name),
        "remove_feed": lambda a: a.remove_feed(url) if share < 0.3 else None,
        "list_feeds": lambda a: a.list_feeds(),
        "list_titles": lambda a: a.list_titles(find_host(url)),
        "get_feed": lambda a: a.get_feed(url),
        "get_poll": lambda a: a.get_poll(url),
        "due_feeds": lambda a: a.due_feeds(at),
        "list_times": lambda a: a.list_times(url),
        "list_silent": lambda a: a.list_silent(max(at, later)),
        "record_read": lambda a: a.record_read(name, validated, at, fresh, plan, planned(a, name.url)),
        "record_unchanged": lambda a: a.record_unchanged(url, at, own, planned(a, url)),
        "record_failure": lambda a: a.record_failure(url, failed, at, own, planned(a, url)),
        "record_move": lambda a: [a.record_move(url, moved) for _ in range(number)],
        "find_fresh": lambda a: a.find_fresh(fresh),
        "list_wanted": lambda a: strip(
            a.list_wanted(at if flag else None, url if share < 0.5 else None, news=later if share < 0.2 else None)
        ),
        "is_wanted": lambda a: [a.is_wanted(one) for one in pick(a)],
        "get_entry": lambda a: [a.get_entry(one.number) for one in a.list_wanted()] or a.get_entry(10**9),
        "count_unreadable": lambda a: a.count_unreadable([page, kept.url, "\0"], at),
        "settle_entry": lambda a: [a.settle_entry(one, retry=flag) for one in pick(a)],
        "list_aside": lambda a: a.list_aside(number),
        "has_article": lambda a: a.has_article(page),
        "is_known": lambda a: a.is_known(one),
        "get_latest": lambda a: a.get_latest(page),
        "count_barriers": lambda a: list(a.count_barriers().items()),
        "save_article": save,
        "list_pending": lambda a: a.list_pending(),
        "list_latest": lambda a: a.list_latest([*some, ArticleId(text)]),
        "list_suspects": lambda a: a.list_suspects(),
        "hand_out": lambda a: a.hand_out(some, counts=flag),
        "take_in": lambda a: a.take_in(some),
        "count_crashed": lambda a: a.count_crashed(),
        "take_crashed": lambda a: a.take_crashed(),
        "leave_crashed": lambda a: a.leave_crashed(),
        "count_pending": lambda a: a.count_pending(at if flag else None),
        "mark_stored": lambda a: a.mark_stored(some, at, some[:number % 3]),
        "keep_bare": lambda a: a.keep_bare(some),
        "note_claims": lambda a: a.note_claims(one, own.at if flag else None),
        "take_bare": lambda a: a.take_bare() if share < 0.3 else None,
        "count_bare": lambda a: a.count_bare(),
        "has_stored": lambda a: a.has_stored(page),
        "set_aside": lambda a: a.set_aside(some),
        "take_back": lambda a: a.take_back(),
        "count_aside": lambda a: a.count_aside(),
        "count_aside_in": lambda a: a.count_aside_in(at, later if flag else None, fetched=share < 0.5),
        "list_uncompared": lambda a: a.list_uncompared(number),
        "mark_compared": lambda a: a.mark_compared(some[:1]),
        "find_lags": lambda a: a.find_lags(at, (share, 1)),
        "mark_failed": lambda a: a.mark_failed(a.hand_out(some[:1])),
        "watch_page": lambda a: a.watch_page(one, page, validated, own.at),
        "due_pages": lambda a: a.due_pages(at),
        "note_check": lambda a: a.note_check(seen, validated, own.at),
        "find_robots": lambda a: a.find_robots(origin),
        "save_robots": lambda a: a.save_robots(origin, KeptRobots(text if flag else None, at)),
        "save_sketches": lambda a: a.save_sketches([shape]),
        "list_sketches": lambda a: a.list_sketches(min(at, later), max(at, later)),
        "list_sketched": lambda a: a.list_sketched(min(at, later), max(at, later)),
        "get_sketches": lambda a: a.get_sketches([shape.article, *some]),
        "get_vectors": lambda a: a.get_vectors(shape.article),
        "save_vectors": lambda a: a.save_vectors(shape.article, drawn),
        "record_run": lambda a: a.record_run(summary),
        "add_to_run": lambda a: a.add_to_run(summary),
        "note_speed": lambda a: a.note_speed(text, share),
        "get_speed": lambda a: a.get_speed(text),
        "latest_run": lambda a: a.latest_run(),
        "list_runs": lambda a: a.list_runs(number),
        "count_runs": lambda a: a.count_runs(at if flag else None),
        "count_failures": lambda a: a.count_failures(at),
        "keep_snapshot": lambda a: a.keep_snapshot(snapshot),
        "get_snapshot": lambda a: a.get_snapshot(),
        "list_totals": lambda a: a.list_totals(),
        "add_watch": lambda a: a.add_watch(sent, text),
        "get_watch": lambda a: a.get_watch(number),
        "list_watches": lambda a: a.list_watches(),
        "count_watches": lambda a: a.count_watches(),
        "get_secret": lambda a: a.get_secret(number),
        "remove_watch": lambda a: a.remove_watch(number) if share < 0.3 else None,
        "list_told": lambda a: sorted(a.list_told(number)),
        "note_sent": lambda a: a.note_sent(number, told, 2, at),
        "note_told": lambda a: a.note_told(number, at, later),
        "note_unsent": lambda a: a.note_unsent(number, text),
        "find_list": lambda a: a.find_list(text, at),
        "change_list": lambda a: a.change_list(text, at, lambda items: (items + text)[-40:]),
        "add_report": lambda a: a.add_report(report, sender),
        "list_reports": lambda a: a.list_reports(),
        "take_hosts": lambda a: a.take_hosts(),
        "free_hosts": lambda a: a.free_hosts([name_host(url), name_host(page)][:number]),
        "renew_hosts": lambda a: a.renew_hosts([name_host(url), name_host(page)][:number]),
        "rest_host": lambda a: a.rest_host(name_host(url)) if share < 0.3 else None,
        "is_at_rest": lambda a: a.is_at_rest(name_host(url)),
        "take_articles": lambda a: a.take_articles(number, late=flag),
        "renew_articles": lambda a: a.renew_articles(some),
        "free_articles": lambda a: a.free_articles(some),
        "tidy": lambda a: a.tidy(at - 2 * HOUR, dry_run=flag),
        "tidy_lists": lambda a: a.tidy_lists(at, dry_run=flag),
    }  # fmt: skip


def strip(wanted: tuple[Wanted, ...]) -> list[tuple[str, bool, int, str]]:
    """Without the numbers of entries: a file gives those of removed ones again, a server does not."""
    return [(one.url, one.changed, one.attempts, one.hash) for one in wanted]


def answer(call: Call, archive: Archive) -> object:
    """What a call gives, or how it is refused, without where."""
    try:
        return call(archive)
    except StoreError as error:
        return type(error), error.reason


def dump(place: Place) -> dict[str, list[Any]]:
    """All that an archive holds, but for the numbers of entries and what its own clock told."""
    held = {}
    with closing(open_database(place)) as database:
        for table in TABLES:
            columns = [name for name in list_columns(database, table) if (table, name) not in _OWN]
            held[table] = sorted(database.rows(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
    return held


def play(seed: int, archives: list[Archive], steps: int) -> Iterator[str]:
    """Plays one program on each; the names of what was called."""
    chance, ids = random.Random(seed), Ids()
    for _ in range(steps):
        drawn = calls(chance, ids)
        # What fills comes as often as what asks.
        name = chance.choice((*drawn, "add_feed", "record_read", "record_read", "save_article", "save_article"))
        first, *others = (repr(answer(drawn[name], archive)) for archive in archives)
        assert others == [first] * len(others), name
        yield name


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_in_whatever_order_both_say_the_same(tmp_path: Path, server_place: Server, seed: int) -> None:
    places = (tmp_path / "archive.db", server_place)
    with Archive(places[0]) as file, Archive(places[1]) as server:
        called = set(play(seed, [file, server], 1_000))
        assert file.count_aside() == file._rows("SELECT count(*) FROM articles WHERE aside = 1")[0][0]
    public = {name for name in dir(Archive) if not name.startswith("_")} - {"close"}
    assert called == public
    assert dump(places[0]) == dump(places[1])
