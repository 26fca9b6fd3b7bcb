"""Pages asked again whether they have changed, and pages that keep their text: whole runs over a real server."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from bench.kills_fetching import make_claims
from graph.records import Article, Barrier, Extraction, Feed, RunSummary
from ingest.archive import Archive
from ingest.network.fetch import FetchConfig, Fetcher
from ingest.pipeline import ingest_run
from ingest.sandbox import Sandbox
from tests.server.faults import FaultServer

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
SENTENCE = "The lab said on Monday that its model was trained on 2,048 chips and that it costs less than others. "
SUMMARY = "The lab says that its model costs less."
HOURS = timedelta(hours=1, minutes=10)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as kept:
        yield kept


def page(text: str, head: str = "") -> str:
    return f"<html><head><title>One</title>{head}</head><body><article><p>{text}</p></article></body></html>"


def feed(server: FaultServer, date: str = "Mon, 05 Jan 2026 10:00:00 GMT", summary: str = SUMMARY) -> str:
    inside = f"<title>One</title><link>{server.url('/a')}</link><pubDate>{date}</pubDate>"
    item = f"<item>{inside}<description>{summary}</description></item>"
    return server.add(
        "/f", f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>", "application/rss+xml"
    )


class Runs:
    """Runs one after another over one archive; `articles` is what went to the graph."""

    def __init__(self, archive: Archive, config: FetchConfig, sandbox: Sandbox) -> None:
        self.articles: list[Article] = []
        self._archive, self._config, self._sandbox = archive, config, sandbox

    def run(self, now: datetime) -> RunSummary:
        return asyncio.run(self._run(now))

    async def _run(self, now: datetime) -> RunSummary:
        def store(batch: object) -> int:
            return 0

        def extract(articles: object) -> Iterator[Extraction]:
            for article in articles:  # type: ignore[attr-defined]
                self.articles.append(article)
                yield Extraction(article, claims=tuple(islice(make_claims(article), 1)))

        async with Fetcher(self._config) as fetcher:
            return await ingest_run(self._archive, fetcher, extract, store, now, sandbox=self._sandbox)


@pytest.fixture
def runs(archive: Archive, local: FetchConfig, sandbox: Sandbox) -> Runs:
    return Runs(archive, local, sandbox)


def test_a_page_is_asked_after_an_hour_a_day_and_a_week(server: FaultServer, archive: Archive, runs: Runs) -> None:
    archive.add_feed(Feed(feed(server)))
    server.pages["/a"] = ("200 OK", page(SENTENCE * 3).encode(), ("Content-Type: text/html", 'ETag: "1"'))
    asked = []
    for now in (NOW, NOW + HOURS / 2, NOW + HOURS, NOW + 2 * HOURS, *(NOW + timedelta(days=n) for n in range(2, 40))):
        before = server.count("/a")
        runs.run(now)
        if server.count("/a") > before:
            asked.append(now - NOW)
        server.pages["/a"] = ("304 Not Modified", b"", ())
    assert asked == [timedelta(), HOURS, timedelta(days=2), timedelta(days=9)]
    assert [headers.get("if-none-match") for path, headers in server.calls if path == "/a"] == [None, *['"1"'] * 3]
    assert len(runs.articles) == 1


def test_what_changed_is_a_new_version_with_what_was_known(server: FaultServer, archive: Archive, runs: Runs) -> None:
    archive.add_feed(Feed(feed(server)))
    server.add("/a", page(SENTENCE * 3))
    runs.run(NOW)
    server.add("/a", page(SENTENCE * 3 + "Correction: it was 1,024 chips."))
    summary = runs.run(NOW + HOURS)
    assert (summary.articles_new, summary.articles_changed, summary.failures) == (0, 1, ())
    first, second = runs.articles
    assert (second.version, second.url, second.source, second.published_at) == (
        2, first.url, first.source, datetime(2026, 1, 5, 10, tzinfo=UTC),
    )  # fmt: skip
    assert "Correction" in second.text


def test_one_that_was_old_when_met_is_left_alone(server: FaultServer, archive: Archive, runs: Runs) -> None:
    archive.add_feed(Feed(feed(server, "Mon, 27 Jan 2025 10:00:00 GMT")))
    server.add("/a", page(SENTENCE * 3))
    for days in range(10):
        runs.run(NOW + timedelta(days=days))
    assert server.count("/a") == 1


def test_a_page_that_is_taken_down_is_said_once_and_its_text_kept(
    server: FaultServer, archive: Archive, runs: Runs
) -> None:
    archive.add_feed(Feed(feed(server)))
    server.add("/a", page(SENTENCE * 3))
    runs.run(NOW)
    server.add("/a", "gone", status="404 Not Found")
    assert [one.reason for one in runs.run(NOW + HOURS).failures] == ["http_404"]
    for days in range(1, 12):
        assert runs.run(NOW + timedelta(days=days)).failures == ()
    assert archive.get_latest(server.url("/a")).version == 1


@pytest.mark.parametrize(
    ("status", "body", "barrier"),
    [
        ("401 Unauthorized", "no", Barrier.LOGIN),
        ("402 Payment Required", "no", Barrier.PAYWALL),
        ("403 Forbidden", "no", Barrier.REFUSED),
        ("451 Unavailable For Legal Reasons", "no", Barrier.LEGAL),
        ("200 OK", page("Subscribe to continue reading."), Barrier.PAYWALL),
        ("200 OK", "<html><body><div id=root></div><noscript>Please enable JavaScript.</noscript>", Barrier.SCRIPT),
        ("200 OK", "<html><body><h1>Just a moment...</h1><form id=challenge-form></form>", Barrier.CAPTCHA),
    ],
)
def test_a_closed_page_leaves_what_the_feed_gives_and_says_why(
    server: FaultServer, archive: Archive, runs: Runs, status: str, body: str, barrier: Barrier
) -> None:
    archive.add_feed(Feed(feed(server)))
    server.add("/a", body, status=status)
    summary = runs.run(NOW)
    (article,) = runs.articles
    assert (article.barrier, article.excerpt, article.text) == (barrier, True, f"One\n{SUMMARY}")
    assert (summary.articles_new, summary.failures) == (1, ())
    assert archive.count_barriers() == {barrier: 1}


@pytest.mark.parametrize("date", ["Mon, 05 Jan 2026 10:00:00 GMT", "Mon, 27 Jan 2025 10:00:00 GMT"], ids=["new", "old"])
def test_an_excerpt_stands_in_until_the_page_can_be_had(
    server: FaultServer, archive: Archive, runs: Runs, date: str
) -> None:
    archive.add_feed(Feed(feed(server, date, SENTENCE * 3)))
    server.add("/a", "later", status="503 Service Unavailable")
    summary = runs.run(NOW)
    assert (summary.articles_new, [one.reason for one in summary.failures]) == (1, ["http_503"])
    server.add("/a", page(SENTENCE * 3 + "It named no price."))
    assert runs.run(NOW + HOURS).articles_changed == 1
    excerpt, whole = runs.articles
    assert (excerpt.excerpt, whole.excerpt, whole.version, whole.url) == (True, False, 2, excerpt.url)
    assert "no price" in whole.text


def test_a_page_that_never_comes_is_asked_four_times(server: FaultServer, archive: Archive, runs: Runs) -> None:
    archive.add_feed(Feed(feed(server, summary=SENTENCE * 3)))
    server.add("/a", "later", status="503 Service Unavailable")
    failed = [len(runs.run(NOW + timedelta(hours=2 * n)).failures) for n in range(130)]
    assert (sum(failed), len(runs.articles)) == (4, 1)


def test_robots_txt_is_a_barrier_too(server: FaultServer, archive: Archive, runs: Runs) -> None:
    server.add("/robots.txt", "User-agent: *\nDisallow: /a\n", "text/plain")
    archive.add_feed(Feed(feed(server)))
    runs.run(NOW)
    assert [article.barrier for article in runs.articles] == [Barrier.ROBOTS]


def test_a_paywalled_pages_beginning_is_kept_where_it_says_more(
    server: FaultServer, archive: Archive, runs: Runs
) -> None:
    archive.add_feed(Feed(feed(server)))
    flag = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    server.add("/a", page(SENTENCE * 2, flag))
    runs.run(NOW)
    (article,) = runs.articles
    assert (article.barrier, article.excerpt) == (Barrier.PAYWALL, True)
    assert article.text.count(SENTENCE.strip()) == 2


def test_without_a_word_in_the_feed_a_closed_page_is_a_failure(
    server: FaultServer, archive: Archive, runs: Runs
) -> None:
    archive.add_feed(Feed(feed(server, summary="")))
    server.add("/a", "no", status="403 Forbidden")
    summary = runs.run(NOW)
    assert ([one.reason for one in summary.failures], runs.articles) == (["http_403"], [])
