import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsing.fragment import find_feed_links, read_html_fragment


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One &amp; two</p><p>Three<br>four</p>", "One & two\nThree\nfour"),
        ("plain < text\nsecond line", "plain < text\nsecond line"),
        ("<script>alert(1)</script><p>seen</p><style>x{}</style>", "seen"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<p>a <b>b</b>\n  c</p>", "a b c"),
        ("<p>日本語<br/>二行目", "日本語\n二行目"),
        ("", ""),
        ("<p> </p>", ""),
        ("<b>unclosed <i>and <p>crossed</b>", "unclosed and\ncrossed"),
    ],
)
def test_text_of_fragments(html: str, text: str) -> None:
    assert read_html_fragment(html) == text


@pytest.mark.parametrize(
    "html", ["<div>" * 100_000, "<!--" * 200_000, "<" * 500_000, "&" * 500_000, "<a " * 200_000, "<a x='" * 100_000]
)
def test_hostile_fragments_end(html: str) -> None:
    started = time.process_time()
    read_html_fragment(html)
    assert time.process_time() - started < 8


@given(st.text())
def test_any_text_is_read(html: str) -> None:
    assert "\0" not in read_html_fragment(html)


def test_feeds_of_a_page() -> None:
    html = """<head><base href="/news/"><link rel="alternate" type="application/rss+xml" href="feed.xml">
    <link rel="alternate" type="application/atom+xml; charset=utf-8" href="//b.example/atom">
    <link rel="alternate" type="application/rss+xml" href="feed.xml"><link rel="stylesheet" href="x.css">
    <link rel="alternate" type="text/html" hreflang="ja" href="/ja"><link rel="alternate" href="javascript:x"
    type="application/rss+xml"><link rel="Alternate" type="application/feed+json" href="/feed.json">"""
    assert find_feed_links(html, "https://a.example/x") == (
        "https://a.example/news/feed.xml",
        "https://b.example/atom",
        "https://a.example/feed.json",
    )
