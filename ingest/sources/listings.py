"""What can be polled: a feed, a sitemap, or an index page that a rule reads; all give entries.

Hostile documents make parsers hang: outside tests, call `parse_listing` through `ingest.sandbox`.
"""

from datetime import datetime

from ingest.parsing.article import XML_DECLARATION, decode_html
from ingest.parsing.fragment import find_feed_links
from ingest.sources.documents import ParsedFeed, find_root, is_feed, parse_feed
from ingest.sources.scrapers import Scraper, scrape_page
from ingest.sources.sitemaps import ROOTS, parse_sitemap


def list_feed_links(body: bytes, url: str, charset: str | None = None) -> tuple[str, ...]:
    """Addresses of the feeds that a page names in its head, in its order."""
    return find_feed_links(decode_html(body, charset), url)


def parse_listing(
    body: bytes, url: str, now: datetime, charset: str | None = None, scraper: Scraper | None = None
) -> ParsedFeed:
    """The entries of a document that lists some; of a sitemap index, the sitemaps.

    scraper  the rule for the page at this address; feeds and sitemaps need none
    Raises ParseError: empty, too_large, not_a_feed, bad_xml, bad_json, no_items.
    """
    if find_root(body) in ROOTS:
        return parse_sitemap(body, url, now)
    if scraper and body.strip() and not is_feed(body):
        html = XML_DECLARATION.sub("", decode_html(body, charset).replace("\0", ""), count=1)
        return scrape_page(html, scraper, url, now)
    return parse_feed(body, url, now, charset)
