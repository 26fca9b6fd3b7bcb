"""Feed documents as records: RSS, Atom and RDF by feedparser, JSON Feed by hand.

Hostile documents make parsers hang: outside tests, call `parse_feed` through `ingest.sandbox`.
"""

import hashlib
import html
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urljoin

from graph.errors import ParseError
from graph.records import Entry
from graph.spelling.kana import has_kana
from ingest.cleaning import clean_line, drop_surrogates
from ingest.network.addresses import hide_password, is_web_address
from ingest.parsing.article import decode_html
from ingest.parsing.dates import keep_plausible, parse_day, parse_moment

LONGEST_DOCUMENT = 10_000_000
MOST_ENTRIES = 5_000
# feedparser takes 0.1 ms an item; no feed met had a tenth of this.
_MOST_MARKED = 20_000
_LONGEST_TITLE = 1_000
_LONGEST_HTML = 1_000_000
_LONGEST_KEY = 2_000
_MOST_AUTHORS = 20
# Prolog, comments and a DOCTYPE fit in here in every real feed seen; more is padding.
_SNIFFED = 65_536
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_PROLOG = re.compile(
    rb"(?:\s+|<\?.{0,4096}?\?>|<!--.{0,32768}?-->|<!DOCTYPE[^\[>]{0,2048}(?:\[.{0,32768}?\]\s*)?>)+", re.DOTALL | re.I
)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
# An entity made of entities. 1 KB of them keeps expat busy for 2 s until its own limit, and no feed has a use for them.
_LAUGHING = re.compile(rb"<!ENTITY\s[^>\"']{0,200}[\"'][^>\"']{0,2000}?&[^#\s]", re.IGNORECASE)
# What feedparser takes a document for when its bytes are not what it says, be it one of them: Japanese in UTF-8 with a
# character cut in half comes out as Latin.
_LAST_RESORTS = ("windows-1252", "iso-8859-2")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
# References to what is no character: a lone surrogate, or beyond the last. feedparser fails on them.
_NO_CHARACTER = re.compile(
    rb"&#(?:x0*(?:d[89a-f][0-9a-f]{2}|1[1-9a-f][0-9a-f]{4}|[2-9a-f][0-9a-f]{5}|[0-9a-f]{7,})"
    rb"|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]|111411[2-9]|[2-9]\d{6}|\d{8,}));?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FeedInfo:
    """What a feed says of itself; empty and None where it says nothing."""

    title: str = ""
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document: the feed itself and its entries, in the document's order.

    children  the documents that have the entries instead: those of a sitemap index
    """

    info: FeedInfo
    entries: tuple[Entry, ...] = ()
    children: tuple[str, ...] = ()


def parse_feed(body: bytes, url: str, now: datetime, charset: str | None = None) -> ParsedFeed:
    """The entries of a feed document; none is no error.

    url      where it was read: links are resolved against it
    charset  as the HTTP header names it
    Raises ParseError: empty, too_large, not_a_feed, bad_xml, bad_json.
    """
    shown = hide_password(url)
    head = _read_head(body)
    if not head:
        raise ParseError(f"{shown}: the document is empty", subject=shown, reason="empty")
    if len(body) > LONGEST_DOCUMENT:
        raise ParseError(f"{shown}: more than {LONGEST_DOCUMENT:,} bytes", subject=shown, reason="too_large")
    if body.count(b"<item") + body.count(b"<entry") > _MOST_MARKED:
        raise ParseError(f"{shown}: more than {_MOST_MARKED:,} entries", subject=shown, reason="too_large")
    if _LAUGHING.search(head):
        raise ParseError(f"{shown}: declares entities made of entities", subject=shown, reason="bad_xml")
    if head[:1] == b"{":
        info, raw = _parse_json(body, url, shown)
    elif find_root(body) in _ROOTS:
        info, raw = _parse_xml(body, url, shown, charset)
    else:
        raise ParseError(
            f"{shown}: not a feed; `feeds add` finds the feeds that a page names", subject=shown, reason="not_a_feed"
        )
    entries = [
        replace(entry, published_at=keep_plausible(entry.published_at, now), lang=entry.lang or info.lang)
        for entry in raw
    ]
    return ParsedFeed(info, _separate_keys(_keep_newest(entries)))


def _read_head(body: bytes) -> bytes:
    """The beginning without byte-order mark, padding and the NULs of UTF-16 and UTF-32: enough to tell what it is."""
    head = body[:_SNIFFED]
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").strip()


def is_feed(body: bytes) -> bool:
    """Whether a document begins as a feed does: an element of one, or JSON."""
    return find_root(body) in _ROOTS or _read_head(body)[:1] == b"{"


def find_root(body: bytes) -> str:
    """The local name of the first element; empty when there is none."""
    head = _read_head(body)
    prolog = _PROLOG.match(head)
    root = _ROOT.match(head, prolog.end() if prolog else 0)
    return root[1].decode("ascii", "replace").lower() if root else ""


def _keep_newest(entries: list[Entry]) -> list[Entry]:
    if len(entries) <= MOST_ENTRIES:
        return entries
    oldest = datetime.min.replace(tzinfo=UTC)
    # Stable: entries without a date keep the document's order, which is newest first by custom.
    return sorted(entries, key=lambda entry: entry.published_at or oldest, reverse=True)[:MOST_ENTRIES]


def _separate_keys(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries with one key each: where a document uses one id twice for different pages, the link tells them apart."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        twin = kept.get(entry.key)
        if twin and twin.url != entry.url:
            entry = replace(entry, key=f"{entry.key} {entry.url}"[: 2 * _LONGEST_KEY])
        kept.setdefault(entry.key, entry)
    return tuple(kept.values())


def _make_entry(
    feed_url: str,
    *,
    key: str,
    link: str,
    title: str,
    body: str,
    published_at: datetime | None,
    authors: Iterable[str] = (),
    lang: str | None = None,
) -> Entry:
    url = _resolve(feed_url, link)
    title = _read_title(title)
    body = drop_surrogates(body[:_LONGEST_HTML]).replace("\0", "")
    key = clean_line(key, _LONGEST_KEY) or url or hashlib.sha256(f"{title}\x1f{body}".encode()).hexdigest()
    names = (clean_line(name, 200) for name in authors)
    return Entry(
        feed_url=feed_url,
        key=key,
        url=url,
        title=title,
        html=body,
        published_at=published_at,
        authors=tuple(name for name in names if name)[:_MOST_AUTHORS],
        lang=_read_lang(lang),
    )


def _resolve(base: str, link: str) -> str:
    """The absolute http or https address of a link; empty when it is none."""
    link = clean_line(link, _LONGEST_KEY).replace(" ", "%20")
    try:
        url = urljoin(base, link) if link else ""
    except ValueError:
        return ""
    return url if is_web_address(url) else ""


def _read_title(text: str) -> str:
    """A title without markup: many feeds escape it once or twice too often."""
    text = text[: 4 * _LONGEST_TITLE]
    if "&" in text or "<" in text:
        text = html.unescape(_TAGS.sub("", text))
    return clean_line(text, _LONGEST_TITLE)


def _read_lang(value: object) -> str | None:
    """A language code of two or three letters from `ja`, `en-US`, `en_GB`."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?=[-_\s]|$)", value) if isinstance(value, str) else None
    return found[1].lower() if found else None


def _parse_xml(body: bytes, url: str, shown: str, charset: str | None) -> tuple[FeedInfo, list[Entry]]:
    parsed = _run_feedparser(body, charset)
    if parsed.get("bozo") and parsed.get("encoding") in _LAST_RESORTS:
        text = decode_html(body, charset)
        # Where nothing else is beyond ASCII, the odd bytes are the quotation marks and accents that feedparser sees.
        if has_kana(text) or ("\ufffd" in text and not text.replace("\ufffd", "").isascii()):
            parsed = _run_feedparser(text.encode(), "utf-8")
    channel = parsed.get("feed", {})
    entries = [_read_item(item, url) for item in parsed.get("entries", [])]
    if not entries and parsed.get("bozo") and not channel.get("title"):
        cause = clean_line(str(parsed.get("bozo_exception", "")), 200)
        raise ParseError(f"{shown}: the XML is broken: {cause}", subject=shown, reason="bad_xml")
    return FeedInfo(_read_title(_as_text(channel.get("title"))), _read_lang(channel.get("language"))), entries


def _run_feedparser(body: bytes, charset: str | None) -> Any:
    import feedparser  # here, so that only the sandboxed process pays for it (0.05 CPU s)

    # Only with a charset: feedparser takes `text/xml` alone as US-ASCII. And not where the document was read: it would
    # resolve every link against that, a fifth of its time, and _resolve does so for those that are kept.
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    # A stream, never bytes or a string: those it would try as the name of a file first.
    return feedparser.parse(
        io.BytesIO(_NO_CHARACTER.sub(b"&#xFFFD;", body)),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _read_item(item: Any, feed_url: str) -> Entry:
    contents = [part for part in item.get("content", []) if isinstance(part, dict)]
    if summary := item.get("summary_detail"):
        contents.append(summary)
    body, lang = _pick_body(contents)
    return _make_entry(
        feed_url,
        key=_as_text(item.get("id")),
        link=_as_text(item.get("link")),
        title=_as_text(item.get("title")),
        body=body,
        published_at=_read_published(item),
        authors=_read_authors(item),
        lang=lang or item.get("language"),
    )


def _pick_body(contents: list[Any]) -> tuple[str, str | None]:
    """The longest body that the item carries, as HTML, and its language."""
    best = max(contents, key=lambda part: len(_as_text(part.get("value"))), default=None)
    if best is None:
        return "", None
    text = _as_text(best.get("value"))
    return (html.escape(text, quote=False) if best.get("type") == "text/plain" else text), best.get("language")


def _read_published(item: Any) -> datetime | None:
    """Our reading goes before feedparser's guess, which takes 2026/11/27 for the first of November."""
    for name in ("published", "created", "updated"):
        # `in` first: feedparser warns when a missing `updated` is answered with `published`.
        text = _as_text(item[name]) if name in item else ""
        if moment := parse_moment(text):
            return moment
        day = parse_day(text)
        guess = _from_struct(item[f"{name}_parsed"]) if f"{name}_parsed" in item else None
        if guess and (day is None or guess.time() != time()):
            return guess
        if day:
            return day
    return None


def _from_struct(parts: Any) -> datetime | None:
    """A time of feedparser's, which is UTC."""
    try:
        year, month, day, hour, minute, second = parts[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def _read_authors(item: Any) -> list[str]:
    named = [_as_text(author.get("name")) for author in item.get("authors", []) if isinstance(author, dict)]
    return [name for name in named if name] or [_as_text(item.get("author"))]


def _parse_json(body: bytes, url: str, shown: str) -> tuple[FeedInfo, list[Entry]]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"{shown}: the JSON is broken", subject=shown, reason="bad_json") from error
    if not isinstance(feed, dict) or "jsonfeed.org/version/1" not in _as_text(feed.get("version")):
        raise ParseError(f"{shown}: JSON, but not a JSON Feed", subject=shown, reason="not_a_feed")
    info = FeedInfo(_read_title(_as_text(feed.get("title"))), _read_lang(feed.get("language")))
    items = feed.get("items")
    found = [_read_json_item(item, url) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return info, found


def _read_json_item(item: dict[str, Any], feed_url: str) -> Entry:
    authors = item.get("authors")
    authors = authors if isinstance(authors, list) else [item.get("author")]
    body = _as_text(item.get("content_html")) or html.escape(
        _as_text(item.get("content_text")) or _as_text(item.get("summary")), quote=False
    )
    return _make_entry(
        feed_url,
        key=str(item["id"]) if isinstance(item.get("id"), str | int) else "",
        link=_as_text(item.get("url")) or _as_text(item.get("external_url")),
        title=_as_text(item.get("title")),
        body=body,
        published_at=_first_moment(_as_text(item.get("date_published")), _as_text(item.get("date_modified"))),
        authors=(_as_text(author.get("name")) for author in authors if isinstance(author, dict)),
        lang=item.get("language"),
    )


def _first_moment(*texts: str) -> datetime | None:
    readers: tuple[Callable[[str], datetime | None], ...] = (parse_moment, parse_day)
    return next((moment for text in texts if text for read in readers if (moment := read(text))), None)


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else ""
