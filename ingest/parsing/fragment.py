"""HTML fragments and heads, read tag by tag with the standard library: no tree, so no depth that could hurt."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from ingest.cleaning import clean_text
from ingest.network.addresses import is_web_address

_SKIPPED = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "object", "head"})
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
        "td", "th", "tr", "ul",
    }
)  # fmt: skip
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml"}
)
# JSON Feed 1.0 was announced as plain JSON, as are the interfaces of programs: there the address decides.
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]+;")
# A head that names more feeds than this is a list of them, and all further ones can be added by hand.
_MOST_FEEDS = 20
_LONGEST_FRAGMENT = 1_000_000
# html.parser looks for the end of every opening anew: 60 KB of `<a <a <a` take it 30 s. Where openings outnumber
# closings so far that it cannot be prose about x < y, those without an end are taken as text.
_MOST_UNCLOSED = 200
_UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|$))")


def read_html_fragment(html: str) -> str:
    """The text of a piece of HTML, one paragraph a line; empty when it has none."""
    if not _MARKUP.search(html):
        return _join(html)
    reader = _TextReader()
    reader.feed(_bound(html))
    reader.close()
    return _join("".join(reader.parts))


def find_feed_links(html: str, url: str) -> tuple[str, ...]:
    """Addresses of the feeds that a page names in its head (`link rel=alternate`), in its order."""
    reader = _LinkReader()
    reader.feed(_bound(html))
    found: dict[str, None] = {}
    base = _resolve(url, reader.base) or url
    for link in reader.links[:_MOST_FEEDS]:
        address = _resolve(base, link)
        if is_web_address(address):
            found[address] = None
    return tuple(found)


def _bound(html: str) -> str:
    html = html[:_LONGEST_FRAGMENT]
    return _UNCLOSED.sub("&lt;", html) if html.count("<") > html.count(">") + _MOST_UNCLOSED else html


def _resolve(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(self._skipping - 1, 0)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            # A line break in the source is a space in the text; tags alone make paragraphs.
            self.parts.append(data.replace("\r", " ").replace("\n", " "))


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = values.get("href", "")
        if tag != "link" or "alternate" not in values.get("rel", "").lower().split():
            return
        kind, link = values.get("type", "").partition(";")[0].strip().lower(), values.get("href", "")
        if link and (kind in _FEED_TYPES or (kind == "application/json" and "feed" in link.lower())):
            self.links.append(link)


def _join(text: str) -> str:
    lines = (" ".join(line.split()) for line in clean_text(text).split("\n"))
    return "\n".join(line for line in lines if line)
