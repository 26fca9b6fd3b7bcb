"""Index pages read by a rule: for a site without a feed, one small TOML file says where its items stand.

    page = "https://www.example.com/news"
    items = "article.card"       # CSS, or XPath when it begins with / or ( or ./
    link = "a"                   # the rest is sought within an item; all but items may be left out
    title = "h3"
    date = "time"
    language = "en"

The program's own rules lie in data/scrapers, the user's in the folder `scrapers` of the configuration; of two for one
page the user's counts.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from graph.errors import ConfigError, ParseError
from graph.records import Entry, Failure, Stage
from ingest.cleaning import clean_line
from ingest.network.addresses import find_host, hide_password, is_web_address
from ingest.parsing.dates import JAPAN, keep_plausible, parse_day, parse_moment
from ingest.sources.documents import FeedInfo, ParsedFeed

_XPATH_STARTS = ("/", "(", "./", "..")
_MOST_ITEMS = 500
_LONGEST_TITLE = 1_000
_LONGEST_URL = 2_000
_LONGEST_SELECTOR = 500


@dataclass(frozen=True, slots=True)
class Scraper:
    """Where the items of one index page stand.

    page      the page's address
    items     selects each item; what follows is sought within it
    link      the element with the address; empty: the item itself, else its first link
    title     empty: the text of the link
    date      an element whose `datetime`, `content` or text is the date; empty: the first `time`
    language  of the items; also says which clock their hours are on (ja: Japan's)
    name      the file it came from
    """

    page: str
    items: str
    link: str = ""
    title: str = ""
    date: str = ""
    language: str = ""
    name: str = ""


_SELECTORS = ("items", "link", "title", "date")
_KEYS = frozenset({"page", "language", *_SELECTORS})


def place_scrapers(data: Path, own: Path | None) -> list[Path]:
    """Where rules for index pages lie: the program's first, then the user's own."""
    return [data / "scrapers", *([own] if own else [])]


def load_scrapers(folders: Iterable[Path]) -> tuple[Scraper, ...]:
    """The rules of the folders in order, a folder that is not there has none. ConfigError names the file at fault."""
    return tuple(map(_load, _iter_files(folders)))


def try_scrapers(folders: Iterable[Path]) -> tuple[Scraper | Failure, ...]:
    """As `load_scrapers`, with a failure in the place of each rule that is wrong."""
    return tuple(map(_try, _iter_files(folders)))


def find_scraper(scrapers: Sequence[Scraper], url: str) -> Scraper | None:
    """The last rule for a page, whatever its scheme and a slash at its end."""
    wanted = _fold_address(url)
    return next((one for one in reversed(scrapers) if _fold_address(one.page) == wanted), None)


def scrape_page(html: str, scraper: Scraper, url: str, now: datetime) -> ParsedFeed:
    """The entries of an index page, in its order. Raises ParseError `no_items` when the rule finds none.

    Slow on hostile pages: outside tests, call it through `ingest.sandbox`.
    """
    from lxml.etree import ParserError
    from lxml.html import document_fromstring  # here, so that only the sandboxed process pays for it

    shown = hide_password(url)
    try:
        tree = document_fromstring(html)
    except ParserError as error:
        raise ParseError(f"{shown}: the page is empty", subject=shown, reason="empty") from error
    base = _resolve(url, next(iter(tree.xpath("//base/@href")), "")) or url
    items = _select(tree, scraper.items)[:_MOST_ITEMS]
    found = [entry for item in items if (entry := _read_item(item, scraper, url, base, now))]
    if not found:
        message = f"{shown}: the rule {scraper.name} finds no item; the page may have changed, see `sources try`"
        raise ParseError(message, subject=shown, reason="no_items")
    title = clean_line(" ".join(tree.xpath("//title//text()")[:5]), _LONGEST_TITLE)
    return ParsedFeed(FeedInfo(title, scraper.language or None), _merge_twins(found))


def _read_item(item: Any, scraper: Scraper, url: str, base: str, now: datetime) -> Entry | None:
    link = _find_link(item, scraper.link)
    address = _resolve(base, link.get("href", "")) if link is not None else ""
    # The front page is on every page, and no article.
    if not address or not urlsplit(address).path.strip("/"):
        return None
    named = _select(item, scraper.title)[:1] if scraper.title else []
    return Entry(
        feed_url=url,
        key=address,
        url=address,
        title=_text_of(named[0] if named else link),
        html="",
        published_at=keep_plausible(_find_date(item, scraper), now),
        lang=scraper.language or None,
    )


def _find_link(item: Any, selector: str) -> Any:
    if selector:
        return next((found for found in _select(item, selector) if found.get("href")), None)
    return item if item.get("href") else next(iter(item.xpath(".//a[@href]")), None)


def _find_date(item: Any, scraper: Scraper) -> datetime | None:
    zone = JAPAN if scraper.language == "ja" else UTC
    for place in _select(item, scraper.date or "time")[:3]:
        for text in (place.get("datetime"), place.get("content"), _text_of(place)):
            moment = text and (parse_moment(text, zone) or parse_day(text))
            if moment:
                return moment
    return None


def _merge_twins(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """One entry an address: cards link the picture first, and the headline only then."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        twin = kept.get(entry.key)
        if twin is None or (entry.title and not twin.title):
            kept[entry.key] = entry
    return tuple(kept.values())


def _select(element: Any, selector: str) -> list[Any]:
    """The elements that a CSS selector or XPath finds within an element."""
    found = _compile(selector)(element)
    return [one for one in found if hasattr(one, "iterdescendants")] if isinstance(found, list) else []


@cache
def _compile(selector: str) -> Any:
    from lxml import etree
    from lxml.cssselect import CSSSelector

    if selector.startswith(_XPATH_STARTS):
        return etree.XPath(selector)
    return CSSSelector(selector, translator="html")


def _text_of(element: Any) -> str:
    return clean_line(" ".join(element.itertext()), _LONGEST_TITLE)


def _resolve(base: str, link: str) -> str:
    try:
        url = urljoin(base, clean_line(link, _LONGEST_URL).partition("#")[0])
    except ValueError:
        return ""
    return url if is_web_address(url) else ""


def _fold_address(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return find_host(url), parts.path.rstrip("/"), parts.query


def _iter_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from (path for path in sorted(folder.glob("*.toml")) if path.is_file())


def _try(path: Path) -> Scraper | Failure:
    try:
        return _load(path)
    except ConfigError as error:
        return Failure(Stage.FEED, str(path), "bad_rule", str(error))


def _load(path: Path) -> Scraper:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"scraper {path}: {error.strerror}", subject=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"scraper {path}: not TOML: {error}", subject=str(path)) from error
    for problem in _find_problems(values):
        raise ConfigError(f"scraper {path}: {problem}", subject=str(path))
    return Scraper(**values, name=path.stem)


def _find_problems(values: dict[str, Any]) -> Iterator[str]:
    from cssselect import SelectorError
    from lxml import etree

    if unknown := sorted(set(values) - _KEYS):
        yield f"there is no key {unknown[0]}; there are {', '.join(sorted(_KEYS))}"
    if texts := sorted(key for key, value in values.items() if not isinstance(value, str)):
        yield f"{texts[0]} must be text"
        return
    if not is_web_address(values.get("page", "")):
        yield "page must be the address of the index page"
    if not values.get("items"):
        yield "items must select the items of the page"
    for key in _SELECTORS:
        selector = values.get(key, "")
        try:
            if selector:
                _compile(selector[:_LONGEST_SELECTOR])
        except (SelectorError, etree.XPathError) as error:
            yield f"{key}: {selector}: not a CSS selector or XPath: {error}"
