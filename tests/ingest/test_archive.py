import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph.errors import NotFound, StoreError, StoreUnavailable
from graph.ids import make_article_id
from graph.records import (
    Article,
    ArticleId,
    ArticleKind,
    Entry,
    Failure,
    Feed,
    FeedState,
    RunSummary,
    Source,
    SourceId,
    Stage,
)
from graph.stores import open_store
from ingest.archive import Archive, KeptRobots, Place, Validators
from ingest.archive.sqlite import SqliteDatabase
from ingest.sources.schedule import FIRST, Due

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
LATER = Due(NOW + timedelta(hours=2), timedelta(hours=1))
FEED = Feed("https://a.example/feed", "A", "en")
SOURCE = Source(SourceId("a.example"), "A", "a.example", lang="en")
FAILURE = Failure(Stage.FETCH, FEED.url, "http_503", "HTTP 503")


def plan(new: int) -> Due:
    return LATER


def entry(key: str = "1", html: str = "body", published_at: datetime | None = NOW) -> Entry:
    return Entry(FEED.url, key, f"https://a.example/{key}", "Title", html, published_at, ("Jane",), "en")


def article(text: str = "text", url: str = "https://a.example/1") -> Article:
    return Article(
        ArticleId(""), url, SOURCE, "Title", text, "en", NOW, NOW, ArticleKind.OPINION, authors=("A", "B"), excerpt=True
    )


def test_feeds_are_added_once_listed_and_removed(archive: Archive) -> None:
    assert archive.add_feed(FEED)
    assert not archive.add_feed(replace(FEED, title="B"))
    assert archive.list_feeds() == (FeedState(FEED),)
    archive.remove_feed(FEED.url)
    assert archive.list_feeds() == ()
    for missing in (archive.remove_feed, archive.get_feed):
        with pytest.raises(NotFound):
            missing(FEED.url)


def test_an_address_that_a_server_could_not_list_is_refused_by_a_file_too(archive: Archive) -> None:
    letters = random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=4_000)  # what a server cannot pack
    long = "https://a.example/?" + "".join(letters)
    assert archive.add_feed(Feed(long[:2_000]))
    for url in (long[:2_001], long, long[:1_998] + "か"):
        with pytest.raises(StoreError, match="longer than 2,000 bytes") as caught:
            archive.add_feed(Feed(url))
        assert (caught.value.reason, caught.value.subject) == ("too_long", f"{long[:100]}…")
    assert [state.feed.url for state in archive.list_feeds()] == [long[:2_000]]


def test_a_reading_gives_new_and_changed_entries_only(archive: Archive) -> None:
    archive.add_feed(FEED)
    assert archive.record_read(FEED, Validators(), NOW, [entry("1"), entry("2")], plan) == (entry("1"), entry("2"))
    assert archive.record_read(FEED, Validators(), NOW, [entry("1"), entry("2", "other")], plan) == (
        entry("2", "other"),
    )
    assert archive.find_fresh([entry("1"), entry("3")]) == (entry("3"),)
    assert archive.get_feed(FEED.url).entries == 2


def test_a_feed_counts_its_entries_once_each(archive: Archive) -> None:
    def count() -> list[int]:
        return [state.entries for state in archive.list_feeds()]

    archive.add_feed(FEED)
    archive.record_read(FEED, Validators(), NOW, [entry("1"), entry("2")], plan)
    archive.record_read(FEED, Validators(), NOW, [entry("2", "changed"), entry("3"), entry("3")], plan)
    assert count() == [3]
    archive.remove_feed(FEED.url)
    archive.record_read(FEED, Validators(), NOW, [entry("1")], plan)  # by a run that still has it in hand
    archive.add_feed(FEED)
    assert count() == [1]


def test_markup_and_dates_alone_are_no_change(archive: Archive) -> None:
    archive.add_feed(FEED)
    archive.record_read(FEED, Validators(), NOW, [entry("1", "<p>a  b<img src=x?1></p>")], plan)
    assert archive.record_read(FEED, Validators(), NOW, [entry("1", "<p>a b<img src=x?2></p>", None)], plan) == ()


def test_state_follows_readings_and_failures(archive: Archive) -> None:
    archive.add_feed(Feed(FEED.url))
    validators = Validators('W/"\u00e4"', "Mon, 05 Jan 2026 12:00:00 GMT")
    archive.record_read(FEED, validators, NOW, [], plan)
    poll = archive.get_poll(FEED.url)
    assert (poll.validators, poll.interval, poll.state.feed) == (validators, LATER.interval, FEED)
    assert (poll.state.last_read, poll.state.next_due) == (NOW, LATER.at)
    archive.record_failure(FEED.url, FAILURE, NOW, LATER)
    archive.record_failure(FEED.url, FAILURE, NOW, LATER)
    state = archive.get_feed(FEED.url)
    assert (state.failures, state.last_failure, state.last_read) == (2, FAILURE, NOW)
    assert state.failing_since == NOW
    archive.record_unchanged(FEED.url, NOW, LATER)
    state = archive.get_feed(FEED.url)
    assert (state.failures, state.last_failure, state.failing_since) == (0, None, None)
    assert archive.get_poll(FEED.url).validators == validators


def test_due_feeds_are_new_or_overdue_ones(archive: Archive) -> None:
    for name in ("new", "due", "later", "gone"):
        archive.add_feed(Feed(name))
    archive.record_unchanged("due", NOW, Due(NOW, FIRST))
    archive.record_unchanged("later", NOW, LATER)
    archive.record_failure("gone", FAILURE, NOW, Due(None, FIRST, "gone"))
    assert [poll.state.feed.url for poll in archive.due_feeds(NOW)] == ["new", "due"]
    assert archive.get_feed("gone").given_up == "gone"
    archive.add_feed(Feed("gone"))
    assert archive.get_feed("gone").given_up == ""
    assert [poll.state.feed.url for poll in archive.due_feeds(NOW)] == ["gone", "new", "due"]


def test_what_tells_no_day_is_news_when_its_feed_brings_it_later(archive: Archive) -> None:
    def list_news(since: datetime) -> list[str]:
        return [archive.get_entry(one.number).key for one in archive.list_wanted(news=since)]

    archive.add_feed(FEED)
    days = [timedelta(days=n) for n in range(9)]
    first = [entry("old", published_at=NOW - days[8]), entry("new"), entry("undated", published_at=None)]
    archive.record_read(FEED, Validators(), NOW, first, plan)
    assert list_news(NOW - days[3]) == ["new"]
    archive.record_unchanged(FEED.url, NOW + days[1], LATER)
    archive.record_read(FEED, Validators(), NOW + days[2], [entry("later", published_at=None)], plan)
    assert list_news(NOW - days[1]) == ["new", "later"]
    assert list_news(NOW + days[2]) == ["later"]
    assert list_news(NOW + days[3]) == []
    assert len(archive.list_wanted()) == 4


def test_wanted_entries_wait_until_their_article_is_saved(archive: Archive) -> None:
    archive.add_feed(FEED)
    archive.record_read(FEED, Validators(), NOW, [entry("1"), entry("2", published_at=None)], plan)
    wanted = archive.list_wanted()
    assert [archive.get_entry(one.number) for one in wanted] == [entry("1"), entry("2", published_at=None)]
    assert len(archive.list_wanted(since=NOW + timedelta(days=1))) == 1
    assert archive.list_wanted(feed_url="https://other.example/") == ()
    archive.save_article(article(), wanted[0])
    assert len(archive.list_wanted()) == 1
    for _ in range(3):
        [other] = archive.list_wanted()
        archive.settle_entry(other, retry=True)
    assert len(archive.list_wanted()) == 0


def test_versions_count_texts_at_one_address(archive: Archive) -> None:
    first = archive.save_article(article("one"))
    again = archive.save_article(article("one"))
    second = archive.save_article(article("two"))
    elsewhere = archive.save_article(article("one", "https://a.example/2"))
    assert first == again == replace(article("one"), id=make_article_id(first.url, "one"))
    assert (first.version, second.version, elsewhere.version) == (1, 2, 1)
    assert archive.is_known(article("two"))
    assert not archive.is_known(article("three"))


def test_pending_articles_stay_so_until_stored(archive: Archive) -> None:
    saved = {archive.save_article(article(f"text {n}")).id for n in range(150)}
    assert set(archive.list_pending()) == saved
    archive.mark_stored(list(saved)[:149], NOW)
    for _ in range(3):
        archive.mark_failed(archive.hand_out(archive.list_pending()))
    assert archive.count_pending() == 0


def test_to_tell_what_waits_a_file_looks_at_nothing_else(tmp_path: Path) -> None:
    asked: list[str] = []
    with Archive(tmp_path / "archive.db") as archive:
        database = archive._database
        assert isinstance(database, SqliteDatabase)
        database._db.set_trace_callback(asked.append)
        archive.list_pending()
        archive.count_pending()
        archive.count_pending(NOW)
        archive.take_articles()
        archive.take_articles(late=True)
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        plans = [
            next(detail for *_, detail in db.execute(f"EXPLAIN QUERY PLAN {query}") if "articles USING" in detail)
            for query in asked
            if query.startswith(("SELECT", "WITH")) and "pending = 1" in query
        ]
    assert len(plans) == 7
    assert all("articles_pending" in plan or "articles_tried" in plan for plan in plans), plans


def test_what_is_set_aside_waits_no_more_until_it_is_taken_back(archive: Archive) -> None:
    one, other = (archive.save_article(article(url=f"https://a.example/{n}")) for n in (1, 2))
    archive.set_aside([one.id])
    assert (archive.count_aside(), archive.count_pending()) == (1, 1)
    assert archive.list_pending() == (other.id,)
    assert archive.is_known(one)
    archive.take_back()
    assert (archive.count_aside(), archive.count_pending()) == (0, 2)


def test_what_is_stored_after_all_is_set_aside_no_more(archive: Archive) -> None:
    kept = archive.save_article(article())
    archive.set_aside([kept.id])
    archive.mark_stored([kept.id], NOW)
    archive.take_back()
    assert (archive.count_aside(), archive.count_pending()) == (0, 0)


def test_texts_with_anything_in_them_come_back_to_the_letter(archive: Archive) -> None:
    text = "a\r\nか\u3099\u202e\U0001f600 'quoted' %s ?"
    kept = archive.save_article(article(text))
    [handed] = archive.hand_out([kept.id])
    assert kept.text == handed.article.text == text


def test_a_feed_none_of_whose_pages_could_be_read_is_told_of(archive: Archive) -> None:
    archive.add_feed(FEED)
    entries = [entry("1"), entry("2")]
    archive.record_read(FEED, Validators(), NOW, entries, plan)
    failed = [one.url for one in entries]
    for one in archive.list_wanted():
        archive.settle_entry(one, retry=True)
    assert archive.count_unreadable(failed, NOW) == {FEED.url: 2}
    assert archive.count_unreadable(["https://b.example/1"], NOW) == {}
    third = entry("3")
    archive.record_read(FEED, Validators(), NOW, [third], plan)
    [*_, last] = archive.list_wanted()
    archive.save_article(replace(article(url=third.url)), last)
    assert archive.count_unreadable(failed, NOW) == {}


def test_the_latest_run_is_kept(archive: Archive) -> None:
    assert archive.latest_run() is None
    summary = RunSummary(NOW, 1.5, feeds_due=2, claims_new=3, failures=(FAILURE,))
    archive.record_run(RunSummary(NOW, 1.0))
    archive.record_run(summary)
    assert archive.latest_run() == summary


def test_everything_is_there_after_opening_again(archive_place: Place) -> None:
    with Archive(archive_place) as archive:
        archive.add_feed(FEED)
        archive.record_read(FEED, Validators("e"), NOW, [entry()], plan)
        archive.save_article(article())
    with Archive(archive_place) as archive:
        assert archive.get_poll(FEED.url).validators == Validators("e")
        assert (len(archive.list_wanted()), archive.count_pending()) == (1, 1)


def test_a_plan_of_a_clock_that_was_ahead_is_due(archive: Archive) -> None:
    archive.add_feed(FEED)
    archive.record_unchanged(FEED.url, NOW + timedelta(days=4000), Due(NOW + timedelta(days=4000), FIRST))
    assert [poll.state.feed for poll in archive.due_feeds(NOW)] == [FEED]


def test_a_move_counts_when_three_readings_in_a_row_name_it_and_takes_the_entries_along(archive: Archive) -> None:
    archive.add_feed(FEED)
    archive.record_read(FEED, Validators(), NOW, [entry()], plan)
    new = "https://c.example/"
    answers = [new, new, None, new, "https://login.example/", new, new, new]
    assert [archive.record_move(FEED.url, one) for one in answers] == [FEED.url] * 7 + [new]
    assert archive.get_feed(new).entries == 1


def test_a_move_to_where_a_removed_feed_has_left_entries(archive: Archive) -> None:
    new = Feed("https://c.example/")
    archive.add_feed(FEED)
    archive.record_read(FEED, Validators(), NOW, [entry()], plan)
    archive.record_read(new, Validators(), NOW, [replace(entry(), feed_url=new.url)], plan)
    assert [archive.record_move(FEED.url, new.url) for _ in range(3)][-1] == new.url
    assert archive.get_feed(new.url).entries == len(archive.list_wanted()) == 1


def test_a_move_to_another_feed_ends_the_old_one(archive: Archive) -> None:
    for url in (FEED.url, "https://b.example/"):
        archive.add_feed(Feed(url))
    assert {archive.record_move(FEED.url, "https://b.example/") for _ in range(3)} == {FEED.url}
    assert archive.get_feed(FEED.url).given_up == "moved"
    assert [poll.state.feed.url for poll in archive.due_feeds(NOW)] == ["https://b.example/"]


def test_times_are_those_of_the_newest_entries_seen_where_undated(archive: Archive) -> None:
    archive.add_feed(FEED)
    dated = [entry(str(n), published_at=NOW - timedelta(hours=n)) for n in range(1, 150)]
    archive.record_read(FEED, Validators(), NOW, [*dated, entry("undated", published_at=None)], plan)
    times = archive.list_times(FEED.url)
    assert times == tuple(NOW - timedelta(hours=n) for n in range(100))
    assert archive.list_times("https://other.example/") == ()


def test_robots_files_are_kept_until_replaced(archive: Archive) -> None:
    assert archive.find_robots("https://a.example") is None
    for body in ("User-agent: *", None):
        archive.save_robots("https://a.example", KeptRobots(body, NOW))
        assert archive.find_robots("https://a.example") == KeptRobots(body, NOW)


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable) as caught:
        Archive(path)
    assert caught.value.reason == "newer_schema"
    assert path.read_bytes() == before


def test_a_file_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    with open_store(str(path)) as store:
        store.add([])
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="holds something else") as caught:
        Archive(path)
    assert caught.value.reason == "no_archive"
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["graph.db"]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"this is no database, although it is long enough to look like one" * 20)
    with pytest.raises(StoreUnavailable) as caught:
        Archive(path)
    assert caught.value.reason == "damaged"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        Archive(tmp_path / "nowhere" / "a.db")


def test_a_failed_write_leaves_nothing_half_done(archive: Archive) -> None:
    archive.add_feed(FEED)
    broken = replace(entry("2"), title=None)  # type: ignore[arg-type]
    with pytest.raises((StoreError, TypeError)):
        archive.record_read(FEED, Validators("new"), NOW, [entry("1"), broken], plan)
    assert len(archive.list_wanted()) == 0
    assert archive.get_poll(FEED.url).validators == Validators()
