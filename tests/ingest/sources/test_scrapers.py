"""Index pages read by rules; the pages are saved ones of our own writing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import ConfigError, ParseError
from ingest.sources.listings import parse_listing
from ingest.sources.scrapers import Scraper, find_scraper, load_scrapers

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
PAGES = Path(__file__).parents[1] / "pages"
SHIPPED = Path(__file__).parents[3] / "data" / "scrapers"
EN = Scraper(
    "https://harbor.example/en/news", "article.card", link="h3 a", title="h3", date=".meta, time", name="harbor"
)
JA = Scraper("https://minato.example/news", "//ul[@id='news']/li", title="b", date=".day", language="ja", name="minato")


def test_items_of_an_english_page() -> None:
    parsed = parse_listing((PAGES / "news_en.html").read_bytes(), EN.page, NOW, scraper=EN)
    assert parsed.info.title == "News · Harbor Labs"
    assert [(entry.url, entry.title, entry.published_at) for entry in parsed.entries] == [
        (f"{EN.page}/tern-2", "Tern 2 is open to all", datetime(2026, 1, 4, 9, 30, tzinfo=UTC)),
        (f"{EN.page}/funding", "Harbor Labs raises $40 million", datetime(2025, 12, 18, tzinfo=UTC)),
    ]
    assert {entry.feed_url for entry in parsed.entries} == {EN.page}


def test_items_of_a_japanese_page_are_on_japans_clock() -> None:
    parsed = parse_listing((PAGES / "news_ja.html").read_bytes(), JA.page, NOW, scraper=JA)
    assert [(entry.url, entry.title, entry.published_at, entry.lang) for entry in parsed.entries] == [
        (f"{JA.page}/0104", "大規模言語モデル「うみねこ」を公開", datetime(2026, 1, 4, 9, 30, tzinfo=UTC), "ja"),
        (f"{JA.page}/1218", "計算資源に関する提携について", datetime(2025, 12, 18, tzinfo=UTC), "ja"),
    ]


def test_without_selectors_an_item_is_its_first_link() -> None:
    rule = Scraper(EN.page, "article.card", name="short")
    parsed = parse_listing((PAGES / "news_en.html").read_bytes(), EN.page, NOW, scraper=rule)
    assert [entry.url.rpartition("/")[2] for entry in parsed.entries] == ["tern-2", "funding"]


def test_a_picture_and_a_headline_with_one_address_are_one_entry_with_the_headline() -> None:
    rule = Scraper(EN.page, "//article//a[starts-with(@href, 'news/')]", name="links")
    (entry,) = parse_listing((PAGES / "news_en.html").read_bytes(), EN.page, NOW, scraper=rule).entries
    assert entry.title == "Tern 2 is open to all"


def test_a_page_that_has_changed_is_said_to_have() -> None:
    with pytest.raises(ParseError, match="rule harbor finds no item") as caught:
        parse_listing(b"<html><body><p>We have moved.</p>", EN.page, NOW, scraper=EN)
    assert caught.value.reason == "no_items"


def test_a_feed_at_the_address_needs_no_rule() -> None:
    feed = b"<rss version='2.0'><channel><title>F</title><item><title>I</title><guid>1</guid></item></channel></rss>"
    assert parse_listing(feed, EN.page, NOW, scraper=EN).info.title == "F"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://harbor.example/en/news", True),
        ("http://HARBOR.example/en/news/", True),
        ("https://harbor.example/en", False),
        ("https://harbor.example/en/news?page=2", False),
        ("not an address", False),
    ],
)
def test_a_rule_is_for_one_page(url: str, found: bool) -> None:
    assert (find_scraper((EN, JA), url) is EN) is found


def test_the_users_rule_counts_before_the_programs(tmp_path: Path) -> None:
    for folder, items in (("program", "li"), ("user", "article")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.toml").write_text(f'page = "https://a.example/news"\nitems = "{items}"\n', "utf-8")
    rules = load_scrapers([tmp_path / "program", tmp_path / "user", tmp_path / "missing"])
    found = find_scraper(rules, "https://a.example/news")
    assert found == Scraper("https://a.example/news", "article", name="a")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('items = "li"', "page must be"),
        ('page = "file:///etc/passwd"\nitems = "li"', "page must be"),
        ('page = "https://a.example/"', "items must"),
        ('page = "https://a.example/"\nitems = "li["', "not a CSS selector"),
        ('page = "https://a.example/"\nitems = "//li["', "not a CSS selector"),
        ('page = "https://a.example/"\nitems = "li"\ndates = "time"', "no key dates"),
        ('page = "https://a.example/"\nitems = 3', "items must be text"),
        ("page = ", "not TOML"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "wrong.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=problem) as caught:
        load_scrapers([tmp_path])
    assert str(tmp_path / "wrong.toml") in str(caught.value)


def test_the_programs_own_rules_load() -> None:
    rules = load_scrapers([SHIPPED])
    assert rules
    assert len({rule.page for rule in rules}) == len(rules)
