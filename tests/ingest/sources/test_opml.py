import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ParseError
from graph.records import Feed
from ingest.sources.opml import format_opml, parse_opml


def test_nested_lists_and_duplicates() -> None:
    body = b"""<?xml version="1.0"?><opml version="1.1"><head><title>x</title></head><body>
    <outline text="AI"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/f" language="ja"/>
    <outline text="again" xmlUrl="https://a.example/f"/></outline>
    <outline text="no feed"/><outline text="b" XMLURL=" https://b.example/f "/>
    <outline text="old" xmlUrl="feed://c.example/f"/></body></opml>"""
    assert parse_opml(body) == (
        Feed("https://a.example/f", "A & B", "ja"),
        Feed("https://b.example/f", "b"),
        Feed("feed://c.example/f", "old"),
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b" ", "empty"),
        (b"<opml><body>", "bad_xml"),
        (b"no xml", "bad_xml"),
        (b"<rss/>", "not_opml"),
        (b"<!DOCTYPE opml [<!ENTITY a 'x'>]><opml><body><outline text='&a;'/></body></opml>", "dtd"),
        (b"<!DOCTYPE opml SYSTEM 'http://127.0.0.1/x.dtd'><opml/>", "dtd"),
        (b"<?xml version='1.0' encoding='nonsense'?><opml/>", "bad_xml"),
        (b"<opml>" + b"x" * 10_000_001, "too_large"),
    ],
)
def test_what_is_no_list(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_opml(body)
    assert caught.value.reason == reason


def test_deep_nesting_is_no_danger() -> None:
    assert parse_opml(b"<opml>" + b"<outline>" * 100_000 + b"</outline>" * 100_000 + b"</opml>") == ()


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=50)


@given(st.lists(TITLES, max_size=5))
def test_writing_and_reading_gives_the_same_feeds(titles: list[str]) -> None:
    feeds = parse_opml(
        format_opml(Feed(f"https://a.example/{n}?a=1&b=2", title) for n, title in enumerate(titles)).encode()
    )
    assert parse_opml(format_opml(feeds).encode()) == feeds
    assert [feed.url for feed in feeds] == [f"https://a.example/{n}?a=1&b=2" for n in range(len(titles))]
