from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ParseError
from graph.records import Entry
from ingest.sources.documents import MOST_ENTRIES, FeedInfo, ParsedFeed, parse_feed

NOW = datetime(2026, 1, 5, tzinfo=UTC)
URL = "https://a.example/news/feed.xml"


def parse(body: str | bytes, charset: str | None = None) -> ParsedFeed:
    return parse_feed(body.encode() if isinstance(body, str) else body, URL, NOW, charset)


def rss(items: str) -> str:
    return f"<rss version='2.0'><channel><title>T</title><language>ja-JP</language>{items}</channel></rss>"


def first(items: str) -> Entry:
    return parse(rss(f"<item>{items}</item>")).entries[0]


def test_an_rss_item_as_an_entry() -> None:
    entry = first(
        "<title>A &amp;amp; B</title><link>../a?x=1</link><guid isPermaLink='false'>id-1</guid>"
        "<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Jane</dc:creator>"
        "<pubDate>Tue, 28 Jan 2025 10:00:00 +0900</pubDate>"
        "<description>&lt;p&gt;Body&lt;/p&gt;</description>"
    )
    assert entry == Entry(
        feed_url=URL,
        key="id-1",
        url="https://a.example/a?x=1",
        title="A & B",
        html="<p>Body</p>",
        published_at=datetime(2025, 1, 28, 1, tzinfo=UTC),
        authors=("Jane",),
        lang="ja",
    )


def make_rss(version: str, date: str = "", doctype: str = "") -> str:
    item = f"<item><title>A title</title><link>https://a.example/1</link>{date}</item>"
    return f"{doctype}<rss version='{version}'><channel><title>T</title>{item}</channel></rss>"


def make_rdf(namespace: str, date: str = "") -> str:
    return (
        f"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='{namespace}'"
        " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>T</title></channel>"
        f"<item><title>A title</title><link>https://a.example/1</link>{date}</item></rdf:RDF>"
    )


def make_atom(head: str, date: str) -> str:
    return (
        f"<feed {head}><title>T</title><entry><id>1</id><title>A title</title>"
        f"<link rel='alternate' href='https://a.example/1'/>{date}</entry></feed>"
    )


def make_json(version: str) -> str:
    return (
        f'{{"version": "https://jsonfeed.org/version/{version}", "title": "T", "items": [{{"id": "1",'
        ' "title": "A title", "url": "https://a.example/1", "date_published": "2025-01-28T09:00:00Z"}]}'
    )


@pytest.mark.parametrize(
    ("document", "day"),
    [
        (make_rdf("http://my.netscape.com/rdf/simple/0.9/"), 0),
        (make_rss("0.91", doctype="<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'x.dtd'>"), 0),
        (make_rss("0.92"), 0),
        (make_rss("0.93", "<pubDate>Tue, 28 Jan 2025 09:00:00 GMT</pubDate>"), 28),
        (make_rdf("http://purl.org/rss/1.0/", "<dc:date>2025-01-28T09:00:00Z</dc:date>"), 28),
        (make_rss("2.0", "<pubDate>28 Jan 25 09:00 GMT</pubDate>"), 28),
        (make_atom("version='0.3' xmlns='http://purl.org/atom/ns#'", "<issued>2025-01-28T09:00:00Z</issued>"), 28),
        (make_atom("xmlns='http://www.w3.org/2005/Atom'", "<updated>2025-01-28T09:00:00Z</updated>"), 28),
        (make_json("1"), 28),
        (make_json("1.1"), 28),
    ],
    ids=[
        "RSS-0.90",
        "RSS-0.91",
        "RSS-0.92",
        "RSS-0.93",
        "RSS-1.0",
        "RSS-2.0",
        "Atom-0.3",
        "Atom-1.0",
        "JSON-1",
        "JSON-1.1",
    ],
)
def test_every_version_of_feeds_is_read(document: str, day: int) -> None:
    parsed = parse(document)
    (entry,) = parsed.entries
    assert (parsed.info.title, entry.title, entry.url) == ("T", "A title", "https://a.example/1")
    assert (entry.published_at.day if entry.published_at else 0) == day


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2025/11/27 18:00", datetime(2025, 11, 27, 18, tzinfo=UTC)),
        ("2025.11.27 18:00", datetime(2025, 11, 27, 18, tzinfo=UTC)),
        ("2025/11/27", datetime(2025, 11, 27, tzinfo=UTC)),
        ("28 November 2025 6:15 pm", datetime(2025, 11, 28, 18, 15, tzinfo=UTC)),
        ("Fri, 28 Nov 2025 6:15 PM EST", datetime(2025, 11, 28, 23, 15, tzinfo=UTC)),
        ("Fri, 28 Nov 2025 18:15:00 -0500", datetime(2025, 11, 28, 23, 15, tzinfo=UTC)),
        ("2025-11-28T18:15:00+09:00", datetime(2025, 11, 28, 9, 15, tzinfo=UTC)),
    ],
)
def test_a_date_is_the_one_that_the_feed_prints(date: str, moment: datetime) -> None:
    assert first(f"<title>t</title><pubDate>{date}</pubDate>").published_at == moment


def test_an_id_shared_by_two_feeds_is_two_entries_and_one_for_new_text_is_a_change() -> None:
    one = "<item><guid isPermaLink='false'>1</guid><title>{}</title></item>"
    (here,) = parse(rss(one.format("a"))).entries
    (there,) = parse_feed(rss(one.format("a")).encode(), "https://b.example/feed", NOW).entries
    (later,) = parse(rss(one.format("b"))).entries
    assert (here.key, here.feed_url) != (there.key, there.feed_url)
    assert (here.key, here.feed_url) == (later.key, later.feed_url)


def test_what_a_feed_says_of_itself() -> None:
    assert parse(rss("")).info == FeedInfo("T", "ja")


def test_an_atom_entry() -> None:
    parsed = parse(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>F</title><entry><id>urn:1</id>"
        "<title type='html'>&lt;b&gt;Bold&lt;/b&gt; title</title><link rel='alternate' href='/a'/>"
        "<updated>2025-01-28T10:00:00Z</updated><author><name>A</name></author><author><name>B</name></author>"
        "<content type='text'>1 &lt; 2</content></entry></feed>"
    )
    (entry,) = parsed.entries
    assert (entry.key, entry.url, entry.title, entry.authors) == (
        "urn:1",
        "https://a.example/a",
        "Bold title",
        ("A", "B"),
    )
    assert (entry.html, entry.published_at) == ("1 &lt; 2", datetime(2025, 1, 28, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("", "https://a.example/news/x"),
        ("xml:base='https://b.example/y/'", "https://b.example/y/x"),
        ("xml:base='sub/'", "https://a.example/news/sub/x"),
        ("xml:base='/top/'", "https://a.example/top/x"),
    ],
    ids=["none", "absolute", "relative", "from the top"],
)
def test_links_are_resolved_against_their_base(base: str, url: str) -> None:
    entry = "<entry><id>1</id><title>t</title><link href='x'/></entry></feed>"
    assert parse(f"<feed xmlns='http://www.w3.org/2005/Atom' {base}><title>F</title>{entry}").entries[0].url == url


def test_a_json_feed() -> None:
    (entry,) = parse(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "J", "language": "en-US", "items": [{"id": 7,'
        ' "url": "/a", "title": "T", "content_text": "a < b", "date_published": "2025-01-28T10:00:00+09:00",'
        ' "authors": [{"name": "N"}]}, "rubbish"]}'
    ).entries
    assert (entry.key, entry.url, entry.html, entry.authors) == ("7", "https://a.example/a", "a &lt; b", ("N",))
    assert entry.published_at == datetime(2025, 1, 28, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \n\0 ", "empty"),
        (b"<!doctype html><html><body>x</body></html>", "not_a_feed"),
        (b"<p>" * 1_000_000, "not_a_feed"),
        (b"<!--" * 250_000, "not_a_feed"),
        (b"just text", "not_a_feed"),
        (b"\x89PNG\r\n", "not_a_feed"),
        (b'{"a": 1}', "not_a_feed"),
        (b"{" * 100_000, "bad_json"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000, "bad_json"),
        (b"<rss>" + b"x" * 10_000_001, "too_large"),
        (b"<rss version='2.0'><channel", "bad_xml"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_feed_has_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(body)
    assert caught.value.reason == reason


def test_no_entries_are_no_error() -> None:
    assert parse(rss("")).entries == ()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[x", ""])
def test_only_web_links_survive(link: str) -> None:
    assert first(f"<title>t</title><link>{link}</link>").url in {"", "https://a.example/news/feed.xml"}


@pytest.mark.parametrize(
    ("date", "year"),
    [("0000-00-00", None), ("Fri, 31 Dec 9999 23:59:59 GMT", None), ("Thu, 01 Jan 1970 00:00:00 GMT", None),
     ("Mon, 05 Jan 2026 10:00:00 GMT", 2026), ("Mon, 12 Jan 2026 10:00:00 GMT", None), ("令和7年1月28日 10:00", 2025),
     ("rubbish", None), ("", None)],
)  # fmt: skip
def test_dates_nobody_published_on_are_none(date: str, year: int | None) -> None:
    moment = first(f"<title>t</title><pubDate>{date}</pubDate>").published_at
    assert (moment and moment.year) == year


def test_keys_fall_back_to_link_and_then_to_content() -> None:
    assert first("<title>t</title><link>https://a.example/a</link>").key == "https://a.example/a"
    bare = first("<title>t</title>")
    assert len(bare.key) == 64
    assert bare.key != first("<title>u</title>").key
    assert bare.url == ""


def test_one_id_for_two_pages_is_two_entries_and_for_one_page_one() -> None:
    twins = "".join(f"<item><guid isPermaLink='false'>1</guid><link>/{name}</link></item>" for name in "aab")
    entries = parse(rss(twins)).entries
    assert [entry.url[-2:] for entry in entries] == ["/a", "/b"]
    assert len({entry.key for entry in entries}) == 2


def test_only_the_newest_entries_of_a_huge_feed_are_kept() -> None:
    items = "".join(
        f"<item><title>{n}</title><pubDate>{'02' if n == 7000 else '01'} Jan 2025 00:00:00 GMT</pubDate></item>"
        for n in range(7001)
    )
    entries = parse(rss(items)).entries
    assert len(entries) == MOST_ENTRIES
    assert entries[0].title == "7000"


def test_long_strings_are_cut_and_unwritable_characters_dropped() -> None:
    entry = first(f"<title>{'x' * 50_000}</title><description>{'y' * 1_500_000}&amp;#0;</description>")
    assert (len(entry.title), len(entry.html)) == (1_000, 1_000_000)
    (other,) = parse(
        '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "\\ud800\\u0000a", "title": "\\ud800b",'
        ' "content_html": "\\udfff\\u0000c"}]}'
    ).entries
    assert (other.key, other.title, other.html) == ("a", "b", "c")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "shift_jis", "euc-jp", "iso-2022-jp"])
def test_japanese_encodings(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f"<?xml version='1.0' encoding='{declared}'?>{rss('<item><title>日本語の記事</title></item>')}"
    assert parse(text.encode(encoding)).entries[0].title == "日本語の記事"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
@pytest.mark.parametrize("charset", [None, "utf-8"])
def test_a_character_cut_in_half_spoils_no_other(mark: bytes, charset: str | None) -> None:
    """As where a teaser is cut after so many bytes."""
    items = "".join(f"<item><title>新しいモデル{number}</title></item>" for number in range(40))
    text = f"<?xml version='1.0' encoding='utf-8'?>{rss(items + '<item><title>公開</title></item>')}"
    body = mark + text.encode().replace("公開".encode(), "公開".encode()[:-1])
    titles = [entry.title for entry in parse(body, charset).entries]
    assert titles == [*(f"新しいモデル{number}" for number in range(40)), "公\ufffd"]


def test_an_encoding_that_is_not_the_one_named_is_found() -> None:
    items = "".join(f"<item><title>新しい言語モデルを公開したと発表{number}</title></item>" for number in range(9))
    body = f"<?xml version='1.0' encoding='utf-8'?>{rss(items)}".encode("shift_jis")
    assert parse(body).entries[0].title == "新しい言語モデルを公開したと発表0"


@pytest.mark.parametrize("times", [1, 300])
def test_latin_letters_that_are_said_to_be_utf_8_are_read(times: int) -> None:
    items = (
        "<item><title>plain words of the day</title></item>" * 200
        + "<item><title>the café’s model</title></item>" * times
    )
    body = f"<?xml version='1.0' encoding='utf-8'?>{rss(items)}".encode("windows-1252")
    assert parse(body).entries[-1].title == "the café’s model"


def test_the_headers_charset_is_used() -> None:
    assert (
        parse(rss("<item><title>日本語</title></item>").encode("shift_jis"), "shift_jis").entries[0].title == "日本語"
    )


@pytest.mark.parametrize(
    "head", [" \n", "<!-- a --><!-- b -->", "<?xml version='1.0'?><?xml-stylesheet href='x'?>", "<!DOCTYPE rss>"]
)
def test_padding_before_the_root_is_passed_over(head: str) -> None:
    assert len(parse(head + rss("<item><title>t</title></item>")).entries) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_parsed_or_refused_for_a_reason(body: bytes) -> None:
    reason = "none"
    try:
        parse(body)
    except ParseError as error:
        reason = error.reason
    assert reason
