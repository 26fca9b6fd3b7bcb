"""What can be polled behind an address: itself, the feeds that its page names, those at usual places, news sitemaps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from graph.errors import FetchError, ParseError
from graph.records import Entry, Feed
from ingest.network.addresses import hide_password
from ingest.network.fetch import Fetch, Request, Response
from ingest.robots import Robots
from ingest.sandbox import Sandbox
from ingest.sources.documents import ParsedFeed
from ingest.sources.listings import list_feed_links, parse_listing
from ingest.sources.scrapers import Scraper, find_scraper

# Where WordPress, Ghost, Hugo, Jekyll, Movable Type and JSON Feed put them by default.
_USUAL_PLACES = ("feed", "rss.xml", "atom.xml", "index.xml", "feed.xml", "rss", "feed.json")
_NEWS_SITEMAPS = ("news-sitemap.xml", "sitemap-news.xml", "sitemap_news.xml")
# The guesses for one address, seconds apart: whoever answers "no" so often has no feed.
_MOST_GUESSES = 12
_PAUSE = 0.5
# An index of indexes is a site of millions of pages; its newest are found by then.
_DEEPEST = 2


class FoundAt(StrEnum):
    """Where a polled address was found."""

    ITSELF = "the address itself"
    RULE = "the page, read by a rule"
    PAGE = "named by the page"
    USUAL = "at a usual place"
    SITEMAP = "a news sitemap"


@dataclass(frozen=True, slots=True)
class Pollable:
    """Something to poll. `listing` is None where it has not been read yet, `rule` empty where none is needed."""

    feed: Feed
    place: FoundAt
    listing: ParsedFeed | None = None
    rule: str = ""


async def discover(
    fetch: Fetch, sandbox: Sandbox, scrapers: Sequence[Scraper], url: str, now: datetime
) -> tuple[tuple[Pollable, ...], Response]:
    """What can be polled behind an address, best first, and what the address answered; nothing found is no error.

    Of a page: the page itself where a rule reads it, else the feeds that it names, else the first feed at a usual
    place, else the first news sitemap; guesses obey robots.txt. Raises FetchError, and ParseError for a broken feed.
    """
    answer = await fetch(Request(url))
    scraper = find_scraper(scrapers, url) or find_scraper(scrapers, answer.url)
    try:
        parsed = await sandbox.arun(parse_listing, answer.body, answer.url, now, answer.charset, scraper)
    except ParseError as error:
        if error.reason != "not_a_feed":
            raise
    else:
        listing = await read_children(fetch, sandbox, parsed, answer.url, now)
        place = FoundAt.RULE if scraper else FoundAt.ITSELF
        return (_make_found(answer.moved_to or url, listing, place, scraper),), answer
    if links := await sandbox.arun(list_feed_links, answer.body, answer.url, answer.charset):
        return tuple(Pollable(Feed(link), FoundAt.PAGE) for link in links), answer
    guessed = await _guess(fetch, sandbox, answer.url, now)
    return (guessed,) if guessed else (), answer


async def find_feeds(
    fetch: Fetch, sandbox: Sandbox, scrapers: Sequence[Scraper], url: str, now: datetime
) -> tuple[Feed, ...]:
    """What `discover` finds. Raises FetchError, ParseError (`no_feed`)."""
    found, _ = await discover(fetch, sandbox, scrapers, url, now)
    if not found:
        shown = hide_password(url)
        message = (
            f"{shown}: not a feed, and none is named by the page or at the usual places, nor a news sitemap; "
            "a rule can read the page itself (docs/sources.md)"
        )
        raise ParseError(message, subject=shown, reason="no_feed")
    return tuple(one.feed for one in found)


async def read_children(
    fetch: Fetch, sandbox: Sandbox, parsed: ParsedFeed, url: str, now: datetime, depth: int = _DEEPEST
) -> ParsedFeed:
    """The listing with the entries of the sitemaps that it names as its own; without such the listing itself.

    One that fails is passed over. Raises the last one's FetchError or ParseError when all do.
    """
    if not parsed.children:
        return parsed
    entries: list[Entry] = []
    failure: FetchError | ParseError | None = None
    read = 0
    for child in parsed.children if depth else ():
        try:
            answer = await fetch(Request(child, pause=_PAUSE))
            inner = await sandbox.arun(parse_listing, answer.body, child, now, answer.charset)
            inner = await read_children(fetch, sandbox, inner, child, now, depth - 1)
        except (FetchError, ParseError) as error:
            failure = error
            continue
        read += 1
        entries += (replace(entry, feed_url=url) for entry in inner.entries)
    if failure and not read:
        raise failure
    unique = {entry.key: entry for entry in reversed(entries)}
    return replace(parsed, entries=tuple(reversed(unique.values())), children=())


async def _guess(fetch: Fetch, sandbox: Sandbox, url: str, now: datetime) -> Pollable | None:
    robots = Robots(fetch, None, now)
    for place, address in (await _list_guesses(robots, url))[:_MOST_GUESSES]:
        try:
            await robots.check(address)
            answer = await fetch(Request(address, pause=_PAUSE))
            parsed = await sandbox.arun(parse_listing, answer.body, answer.url, now, answer.charset)
            listing = await read_children(fetch, sandbox, parsed, answer.url, now)
        except (FetchError, ParseError):
            continue
        # A sitemap without the news extension lists shops and jobs too: whoever wants it gives its own address.
        if listing.entries and (place is FoundAt.USUAL or any(entry.title for entry in listing.entries)):
            return _make_found(answer.moved_to or address, listing, place)
    return None


async def _list_guesses(robots: Robots, url: str) -> list[tuple[FoundAt, str]]:
    """Addresses to try: below the page, at the root, then the sitemaps, those that robots.txt calls news first."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    below = f"{root}{parts.path.strip('/')}/" if parts.path.strip("/") else root
    places = dict.fromkeys([urljoin(below, "feed"), *(urljoin(root, place) for place in _USUAL_PLACES)])
    try:
        named = [address for address in await robots.list_sitemaps(url) if "news" in address.lower()]
    except FetchError:
        named = []
    sitemaps = dict.fromkeys([*named[:2], *(urljoin(root, name) for name in _NEWS_SITEMAPS)])
    return [*((FoundAt.USUAL, one) for one in places), *((FoundAt.SITEMAP, one) for one in sitemaps)]


def _make_found(url: str, listing: ParsedFeed, place: FoundAt, scraper: Scraper | None = None) -> Pollable:
    feed = Feed(url, listing.info.title, listing.info.lang)
    return Pollable(feed, place, listing, scraper.name if scraper else "")
