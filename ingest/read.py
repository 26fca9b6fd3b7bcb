"""One address or file, read now: a feed's entries, a page's article, or a text."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path

from graph.errors import FetchError, ParseError
from graph.ids import make_entity_id, make_source_id
from graph.records import Article, Source, SourceId
from ingest.language import UNKNOWN
from ingest.network.addresses import find_host, hide_password
from ingest.network.fetch import Fetch, Request
from ingest.pages import make_article
from ingest.parsing.article import Page, read_excerpt, read_page, read_text
from ingest.sandbox import Sandbox
from ingest.sources.documents import ParsedFeed, parse_feed
from ingest.sources.listings import parse_listing
from ingest.sources.scrapers import Scraper, find_scraper

_HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
_TEXT_ENDINGS = frozenset({".txt", ".text", ".md", ".markdown"})
_LARGEST_FILE = 20_000_000


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a document that does not say it itself; empty and None where nothing was said."""

    title: str = ""
    lang: str | None = None
    source: str = ""
    published_at: datetime | None = None


NOTHING = Given()


def list_given(given: Given) -> list[str]:
    """The fields of an article of which something was said."""
    return [one.name for one in fields(given) if getattr(given, one.name)]


async def read_address(
    fetch: Fetch, sandbox: Sandbox, scrapers: Sequence[Scraper], url: str, now: datetime, given: Given
) -> ParsedFeed | Article:
    """What an address holds: a feed or another listing, or an article. Raises FetchError, ParseError."""
    answer = await fetch(Request(url))
    scraper = find_scraper(scrapers, url)
    try:
        return await sandbox.arun(parse_listing, answer.body, answer.url, now, answer.charset, scraper)
    except ParseError as error:
        if error.reason != "not_a_feed":
            raise
    if answer.content_type == "text/plain":
        page = read_text(answer.body, url, given.title)
    else:
        page = await sandbox.arun(read_page, answer.body, answer.url, now, answer.charset)
    return apply_given(make_article(page, answer.url, now), page, given)


def read_file(sandbox: Sandbox, path: Path, now: datetime, given: Given) -> tuple[Article, ...]:
    """The articles a file holds: one of a page or text, or what the entries of a feed document carry.

    Raises FetchError when the file cannot be read, ParseError when nothing is in it.
    """
    body = _read_bytes(path)
    address = path.resolve().as_uri()
    try:
        parsed = sandbox.run(parse_feed, body, address, now)
    except ParseError as error:
        braced = error.reason == "bad_json" and path.suffix.lower() in _TEXT_ENDINGS  # a shortcode, "{{< figure >}}"
        if error.reason != "not_a_feed" and not braced:
            raise
    else:
        return tuple(_read_entries(sandbox, parsed, address, now, given))
    if path.suffix.lower() in _HTML_ENDINGS:
        page = sandbox.run(read_page, body, address, now)
    else:
        page = read_text(body, str(path), given.title)
    own = page.canonical_url or address
    return (apply_given(make_article(page, own, now), page, given),)


def read_text_file(path: Path, published_at: datetime, lang: str | None = None) -> Article:
    """A text file as the article of a day, whatever it holds. Raises FetchError, ParseError."""
    page = read_text(_read_bytes(path), str(path))
    article = make_article(page, path.resolve().as_uri(), published_at)
    return apply_given(article, page, Given(lang=lang, published_at=published_at))


def apply_given(article: Article, page: Page, given: Given) -> Article:
    """The article with what a person said of it; what the document says of itself counts where nobody did."""
    lang = given.lang or (page.lang if page.lang != UNKNOWN else article.lang)
    return replace(
        article,
        title=given.title or article.title,
        lang=lang,
        source=_make_source(given.source, article.source, lang),
        published_at=given.published_at or article.published_at,
    )


def _make_source(name: str, found: Source, lang: str) -> Source:
    """A source by name or domain; a file of one's own without either comes from `local`."""
    if name:
        is_domain = "." in name and " " not in name
        return Source(make_source_id(name) if is_domain else SourceId(make_entity_id(name)), name, name, lang=lang)
    if not found.domain:
        return Source(SourceId("local"), "Local files", "local", lang=lang)
    return found


def _read_entries(sandbox: Sandbox, parsed: ParsedFeed, address: str, now: datetime, given: Given) -> list[Article]:
    """Articles from the text that the feed itself carries; entries without text are left out."""
    articles = []
    for number, entry in enumerate(parsed.entries):
        url = entry.url or f"{address}#{number}"
        try:
            page = sandbox.run(read_excerpt, entry.html, entry.title, url)
        except ParseError:
            continue
        article = make_article(page, url, now, entry=entry, excerpt=True)
        named = replace(given, source=given.source or ("" if find_host(url) else parsed.info.title))
        articles.append(apply_given(article, page, replace(named, title="")))
    if not articles:
        shown = hide_password(address)
        raise ParseError(f"{shown}: no entry of this feed carries a text of its own", subject=shown, reason="no_text")
    return articles


def _read_bytes(path: Path) -> bytes:
    shown = str(path)
    try:
        with path.open("rb") as file:  # the size that a device or a pipe gives says nothing
            body = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError as error:
        message = f"{shown}: no such file; an address starts with https:// or http://"
        raise FetchError(message, subject=shown, reason="no_file") from error
    except OSError as error:
        raise FetchError(f"{shown}: {error.strerror}", subject=shown, reason="unreadable") from error
    if len(body) > _LARGEST_FILE:
        message = f"{shown}: larger than {_LARGEST_FILE // 1_000_000} MB; split it into articles"
        raise FetchError(message, subject=shown, reason="too_large")
    return body
