from datetime import UTC, datetime

import pytest

from graph.errors import ParseError
from ingest.sources.listings import parse_listing
from ingest.sources.sitemaps import MOST_CHILDREN, MOST_ENTRIES

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
URL = "https://a.example/sitemap.xml"
SPACES = (
    "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
    " xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'"
)


def urlset(*rows: str) -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?><urlset {SPACES}>{''.join(rows)}</urlset>".encode()


def row(loc: str, inside: str = "") -> str:
    return f"<url><loc>{loc}</loc>{inside}</url>"


def news(title: str, date: str, lang: str = "en") -> str:
    return (
        f"<news:news><news:publication><news:name>The Paper</news:name><news:language>{lang}</news:language>"
        f"</news:publication><news:publication_date>{date}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news>"
    )


def test_news_have_title_moment_and_language() -> None:
    parsed = parse_listing(
        urlset(row("https://a.example/ja/1", news("費用は560万ドル &amp; 未確認", "2026-01-04T10:00:00+09:00", "ja"))),
        URL,
        NOW,
    )
    (entry,) = parsed.entries
    assert parsed.info.title == "The Paper"
    assert (entry.feed_url, entry.key, entry.url) == (URL, "https://a.example/ja/1", "https://a.example/ja/1")
    assert (entry.title, entry.lang) == ("費用は560万ドル & 未確認", "ja")
    assert entry.published_at == datetime(2026, 1, 4, 1, tzinfo=UTC)


def test_where_some_are_news_the_rest_is_left_out() -> None:
    rows = (
        row("https://a.example/shop", "<lastmod>2026-01-05</lastmod>"),
        row("https://a.example/n", news("T", "2026-01-04")),
    )
    assert [entry.url for entry in parse_listing(urlset(*rows), URL, NOW).entries] == ["https://a.example/n"]


def test_the_title_of_a_picture_makes_no_news() -> None:
    picture = (
        "<image:image><image:loc>https://a.example/i.png</image:loc><image:title>A chart</image:title></image:image>"
    )
    parsed = parse_listing(urlset(row("https://a.example/1", f"<lastmod>2026-01-04</lastmod>{picture}")), URL, NOW)
    assert [(entry.url, entry.title) for entry in parsed.entries] == [("https://a.example/1", "")]


@pytest.mark.parametrize(
    ("lastmod", "kept"),
    [("2026-01-04", True), ("2026-01-04T23:10:00Z", True), ("2025-12-01", False), ("", False), ("soon", False)],
)
def test_a_plain_sitemap_gives_what_changed_lately(lastmod: str, kept: bool) -> None:
    parsed = parse_listing(urlset(row("https://a.example/1", f"<lastmod>{lastmod}</lastmod>")), URL, NOW)
    assert bool(parsed.entries) is kept


@pytest.mark.parametrize("loc", ["https://b.example/1", "javascript:alert(1)", "/relative", ""])
def test_addresses_of_other_hosts_are_left_out(loc: str) -> None:
    assert parse_listing(urlset(row(loc, news("T", "2026-01-04"))), URL, NOW).entries == ()


def test_an_index_names_its_newest_sitemaps_news_first() -> None:
    rows = "".join(
        f"<sitemap><loc>https://a.example/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in [
            ("2019", "2019-12-31"),
            ("2026", "2026-01-04"),
            ("2025", "2025-12-31"),
            ("news", "2025-01-01"),
        ]
    )
    parsed = parse_listing(f"<sitemapindex {SPACES}>{rows}</sitemapindex>".encode(), URL, NOW)
    names = [child.rpartition("/")[2] for child in parsed.children]
    assert names == ["news.xml", "2026.xml", "2025.xml"][:MOST_CHILDREN]
    assert parsed.entries == ()


def test_the_newest_are_kept_of_too_many() -> None:
    rows = (row(f"https://a.example/{n}", news(f"T{n}", f"2026-01-0{1 + n % 4}T00:00:00Z")) for n in range(3_000))
    entries = parse_listing(urlset(*rows), URL, NOW).entries
    assert len(entries) == MOST_ENTRIES
    assert all(entry.published_at and entry.published_at.day >= 3 for entry in entries)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<urlset>" + b"<url>" * 100_000, id="deep"),
        pytest.param(b"<urlset><url><loc>https://a.example/1</loc", id="cut-off"),
        pytest.param(
            b"<!DOCTYPE urlset [<!ENTITY a 'aaa'><!ENTITY b '&a;&a;'>]><urlset><url><loc>&b;</loc></url></urlset>",
            id="entities",
        ),
        pytest.param(
            b"<!DOCTYPE urlset [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><urlset><url><loc>&f;</loc></url></urlset>",
            id="file",
        ),
    ],
)
def test_hostile_sitemaps_give_nothing_or_a_reason(body: bytes) -> None:
    reason, found = "", 0
    try:
        found = len(parse_listing(body, URL, NOW).entries)
    except ParseError as error:
        reason = error.reason
    assert (found, reason in {"", "bad_xml"}) == (0, True)


def test_one_that_is_too_large() -> None:
    with pytest.raises(ParseError) as caught:
        parse_listing(b"<urlset>" + b" " * 10_000_001, URL, NOW)
    assert caught.value.reason == "too_large"
