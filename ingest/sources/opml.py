"""Feed lists as OPML 2.0 (http://opml.org/spec2.opml), both ways."""

from collections.abc import Iterable
from xml.parsers import expat  # entities and DTDs are refused below
from xml.sax.saxutils import quoteattr

from graph.errors import ParseError
from graph.records import Feed
from ingest.cleaning import clean_line

_LONGEST_DOCUMENT = 10_000_000
_LONGEST_TITLE = 1_000


def parse_opml(body: bytes, name: str = "OPML") -> tuple[Feed, ...]:
    """The feeds of a list, each address once, as it stands and in its order; folders are looked into and forgotten.

    name  what to call the document in messages
    Raises ParseError: empty, too_large, bad_xml, dtd, not_opml.
    """
    if not body.strip():
        raise ParseError(f"{name}: the file is empty", subject=name, reason="empty")
    if len(body) > _LONGEST_DOCUMENT:
        raise ParseError(f"{name}: more than {_LONGEST_DOCUMENT:,} bytes", subject=name, reason="too_large")
    reader = _Reader(name)
    try:
        reader.parse(body)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ParseError(f"{name}: the XML is broken: {error}", subject=name, reason="bad_xml") from error
    return tuple(reader.feeds.values())


def format_opml(feeds: Iterable[Feed]) -> str:
    """An OPML 2.0 document that lists the feeds."""
    outlines = "".join(f"    {_format_outline(feed)}\n" for feed in feeds)
    head = "  <head>\n    <title>claimgraph feeds</title>\n  </head>\n"
    body = f"  <body>\n{outlines}  </body>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n{head}{body}</opml>\n'


def _format_outline(feed: Feed) -> str:
    title = clean_line(feed.title, _LONGEST_TITLE) or feed.url
    values = {"type": "rss", "text": title, "title": title, "xmlUrl": feed.url, "language": feed.lang}
    return "<outline " + " ".join(f"{name}={quoteattr(value)}" for name, value in values.items() if value) + "/>"


class _Reader:
    """Expat's callbacks. expat keeps no tree, so depth is no danger, and it opens no file or address by itself."""

    def __init__(self, name: str) -> None:
        self.feeds: dict[str, Feed] = {}
        self._name = name
        self._is_root = True

    def parse(self, body: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.Parse(body, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._is_root and tag.lower() != "opml":
            raise ParseError(f"{self._name}: not an OPML document", subject=self._name, reason="not_opml")
        self._is_root = False
        if tag.lower() != "outline":
            return
        values = {name.lower(): value for name, value in attributes.items()}
        url = values.get("xmlurl", "").strip()
        if url and url not in self.feeds:
            title = clean_line(values.get("title") or values.get("text", ""), _LONGEST_TITLE)
            self.feeds[url] = Feed(url, "" if title == url else title, values.get("language") or None)

    def _refuse_doctype(self, *_: object) -> None:
        raise ParseError(f"{self._name}: a DOCTYPE, which OPML does not need", subject=self._name, reason="dtd")
