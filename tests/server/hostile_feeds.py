"""Feed documents that break readers, each with how reading it must end: a reason, or a number of entries."""

from dataclasses import dataclass

_ATOM = b"<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>"


@dataclass(frozen=True, slots=True)
class Hostile:
    """`ends`: the reason of the failure, or how many entries are kept. `kind`: the Content-Type it is served with."""

    body: bytes
    ends: str | int
    kind: str = "application/xml"


def rss(items: bytes, head: bytes = b"", title: bytes = b"Feed") -> bytes:
    return head + b"<rss version='2.0'><channel><title>" + title + b"</title>" + items + b"</channel></rss>"


def item(inside: bytes) -> bytes:
    return b"<item>" + inside + b"</item>"


def dated(*dates: str) -> bytes:
    return rss(
        b"".join(
            item(f"<title>{n}</title><guid>{n}</guid><pubDate>{date}</pubDate>".encode())
            for n, date in enumerate(dates)
        )
    )


_LAUGHS = b"".join(
    [
        b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'>",
        *(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)),
        b"]>",
    ]
)
_EXTERNAL = b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM '%s'>]>"
_REPEATED = b"<!DOCTYPE rss [<!ENTITY a '" + b"x" * 20_000 + b"'>]>"
_ONE = item(b"<title>One</title><guid isPermaLink='false'>1</guid>")
_JAPANESE = "<item><title>日本語の記事</title></item>".encode()


def make_hostile(address: bytes) -> dict[str, Hostile]:
    """By name. `address`: where an external entity would call, which must stay silent."""
    return {
        "empty": Hostile(b"", "empty"),
        "byte-order-mark-alone": Hostile(b"\xef\xbb\xbf", "empty"),
        # feedparser issue 562: its e-mail pattern tries every split of this.
        "author-that-hangs": Hostile(
            _ATOM + b"<entry><author>a@" + b"a." * 25_000 + b"</author></entry></feed>", "timeout"
        ),
        "comments-open": Hostile(b"<!--" * 250_000, "not_a_feed"),
        "comments-open-inside": Hostile(rss(_ONE + b"<!--" * 250_000), 1),
        "attributes": Hostile(
            b"<rss version='2.0' " + b" ".join(b"a%d='x'" % n for n in range(60_000)) + b"><channel><title>t</title>"
            + _ONE + b"</channel></rss>", "timeout",
        ),
        "billion-laughs": Hostile(rss(item(b"<title>&m;</title>"), _LAUGHS, b"&m;"), "bad_xml"),
        "entity-repeated": Hostile(
            rss(item(b"<title>" + b"&a;" * 50_000 + b"</title>"), _REPEATED),
            1,
        ),
        "entity-of-a-file": Hostile(
            rss(item(b"<title>x&x;</title>"), _EXTERNAL % b"file:///etc/passwd", b"x&x;"), 1
        ),
        "entity-of-an-address": Hostile(rss(item(b"<title>x&x;</title>"), _EXTERNAL % address, b"x&x;"), 1),
        "nested": Hostile(rss(b"<a>" * 900_000), "timeout"),
        "nested-in-an-item": Hostile(rss(item(b"<title>t</title><description>" + b"<div>" * 1_200_000)), "timeout"),
        "100,000-items": Hostile(rss(b"<item><title>t</title></item>" * 100_000), "too_large"),
        "100,000-different-items": Hostile(
            rss(b"".join(b"<item><title>%d</title></item>" % n for n in range(100_000))), "too_large"
        ),
        "20-MB-title": Hostile(rss(item(b"<title>" + b"x" * 20_000_000 + b"</title>")), "too_large"),
        "9-MB-title": Hostile(rss(item(b"<title>" + b"x" * 9_000_000 + b"</title>")), 1),
        "5-MB-page": Hostile(b"<!doctype html><title>x</title>" + b"<p>text</p>" * 450_000, "not_a_feed", "text/html"),
        "page-that-claims-to-be-a-feed": Hostile(b"<html><p>Log in</html>", "not_a_feed", "application/rss+xml"),
        "picture": Hostile(b"\x89PNG\r\n\x1a\n" + b"\0" * 1000, "not_a_feed", "image/png"),
        "utf-7": Hostile(rss(_ONE, b"<?xml version='1.0' encoding='utf-7'?>"), 1),
        "utf-16-without-a-mark": Hostile(rss(_ONE).decode().encode("utf-16-le"), "bad_xml"),
        "header-against-prolog": Hostile(
            rss(_JAPANESE, b"<?xml version='1.0' encoding='utf-8'?>"), 1, "application/xml; charset=shift_jis"
        ),
        "charset-that-is-none": Hostile(rss(_JAPANESE), 1, "application/xml; charset=klingon"),
        "nul": Hostile(rss(item(b"<title>a\0b</title>")), 1),
        "lone-surrogates": Hostile(rss(item(b"<title>a&#xD800;b</title>") + item(b"<title>\xed\xa0\x80</title>")), 2),
        "references-to-no-character": Hostile(
            rss(b"".join(item(b"<title>%d &#%s;</title>" % (n, one)) for n, one in enumerate(
                (b"0", b"57343", b"1114112", b"9" * 100, b"xdfff", b"x110000", b"x" + b"f" * 100, b"x", b"-1")
            ))), 9,
        ),
        "dates": Hostile(
            dated("", "0000-00-00", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 2125 00:00:00 GMT", "令和7年1月28日",
                  "昭和99年13月32日", "rubbish", "9" * 5000), 8,
        ),
        "guid-missing": Hostile(rss(item(b"<title>a</title>") + item(b"<title>b</title>")), 2),
        "guid-repeated": Hostile(rss(item(b"<guid>1</guid><title>a</title>") * 3), 1),
        "truncated": Hostile(rss(_ONE * 2)[:-60], 2),
        "not-well-formed": Hostile(rss(item(b"<title>a & b <b>c</title><guid>1</guid>")), 1),
        "json-that-is-no-feed": Hostile(b'{"error": "rate limited"}', "not_a_feed", "application/json"),
        "json-nested": Hostile(b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000, "bad_json"),
        "json-of-wrong-types": Hostile(
            b'{"version": "https://jsonfeed.org/version/1.1", "title": [], "items": [{"id": {}, "url": 5,'
            b' "language": 5, "title": {"a": 1}, "authors": 7, "date_published": [], "content_html": 1}, null, 5,'
            b' [], {}]}', 1,
        ),
    }  # fmt: skip
