"""What would be read at an address, found out without keeping any of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.errors import FetchError, ParseError
from graph.records import ArticleKind, Barrier, Entry, Feed, Section
from graph.sections import find_sections
from ingest.discovery import FoundAt, Pollable, discover, read_children
from ingest.network.fetch import Fetch, Request
from ingest.parsing.article import read_page
from ingest.robots import Robots
from ingest.sandbox import Sandbox
from ingest.sources.listings import parse_listing
from ingest.sources.scrapers import Scraper

_MOST_ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as a feed, sitemap or index page gives it."""

    url: str
    title: str
    published_at: datetime | None
    lang: str | None


@dataclass(frozen=True, slots=True)
class Polled:
    """Something that can be polled: where it was found, the rule that reads it, its newest entries of so many.

    problem  why it could not be read; empty when it could
    """

    feed: Feed
    place: FoundAt
    rule: str
    count: int
    items: tuple[Item, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The article of a page; `length` in characters, `barrier` what keeps us from the rest."""

    title: str
    url: str
    lang: str
    kind: ArticleKind
    published_at: datetime | None
    authors: tuple[str, ...]
    length: int
    beginning: str
    sections: tuple[Section, ...]
    barrier: Barrier | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What an address would give: what can be polled, and its article; `problem` says why there is none."""

    url: str
    polled: tuple[Polled, ...]
    article: Preview | None
    problem: str = ""


async def try_address(fetch: Fetch, sandbox: Sandbox, scrapers: Sequence[Scraper], url: str, now: datetime) -> Trial:
    """What would be read at an address. Raises FetchError, and ParseError for a broken feed or a rule without items."""
    found, answer = await discover(fetch, sandbox, scrapers, url, now)
    polled = tuple([await _read(fetch, sandbox, one, now) for one in found])
    if any(one.place in {FoundAt.ITSELF, FoundAt.RULE} for one in found):
        return Trial(url, polled, None)
    try:
        await Robots(fetch, None, now).check(url)
        page = await sandbox.arun(read_page, answer.body, answer.url, now, answer.charset)
    except (FetchError, ParseError) as error:
        return Trial(url, polled, None, str(error))
    preview = Preview(
        title=page.title,
        url=page.canonical_url or answer.url,
        lang=page.lang,
        kind=page.kind,
        published_at=page.published_at,
        authors=page.authors,
        length=len(page.text),
        beginning=page.text.removeprefix(page.title).strip()[:200],
        sections=find_sections(page.text),
        barrier=page.barrier,
    )
    return Trial(url, polled, preview)


async def _read(fetch: Fetch, sandbox: Sandbox, found: Pollable, now: datetime) -> Polled:
    """The entries of what was found; of a feed that a page only names, after asking it."""
    listing = found.listing
    try:
        if listing is None:
            answer = await fetch(Request(found.feed.url))
            parsed = await sandbox.arun(parse_listing, answer.body, answer.url, now, answer.charset)
            listing = await read_children(fetch, sandbox, parsed, answer.url, now)
    except (FetchError, ParseError) as error:
        return Polled(found.feed, found.place, found.rule, 0, (), str(error))
    feed = Feed(found.feed.url, listing.info.title, listing.info.lang)
    items = tuple(map(_make_item, listing.entries[:_MOST_ENTRIES]))
    return Polled(feed, found.place, found.rule, len(listing.entries), items)


def _make_item(entry: Entry) -> Item:
    return Item(entry.url, entry.title, entry.published_at, entry.lang)
