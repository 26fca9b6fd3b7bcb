"""What is watched and sent: kept with what was told, and forgotten with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.errors import NotFound
from graph.records import Channel, ClaimId, News, Watch, WatchCounts, Watched, WatchedKind
from ingest.archive import Archive

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WATCH = Watch(
    0,
    Watched(WatchedKind.SEARCH, "about:deepseek", (News.STATUS, News.DENIAL)),
    Channel.WEBHOOK,
    "https://a.example/",
    "ja",
    daily=True,
    made_at=NOW,
)
CLAIM = ClaimId("c1")


def test_a_watch_is_kept_with_its_secret(archive: Archive) -> None:
    first, second = archive.add_watch(WATCH, "s3cret"), archive.add_watch(replace(WATCH, channel=Channel.MAIL))
    assert first == replace(WATCH, number=1)
    assert archive.list_watches() == (first, second)
    assert (archive.get_secret(1), archive.get_secret(2), archive.get_secret(9)) == ("s3cret", "", "")
    with pytest.raises(NotFound):
        archive.get_watch(9)


def test_what_was_sent_is_known_and_forgotten_when_it_is_old(archive: Archive) -> None:
    number = archive.add_watch(WATCH).number
    archive.note_sent(number, [(CLAIM, "denial"), (CLAIM, "status:denied")], 1, NOW)
    archive.note_sent(number, [(CLAIM, "denial")], 1, NOW + DAY)
    assert archive.list_told(number) == {(CLAIM, "denial"), (CLAIM, "status:denied")}
    archive.note_told(number, NOW + DAY, NOW)
    assert len(archive.list_told(number)) == 2
    archive.note_told(number, NOW + DAY, NOW + DAY)
    assert archive.list_told(number) == frozenset()
    assert (archive.get_watch(number).told_until, archive.get_watch(number).sent) == (NOW + DAY, 2)


def test_failures_are_counted_until_it_works_again(archive: Archive) -> None:
    for _ in range(2):
        archive.add_watch(WATCH)
    archive.note_unsent(1, "HTTP 500")
    archive.note_unsent(1, "HTTP 503")
    archive.note_sent(2, [(CLAIM, "denial")], 3, NOW)
    assert (archive.get_watch(1).failures, archive.get_watch(1).failure) == (2, "HTTP 503")
    assert archive.count_watches() == WatchCounts(2, 1, 3)
    archive.note_told(1, NOW, NOW)
    assert archive.count_watches() == WatchCounts(2, 0, 3)


def test_what_is_removed_leaves_nothing_and_its_number_is_not_given_again(archive: Archive) -> None:
    archive.add_watch(WATCH, "s3cret")
    archive.note_sent(1, [(CLAIM, "denial")], 1, NOW)
    archive.remove_watch(1)
    assert archive.list_watches() == ()
    assert archive.list_told(1) == frozenset()
    assert archive.get_secret(1) == ""
    assert archive.count_watches() == WatchCounts(0, 0, 0)
    assert archive.add_watch(WATCH).number == 2
    with pytest.raises(NotFound):
        archive.remove_watch(1)
