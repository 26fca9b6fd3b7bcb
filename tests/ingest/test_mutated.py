"""Pages of our own broken at random: each is read, or refused for a reason; `bench/mutated_pages.py` breaks 2,000."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.mutations import iter_mutations
from graph.errors import ParseError
from ingest.parsing.article import read_page
from ingest.sources.listings import list_feed_links, parse_listing
from ingest.sources.scrapers import Scraper

NOW = datetime(2026, 1, 5, tzinfo=UTC)
URL = "https://harbor.example/en/news"
RULE = Scraper(URL, "//a[@href]", name="links")
PAGES = tuple(path.read_bytes() for path in sorted(Path(__file__).with_name("pages").glob("*.html")))
REASONS = {
    "no_text",
    "paywalled",
    "captcha",
    "needs_script",
    "consent",
    "no_items",
    "empty",
    "bad_xml",
    "not_a_feed",
    "too_large",
}


@pytest.mark.parametrize("seed", range(3))
def test_a_broken_page_is_read_or_refused_for_a_reason(seed: int) -> None:
    reasons = set()
    for body in iter_mutations(PAGES, 60, seed):
        list_feed_links(body, URL)
        for read in (
            lambda body: read_page(body, URL, NOW),
            lambda body: parse_listing(body, URL, NOW, scraper=RULE),
            lambda body: parse_listing(body, URL, NOW),
        ):
            try:
                read(body)
            except ParseError as error:
                reasons.add(error.reason)
    assert reasons <= REASONS
    assert "not_a_feed" in reasons


def test_the_same_seed_breaks_alike() -> None:
    assert list(iter_mutations(PAGES, 20, 7)) == list(iter_mutations(PAGES, 20, 7))
    assert len(set(iter_mutations(PAGES, 20, 7))) > 15
