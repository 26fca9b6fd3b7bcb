from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from graph.records import Copy, Entry, Feed, RunSummary
from ingest.archive import Archive, Tidied, Validators
from ingest.comparing import compare_articles
from ingest.schedule import Due
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
    assert archive.count_wanted() == 0


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
    for entry in entries:
        settle(archive, entry)
    told = archive.tidy(BEFORE, dry_run=True)
    assert told == Tidied(1_200, 0, 0, 0)
    assert archive.tidy(BEFORE) == told
    assert archive.tidy(BEFORE, dry_run=True) == Tidied(0, 0, 0, 0)
