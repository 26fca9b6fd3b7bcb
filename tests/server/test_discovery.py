"""What can be polled behind an address: found on a real server, and read by whole runs."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph.errors import FetchError, ParseError
from graph.records import Extraction, Feed
from ingest.archive import Archive
from ingest.discovery import FoundAt, Pollable, discover, find_feeds
from ingest.network.fetch import FetchConfig, Fetcher
from ingest.pipeline import ingest_run
from ingest.sandbox import Sandbox
from ingest.sources.scrapers import Scraper
from tests.server.faults import FaultServer

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
PAGE = "<html><head><title>Front</title>{}</head><body><p>Welcome.</p></body></html>"
FEED = (
    "<rss version='2.0'><channel><title>The Feed</title><item><title>One</title><guid>1</guid></item></channel></rss>"
)
JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", "url": "https://a.example/1"}]}'
NEWS = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    " xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>{}</loc><news:news>"
    "<news:publication_date>2026-01-04</news:publication_date><news:title>T</news:title></news:news></url></urlset>"
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as kept:
        yield kept


def find(config: FetchConfig, sandbox: Sandbox, url: str, *scrapers: Scraper) -> tuple[Pollable, ...]:
    async def go() -> tuple[Pollable, ...]:
        async with Fetcher(config) as fetcher:
            return (await discover(fetcher, sandbox, scrapers, url, NOW))[0]

    return asyncio.run(go())


def run(archive: Archive, config: FetchConfig, sandbox: Sandbox, now: datetime, *scrapers: Scraper) -> list[str]:
    """Failures of a run, by reason."""

    async def go() -> list[str]:
        async with Fetcher(config) as fetcher:
            summary = await ingest_run(
                archive,
                fetcher,
                lambda articles: map(Extraction, articles),
                len,
                now,
                sandbox=sandbox,
                scrapers=lambda: scrapers,
            )
            return [failure.reason for failure in summary.failures]

    return asyncio.run(go())


@pytest.fixture
def bare(server: FaultServer) -> FaultServer:
    """The server without the feed that it has of its own."""
    server.add("/feed.xml", "no", status="404 Not Found")
    return server


def test_a_feed_is_itself(server: FaultServer, local: FetchConfig, sandbox: Sandbox) -> None:
    url = server.add("/f", FEED, "application/rss+xml")
    (found,) = find(local, sandbox, url)
    assert (found.feed, found.place) == (Feed(url, "The Feed"), FoundAt.ITSELF)


def test_a_page_names_its_feeds(server: FaultServer, local: FetchConfig, sandbox: Sandbox) -> None:
    links = (
        "<link rel=alternate type='application/atom+xml' href='/atom'>"
        "<link rel=alternate type='application/feed+json' href='/new.json'>"
        "<link rel=alternate type='application/json' href='/feeds/old.json'>"
        "<link rel=alternate type='application/json' href='/wp-json/posts/1'>"
    )
    found = find(local, sandbox, server.add("/", PAGE.format(links)))
    assert [one.feed.url for one in found] == [server.url(path) for path in ("/atom", "/new.json", "/feeds/old.json")]
    assert [path for path, _ in server.calls] == ["/"]


@pytest.mark.parametrize(
    ("page", "path", "body"),
    [
        ("/blog", "/blog/feed", FEED),
        ("/", "/feed", FEED),
        ("/blog", "/rss.xml", FEED),
        ("/", "/index.xml", FEED),
        ("/", "/feed.json", JSON_FEED),
    ],
)
def test_a_page_without_links_is_asked_at_the_usual_places(
    bare: FaultServer, local: FetchConfig, sandbox: Sandbox, page: str, path: str, body: str
) -> None:
    bare.add(path, body, "text/plain")
    (found,) = find(local, sandbox, bare.add(page, PAGE.format("")))
    assert (found.feed.url, found.place) == (bare.url(path), FoundAt.USUAL)


def test_guesses_obey_robots_txt(bare: FaultServer, local: FetchConfig, sandbox: Sandbox) -> None:
    bare.add("/robots.txt", "User-agent: *\nDisallow: /feed\n", "text/plain")
    bare.add("/feed", FEED)
    assert find(local, sandbox, bare.add("/", PAGE.format(""))) == ()
    assert bare.count("/feed") == 0


def test_pages_in_place_of_missing_ones_are_no_feeds(bare: FaultServer, local: FetchConfig, sandbox: Sandbox) -> None:
    for path in ("/feed", "/rss.xml", "/atom.xml", "/news-sitemap.xml"):
        bare.add(path, PAGE.format(""))
    url = bare.add("/", PAGE.format(""))
    assert find(local, sandbox, url) == ()
    assert len(bare.calls) <= 14

    async def go() -> None:
        async with Fetcher(local) as fetcher:
            await find_feeds(fetcher, sandbox, (), url, NOW)

    with pytest.raises(ParseError) as caught:
        asyncio.run(go())
    assert caught.value.reason == "no_feed"


def test_a_news_sitemap_is_found_through_robots_txt(bare: FaultServer, local: FetchConfig, sandbox: Sandbox) -> None:
    named = bare.add("/maps/news.xml", NEWS.format(bare.url("/n/1")), "application/xml")
    bare.add("/robots.txt", f"Sitemap: {bare.url('/maps/all.xml')}\nSitemap: {named}\n", "text/plain")
    (found,) = find(local, sandbox, bare.add("/", PAGE.format("")))
    assert (found.feed.url, found.place) == (named, FoundAt.SITEMAP)
    assert found.listing
    assert [entry.url for entry in found.listing.entries] == [bare.url("/n/1")]


def test_an_address_that_does_not_answer(server: FaultServer, local: FetchConfig, sandbox: Sandbox) -> None:
    with pytest.raises(FetchError):
        find(local, sandbox, server.url("/reset"))


def article(title: str) -> str:
    sentence = "The lab said on Monday that its model was trained on 2,048 chips and costs less than the others. "
    return f"<html><head><title>{title}</title></head><body><article><p>{sentence * 4}</p></article></body></html>"


def test_a_page_with_a_rule_is_polled_like_a_feed(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    url = server.url("/news")
    rule = Scraper(url, "li", date="i", name="own")
    server.add("/n/1", article("One"))
    server.add("/n/2", article("Two"))
    server.add("/news", "<title>N</title><ul><li><a href=/n/1>One</a> <i>Jan 2, 2026</i></ul>")
    (found,) = find(local, sandbox, url, rule)
    assert (found.place, found.rule) == (FoundAt.RULE, "own")
    archive.add_feed(found.feed)
    assert run(archive, local, sandbox, NOW, rule) == []
    server.add("/news", "<title>N</title><ul><li><a href=/n/2>Two</a><li><a href=/n/1>One</a></ul>")
    assert run(archive, local, sandbox, NOW + timedelta(days=1), rule) == []
    assert archive.get_feed(url).entries == 2
    assert (server.count("/n/1"), server.count("/n/2")) == (1, 1)
    assert archive.get_latest(server.url("/n/1")).published_at == datetime(2026, 1, 2, tzinfo=UTC)


def test_robots_txt_may_forbid_an_index_page(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    server.add("/robots.txt", "User-agent: *\nDisallow: /news\n", "text/plain")
    url = server.add("/news", "<ul><li><a href=/n/1>One</a></ul>")
    archive.add_feed(Feed(url))
    assert run(archive, local, sandbox, NOW, Scraper(url, "li")) == ["robots"]
    assert server.count("/news") == 0


def test_a_sitemap_index_is_read_through_its_sitemaps(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    server.add("/n/1", article("One"))
    for name in ("a", "b"):
        server.add(f"/{name}.xml", NEWS.format(server.url("/n/1")), "application/xml")
    names = "".join(f"<sitemap><loc>{server.url(f'/{name}.xml')}</loc></sitemap>" for name in ("a", "gone", "b"))
    server.pages["/index"] = ("200 OK", f"<sitemapindex>{names}</sitemapindex>".encode(), ('ETag: "1"',))
    archive.add_feed(Feed(server.url("/index")))
    assert run(archive, local, sandbox, NOW) == []
    assert archive.get_feed(server.url("/index")).entries == 1
    run(archive, local, sandbox, NOW + timedelta(days=1))
    # The index may stay as it is while its sitemaps change: it is asked without its validator.
    assert (server.count("/index"), server.count("/a.xml")) == (2, 2)


def test_an_index_that_names_itself_ends(
    server: FaultServer, local: FetchConfig, archive: Archive, sandbox: Sandbox
) -> None:
    url = server.url("/index")
    server.add("/index", f"<sitemapindex><sitemap><loc>{url}</loc></sitemap></sitemapindex>", "application/xml")
    archive.add_feed(Feed(url))
    run(archive, local, sandbox, NOW)
    assert server.count("/index") <= 4
    assert archive.get_feed(url).entries == 0
