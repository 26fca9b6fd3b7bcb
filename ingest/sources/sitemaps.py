"""Sitemaps as entries: the sitemap protocol 0.9 with Google's news extension, and the sitemaps that an index names.

Both are XML of any depth by anybody: outside tests, call `parse_sitemap` through `ingest.sandbox`.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.errors import ParseError
from graph.records import Entry
from ingest.cleaning import clean_line
from ingest.network.addresses import find_host, hide_password, is_web_address
from ingest.parsing.dates import keep_plausible, parse_day, parse_moment
from ingest.sources.documents import LONGEST_DOCUMENT, FeedInfo, ParsedFeed

ROOTS = frozenset({"urlset", "sitemapindex"})
# sitemaps.org: a file has at most 50,000 addresses; Google's news extension allows 1,000.
_MOST_URLS = 50_000
MOST_ENTRIES = 1_000
# A site's whole sitemap goes back to its first day; what it names as news ends after two.
_RECENT = timedelta(days=14)
# Of an index, the newest few: the rest is the years before.
MOST_CHILDREN = 3
_LONGEST_URL = 2_000
_LONGEST_TITLE = 1_000
_NEWS = "schemas/sitemap-news/"


def parse_sitemap(body: bytes, url: str, now: datetime) -> ParsedFeed:
    """The entries of a sitemap, newest first, or the sitemaps that an index names (`children`).

    Where some addresses carry the news extension, these alone; otherwise those changed within two weeks. A plain
    sitemap knows no day of publication: the day of the last change stands for it, no article is younger than that.
    Addresses on other hosts are left out (sitemaps.org, "Sitemap file location").
    Raises ParseError: too_large, bad_xml.
    """
    shown = hide_password(url)
    if len(body) > LONGEST_DOCUMENT:
        raise ParseError(f"{shown}: more than {LONGEST_DOCUMENT:,} bytes", subject=shown, reason="too_large")
    rows = tuple(_iter_rows(body, shown))
    own = [row for row in rows if is_web_address(row["loc"]) and find_host(row["loc"]) == find_host(url)]
    info = FeedInfo(title=next((row["name"] for row in own if row.get("name")), ""))
    children = [row for row in own if row["is_index"]]
    if children:
        return ParsedFeed(info, children=_pick_children(children))
    news = [row for row in own if row.get("publication_date") or row.get("title")]
    entries = (_make_entry(row, url, now) for row in (news or own))
    kept = [entry for entry in entries if news or (entry.published_at and now - entry.published_at <= _RECENT)]
    return ParsedFeed(info, tuple(_newest(kept)))


def _pick_children(rows: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """The sitemaps most likely to have news: those called so, then those changed last."""

    def rank(row: dict[str, Any]) -> tuple[bool, str]:
        return "news" in row["loc"].lower(), row.get("lastmod", "")

    found = dict.fromkeys(row["loc"] for row in sorted(rows, key=rank, reverse=True))
    return tuple(found)[:MOST_CHILDREN]


def _iter_rows(body: bytes, shown: str) -> Iterator[dict[str, Any]]:
    """What each `url` or `sitemap` element says, by local name."""
    from lxml import etree  # here, so that only the sandboxed process pays for it

    parser = etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        huge_tree=False,
    )
    try:
        for count, (_, element) in enumerate(parser):
            if count >= _MOST_URLS:
                return
            yield _read_row(element, etree.QName(element).localname == "sitemap")
            element.clear()
    except etree.XMLSyntaxError as error:
        cause = clean_line(str(error), 200)
        raise ParseError(f"{shown}: the XML is broken: {cause}", subject=shown, reason="bad_xml") from error


def _read_row(element: Any, is_index: bool) -> dict[str, Any]:
    """`loc` and `lastmod`, and what the news extension says; images and videos have titles of their own."""
    row: dict[str, Any] = {"loc": "", "is_index": is_index}
    for child in element.iterdescendants():
        if not isinstance(child.tag, str) or not child.text:
            continue
        space, _, name = child.tag.rpartition("}")
        if child.getparent() is element or _NEWS in space:
            row[name] = clean_line(child.text, _LONGEST_URL if name == "loc" else _LONGEST_TITLE)
    return row


def _make_entry(row: dict[str, Any], url: str, now: datetime) -> Entry:
    text = row.get("publication_date") or row.get("lastmod") or ""
    moment = parse_moment(text) or parse_day(text)
    return Entry(
        feed_url=url,
        key=row["loc"],
        url=row["loc"],
        title=row.get("title", ""),
        html="",
        published_at=keep_plausible(moment, now),
        lang=row.get("language", "")[:2].lower() or None,
    )


def _newest(entries: Iterable[Entry]) -> list[Entry]:
    oldest = datetime.min.replace(tzinfo=UTC)
    ordered = sorted(entries, key=lambda entry: entry.published_at or oldest, reverse=True)
    return list({entry.key: entry for entry in reversed(ordered)}.values())[::-1][:MOST_ENTRIES]
