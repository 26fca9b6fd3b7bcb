"""An article's page: fetched, made into an article, and asked again later whether it has changed."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from graph.errors import FetchError, ParseError
from graph.ids import make_article_id, make_source_id
from graph.records import Article, Entry, Feed, Source
from ingest.archive import Validators
from ingest.language import UNKNOWN
from ingest.network.addresses import find_host, hide_password
from ingest.network.fetch import PAGE_TYPES, Fetch, Request
from ingest.parsing.article import Page, read_page
from ingest.sandbox import Sandbox

# Seconds a host is left alone after giving a page.
_PAUSE = 0.2
_LONGEST_PAGE = 5_000_000
_HTML_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"})
_NOT_HTML = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"\x1f\x8b")
# News is corrected within hours, seldom after a week: three questions an article, most of them answered by a 304.
_CHECKS = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
# An article that was old when we had its page is not watched: the first reading of a feed brings a hundred of these.
_RECENT = timedelta(days=2)
# "The Outlet - AI", "AI | The Outlet", 東都速報：経済
_BETWEEN_PARTS = re.compile(r"\s+[-–—/·•»›>|]\s+|\s*[|:｜：・]\s*")


class NotModified(FetchError):
    """The page is what it was when its validators were given."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, the address it is known by, and what to ask with next time."""

    page: Page
    url: str
    validators: Validators


async def fetch_page(
    fetch: Fetch, sandbox: Sandbox, url: str, now: datetime, validators: Validators | None = None
) -> Fetched:
    """The article on a page. Raises NotModified while the validators hold, FetchError, ParseError (`not_html`)."""
    had = validators or Validators()
    request = Request(url, had.etag, had.modified, accept=PAGE_TYPES, limit=_LONGEST_PAGE, pause=_PAUSE)
    answer = await fetch(request)
    if answer.not_modified:
        raise NotModified(f"{hide_password(url)}: not changed", subject=url, reason="not_modified")
    if answer.content_type not in _HTML_TYPES or answer.body.startswith(_NOT_HTML):
        shown = hide_password(url)
        named = answer.content_type or "something else"
        raise ParseError(f"{shown}: {named}, not an HTML page", subject=shown, reason="not_html")
    page = await sandbox.arun(read_page, answer.body, answer.url, now, answer.charset)
    return Fetched(page, _own_address(page, answer.url), Validators(answer.etag, answer.modified))


def make_article(
    page: Page, url: str, now: datetime, *, feed: Feed | None = None, entry: Entry | None = None, excerpt: bool = False
) -> Article:
    """An article from a page and what its feed says; the page's own word goes first. Its version is not known yet."""
    url = hide_password(url)
    lang = page.lang if page.lang != UNKNOWN else (entry and entry.lang) or (feed and feed.lang) or UNKNOWN
    domain = find_host(url).removeprefix("www.")
    source = Source(
        id=make_source_id(domain),
        name=page.site_name or (feed and feed.title) or domain,
        domain=domain,
        lang=(feed and feed.lang) or lang,
    )
    return Article(
        id=make_article_id(url, page.text),
        url=url,
        source=source,
        title=page.title or (entry.title if entry else ""),
        text=page.text,
        lang=lang,
        published_at=_pick_time(page.published_at, entry.published_at if entry else None) or now,
        fetched_at=now,
        kind=page.kind,
        authors=page.authors or (entry.authors if entry else ()),
        excerpt=excerpt,
        barrier=page.barrier,
    )


def find_shared_name(titles: Collection[str]) -> str:
    """What the titles of a host's feeds have in common, the longest such name; empty where there is none."""
    if len(set(titles)) == 1:
        return next(iter(titles))
    parts = {part for title in titles for part in _BETWEEN_PARTS.split(title) if part}
    shared = [part for part in sorted(parts) if all(_has_words(title, part) for title in titles)]
    return max(shared, key=len, default="")


def _has_words(title: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", title) is not None


def make_version(before: Article, page: Page, now: datetime) -> Article:
    """The article as its page has it now; what a page does not say stays as it was known."""
    return replace(
        before,
        id=make_article_id(before.url, page.text),
        title=page.title or before.title,
        text=page.text,
        published_at=_pick_time(page.published_at, before.published_at) or before.published_at,
        fetched_at=now,
        authors=page.authors or before.authors,
        kind=page.kind,
        excerpt=False,
        barrier=None,
    )


def choose_longer(part: Page | None, excerpt: Page) -> Page:
    """Of a page's beginning and the feed's own text the one that says more."""
    return part if part and len(part.text) >= len(excerpt.text) else excerpt


def plan_check(article: Article, checks: int, now: datetime) -> datetime | None:
    """When to ask the page again: an hour, a day, a week after the last time; None for never again.

    article  an excerpt stands for a page that could not be had: it is asked however old
    checks   how often it has been asked
    """
    is_settled = not article.excerpt and now - article.published_at > _RECENT
    if checks >= len(_CHECKS) or (not checks and is_settled):
        return None
    return now + _CHECKS[checks]


def _own_address(page: Page, url: str) -> str:
    """The address that the page calls its own, if on the same host and more than the front page; else where it was."""
    own = page.canonical_url
    if own and find_host(own) == find_host(url) and urlsplit(own).path.strip("/"):
        return own
    return url


def _pick_time(page_time: datetime | None, feed_time: datetime | None) -> datetime | None:
    """The page's time; the feed's when the page knows only the day and the feed agrees with it."""
    if page_time is None or feed_time is None:
        return page_time or feed_time
    is_day = (page_time.hour, page_time.minute, page_time.second) == (0, 0, 0)
    return feed_time if is_day and abs(feed_time - page_time) <= timedelta(days=1) else page_time
