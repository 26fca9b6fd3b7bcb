"""Who has which hosts and articles, on both databases: one at a time, until the lease ends by the database's clock."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.records import Article, ArticleId, Failure, Feed, RunSummary, Stage
from ingest.archive import Archive, Place, Server, Validators, open_database
from ingest.archive.migrations import fill_hosts
from ingest.stages import plan_fetching
from tests.archive.test_equal import dump, play
from tests.archive.test_server import NOW, entry, plan, together
from tests.archive.test_server import article as make_article

PAST = "2026-01-01T00:00:00Z"
DAY = timedelta(days=1)
TODAY = datetime.now(UTC)


def article(text: str, age: int = 0) -> Article:
    """One that was published so many days ago."""
    return replace(make_article(text), published_at=TODAY - age * DAY)


def add(archive: Archive, hosts: Iterable[str]) -> None:
    for host in hosts:
        archive.add_feed(Feed(f"https://{host}/feed"))


def change(place: Place, statement: str, *arguments: object) -> None:
    with closing(open_database(place)) as database, database.writing() as db:
        db.execute(statement, arguments)


def test_a_host_is_taken_by_one_until_it_is_freed_and_then_comes_last(archive_place: Place) -> None:
    with Archive(archive_place) as mine, Archive(archive_place) as other:
        add(mine, "abcd")
        assert mine.take_hosts(2) == ("a", "b")
        assert other.take_hosts(1) == ("c",)
        assert other.take_hosts() == ("d",)
        assert mine.take_hosts() == other.take_hosts() == ()
        mine.free_hosts("a")
        assert other.take_hosts() == ("a",)
        mine.free_hosts("abcd")
        change(archive_place, "UPDATE hosts SET taken_until = ? WHERE host = 'c'", PAST)
        assert other.take_hosts(1) == ("c",)


def test_a_lease_ends_by_itself_within_a_quarter_of_an_hour(archive_place: Place) -> None:
    with Archive(archive_place) as archive:
        add(archive, "ab")
        before = datetime.now(UTC)
        assert archive.take_hosts() == ("a", "b")
        with closing(open_database(archive_place)) as database:
            [[until]] = database.rows("SELECT taken_until FROM hosts WHERE host = 'a'")
        assert 899 <= (datetime.fromisoformat(until) - before).total_seconds() <= 960
        change(archive_place, "UPDATE hosts SET taken_until = ? WHERE host = 'b'", PAST)
        assert archive.take_hosts() == ("b",)


def test_who_works_has_it_for_as_long_again_and_may_free_it(archive_place: Place) -> None:
    with Archive(archive_place) as planner, Archive(archive_place) as worker:
        add(planner, "ab")
        id = planner.save_article(article("text")).id
        assert (planner.take_hosts(), planner.take_articles()) == (("a", "b"), (id,))
        for table in ("hosts", "articles"):
            change(archive_place, f"UPDATE {table} SET taken_until = ?", PAST)
        worker.renew_hosts("a")
        worker.renew_articles([id])
        assert (planner.take_hosts(), planner.take_articles()) == (("b",), ())
        worker.free_hosts("a")
        worker.free_articles([id])
        assert (planner.take_hosts(), planner.take_articles()) == (("a",), (id,))


def test_what_is_read_for_the_third_time_is_not_given_up_before_its_lease_ends(archive_place: Place) -> None:
    with Archive(archive_place) as archive:
        id = archive.save_article(article("text")).id
        for _ in range(3):
            archive.hand_out([id])
        archive.renew_articles([id])
        assert archive.leave_crashed() == ()
        archive.free_articles([id])
        assert [one for one, _ in archive.leave_crashed()] == [id]


def test_parts_of_one_run_make_one_record_whoever_adds_them(archive_place: Place) -> None:
    failure = Failure(Stage.FETCH, "https://a.example", "dns", "")
    with Archive(archive_place) as archive, ThreadPoolExecutor(4) as pool:
        parts = [RunSummary(NOW, 0.5, feeds_due=1, claims_new=2, failures=(failure,)) for _ in range(12)]
        archive.add_to_run(parts[0])

        def work(some: list[RunSummary]) -> None:
            with Archive(archive_place) as own:
                for part in some:
                    own.add_to_run(part)

        list(pool.map(work, [parts[1:4], parts[4:8], parts[8:]]))
        [run] = archive.list_runs(9)
        assert run == RunSummary(NOW, 6.0, feeds_due=12, claims_new=24, failures=(failure,) * 12)
        totals = {(one.name, one.label): one.value for one in archive.list_totals()}
        assert (totals["runs", ""], totals["claims_new", ""], totals["failures", "dns"]) == (1, 24, 12)


def test_who_is_late_does_not_free_what_another_has_by_now(archive_place: Place) -> None:
    with Archive(archive_place) as late, Archive(archive_place) as other:
        add(late, "a")
        id = late.save_article(article("text")).id
        assert (late.take_hosts(), late.take_articles()) == (("a",), (id,))
        for table in ("hosts", "articles"):
            change(archive_place, f"UPDATE {table} SET taken_until = ?", PAST)
        time.sleep(1)  # by which the clock of a database tells one moment from another
        assert (other.take_hosts(), other.take_articles()) == (("a",), (id,))
        late.free_hosts("a")
        late.free_articles([id])
        assert (late.take_hosts(), late.take_articles()) == ((), ())
        other.free_hosts("a")
        other.free_articles([id])
        assert (late.take_hosts(), late.take_articles()) == (("a",), (id,))


def test_a_host_at_rest_is_not_given_out(archive_place: Place) -> None:
    with Archive(archive_place) as archive:
        add(archive, "ab")
        archive.rest_host("a")
        assert (archive.is_at_rest("a"), archive.is_at_rest("b"), archive.is_at_rest("c")) == (True, False, False)
        assert archive.take_hosts() == ("b",)
        archive.rest_host("b")
        archive.free_hosts("b")
        assert archive.take_hosts() == ()
        change(archive_place, "UPDATE hosts SET rest_until = ? WHERE host = 'a'", PAST)
        assert archive.take_hosts() == ("a",)


@pytest.mark.parametrize("seed", range(2))
def test_hosts_are_given_out_for_whatever_is_due(archive_place: Place, seed: int) -> None:
    with Archive(archive_place) as archive:
        list(play(seed, [archive], 400))
        change(archive_place, "DELETE FROM hosts")
        hosts = plan_fetching(archive, datetime.now(UTC))
        assert hosts
        assert archive.take_hosts(1_000) == tuple(sorted(hosts))


def test_an_archive_of_before_learns_the_hosts_of_what_it_has(archive_place: Place) -> None:
    with Archive(archive_place) as archive:
        list(play(3, [archive], 400))
        change(archive_place, "DELETE FROM hosts")
        change(archive_place, "UPDATE entries SET host = '' WHERE wanted = 0")
        change(archive_place, "UPDATE pages SET host = '' WHERE next_check IS NULL")
    before = dump(archive_place)
    for table in ("feeds", "entries", "pages"):
        change(archive_place, f"UPDATE {table} SET host = ''")
    assert dump(archive_place) != before
    with closing(open_database(archive_place)) as database, database.writing() as db:
        fill_hosts(db)
    assert dump(archive_place) == before


def test_a_moved_feed_and_a_changed_entry_are_due_at_their_new_hosts(archive_place: Place) -> None:
    with Archive(archive_place) as archive:
        feed = Feed("https://a.example/feed")
        archive.add_feed(feed)
        for _ in range(3):
            archive.record_move(feed.url, "https://b.example/feed")
        assert archive.take_hosts() == ("b.example",)
        archive.record_read(Feed("https://b.example/feed"), Validators(), NOW, [entry("1")], plan)
        assert archive.take_hosts() == ("a.example",)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://münchen.example/feed", "xn--mnchen-3ya.example"),
        ("https://[2001:db8:0:0::1]/feed", "2001:db8::1"),
    ],
)
def test_however_a_host_is_spelled_it_is_at_rest_by_the_name_that_was_asked(
    archive_place: Place, url: str, host: str
) -> None:
    with Archive(archive_place) as archive:
        archive.add_feed(Feed(url))
        assert plan_fetching(archive, NOW) == archive.take_hosts() == (host,)
        archive.free_hosts([host])
        archive.rest_host(host)
        assert archive.take_hosts() == ()


def test_a_name_that_is_too_long_for_a_host_is_due_as_none(archive_place: Place) -> None:
    with Archive(archive_place) as archive:
        archive.add_feed(Feed(f"https://{'x' * 1_000}.example/feed"))
        assert archive.take_hosts() == plan_fetching(archive, NOW) == ("",)


def test_what_is_no_news_is_taken_by_who_asks_for_it_and_the_latest_comes_first(archive_place: Place) -> None:
    with Archive(archive_place) as archive:
        ids = {age: archive.save_article(article(f"text {age}", age)).id for age in (-1, 1, 2, 4, 5, 6, 9)}
        archive.hand_out([ids[1], ids[9]])
        assert [archive.take_articles(1) for _ in range(4)] == [(ids[-1],), (ids[2],), (ids[1],), ()]
        assert archive.take_articles(2, late=True) == tuple(sorted((ids[4], ids[5])))
        assert [archive.take_articles(2, late=True) for _ in range(3)] == [(ids[6],), (ids[9],), ()]
        assert (archive.count_pending(), archive.count_pending(TODAY - 3 * DAY)) == (7, 3)


def test_articles_go_in_packs_and_what_runs_died_on_alone(archive_place: Place) -> None:
    with Archive(archive_place) as archive:
        ids = [archive.save_article(article(f"text {number}")).id for number in range(7)]
        archive.hand_out(ids[:2])
        archive.hand_out(ids[:1])
        fresh = sorted(ids[2:])
        assert archive.take_articles(3) == tuple(fresh[:3])
        assert archive.take_articles(3) == tuple(fresh[3:])
        assert [archive.take_articles(3) for _ in range(3)] == [(ids[1],), (ids[0],), ()]
        archive.free_articles(fresh[1:2])
        assert archive.take_articles() == (fresh[1],)
        change(archive_place, "UPDATE articles SET taken_until = ? WHERE id = ?", PAST, fresh[2])
        assert archive.take_articles() == (fresh[2],)


def keep_bare(archive: Archive, id: ArticleId) -> None:
    archive.keep_bare([id])
    archive.take_bare()


def fail(archive: Archive, id: ArticleId) -> None:
    archive.mark_failed(archive.hand_out([id]))


def take_in(archive: Archive, id: ArticleId) -> None:
    archive.hand_out([id])
    archive.take_in([id])


def set_aside(archive: Archive, id: ArticleId) -> None:
    archive.set_aside([id])
    archive.take_back()


def test_what_comes_of_reading_frees_an_article(archive_place: Place) -> None:
    with Archive(archive_place) as archive:
        id = archive.save_article(article("text")).id
        for settle in (fail, take_in, set_aside, keep_bare):
            assert archive.take_articles() == (id,)
            assert archive.take_articles() == ()
            settle(archive, id)
        assert archive.take_articles() == (id,)
        archive.mark_stored([id], NOW)
        assert archive.take_articles() == ()


def test_workers_that_take_at_once_have_nothing_in_common(server_place: Server) -> None:
    with Archive(server_place) as archive:
        add(archive, (f"h{number}" for number in range(60)))
        saved = [archive.save_article(article(f"text {number}")).id for number in range(60)]

    def take(archive: Archive, turn: int) -> tuple[list[str], list[ArticleId]]:
        rounds = range(20)
        hosts = [host for _ in rounds for host in archive.take_hosts(5)]
        return hosts, [id for _ in rounds for id in archive.take_articles(5)]

    taken = together(server_place, 4, take)
    assert sorted(host for hosts, _ in taken for host in hosts) == sorted(f"h{number}" for number in range(60))
    assert sorted(id for _, ids in taken for id in ids) == sorted(saved)


def test_parts_of_a_run_added_at_once_are_one_run_whatever_else_is_recorded(
    archive_place: Place,
) -> None:
    failures = tuple(Failure(Stage.FETCH, "a", reason, "m") for reason in ("timeout", "blocked", "server"))

    def add_some(number: int) -> None:
        with Archive(archive_place) as archive:
            for minute in range(10):
                began = datetime(2026, 1, 1, 0, minute, tzinfo=UTC)
                archive.add_to_run(RunSummary(began, 1, failures=failures[:: number % 2 or -1], claims_new=1))
                if number == 3:
                    archive.record_run(RunSummary(datetime(2025, 1, 1, 0, minute, tzinfo=UTC), 1, failures=failures))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_some, range(4)))
    with Archive(archive_place) as archive:
        assert (archive.count_runs(), archive.count_runs(datetime(2026, 1, 1, tzinfo=UTC))) == (20, 10)
        totals = {(total.name, total.label): total.value for total in archive.list_totals()}
    assert (totals["runs", ""], totals["claims_new", ""], totals["failures", "blocked"]) == (20, 40, 50)
