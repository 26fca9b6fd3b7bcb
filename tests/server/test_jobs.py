"""What a worker does with a message and what it sends on, over files: packs, caps, a language model that is away."""

import asyncio
import ipaddress
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.site import Document, serving
from commands import jobs
from commands.jobs import Jobs
from commands.opening import locking, open_archive, open_graph
from commands.settings import Config, load_config
from graph.errors import BrokerError
from graph.records import Article, ArticleId, Feed
from ingest.network.fetch import FetchConfig, Fetcher
from ingest.network.gates import LocalGate
from ingest.sandbox import Sandbox
from ingest.stages import DueBounds, fetch_hosts
from tests.hand import make_article
from tests.server.model_desk import TEXT, Desk
from tests.server.model_server import refuse, reply
from tests.server.test_ingest_run import item, page, rss
from tests.server.test_language_model import GOOD, make_articles

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Line:
    """The way to workers of whom there are none: what is sent waits, `room` messages at the most."""

    sent: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    room: int = 10_000

    def send(self, task: str, ids: Iterable[str] = ()) -> None:
        if len(self.sent) >= self.room:
            raise BrokerError("full", reason="full")
        self.sent.append((task, tuple(ids)))

    def count_waiting(self, queue: str) -> int:
        tasks = ("relate", "derive") if queue == "derive" else (queue,)
        return sum(task in tasks for task, _ in self.sent)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return load_config({"quiet": True}, {"CLAIMGRAPH_STORE": str(tmp_path / "graph.db")})


@pytest.fixture
def worker(config: Config, line: Line) -> Iterator[Jobs]:
    worker = Jobs(config, line)
    yield worker
    worker.close()


def save(config: Config, *articles: Article, age: timedelta = timedelta()) -> list[ArticleId]:
    """Texts that wait, published so long ago."""
    at = datetime.now(UTC) - age
    with open_archive(config) as archive:
        return [archive.save_article(replace(one, published_at=at)).id for one in articles]


def make_many(number: int) -> list[Article]:
    return make_articles(*(f"{TEXT} {index}" for index in range(number)))


def test_what_is_due_is_sent_once(config: Config, line: Line, worker: Jobs) -> None:
    with open_archive(config) as archive:
        for number in range(40):
            archive.add_feed(Feed(f"https://{number}.example/feed"))
    ids = save(config, *make_many(20))
    worker.do("plan")
    worker.do("plan")
    assert Counter(task for task, _ in line.sent) == {"fetch": 2, "read": 2}
    assert [len(hosts) for task, hosts in line.sent if task == "fetch"] == [32, 8]
    assert sorted(id for task, ids in line.sent if task == "read" for id in ids) == sorted(ids)


@pytest.mark.parametrize(("speed", "pack"), [(0.01, 1), (0.45, 4), (100.0, 16)])
def test_a_message_is_ten_seconds_of_reading(config: Config, line: Line, worker: Jobs, speed: float, pack: int) -> None:
    save(config, *make_many(17))
    with open_archive(config) as archive:
        archive.note_speed("read", speed)
    worker.do("plan")
    assert len(line.sent[0][1]) == pack
    assert sum(len(ids) for _, ids in line.sent) == 17


def test_how_fast_it_reads_is_told_by_what_was_read_and_not_by_loading(config: Config, worker: Jobs) -> None:
    ids = save(config, *make_many(5))
    with open_archive(config) as archive:
        worker.do("read", ids[:2])
        assert archive.get_speed("read") is None
        worker.do("read", ids[2:3])
        speed = archive.get_speed("read")
        assert speed
        assert 0.01 < speed < 1_000
        worker.do("read", ids[2:3])  # the same message once more: nothing is read
        assert archive.get_speed("read") == speed


def test_nothing_is_planned_while_a_run_is_on(config: Config, line: Line, worker: Jobs) -> None:
    save(config, *make_many(1))
    with locking(config) as free:
        assert free
        worker.do("plan")
        assert line.sent == []
    worker.do("plan")
    assert len(line.sent) == 1


def test_news_go_out_first_and_what_is_none_when_none_waits(config: Config, line: Line, worker: Jobs) -> None:
    many = make_many(40)
    old, new = save(config, *many[:20], age=4 * DAY), save(config, *many[20:], age=2 * DAY)
    worker.do("plan")
    assert sorted(id for _, ids in line.sent for id in ids) == sorted(new)
    assert {task for task, _ in line.sent} == {"read"}
    worker.do("plan")
    assert len(line.sent) == 2
    line.sent.clear()  # somebody has begun with them
    worker.do("plan")
    assert {task for task, _ in line.sent} == {"later"}
    assert sorted(id for _, ids in line.sent for id in ids) == sorted(old)


def test_a_message_of_old_texts_is_given_back_while_news_wait(config: Config, line: Line, worker: Jobs) -> None:
    [old] = save(config, make_article(TEXT), age=4 * DAY)
    worker.do("plan")
    assert line.sent == [("later", (old,))]
    line.sent[:] = [("read", ("another",))]
    worker.do("later", [old])
    with open_archive(config) as archive:
        assert archive.count_pending() == 1
    line.sent.clear()
    worker.do("plan")
    assert line.sent == [("later", (old,))]
    worker.do("later", [old])
    with open_archive(config) as archive, open_graph(config) as store:
        assert (archive.count_pending(), store.count().articles) == (0, 1)


def test_feeds_are_read_and_no_page_is_fetched_while_too_many_wait(
    config: Config, line: Line, worker: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(config) as archive:
        archive.add_feed(Feed("https://a.example/feed"))
        now, many = datetime.now(UTC), make_many(4)
        assert jobs.find_bounds(archive, now) == DueBounds(a_host=100)
        monkeypatch.setattr(jobs, "MOST_PENDING", 2)
        save(config, *many[:2], age=4 * DAY)
        assert jobs.find_bounds(archive, now) == DueBounds(a_host=100, news=now - 3 * DAY)  # pages of news are fetched
        save(config, *many[2:])
        assert jobs.find_bounds(archive, now).limit == 0
    worker.do("plan")
    assert [task for task, _ in line.sent] == ["fetch", "read"]


def test_who_derives_is_waited_for(config: Config, worker: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_AGAIN", 0.05)
    ids = save(config, make_article(TEXT))
    worker.do("read", ids)
    with ThreadPoolExecutor(1) as other, locking(config, "derive") as free:
        assert free
        derived = other.submit(Jobs(config, Line()).do, "derive")
        time.sleep(0.3)
        assert not derived.done()
        with open_graph(config) as store:
            assert store.count_queued()
    derived.result()
    with open_graph(config) as store:
        assert not store.count_queued()


def test_so_much_waits_and_no_more(config: Config, line: Line, worker: Jobs) -> None:
    save(config, *make_many(300))
    with open_archive(config) as archive:
        archive.note_speed("read", 0.1)
        for number in range(600):
            archive.add_feed(Feed(f"https://{number}.example/feed"))
    for _ in range(2):
        worker.do("plan")
        assert Counter(task for task, _ in line.sent) == {"read": 256, "fetch": 16}
    del line.sent[-10:]  # somebody has begun with them
    worker.do("plan")
    assert Counter(task for task, _ in line.sent) == {"read": 256, "fetch": 16}


def test_what_a_full_broker_refuses_is_free_for_the_next_plan(config: Config, line: Line, worker: Jobs) -> None:
    ids = save(config, *make_many(3))
    line.room = 0
    worker.do("plan")
    assert line.sent == []
    line.room = 9
    worker.do("plan")
    assert [set(sent) for _, sent in line.sent] == [set(ids)]


def test_what_follows_is_sent_while_there_is_any(config: Config, line: Line, worker: Jobs) -> None:
    ids = save(config, make_article(TEXT))
    worker.do("read", ids)
    worker.do("plan")
    assert [task for task, _ in line.sent] == ["relate", "derive"]
    worker.do("plan")
    assert len(line.sent) == 2
    line.sent.clear()
    worker.do("relate")
    worker.do("derive")
    worker.do("plan")
    assert line.sent == []
    with open_archive(config) as archive, open_graph(config) as store:
        assert (archive.count_pending(), store.count().articles) == (0, 1)
        [run] = archive.list_runs(9)  # all of it is one run
        assert run.claims_new == store.count().claims > 0


def test_a_model_that_is_away_is_no_try_of_an_article(line: Line, ask: Callable[..., Desk], tmp_path: Path) -> None:
    desk = ask(*[refuse(503)] * 12, reply(GOOD))
    given = {
        "CLAIMGRAPH_STORE": str(tmp_path / "graph.db"),
        "CLAIMGRAPH_READER": "llm",
        "CLAIMGRAPH_LLM_ENDPOINT": desk.endpoint.url,
        "CLAIMGRAPH_LLM_MODEL": "tiny",
        "CLAIMGRAPH_LLM_TIMEOUT": "5",
    }
    config = load_config({"quiet": True}, given)
    ids = save(config, *make_many(2))
    worker = Jobs(config, line)
    worker.do("plan")
    assert sorted(line.sent) == [("ask", (id,)) for id in sorted(ids)]
    asked = 0
    while len(desk.server.asked) < 12:
        asked += 1
        worker.do("ask", ids[:1])
        with open_archive(config) as archive:
            assert (archive.count_pending(), archive.list_suspects(), archive.count_crashed()) == (2, (), 0)
    assert asked >= 3  # as tries they would have set it aside
    worker.do("ask", ids[:1])
    with open_archive(config) as archive, open_graph(config) as store:
        assert (archive.count_pending(), store.count().articles) == (1, 1)
    worker.close()


def test_back_numbers_leave_a_part_of_a_models_budget(line: Line, ask: Callable[..., Desk], tmp_path: Path) -> None:
    desk = ask(reply(GOOD))
    given = {
        "CLAIMGRAPH_STORE": str(tmp_path / "graph.db"),
        "CLAIMGRAPH_READER": "llm",
        "CLAIMGRAPH_LLM_ENDPOINT": desk.endpoint.url,
        "CLAIMGRAPH_LLM_MODEL": "tiny",
        "CLAIMGRAPH_LLM_TOKENS_A_DAY": "6000",  # enough for one question, and half of it is not
    }
    config = load_config({"quiet": True}, given)
    many = make_many(2)
    [old], [new] = save(config, many[0], age=4 * DAY), save(config, many[1], age=2 * DAY)
    worker = Jobs(config, line)
    worker.do("later", [old])
    assert desk.server.asked == []
    worker.do("ask", [new])
    assert len(desk.server.asked) == 1
    with open_archive(config) as archive:
        assert (archive.count_pending(), archive.list_suspects()) == (1, ())
        assert [failure.reason for failure in archive.list_runs(1)[0].failures] == ["news_first"]
    worker.close()


def test_what_a_model_will_never_read_is_tried_three_times(
    line: Line, ask: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = ask(*[reply("no claims here")] * 40)
    given = {
        "CLAIMGRAPH_STORE": str(tmp_path / "graph.db"),
        "CLAIMGRAPH_READER": "llm",
        "CLAIMGRAPH_LLM_ENDPOINT": desk.endpoint.url,
        "CLAIMGRAPH_LLM_MODEL": "tiny",
    }
    config = load_config({"quiet": True}, given)
    [id] = save(config, *make_many(1))
    worker = Jobs(config, line)
    with open_archive(config) as archive:
        for left in (1, 1, 0):
            worker.do("ask", [id])
            assert archive.count_pending() == left
    worker.close()


async def fetch(config: Config, now: datetime, bounds: DueBounds) -> None:
    network = (ipaddress.ip_network("127.0.0.0/8"),)
    with Sandbox() as sandbox, open_archive(config) as archive:
        async with Fetcher(FetchConfig(allowed=network), LocalGate(network)) as fetcher:
            async for _ in fetch_hosts(archive, fetcher, sandbox, ["127.0.0.1"], now, bounds=bounds):
                pass


def test_a_host_gives_so_many_pages_to_a_call(config: Config) -> None:
    with serving() as site:
        for number in range(5):
            site.documents[f"/{number}"] = Document(page(f"Page {number}").encode(), "text/html")
        items = [item(f"{site.address}/{number}") for number in range(5)]
        site.documents["/feed"] = Document(rss(*items), "application/rss+xml")
        with open_archive(config) as archive:
            archive.add_feed(Feed(f"{site.address}/feed"))
            for left in (2, 0):
                asyncio.run(fetch(config, NOW, DueBounds(a_host=3)))
                assert len(archive.list_wanted()) == left


def test_what_tells_no_day_is_fetched_as_news_when_its_feed_brings_it_later(config: Config) -> None:
    day = re.compile("<pubDate>.*?</pubDate>")
    with serving() as site, open_archive(config) as archive:
        archive.add_feed(Feed(f"{site.address}/feed"))
        for at, number, wanted in ((NOW, 3, 3), (NOW + DAY, 5, 3)):
            site.documents |= {f"/{one}": Document(page(f"Page {one}").encode(), "text/html") for one in range(number)}
            items = [day.sub("", item(f"{site.address}/{one}")) for one in range(number)]
            site.documents["/feed"] = Document(rss(*items), "application/rss+xml")
            asyncio.run(fetch(config, at, DueBounds(news=at - 3 * DAY)))
            assert len(archive.list_wanted()) == wanted
        assert archive.has_article(f"{site.address}/4")
        asyncio.run(fetch(config, NOW + DAY, DueBounds()))
        assert len(archive.list_wanted()) == 0
