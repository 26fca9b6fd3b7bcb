from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.records import Barrier, Entry, Failure, Feed, FeedState, RunSummary, SilentFeed, Stage, Total
from ingest.archive import Archive, Validators
from ingest.health import find_silence, make_health, make_snapshot, pick_share, read_snapshot
from ingest.schedule import Due
from tests.ingest.retold import STORY, make

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
FEED = Feed("https://a.example/feed", "A")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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
    assert bool(find_silence(FEED, moments, NOW)) == silent


def test_shares() -> None:
    assert [pick_share([1, 2, 3, 4], share) for share in (0.5, 0.9)] == [2, 4]
    assert pick_share(range(1, 11), 0.9) == 9
    assert pick_share([], 0.5) is None


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


def test_who_is_quiet_follows_what_the_feed_gives_dates_back_and_dates_ahead(archive: Archive) -> None:
    def give(*moments: datetime) -> list[Feed]:
        entries = [Entry(FEED.url, str(key), "", f"{moment}", "", moment) for key, moment in enumerate(moments)]
        archive.record_read(FEED, Validators(), NOW, entries, lambda new: Due(NOW, HOUR))
        return list_quiet(NOW)

    def list_quiet(now: datetime) -> list[Feed]:
        return [feed for feed, _ in archive.list_quiet(now - DAY, now, 20)]

    archive.add_feed(FEED)
    assert list_quiet(NOW) == []  # nothing was ever there
    assert give(NOW - 9 * DAY, NOW - 3 * DAY) == [FEED]
    assert give(NOW - 9 * DAY, NOW - HOUR) == []
    assert give(NOW - 9 * DAY, NOW - 3 * DAY) == [FEED]  # its feed has dated it back
    assert give(NOW - 9 * DAY, NOW - 3 * DAY, NOW + 2 * DAY) == [FEED]
    assert (list_quiet(NOW + 2.5 * DAY), list_quiet(NOW + 4 * DAY)) == ([], [FEED])  # that day has come, and is over
    archive.record_read(
        FEED, Validators(), NOW, [Entry(FEED.url, "undated", "", "", "", None)], lambda new: Due(NOW, HOUR)
    )
    assert list_quiet(NOW) == []


def test_a_feed_that_was_removed_while_it_was_read_is_quiet_as_it_was(archive: Archive) -> None:
    entry = Entry(FEED.url, "1", "", "", "", NOW - 3 * DAY)
    archive.record_read(FEED, Validators(), NOW - 3 * DAY, [entry], lambda new: Due(NOW, HOUR))
    archive.add_feed(FEED)
    assert archive.list_quiet(NOW - DAY, NOW, 20) == ((FEED, (NOW - 3 * DAY,)),)


def test_silent_feeds_are_asked_for_at_once_however_many_are_quiet(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    rows = archive._rows

    def ask(*query: str) -> list[object]:
        asked.append(query)
        return rows(*query)

    monkeypatch.setattr(archive, "_rows", ask)
    numbers = []
    for many in (1, 9):
        for feed in (Feed(f"https://{number}.example/feed") for number in range(many)):
            archive.add_feed(feed)
            entries = [Entry(feed.url, str(at), "", "", "", at) for at in every(HOUR, 30, last=3 * DAY)]
            archive.record_read(feed, Validators(), NOW - 3 * DAY, entries, lambda new: Due(NOW, HOUR))
        asked.clear()
        silent = make_health(archive, NOW).silent
        assert [(one.since, one.usual) for one in silent] == [(NOW - 3 * DAY, 3600.0)] * many
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


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
