"""Whole runs over a real server: feeds, pages, archive, and what is left after faults and kills."""

import asyncio
import signal
import subprocess
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from bench.kills_fetching import MARKS, add_feed, dump, end_at, make_claims, make_command
from bench.site import serving
from graph.errors import ConfigError, ParseError, StoreError
from graph.records import Article, ArticleId, Extraction, Failure, Feed, RunSummary, Stage
from ingest.archive import Archive, Wanted
from ingest.network.fetch import FetchConfig, Fetcher
from ingest.pages import fetch_page
from ingest.pipeline import ingest_run
from ingest.sandbox import Sandbox
from tests.server.faults import FaultServer

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
# When the items of feeds were published: pages are asked again within days of that alone.
PUBLISHED = datetime(2025, 1, 27, 11, tzinfo=UTC)
SENTENCE = "DeepSeek said on Monday that the new model was trained on 2,048 chips and that it costs less than others. "


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>The Feed</title>{''.join(items)}</channel></rss>".encode()


def item(url: str, body: str = "", guid: str = "") -> str:
    return (
        f"<item><title>Item {guid or url}</title><link>{url}</link><guid isPermaLink='false'>{guid or url}</guid>"
        f"<pubDate>Mon, 27 Jan 2025 10:00:00 GMT</pubDate><description><![CDATA[{body}]]></description></item>"
    )


def page(title: str, extra: str = "", head: str = "") -> str:
    paragraphs = "".join(f"<p>{SENTENCE}Paragraph {n} of {title}.{extra}</p>" for n in range(4))
    return f"<html lang=en><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{paragraphs}"


@dataclass
class FakeGraph:
    """An extraction that finds the first line, but in what says that it is bare, and a store that remembers it all."""

    stored: dict[str, Article] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    writes: int = 0

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        for article in articles:
            if "unreadable" in article.text:
                yield Failure(Stage.EXTRACT, article.id, "extract_failed", "cannot be read")
            else:
                found = () if "is bare" in article.text else tuple(islice(make_claims(article), 1))
                yield Extraction(article, claims=found)

    def store(self, batch: Sequence[Extraction]) -> int:
        self.batches.append(len(batch))
        self.writes += len(batch)
        self.stored.update({one.article.id: one.article for one in batch})
        return len(batch)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as kept:
        yield kept


def run(
    archive: Archive, config: FetchConfig, graph: Any, sandbox: Sandbox, now: datetime = NOW, **options: Any
) -> RunSummary:
    async def go() -> RunSummary:
        async with Fetcher(config) as fetcher:
            return await ingest_run(archive, fetcher, graph.extract, graph.store, now, sandbox=sandbox, **options)

    return asyncio.run(go())


def test_a_second_run_asks_for_changes_only_and_writes_nothing(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    pages = [item(server.add(f"/p{n}", page(f"Page {n}"))) for n in range(20)]
    server.pages["/f"] = ("200 OK", rss(*pages), ("Content-Type: application/rss+xml", 'ETag: "1"'))
    archive.add_feed(Feed(server.url("/f")))
    graph = FakeGraph()
    first = run(archive, local, graph, sandbox)
    server.pages["/f"] = ("304 Not Modified", b"", ())
    calls = len(server.calls)
    second = run(archive, local, graph, sandbox, NOW + timedelta(days=2))
    assert (first.feeds_read, first.articles_new, first.claims_new) == (1, 20, 20)
    assert graph.batches == [16, 4]
    assert (second.feeds_unchanged, second.articles_new, second.claims_new, second.failures) == (1, 0, 0, ())
    assert server.calls[calls:] == [("/f", server.calls[-1][1])]
    assert server.calls[-1][1]["if-none-match"] == '"1"'
    assert graph.writes == 20
    assert archive.latest_run() == second
    kept = archive.get_snapshot()
    assert kept is not None
    assert (kept.health.runs, kept.health.silent, kept.unreadable) == (2, (), ())


class Asked(Archive):
    """Remembers which lists of what waits were asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.lists: Counter[str] = Counter()

    def list_wanted(
        self,
        since: datetime | None = None,
        feed_url: str | None = None,
        hosts: Collection[str] | None = None,
        news: datetime | None = None,
    ) -> tuple[Wanted, ...]:
        self.lists["wanted"] += 1
        return super().list_wanted(since, feed_url, hosts, news)

    def list_pending(self) -> tuple[ArticleId, ...]:
        self.lists["pending"] += 1
        return super().list_pending()


def test_lists_that_may_be_long_are_asked_for_where_they_are_needed_only(
    server: FaultServer, local: FetchConfig, sandbox: Sandbox, tmp_path: Path
) -> None:
    with Asked(tmp_path / "asked.db") as archive:
        archive.add_feed(Feed(server.add("/f", rss(item(server.add("/p", page("Page")))))))
        run(archive, local, FakeGraph(), sandbox, dry_run=True)
        assert archive.lists == {"wanted": 1}
        run(archive, local, FakeGraph(), sandbox)
        assert archive.lists == {"wanted": 3, "pending": 1}
        run(archive, local, FakeGraph(), sandbox, only=server.url("/f"))
        assert archive.lists == {"wanted": 4, "pending": 2}


def test_what_is_not_wanted_is_set_aside_counted_and_taken_when_all_is(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    pages = [item(server.add(f"/p{n}", page(f"Page {n}"))) for n in range(20)]
    archive.add_feed(Feed(server.add("/f", rss(*pages))))
    graph = FakeGraph()
    some = run(archive, local, graph, sandbox, is_wanted=lambda one: "Page 1" in one.title)
    assert (some.articles_new, some.articles_aside, some.claims_new, some.failures) == (20, 9, 11, ())
    assert all("Page 1" in one.title for one in graph.stored.values())
    assert (archive.count_aside(), archive.count_pending()) == (9, 0)
    assert {total.name: total.value for total in archive.list_totals()}["articles_aside"] == 9
    again = run(archive, local, graph, sandbox, is_wanted=lambda one: True)
    assert (again.articles_aside, again.claims_new, archive.count_aside()) == (0, 0, 9)
    every = run(archive, local, graph, sandbox)
    assert (every.articles_aside, every.claims_new) == (0, 9)
    assert (archive.count_aside(), archive.count_pending(), len(graph.stored)) == (0, 0, 20)


def leave_bare(found: Extraction) -> bool:
    return not found.claims


def test_what_holds_no_claim_is_kept_counted_and_taken_when_all_is(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    pages = [item(server.add(f"/p{n}", page(f"Page {n}", " It is bare." if n % 2 else ""))) for n in range(20)]
    archive.add_feed(Feed(server.add("/f", rss(*pages))))
    graph = FakeGraph()
    some = run(archive, local, graph, sandbox, leaves_out=leave_bare)
    assert (some.articles_new, some.articles_bare, some.claims_new, some.failures) == (20, 10, 10, ())
    assert not any("is bare" in one.text for one in graph.stored.values())
    assert (archive.count_bare(), archive.count_pending()) == (10, 0)
    assert {total.name: total.value for total in archive.list_totals()}["articles_bare"] == 10
    assert len(archive.list_uncompared(100)) == 10
    again = run(archive, local, graph, sandbox, leaves_out=leave_bare)
    assert (again.articles_bare, again.claims_new, archive.count_bare()) == (0, 0, 10)
    every = run(archive, local, graph, sandbox)
    assert (every.articles_bare, every.claims_new) == (0, 10)
    assert (archive.count_bare(), archive.count_pending(), len(graph.stored)) == (0, 0, 20)


def test_only_pages_that_have_claims_are_asked_again(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    told, bare, other = (
        server.add(f"/{name}", page(name, text))
        for name, text in (("told", ""), ("bare", " It is bare."), ("other", " Football."))
    )
    archive.add_feed(Feed(server.add("/f", rss(item(told), item(bare), item(other)))))
    graph = FakeGraph()
    run(archive, local, graph, sandbox, now=PUBLISHED, is_wanted=lambda one: "Football" not in one.text)
    calls = len(server.calls)
    run(archive, local, graph, sandbox, now=PUBLISHED + timedelta(hours=3), is_wanted=lambda one: True)
    asked = {path for path, _ in server.calls[calls:]}
    assert asked & {"/told", "/bare", "/other"} == {"/told"}


def test_a_page_that_loses_its_claims_is_told_to_the_graph_and_asked_on(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    archive.add_feed(Feed(server.add("/f", rss(item(server.add("/p", page("Page")))))))
    graph = FakeGraph()
    run(archive, local, graph, sandbox, now=PUBLISHED, leaves_out=leave_bare)
    server.add("/p", page("Page", " It is bare."))
    changed = run(archive, local, graph, sandbox, now=PUBLISHED + timedelta(hours=3), leaves_out=leave_bare)
    assert (changed.articles_changed, changed.articles_bare) == (1, 0)
    assert sorted(one.version for one in graph.stored.values()) == [1, 2]
    assert len(archive.due_pages(PUBLISHED + timedelta(days=3))) == 1


def test_none_wanted_is_no_reason_to_store(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    archive.add_feed(Feed(server.add("/f", rss(item(server.add("/p", page("Page")))))))
    graph = FakeGraph()
    assert run(archive, local, graph, sandbox, is_wanted=lambda one: False).articles_aside == 1
    assert (graph.batches, archive.count_pending()) == ([], 0)


def test_what_tells_the_subject_is_missing_and_all_stays_pending(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    def lack(one: Article) -> bool:
        raise ConfigError("subject.json: cut", subject="subject.json")

    archive.add_feed(Feed(server.add("/f", rss(item(server.add("/p", page("Page")))))))
    summary = run(archive, local, FakeGraph(), sandbox, is_wanted=lack)
    assert [failure.subject for failure in summary.failures] == ["subject.json"]
    assert (archive.count_pending(), archive.count_aside()) == (1, 0)


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (["The Outlet"], "The Outlet"),
        (["The Outlet - AI"], "The Outlet - AI"),
        (["The Outlet - AI", "The Outlet - Chips"], "The Outlet"),
        (["Chips | The Outlet", "The Outlet"], "The Outlet"),
        (["東都速報：経済", "東都速報：技術"], "東都速報"),
        (["Compressed", "東都速報"], "127.0.0.1"),
    ],
    ids=" + ".join,
)
def test_a_source_is_named_by_what_the_feeds_of_its_host_share(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox, titles: list[str], name: str
) -> None:
    for number, title in enumerate(titles):
        body = rss(item(server.add(f"/a{number}", page(f"Page {number}")))).replace(b"The Feed", title.encode())
        archive.add_feed(Feed(server.add(f"/f{number}", body)))
    graph = FakeGraph()
    run(archive, local, graph, sandbox)
    assert [article.source.name for article in graph.stored.values()] == [name] * len(titles)


def test_source_and_times_come_from_page_and_feed(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    head = (
        "<meta property='og:site_name' content='The Paper'>"
        "<meta property='article:published_time' content='2025-01-28T09:30:00+09:00'>"
    )
    link = server.add("/a", page("A", head=head))
    server.add("/f", rss(item(link)), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    graph = FakeGraph()
    run(archive, local, graph, sandbox)
    (article,) = graph.stored.values()
    assert (article.source.name, article.source.domain, article.lang) == ("The Paper", "127.0.0.1", "en")
    assert article.published_at == datetime(2025, 1, 28, 0, 30, tzinfo=UTC)
    assert (article.url, article.version, article.excerpt, article.fetched_at) == (link, 1, False, NOW)
    assert archive.get_feed(server.url("/f")).feed.title == "The Feed"


@pytest.mark.parametrize(
    ("body", "kept"), [(f"<p>{SENTENCE * 3}</p>", 1), ("<p>Too short.</p>", 0)], ids=["long", "short"]
)
def test_a_failed_page_leaves_what_the_feed_carries(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox, body: str, kept: int
) -> None:
    server.add("/f", rss(item(server.url("/gone"), body)), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    graph = FakeGraph()
    summary = run(archive, local, graph, sandbox)
    assert (summary.articles_new, summary.articles_failed) == (kept, 1)
    assert [(one.stage, one.subject, one.reason) for one in summary.failures] == [
        (Stage.FETCH, server.url("/gone"), "http_404")
    ]
    assert [article.excerpt for article in graph.stored.values()] == [True] * kept
    assert len(archive.list_wanted()) == 0


def test_a_passing_failure_is_tried_again_three_times(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    server.add("/f", rss(item(server.url("/503"))), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    for attempt in range(5):
        run(archive, local, FakeGraph(), sandbox, NOW + timedelta(days=2 * attempt))
    assert server.count("/503") == 3


def test_pages_that_are_not_html_and_pages_forbidden_by_robots_are_named(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    links = [server.add("/a.pdf", b"%PDF-1.7", "application/pdf"), server.add("/private/a", page("Secret"))]
    server.add("/robots.txt", "User-agent: *\nDisallow: /private/", "text/plain")
    server.add("/f", rss(*map(item, links)), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    summary = run(archive, local, FakeGraph(), sandbox)
    assert {one.subject: one.reason for one in summary.failures} == dict(
        zip(links, ("not_html", "robots"), strict=True)
    )
    assert server.count("/private/a") == 0
    assert server.count("/robots.txt") == 1


def test_new_text_at_an_address_is_its_next_version(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    link = server.add("/a", page("A"))
    server.add("/f", rss(item(link, "first", "id")), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    graph = FakeGraph()
    run(archive, local, graph, sandbox)
    server.add("/a", page("A", extra=" Corrected."))
    server.add("/f", rss(item(link, "second", "id")), "application/rss+xml")
    summary = run(archive, local, graph, sandbox, NOW + timedelta(days=2))
    assert (summary.articles_new, summary.articles_changed) == (0, 1)
    assert sorted(article.version for article in graph.stored.values()) == [1, 2]


def test_one_page_in_two_feeds_is_fetched_once(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    link = server.add("/a", page("A"))
    for name in ("/f1", "/f2"):
        server.add(name, rss(item(link)), "application/rss+xml")
        archive.add_feed(Feed(server.url(name)))
    assert run(archive, local, FakeGraph(), sandbox).articles_new == 1
    assert server.count("/a") == 1


def test_limit_only_and_since_leave_the_rest_for_later(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    links = [server.add(f"/p{n}", page(f"Page {n}")) for n in range(3)]
    server.add("/f", rss(*map(item, links)), "application/rss+xml")
    server.add("/g", rss(), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    archive.add_feed(Feed(server.url("/g")))
    assert run(archive, local, FakeGraph(), sandbox, only=server.url("/g")).feeds_due == 1
    assert run(archive, local, FakeGraph(), sandbox, since=NOW).articles_new == 0
    assert run(archive, local, FakeGraph(), sandbox, limit=2).articles_new == 2
    assert run(archive, local, FakeGraph(), sandbox).articles_new == 1


def test_a_dry_run_keeps_nothing(server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox) -> None:
    server.add("/f", rss(item(server.add("/a", page("A")))), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    assert run(archive, local, FakeGraph(), sandbox, dry_run=True).articles_new == 1
    assert server.count("/a") == 0
    assert (len(archive.list_wanted()), archive.latest_run()) == (0, None)
    assert archive.get_feed(server.url("/f")).last_read is None


class WithoutModel(FakeGraph):
    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        raise ConfigError("the language model en is not installed", subject="en", reason="no_model")
        yield


class BrokenStore(FakeGraph):
    def store(self, batch: Sequence[Extraction]) -> int:
        raise StoreError("disk full", reason="failed")


def test_without_a_model_feeds_are_read_and_articles_wait(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    server.add("/f", rss(item(server.add("/a", page("A")))), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    summary = run(archive, local, WithoutModel(), sandbox)
    assert [one.reason for one in summary.failures] == ["no_model"]
    assert archive.count_pending() == 1
    assert run(archive, local, FakeGraph(), sandbox).claims_new == 1


def test_a_failing_store_leaves_articles_pending(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    server.add("/f", rss(item(server.add("/a", page("A")))), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    with pytest.raises(StoreError):
        run(archive, local, BrokenStore(), sandbox)
    assert archive.count_pending() == 1


def test_an_article_that_the_store_refuses_holds_nobody_up(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    class Choosy(FakeGraph):
        def store(self, batch: Sequence[Extraction]) -> int:
            for one in batch:
                if one.article.title == "Bad":
                    raise StoreError("it names nobody", subject=one.article.id, reason="refused")
            return super().store(batch)

    good, bad = server.add("/good", page("Good")), server.add("/bad", page("Bad"))
    archive.add_feed(Feed(server.add("/feed", rss(item(bad), item(good)), "application/rss+xml")))
    graph = Choosy()
    summary = run(archive, local, graph, sandbox)
    assert [failure.reason for failure in summary.failures] == ["refused"]
    assert [article.title for article in graph.stored.values()] == ["Good"]


def test_an_article_that_cannot_be_extracted_is_named_and_given_up_in_the_end(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    links = [server.add("/a", page("A", extra=" unreadable")), server.add("/b", page("B"))]
    server.add("/f", rss(*map(item, links)), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    seen = [run(archive, local, FakeGraph(), sandbox) for _ in range(4)]
    assert [len(summary.failures) for summary in seen] == [1, 1, 1, 0]
    assert archive.count_pending() == 0


def test_a_stopped_run_leaves_the_rest_for_the_next(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    links = [server.add(f"/p{n}", page(f"Page {n}")) for n in range(40)]
    server.add("/f", rss(*map(item, links)), "application/rss+xml")
    archive.add_feed(Feed(server.url("/f")))
    graph = FakeGraph()
    run(archive, local, graph, sandbox, stop=lambda: graph.writes > 0)
    assert graph.writes == 16
    assert run(archive, local, graph, sandbox).claims_new == 24
    assert len(graph.stored) == 40


def test_a_feed_that_says_three_times_that_it_moved_is_known_by_its_new_address(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    archive.add_feed(Feed(server.url("/moved")))
    addresses = []
    for reading in range(3):  # the first brings a document, the others a 304 at the new address
        run(archive, local, FakeGraph(), sandbox, NOW + timedelta(days=2 * reading))
        addresses += [state.feed.url for state in archive.list_feeds()]
    assert addresses == [server.url("/moved")] * 2 + [server.url("/feed.xml")]


def test_a_feed_that_is_gone_is_not_asked_again(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    archive.add_feed(Feed(server.url("/410")))
    run(archive, local, FakeGraph(), sandbox)
    assert run(archive, local, FakeGraph(), sandbox, NOW + timedelta(days=30)).feeds_due == 0


def test_a_picture_behind_a_page_type_is_not_html(server: FaultServer, local: FetchConfig, sandbox: Sandbox) -> None:
    async def go() -> None:
        async with Fetcher(local) as fetcher:
            await fetch_page(fetcher, sandbox, server.add("/a", b"\x89PNG\r\n"), NOW)

    with pytest.raises(ParseError) as caught:
        asyncio.run(go())
    assert caught.value.reason == "not_html"


def test_runs_ended_at_every_stage_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    ended, undisturbed = tmp_path / "ended", tmp_path / "undisturbed"
    ended.mkdir()
    undisturbed.mkdir()
    endings = [(signal.SIGKILL, mark) for mark in MARKS]
    endings += [(signal.SIGTERM, mark) for mark in ("page", "extract", "committed")]
    with serving() as site:
        for number, (ending, mark) in enumerate(endings):
            add_feed(site, ended, number)
            where, code = end_at(ended, ending, mark, 1, 0.0)
            if where == mark:  # the last marks are a few milliseconds from the end
                assert code == (130 if ending == signal.SIGTERM else -signal.SIGKILL)
        for number in range(len(endings)):
            add_feed(site, undisturbed, number)
        for folder in (ended, undisturbed):
            subprocess.run(make_command(folder), cwd=ROOT, check=True, timeout=120, stdout=subprocess.DEVNULL)
    assert dump(ended) == dump(undisturbed)
