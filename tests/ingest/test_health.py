from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.records import Barrier, Entry, Failure, Feed, FeedState, RunSummary, SilentFeed, Stage, Total
from ingest.archive import Archive, Validators
from ingest.archive.migrations import fill_silences
from ingest.health import make_health, make_snapshot, read_snapshot
from ingest.sources.rhythm import find_silence, pick_share
from ingest.sources.schedule import Due
from tests.ingest.retold import STORY, make

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
FEED = Feed("https://a.example/feed", "A")
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def every(gap: timedelta, number: int = 10, last: timedelta = timedelta()) -> list[datetime]:
    """Moments so far apart, newest first, the newest so long ago."""
    return [NOW - last - gap * place for place in range(number)]


@pytest.mark.parametrize(
    ("moments", "silent"),
    [
        pytest.param(every(HOUR), False, id="in rhythm"),
        pytest.param(every(HOUR, last=20 * HOUR), False, id="a night is no silence"),
        pytest.param(every(HOUR, last=25 * HOUR), True, id="hourly, silent for a day"),
        pytest.param(every(DAY, last=2.5 * DAY), False, id="a weekend"),
        pytest.param(every(DAY, last=4 * DAY), True, id="daily, silent for four days"),
        pytest.param(every(7 * DAY, last=20 * DAY), False, id="weekly, silent for twenty days"),
        pytest.param(every(HOUR, 4, last=90 * DAY), False, id="no rhythm to tell"),
        pytest.param([], False, id="never an entry"),
    ],
)
def test_which_feeds_are_silent(moments: list[datetime], silent: bool) -> None:
    found = find_silence(moments)
    assert (found is not None and found.begins < NOW) == silent


def test_shares() -> None:
    assert [pick_share([1, 2, 3, 4], share) for share in (0.5, 0.9)] == [2, 4]
    assert pick_share(range(1, 11), 0.9) == 9


def store(archive: Archive, name: str, published_at: datetime, lag: timedelta) -> None:
    article = archive.save_article(make(name, f"{STORY} {name}", (published_at - make(name, "").published_at) / HOUR))
    archive.mark_stored([article.id], published_at + lag)


def test_lag_is_from_publication_to_the_graph(archive: Archive) -> None:
    for number in range(1, 11):
        store(archive, f"n{number}", NOW - 2 * DAY, timedelta(minutes=number))
    # What a new feed brings from long ago tells nothing of how fast news are read.
    store(archive, "old", NOW - 60 * DAY, 59 * DAY)
    health = make_health(archive, NOW)
    assert (health.lag, health.slow) == (300.0, 540.0)


def test_of_many_articles_those_stored_last_tell_the_lag(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.archive.articles.MOST_LAGS", 3)
    for number in range(1, 7):
        store(archive, f"n{number}", NOW - number * HOUR, timedelta(minutes=number))
    assert archive.find_lags(NOW - DAY, (0.5, 1)) == (120.0, 180.0)


def test_what_is_read_twice_keeps_the_moment_of_the_first_time(archive: Archive) -> None:
    article = archive.save_article(make("A", STORY))
    for hours in (1, 30):
        archive.mark_stored([article.id], article.published_at + hours * HOUR)
    assert archive.find_lags(article.published_at, (1,)) == (3600.0,)


def test_what_a_process_of_before_stored_without_its_lag_counts_for_nothing_until_it_is_told(archive: Archive) -> None:
    for number in range(1, 5):
        store(archive, f"n{number}", NOW - DAY, timedelta(minutes=number))
    late = archive.save_article(make("A", STORY))
    archive.mark_stored([late.id], late.published_at + HOUR)
    with archive._database.writing() as db:
        db.execute("UPDATE articles SET lag = NULL WHERE id = ?", (late.id,))
    since = min(late.published_at, NOW - DAY)
    assert archive.find_lags(since, (0.5, 1)) == (120.0, 240.0)
    archive.mark_stored([late.id], late.published_at + 30 * HOUR)
    assert archive.find_lags(since, (0.5, 1)) == (180.0, 3600.0)


def run(moment: datetime, *reasons: str) -> RunSummary:
    failures = tuple(Failure(Stage.FETCH, "https://a.example", reason, "it failed") for reason in reasons)
    return RunSummary(moment, 2.5, feeds_read=2, claims_new=3, failures=failures, copies_new=1)


def test_failures_of_a_week_by_reason_and_totals_of_all_time(archive: Archive) -> None:
    for summary in (run(NOW - 8 * DAY, "dns"), run(NOW - DAY, "timeout", "http_503"), run(NOW, "timeout")):
        archive.record_run(summary)
    health = make_health(archive, NOW)
    assert (health.runs, health.failures) == (2, (("timeout", 2), ("http_503", 1)))
    assert {Total("runs", "", 3), Total("claims_new", "", 9), Total("copies_new", "", 3), Total("seconds", "", 7.5)} < {
        *health.totals
    }
    assert [total for total in health.totals if total.name == "failures"] == [
        Total("failures", "dns", 1), Total("failures", "http_503", 1), Total("failures", "timeout", 2)
    ]  # fmt: skip


def test_silent_feeds_by_their_entries_and_none_that_fails(archive: Archive) -> None:
    entries = [
        Entry(FEED.url, str(place), "", "", "", moment) for place, moment in enumerate(every(HOUR, last=3 * DAY))
    ]
    # A date that lies ahead is none.
    entries.append(Entry(FEED.url, "ahead", "", "", "", NOW + 900 * DAY))
    archive.add_feed(FEED)
    archive.record_read(FEED, Validators(), NOW - 3 * DAY, entries, lambda new: Due(NOW, HOUR))
    [silent] = make_health(archive, NOW).silent
    assert (silent.feed, silent.since, silent.usual) == (FEED, NOW - 3 * DAY, 3600.0)
    for due in (Due(NOW, HOUR), Due(None, HOUR, "gone")):
        archive.record_failure(FEED.url, Failure(Stage.FETCH, FEED.url, "dns", "no such name"), NOW, due)
        assert make_health(archive, NOW).silent == ()


def test_who_is_silent_follows_what_the_feed_gives_dates_back_and_dates_ahead(archive: Archive) -> None:
    old = every(HOUR, last=9 * DAY)

    def give(newest: datetime, *more: datetime) -> list[tuple[datetime, float]]:
        moments = [*old, newest, *more]
        entries = [Entry(FEED.url, str(key), "", f"{moment}", "", moment) for key, moment in enumerate(moments)]
        archive.record_read(FEED, Validators(), NOW, entries, lambda new: Due(NOW, HOUR))
        return list_silent(NOW)

    def list_silent(now: datetime) -> list[tuple[datetime, float]]:
        return [(one.since, one.usual) for one in archive.list_silent(now)]

    archive.add_feed(FEED)
    assert list_silent(NOW) == []  # nothing was ever there
    assert give(NOW - 3 * DAY) == [(NOW - 3 * DAY, 3600.0)]
    assert give(NOW - HOUR) == []
    assert give(NOW - 3 * DAY) == [(NOW - 3 * DAY, 3600.0)]  # its feed has dated it back
    assert give(NOW - 3 * DAY, NOW + 900 * DAY) == []  # it came, whatever day it says
    assert list_silent(NOW + 30 * DAY) == [(NOW, 3 * DAY / SECOND)]


def test_a_feed_that_was_removed_while_it_was_read_is_silent_as_it_was(archive: Archive) -> None:
    entries = [Entry(FEED.url, str(at), "", "", "", at) for at in every(HOUR, last=3 * DAY)]
    archive.record_read(FEED, Validators(), NOW - 3 * DAY, entries, lambda new: Due(NOW, HOUR))
    archive.add_feed(FEED)
    assert archive.list_silent(NOW) == (SilentFeed(FEED, NOW - 3 * DAY, 3600.0),)


def test_of_feeds_that_were_read_before_this_was_kept_it_is_told_from_their_entries(archive: Archive) -> None:
    for feed, last in ((FEED, 3 * DAY), (Feed("https://b.example/feed"), HOUR)):
        archive.add_feed(feed)
        entries = [Entry(feed.url, str(at), "", "", "", at) for at in every(HOUR, last=last)]
        archive.record_read(feed, Validators(), NOW - last, entries, lambda new: Due(NOW, HOUR))
    silent = archive.list_silent(NOW)
    with archive._database.writing() as db:
        db.execute("UPDATE feeds SET newest = NULL, usual = NULL, silent_from = NULL")
        fill_silences(db)
    assert archive.list_silent(NOW) == silent == (SilentFeed(FEED, NOW - 3 * DAY, 3600.0),)


def test_an_empty_archive_is_well(archive: Archive) -> None:
    health = make_health(archive, NOW)
    assert (health.runs, health.lag, health.failures, health.silent, health.totals) == (0, None, (), (), ())


def test_what_a_run_kept_is_told_until_the_next_and_of_feeds_that_are_there(archive: Archive) -> None:
    archive.record_run(run(NOW, "dns"))
    gone = Feed("https://gone.example/feed")
    counted = make_snapshot(archive, NOW)
    silent = (SilentFeed(FEED, NOW, 0.5), SilentFeed(gone, NOW, 1))
    kept = replace(counted, health=replace(counted.health, lag=60.0, slow=90.5, silent=silent))
    archive.keep_snapshot(kept)
    archive.record_run(run(NOW, "timeout"))
    told = read_snapshot(archive, [FeedState(FEED)], NOW + 9 * DAY)
    assert told == replace(kept, health=replace(kept.health, silent=silent[:1]))
    archive.keep_snapshot(make_snapshot(archive, NOW))
    assert read_snapshot(archive, (), NOW).health.runs == 2


def test_what_grows_with_the_archive_is_counted_by_runs_and_not_at_each_look(archive: Archive) -> None:
    aside, bare, part = (
        archive.save_article(replace(make(name, STORY), barrier=barrier))
        for name, barrier in (("A", None), ("B", None), ("P", Barrier.PAYWALL))
    )
    archive.set_aside([aside.id])
    archive.keep_bare([bare.id])
    told = read_snapshot(archive, (), NOW)  # no run has told yet
    assert (told.aside, told.bare, told.barriers) == (1, 1, ((Barrier.PAYWALL, 1),))
    archive.keep_snapshot(told)
    archive.set_aside([part.id])
    assert read_snapshot(archive, (), NOW) == told
    assert make_snapshot(archive, NOW).aside == 2


def test_what_another_version_kept_is_counted_anew(archive: Archive) -> None:
    archive.keep_snapshot(make_snapshot(archive, NOW))
    archive.set_aside([archive.save_article(make("A", STORY)).id])
    with archive._database.writing() as db:
        db.execute("UPDATE health SET record = replace(record, 'health', 'well')")
    assert archive.get_snapshot() is None
    assert read_snapshot(archive, (), NOW).aside == 1


def test_feeds_whose_pages_all_failed_in_the_last_run_are_kept_with_their_number(archive: Archive) -> None:
    archive.add_feed(FEED)
    url = "https://a.example/1"
    archive.record_read(
        FEED, Validators(), NOW, [Entry(FEED.url, "1", url, "A story", "", None)], lambda new: Due(NOW, HOUR)
    )
    failed = replace(run(NOW), articles_failed=1, failures=(Failure(Stage.FETCH, url, "dns", "no such host"),))
    archive.record_run(failed)
    assert make_snapshot(archive, NOW).unreadable == ((FEED.url, 1),)
    archive.record_run(run(NOW))
    assert make_snapshot(archive, NOW).unreadable == ()
