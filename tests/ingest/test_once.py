"""What is told to the archive twice, or late, counts once: two readers of one thing change what one would."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.records import Entry, Failure, Feed, Stage
from ingest.archive import Archive, Place, Validators
from ingest.sources.schedule import Due
from tests.ingest.retold import make

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
FEED = Feed("https://a.example/feed")
ENTRY = Entry(FEED.url, "1", "https://a.example/1", "A story", "<p>It begins.</p>", None)
LATER = Due(NOW + timedelta(hours=2), timedelta(hours=2))
FAILURE = Failure(Stage.FETCH, FEED.url, "timeout", "no answer")


@pytest.fixture
def archive(archive_place: Place) -> Iterator[Archive]:
    with Archive(archive_place) as kept:
        kept.add_feed(FEED)
        yield kept


def plan(new: int) -> Due:
    return LATER


def test_of_two_readings_planned_alike_one_is_recorded(archive: Archive) -> None:
    planned = archive.get_feed(FEED.url)
    assert archive.record_read(FEED, Validators("1"), NOW, [ENTRY], plan, planned) == (ENTRY,)
    kept = archive.get_poll(FEED.url)
    assert archive.record_read(FEED, Validators("2"), NOW, [replace(ENTRY, key="2")], plan, planned) is None
    assert not archive.record_unchanged(FEED.url, NOW, LATER, planned)
    archive.record_failure(FEED.url, FAILURE, NOW, LATER, planned)
    assert archive.get_poll(FEED.url) == kept
    assert len(archive.list_wanted()) == 1


def test_a_failure_told_twice_is_one(archive: Archive) -> None:
    planned = archive.get_feed(FEED.url)
    for _ in range(2):
        archive.record_failure(FEED.url, FAILURE, NOW, LATER, planned)
    assert archive.get_feed(FEED.url).failures == 1
    gone = archive.get_feed(FEED.url)
    for _ in range(2):
        archive.record_failure(FEED.url, FAILURE, NOW, Due(None, LATER.interval, "gone"), gone)
    assert archive.get_feed(FEED.url).failures == 2


def test_a_reading_of_a_feed_that_was_removed_keeps_nothing(archive: Archive) -> None:
    planned = archive.get_feed(FEED.url)
    archive.remove_feed(FEED.url)
    assert archive.record_read(FEED, Validators(), NOW, [ENTRY], plan, planned) is None
    assert len(archive.list_wanted()) == 0


def test_a_page_tried_in_vain_by_two_costs_one_attempt(archive: Archive) -> None:
    archive.record_read(FEED, Validators(), NOW, [ENTRY], plan)
    [one] = archive.list_wanted()
    for _ in range(3):
        archive.settle_entry(one, retry=True)
    [again] = archive.list_wanted()
    assert (again.attempts, archive.is_wanted(one), archive.is_wanted(again)) == (1, False, True)


def test_a_page_had_by_one_is_not_wanted_again_by_the_failure_of_the_other(archive: Archive) -> None:
    archive.record_read(FEED, Validators(), NOW, [ENTRY], plan)
    [one] = archive.list_wanted()
    archive.save_article(make("a", "A text."), one)
    archive.settle_entry(one, retry=True)
    assert len(archive.list_wanted()) == 0


def test_an_entry_that_its_feed_changes_while_its_page_is_fetched_is_wanted_still(archive: Archive) -> None:
    archive.record_read(FEED, Validators(), NOW, [ENTRY], plan)
    [one] = archive.list_wanted()
    archive.record_read(FEED, Validators(), NOW, [replace(ENTRY, title="Corrected")], plan)
    archive.save_article(make("a", "A text."), one)
    archive.settle_entry(one)
    assert [one.changed for one in archive.list_wanted()] == [True]


def test_a_check_told_twice_is_one(archive: Archive) -> None:
    kept = archive.save_article(make("a", "A text."))
    archive.watch_page(kept, kept.url, Validators("1"), NOW)
    [page] = archive.due_pages(NOW)
    for _ in range(2):
        archive.note_check(page, Validators("2"), NOW)
    [now] = archive.due_pages(NOW)
    assert (now.checks, now.validators) == (1, Validators("2"))


def test_only_what_waits_is_handed_out_set_aside_or_failed(archive: Archive) -> None:
    kept = archive.save_article(make("a", "A text."))
    other = archive.save_article(make("b", "Another text."))
    first = archive.hand_out([kept.id, other.id])
    second = archive.hand_out([kept.id])
    archive.mark_failed(first)  # the later reading of the one tells what became of it
    assert [one.tries for one in (*first, *second)] == [1, 1, 2]
    archive.mark_stored([kept.id], NOW)
    archive.mark_failed(second)
    archive.set_aside([kept.id])
    archive.take_in([kept.id])
    assert archive.hand_out([kept.id]) == ()
    assert (archive.list_pending(), archive.count_pending(), archive.count_aside()) == ((other.id,), 1, 0)
    archive.mark_failed(archive.hand_out([other.id]))
    archive.mark_failed(archive.hand_out([other.id]))
    assert archive.count_pending() == 0


def test_what_runs_died_on_is_counted_and_can_be_tried_again(archive: Archive) -> None:
    kept = archive.save_article(make("a", "A deadly text."))
    for _ in range(3):
        archive.hand_out([kept.id])
    assert archive.count_crashed() == 0
    assert archive.leave_crashed() == ((kept.id, kept.url),)
    assert (archive.count_crashed(), archive.count_pending()) == (1, 0)
    assert archive.take_crashed() == 1
    assert (archive.list_suspects(), archive.count_crashed()) == ((kept.id,), 0)
    for _ in range(2):
        archive.hand_out([kept.id])
    assert len(archive.leave_crashed()) == 1
    archive.mark_stored([kept.id], NOW)
    assert archive.count_crashed() == 0
