from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from graph.ids import format_time
from graph.records import Copy, Entry, Feed, RunSummary
from ingest.archive import Archive, Tidied, Validators
from ingest.archive.rows import to_time
from ingest.archive.sqlite import SqliteDatabase
from ingest.copies.comparing import compare_articles
from ingest.sources.schedule import Due
from tests.ingest.retold import JAPANESE, STORY, WIRE, make

NOW = datetime(2026, 9, 1, tzinfo=UTC)
BEFORE = NOW - timedelta(days=90)
FEED = Feed("https://a.example/feed")
ENTRY = Entry(FEED.url, "1", "https://a.example/1", "A story", f"<p>{STORY}</p>", None, ("Ann",))


@pytest.fixture
def archive(archive: Archive) -> Archive:
    archive.add_feed(FEED)
    return archive


def read(archive: Archive, now: datetime, *entries: Entry) -> tuple[Entry, ...]:
    return archive.record_read(FEED, Validators(), now, entries, lambda new: Due(now, timedelta(hours=1))) or ()


def settle(archive: Archive, entry: Entry) -> None:
    [one] = [one for one in archive.list_wanted() if archive.get_entry(one.number) == entry]
    archive.settle_entry(one)


def test_an_old_entry_loses_its_body_and_is_still_known(archive: Archive) -> None:
    read(archive, NOW - timedelta(days=100), ENTRY)
    settle(archive, ENTRY)
    assert archive.tidy(BEFORE).entries == 1
    assert (archive.get_entry(1).html, archive.get_entry(1).authors) == ("", ())
    assert read(archive, NOW, ENTRY) == ()
    assert len(archive.list_wanted()) == 0


def test_an_old_entry_that_changes_is_read_again(archive: Archive) -> None:
    read(archive, NOW - timedelta(days=100), ENTRY)
    settle(archive, ENTRY)
    archive.tidy(BEFORE)
    changed = Entry(FEED.url, "1", ENTRY.url, "A story, corrected", ENTRY.html, None)
    assert read(archive, NOW, changed) == (changed,)


@pytest.mark.parametrize("days", [100, 10])
def test_what_waits_and_what_is_new_stays(archive: Archive, days: int) -> None:
    read(archive, NOW - timedelta(days=days), ENTRY)
    if days == 10:
        settle(archive, ENTRY)
    assert archive.tidy(BEFORE) == Tidied(0, 0, 0, 0)
    assert archive.get_entry(1).html == ENTRY.html


def test_an_old_text_goes_when_the_graph_has_it_and_it_is_compared(archive: Archive) -> None:
    pending, stored, compared = (archive.save_article(make(name, STORY + name)) for name in ("A", "B", "C"))
    archive.mark_stored([stored.id, compared.id], BEFORE - timedelta(days=1))
    archive.mark_compared([compared.id])
    assert archive.tidy(BEFORE).texts == 1
    assert [one.article.text for one in archive.hand_out(archive.list_pending())] == [pending.text]
    assert [article.text for article in archive.list_uncompared(10)] == [stored.text]
    assert archive.is_known(compared)
    # Read again to the letter it is the same version, whole.
    assert archive.save_article(make("C", compared.text)) == compared


def test_copies_are_found_when_the_texts_are_gone(archive: Archive) -> None:
    found: list[Copy] = []

    def relate(copies: Iterable[Copy]) -> int:
        found.extend(copies)
        return 0

    for article in (WIRE, JAPANESE):
        kept = archive.save_article(article)
        archive.mark_stored([kept.id], WIRE.published_at)
        list(compare_articles(archive, relate, lambda: False))
        archive.tidy(NOW)
    assert len(found) == 1
    assert archive.tidy(NOW) == Tidied(0, 0, 0, 0)


def test_old_run_records_go_but_the_last_and_the_totals(archive: Archive) -> None:
    for days in (200, 150, 120):
        archive.record_run(RunSummary(NOW - timedelta(days=days), 1.0, claims_new=2))
    assert archive.tidy(BEFORE).runs == 2
    assert [run.started_at for run in archive.list_runs(9)] == [NOW - timedelta(days=120)]
    assert {total.name: total.value for total in archive.list_totals()}["claims_new"] == 6


def test_a_dry_run_says_the_same_and_changes_nothing(archive: Archive) -> None:
    entries = [Entry(FEED.url, str(number), "", "", "<p>body</p>", None) for number in range(1_200)]
    read(archive, NOW - timedelta(days=100), *entries)
    for one in archive.list_wanted():
        archive.settle_entry(one)
    told = archive.tidy(BEFORE, dry_run=True)
    assert told == Tidied(1_200, 0, 0, 0)
    assert archive.tidy(BEFORE) == told
    assert archive.tidy(BEFORE, dry_run=True) == Tidied(0, 0, 0, 0)


def tidy_all(archive: Archive) -> tuple[int, Tidied, int]:
    """How many hundred steps of the file's database that takes; what was let go of."""
    database = archive._database
    assert isinstance(database, SqliteDatabase)
    steps = count()
    database._db.set_progress_handler(lambda: next(steps) < 0, 100)
    done = archive.tidy(BEFORE), archive.tidy_lists(BEFORE)
    database._db.set_progress_handler(None, 0)
    return next(steps), *done


def fill(archive: Archive, number: int) -> None:
    """So many old entries, texts, vectors, runs and lists, each between two that stay."""
    old, new = (format_time(BEFORE + timedelta(days=days)) for days in (-1, 1))
    rows = [(f"{n:06}", f"https://a.example/{n}", moment) for n in range(number) for moment in (old, new)]
    with archive._writing() as db:
        db.executemany(
            "INSERT INTO entries (feed_url, key, url, title, html, authors, hash, wanted, seen_at)"
            " VALUES ('f', ?, ?, '', 'body', '[]', '', 0, ?)",
            [(id + moment, *rest, moment) for id, *rest, moment in rows],
        )
        # Moments that differ, as those of many runs do.
        apart = [
            (id + moment, url + moment, format_time(to_time(moment) - timedelta(seconds=int(id) // 100)))
            for id, url, moment in rows
        ]
        db.executemany(
            "INSERT INTO articles (id, url, version, source, title, text, lang, published_at, fetched_at, kind,"
            " authors, excerpt, pending, compared, stored_at)"
            " VALUES (?, ?, 1, '{}', '', 'text', 'en', '', '', 'news', '[]', 0, 0, 1, ?)",
            apart,
        )
        db.executemany(
            "INSERT INTO sketches (article, url, source, lang, fetched_at, runs, signature, marks, lead, vectors,"
            " published_at) VALUES (?, ?, '', 'en', '', 1, x'00', '', '', x'00', ?)",
            apart,
        )
        db.executemany("INSERT INTO runs (started_at, summary) VALUES (?, '{}')", [(moment,) for *_, moment in rows])
        lists = [(id, "[]", moment) for id, _, moment in apart]
        db.executemany("INSERT INTO lists (id, items, used_at) VALUES (?, ?, ?)", lists)


def test_twice_as_much_takes_twice_as_long(tmp_path: Path) -> None:
    steps = []
    for number in (2_000, 4_000):
        with Archive(tmp_path / f"{number}.db") as archive:
            fill(archive, number)
            (first, *gone), (again, *nothing) = tidy_all(archive), tidy_all(archive)
        assert (gone, nothing) == ([Tidied(number, number, number, number), number], [Tidied(0, 0, 0, 0), 0])
        steps.append((first, again))
    assert all(more < 2.5 * fewer for fewer, more in zip(*steps, strict=True)), steps
