"""One address or file as articles: what is a feed, a page, a text, and what a person's word changes."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import FetchError, ParseError
from graph.records import Article
from ingest.network.fetch import Request, Response
from ingest.read import Given, read_address, read_file, read_text_file
from ingest.sandbox import Sandbox
from ingest.sources.documents import ParsedFeed

NOW = datetime(2025, 1, 13, 9, tzinfo=UTC)
DAY = datetime(2025, 1, 2, tzinfo=UTC)
ADDRESS = "https://outlet.example/news"
TEXT = "DeepSeek said on Monday that the new model was trained on 2,048 chips and that it costs less than others."
PAGE = (
    "<html lang=en><head><title>The page</title><meta property='og:site_name' content='The Outlet'>{}</head>"
    f"<body><article><h1>The page</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
)
FEED = (
    "<rss version='2.0'><channel><title>The Feed</title><language>en</language>"
    "<item><title>One</title><guid>1</guid><link>https://outlet.example/1</link>"
    f"<description>{TEXT}</description></item>"
    "<item><title>Two</title><guid>2</guid><description></description></item>"
    f"<item><title>Three</title><guid>3</guid><description>{TEXT}</description></item></channel></rss>"
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def _read(sandbox: Sandbox, path: Path, content: str | bytes, given: Given | None = None) -> tuple[Article, ...]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(sandbox, path, NOW, given or Given())


def _ask(sandbox: Sandbox, body: str, kind: str, given: Given | None = None) -> ParsedFeed | Article:
    async def answer(request: Request) -> Response:
        return Response(request.url, 200, body.encode(), content_type=kind, charset="utf-8")

    return asyncio.run(read_address(answer, sandbox, (), ADDRESS, NOW, given or Given()))


def test_text_file_is_kept_to_the_letter(sandbox: Sandbox, tmp_path: Path) -> None:
    (article,) = _read(sandbox, tmp_path / "note.txt", f"{TEXT}\n\n  {TEXT}\n")
    assert article.text == f"{TEXT}\n\n  {TEXT}\n"
    assert (article.url, article.source.id, article.published_at) == ((tmp_path / "note.txt").as_uri(), "local", NOW)


@pytest.mark.parametrize("name", ["post.txt", "post.md"])
def test_text_that_opens_with_braces_is_no_broken_feed(sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    (article,) = _read(sandbox, tmp_path / name, f"{{{{< figure >}}}}\n{TEXT}")
    assert article.text.endswith(TEXT)


def test_broken_feed_file_is_said_to_be_one(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(ParseError) as caught:
        _read(sandbox, tmp_path / "feed.json", '{"version": ')
    assert caught.value.reason == "bad_json"


def test_page_file_goes_by_the_address_it_names(sandbox: Sandbox, tmp_path: Path) -> None:
    named = PAGE.format(f"<link rel=canonical href='{ADDRESS}'>")
    (article,) = _read(sandbox, tmp_path / "page.html", named)
    assert (article.url, article.title, article.source.domain) == (ADDRESS, "The page", "outlet.example")


def test_feed_file_gives_the_entries_that_carry_a_text(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "any.name"
    one, three = _read(sandbox, path, FEED)
    assert (one.url, one.title, one.excerpt) == ("https://outlet.example/1", "One", True)
    assert (three.url, three.source.name) == (f"{path.as_uri()}#2", "The Feed")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("x.txt", b"", "empty", id="empty"),
        pytest.param("x.txt", b"\xff\xfe", "empty", id="mark-alone"),
        pytest.param("x.bin", b"a\0" * 50, "no_text", id="binary"),
        pytest.param("x.html", b"<html><body></body></html>", "no_text", id="page-without-text"),
        pytest.param("x.xml", b"<rss><channel><item><title>t</title></item></channel></rss>", "no_text", id="feed"),
        pytest.param("x.txt", b"word " * 1_000_001, "too_large", id="long-text"),
    ],
)
def test_nothing_to_read(sandbox: Sandbox, tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        _read(sandbox, tmp_path / name, content)
    assert caught.value.reason == reason
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/nowhere/x.txt", "no_file"), ("/", "unreadable"), ("/dev/zero", "too_large"), ("/etc/passwd/x", "unreadable")],
)
def test_file_that_cannot_be_read(sandbox: Sandbox, path: str, reason: str) -> None:
    with pytest.raises(FetchError) as caught:
        read_file(sandbox, Path(path), NOW, Given())
    assert (caught.value.reason, caught.value.subject) == (reason, path)


def test_word_of_a_person_goes_first(sandbox: Sandbox, tmp_path: Path) -> None:
    given = Given("Another title", "ja", "The Daily", DAY)
    (article,) = _read(sandbox, tmp_path / "page.html", PAGE.format(""), given)
    assert (article.title, article.lang, article.published_at) == ("Another title", "ja", DAY)
    assert (article.source.name, article.source.lang) == ("The Daily", "ja")


@pytest.mark.parametrize(
    ("source", "id", "name"),
    [("outlet.example", "outlet.example", "outlet.example"), ("The Daily", "the-daily", "The Daily")],
)
def test_source_is_a_domain_or_a_name(sandbox: Sandbox, tmp_path: Path, source: str, id: str, name: str) -> None:
    (article,) = _read(sandbox, tmp_path / "x.txt", TEXT, Given(source=source))
    assert (article.source.id, article.source.name) == (id, name)


def test_address_is_a_feed_a_page_or_a_text(sandbox: Sandbox) -> None:
    feed = _ask(sandbox, FEED, "text/html")
    assert isinstance(feed, ParsedFeed)
    assert feed.info.title == "The Feed"
    page = _ask(sandbox, PAGE.format(""), "text/html")
    assert isinstance(page, Article)
    assert (page.url, page.source.name) == (ADDRESS, "The Outlet")
    text = _ask(sandbox, f"{TEXT}\n", "text/plain", Given("A note"))
    assert isinstance(text, Article)
    assert (text.title, text.text) == ("A note", f"{TEXT}\n")


def test_text_for_extraction_takes_its_day_from_the_caller(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(TEXT, "utf-8")
    article = read_text_file(tmp_path / "x.txt", DAY, "ja")
    assert (article.published_at, article.lang, article.text) == (DAY, "ja", TEXT)
