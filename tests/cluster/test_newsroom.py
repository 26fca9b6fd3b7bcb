"""A newsroom of several processes: what they make together is what one process makes, whatever is killed meanwhile."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.kills_fetching import serve_feed
from bench.site import Document, serving
from graph.records import Article, ArticleId, Source, SourceId
from tests.cluster.conftest import Open

if not os.environ.get("REQUIRE_CLUSTER"):
    pytest.importorskip("celery")

from commands.jobs import MOST_WAITING, Jobs
from commands.opening import open_archive
from tests.cluster.kills import make_alone, play_kills, play_outages
from tests.cluster.newsroom import Newsroom, find_apart, serve_demo, serve_earlier
from tests.cluster.program import HANGS, KILLS, MARKS

if TYPE_CHECKING:
    from tests.neo4j.server import Server as Neo4j
    from tests.postgres.server import Server as Postgres
    from tests.rabbitmq.server import Server as RabbitMQ

NOW = datetime.now(UTC)
STAND_IN = {"TEST_READER": "yes"}


def test_workers_make_of_a_site_what_one_process_makes_of_it(open_newsroom: Open, tmp_path: Path) -> None:
    with serving() as site, open_newsroom() as newsroom:
        port = int(site.address.rpartition(":")[2])
        alone = make_alone(tmp_path / "alone")
        feeds = serve_demo(site, port)
        serve_earlier(site, port)
        for queues in ("plan,derive", "plan,fetch,derive", "fetch,read", "read"):
            newsroom.start(queues)
        for each in (newsroom, alone):
            each.add_feeds(*feeds)
        for later in (False, True):
            if later:  # a page was corrected, and its feed tells more
                serve_demo(site, port)
                for each in (newsroom, alone):
                    each.execute("UPDATE feeds SET next_due = NULL")
            with ThreadPoolExecutor(1) as beside:
                running = beside.submit(alone.run, "ingest")
                newsroom.drain(180)
                done = running.result()
            assert done.returncode == 0, done.stderr
        status = newsroom.run("workers", "status")
        assert status.returncode == 0
        assert "read: 0 messages, 2 workers" in status.stdout
        assert "later: 0 messages, 2 workers" in status.stdout
        newsroom.stop()
        assert find_apart(newsroom, alone) == []
        assert sum(line.startswith("matter") for line in newsroom.dump()) > 50
        assert newsroom.run("workers", "status").returncode == 1


def test_whatever_is_killed_wherever_it_is_nothing_is_lost_or_there_twice(open_newsroom: Open, tmp_path: Path) -> None:
    with serving() as site, open_newsroom(**STAND_IN, TEST_MARKS="yes") as newsroom:
        alone = make_alone(tmp_path / "alone", STAND_IN)
        killed = play_kills(newsroom, alone, site, rounds=1)
        assert set(killed) == set(MARKS)
        assert find_apart(newsroom, alone) == []


def test_servers_that_are_killed_come_back_to_the_same(
    open_newsroom: Open,
    tmp_path: Path,
    postgres_server: "Postgres",
    neo4j_server: "Neo4j",
    rabbitmq_server: "RabbitMQ",
) -> None:
    with serving() as site, open_newsroom(**STAND_IN) as newsroom:
        alone = make_alone(tmp_path / "alone", STAND_IN)
        play_outages(newsroom, alone, site, postgres_server, neo4j_server, rabbitmq_server, rounds=1)
        assert find_apart(newsroom, alone) == []


def test_texts_that_end_their_reader_are_set_aside_and_those_beside_them_stored(open_newsroom: Open) -> None:
    with serving() as site, open_newsroom(**STAND_IN, TEST_SECONDS="8") as newsroom:
        url = serve_feed(site, 1)
        for page, text in ((2, KILLS), (3, HANGS)):
            body = "".join(f"<p>{text}, paragraph {number} of it.</p>" for number in range(4))
            site.documents[f"/1/{page}"] = Document(
                f"<html lang=en><article>{body}</article></html>".encode(), "text/html"
            )
        newsroom.add_feeds(url)
        newsroom.start()
        newsroom.start("read")
        newsroom.drain(180, revive=True)
        with open_archive(newsroom.config) as archive:
            assert (archive.count_pending(), archive.count_crashed()) == (0, 2)
        assert sum(line.startswith("('article'") and ", 0, 1, 0, 0, 0)" in line for line in newsroom.dump()) == 6
        listed = newsroom.run("workers", "dead", "list", "--json")
        letters = [json.loads(line) for line in listed.stdout.splitlines()]
        assert letters
        assert {one["why"] for one in letters} == {"delivery_limit"}
        assert {(one["task"], one["queue"]) for one in letters} == {("read", "read"), ("later", "later")}


def test_messages_of_another_version_wait_among_the_dead(newsroom: Newsroom) -> None:
    newsroom.start("plan,fetch")
    cluster = newsroom.cluster()
    cluster.app.send_task("claimgraph.fetch", kwargs={"version": 99, "ids": ["a.example", "b.example"]})
    cluster.app.send_task("claimgraph.bake", kwargs={"version": 1}, queue="plan")
    newsroom.wait(lambda: cluster.count_waiting("dead") == 2)
    for _ in range(2):  # they are still there after a look
        listed = newsroom.run("workers", "dead", "list").stdout.splitlines()
        assert sorted(line.split("  ")[1].partition(",")[0] for line in listed) == [
            "bake: rejected",
            "fetch of a.example",
        ]
    [bake] = [line.split()[0] for line in listed if "bake" in line]
    assert newsroom.run("workers", "dead", "drop", "no-such-id").returncode == 2
    assert newsroom.run("workers", "dead", "drop", bake).returncode == 0
    assert newsroom.run("workers", "dead", "again").returncode == 2
    assert newsroom.run("workers", "dead", "again", "--all").returncode == 0
    newsroom.wait(lambda: cluster.count_waiting("dead") == 1)  # it died again
    [letter] = cluster.list_dead()
    assert (letter.task, letter.queue, letter.ids) == ("fetch", "fetch", ("a.example", "b.example"))


def test_the_planner_stops_at_its_caps_until_there_is_somebody_who_works(open_newsroom: Open) -> None:
    with open_newsroom(**STAND_IN, TEST_WAITING="5") as newsroom:
        newsroom.add_feeds(*(f"https://{number}.example/feed" for number in range(200)))
        with open_archive(newsroom.config) as archive:
            for number in range(20):
                archive.save_article(make_article(number))
            archive.note_speed("read", 0.1)
        newsroom.start("plan")
        cluster = newsroom.cluster()
        for _ in range(3):
            assert newsroom.run("ingest").returncode == 0
        newsroom.wait(lambda: cluster.count_waiting("read") > 0 and cluster.count_waiting("plan") == 0)
        newsroom.stop()
        counts = {state.name: state.waiting for state in cluster.list_queues()}
        assert (counts["read"], counts["fetch"]) == (5, 5)
        newsroom.execute("UPDATE feeds SET disabled = 1")
        newsroom.start("plan,fetch,read,derive")
        newsroom.drain(120)


def test_what_is_no_news_waits_until_no_news_wait(open_newsroom: Open) -> None:
    with open_newsroom(**STAND_IN, TEST_READING="1") as newsroom, open_archive(newsroom.config) as archive:
        cluster = newsroom.cluster()
        planner = Jobs(newsroom.config, cluster)
        archive.note_speed("read", 0.1)  # an article a message
        for number in range(20):
            archive.save_article(make_article(number, timedelta(days=10)))
        planner.plan()
        assert (cluster.count_waiting("read"), cluster.count_waiting("later")) == (0, MOST_WAITING["later"])
        newsroom.start("read")
        newsroom.wait(lambda: archive.count_pending() < 20, 180)
        for number in range(20, 26):
            archive.save_article(make_article(number))
        planner.plan()
        old = archive.count_pending() - archive.count_pending(NOW)
        newsroom.wait(lambda: archive.count_pending(NOW) == 0, 180)
        # One may have been under way, and another begins as soon as no news wait.
        assert archive.count_pending() >= old - 3

        def is_done() -> bool:
            planner.plan()
            return archive.count_pending() == 0

        newsroom.wait(is_done, 180)
        assert cluster.list_dead() == ()
        planner.close()


def make_article(number: int, age: timedelta = timedelta()) -> Article:
    """A text that was published so long ago."""
    text = f"The lab number {number} trained its model on {number} chips. It was cheap."
    source = Source(SourceId("a.example"), "A", "a.example", lang="en")
    return Article(ArticleId(""), f"https://a.example/{number}", source, "Title", text, "en", NOW - age, NOW)
