from datetime import UTC, datetime

import pytest

from graph.errors import ParseError
from graph.records import ArticleKind
from ingest.parsing.article import Page, decode_html, read_excerpt, read_page, read_text

NOW = datetime(2026, 1, 5, tzinfo=UTC)
URL = "https://www.a.example/tech/a"
ENGLISH = "The company said that the model was trained with fewer chips than its rivals had and that it costs less."
JAPANESE = "同社は27日、新しいモデルを公開したと発表した。学習には2,048基のGPUを使い、費用は560万ドルだったという。"


def make(head: str = "", lang: str = "en", paragraph: str = ENGLISH, body: str = "") -> bytes:
    paragraphs = "".join(f"<p>{paragraph} ({n})</p>" for n in range(5))
    article = f"<body><article>{body}{paragraphs}</article></body>"
    return f"<!doctype html><html lang='{lang}'><head>{head}</head>{article}</html>".encode()


def read(body: bytes, url: str = URL, charset: str | None = None) -> Page:
    return read_page(body, url, NOW, charset)


def test_headline_and_paragraphs_are_lines() -> None:
    page = read(make("<title>Title | Site</title>"))
    assert page.text.split("\n") == ["Title", *(f"{ENGLISH} ({n})" for n in range(5))]
    assert (page.title, page.lang, page.kind) == ("Title", "en", ArticleKind.NEWS)


@pytest.mark.parametrize(
    "lines",
    [
        ["Sorami AI admits a leak", "Sorami AI admitted a leak on Thursday.", "Hokushin denied any part in it."],
        ["空見AI、流出を認める", JAPANESE, "北辰テックは関与を「事実無根」と否定した。", "総務省も調べる。"],
    ],
    ids=["en", "ja"],
)
def test_a_short_item_keeps_its_paragraphs(lines: list[str]) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in lines[1:])
    article = f"<article><h1>{lines[0]}</h1><p><time>2026-11-26</time></p>{paragraphs}</article>"
    page = read(f"<html><head><title>{lines[0]}</title></head><body>{article}</body></html>".encode())
    assert [line for line in page.text.split("\n") if line != "2026-11-26"] == lines


def test_a_caption_is_not_taken_for_an_article_without_paragraphs() -> None:
    article = f"<article><figure><p>{JAPANESE}</p></figure>{(ENGLISH + '<br>') * 9}</article>"
    assert read(f"<html><body>{article}</body></html>".encode()).text.count(ENGLISH) == 9


@pytest.mark.parametrize("tag", ["div", "section"])
@pytest.mark.parametrize("name", ["post", "entry", "update"])
def test_a_live_blog_keeps_the_heading_of_each_post(tag: str, name: str) -> None:
    posts = [f"<{tag} class='{name}'><time>1{n}:00</time><h3>Post {n}</h3><p>{ENGLISH}</p></{tag}>" for n in range(4)]
    page = read(make("<title>Live</title>", body="".join(posts)))
    assert [line for line in page.text.split("\n") if line.startswith("Post ")] == [f"Post {n}" for n in range(4)]


def test_what_the_page_says_of_itself() -> None:
    page = read(
        make(
            "<meta property='og:title' content='The title - The Site'><meta property='og:site_name' content='The Site'>"
            "<meta name='author' content='By Jane Roe'><link rel='canonical' href='/tech/a'>"
            "<meta property='article:published_time' content='2025-01-28T10:00:00+09:00'>"
        )
    )
    assert (page.title, page.site_name, page.authors) == ("The title", "The Site", ("Jane Roe",))
    assert page.canonical_url == URL
    assert page.published_at == datetime(2025, 1, 28, 1, tzinfo=UTC)


def test_json_ld() -> None:
    page = read(
        make(
            '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage",'
            ' "datePublished": "2020-01-01T00:00:00Z"}, {"@type": ["NewsArticle"], "headline": "H", "datePublished":'
            ' "2025-01-28T10:00:00Z", "author": [{"name": "A"}, "B", "https://a.example/c"],'
            ' "publisher": {"name": "P"}}]}</script>'
        )
    )
    assert (page.title, page.authors, page.site_name) == ("H", ("A", "B"), "P")
    assert page.published_at == datetime(2025, 1, 28, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body", "moment"),
    [
        ("", "<time datetime='2025-01-28T10:00:00+09:00'>x</time>", datetime(2025, 1, 28, 1, tzinfo=UTC)),
        ("", "<p class='date'>2025年1月28日 10:00</p>", datetime(2025, 1, 28, 1, tzinfo=UTC)),
        ("", "<time>2025年1月28日 10時00分</time>", datetime(2025, 1, 28, 1, tzinfo=UTC)),
        ("<meta name='date' content='2025-01-28'>", "", datetime(2025, 1, 28, tzinfo=UTC)),
        (
            "<meta name='date' content='2025-01-28'>",
            "<p class='date'>2025年1月28日 10:00</p>",
            datetime(2025, 1, 28, 1, tzinfo=UTC),
        ),
        (
            "<meta name='date' content='2025-01-28'>",
            "<p class='date'>2024年3月3日 10:00</p>",
            datetime(2025, 1, 28, tzinfo=UTC),
        ),
        ("<meta name='date' content='2999-01-28T10:00:00'>", "", None),
        ("", "<p>最終更新日：2025年2月3日</p><p>公開日：令和7年1月28日</p>", datetime(2025, 1, 28, tzinfo=UTC)),
        ("", "<div>最終更新日:2025年1月28日</div>", None),
    ],
)
def test_the_time_of_a_japanese_page_is_in_japan(head: str, body: str, moment: datetime | None) -> None:
    page = read(make(head, "ja", JAPANESE, body))
    assert (page.lang, page.published_at) == ("ja", moment)


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"<html><body></body></html>", b"\0\0\0", b"<html><body><nav><a href=x>Menu</a></nav>", b"<" * 10_000],
)
def test_a_page_without_text(body: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        read(body)
    assert caught.value.reason == "no_text"


def test_a_page_that_is_too_large() -> None:
    with pytest.raises(ParseError) as caught:
        read(b"x" * 5_000_001)
    assert caught.value.reason == "too_large"


def test_a_page_whose_root_is_none_of_htmls_is_read() -> None:
    assert ENGLISH in read(f"<label><p>{ENGLISH}</p><p>{ENGLISH}</p></label>".encode()).text


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Stocks rise to records | The Paper</title>", "<h1>MENU</h1>", "Stocks rise to records"),
        ("<title>Tern 2 is open</title>", "<h1>Tern</h1>", "Tern"),
        ("<meta property='og:title' content='The voice of nobody | A Example'>", "", "The voice of nobody"),
        ("<meta property='og:title' content='Up | down'>", "", "Up | down"),
    ],
)
def test_a_title_is_the_articles_own(head: str, body: str, title: str) -> None:
    assert read(make(head, body=body), "https://aexample.example/tech/a").title == title


def test_deep_nesting_is_survived() -> None:
    # libxml2 stops at 256 levels, so nothing is left of what lies deeper.
    with pytest.raises(ParseError) as caught:
        read(b"<div>" * 100_000 + make())
    assert caught.value.reason == "no_text"


@pytest.mark.parametrize(
    ("encoding", "charset", "head"),
    [
        ("shift_jis", "Shift_JIS", ""),
        ("euc-jp", None, "<meta charset='EUC-JP'>"),
        ("cp932", None, "<meta http-equiv='Content-Type' content='text/html; charset=shift_jis'>"),
        ("utf-8", "iso-8859-1-bogus", ""),
        ("utf-16", None, ""),
        ("utf-8-sig", None, ""),
    ],
)
def test_encodings(encoding: str, charset: str | None, head: str) -> None:
    body = make(head, "ja", JAPANESE).decode().encode(encoding)
    assert JAPANESE in read(body, charset=charset).text


def test_a_wrong_header_gives_way_to_what_fits() -> None:
    assert decode_html(("<p>" + JAPANESE).encode(), "shift_jis").endswith(JAPANESE)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://a.example/opinion/2025/x", ArticleKind.OPINION),
        ("https://arxiv.org/abs/2501.12948", ArticleKind.PAPER),
        ("https://www.prnewswire.com/x", ArticleKind.PRESS_RELEASE),
        ("https://a.example/news/x", ArticleKind.NEWS),
    ],
)
def test_kind_follows_host_and_path(url: str, kind: ArticleKind) -> None:
    assert read(make(), url).kind is kind


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A heading #\n\nText here.", "A heading"),
        ("A short heading\n\nThe text follows here.", "A short heading"),
        ("A sentence that ends.\n\nMore.", ""),
        ("First line\nsecond line", ""),
        ("見出し\n\n本文です。", "見出し"),
    ],
)
def test_a_heading_on_the_first_line_is_the_title(text: str, title: str) -> None:
    assert read_text(text.encode(), "a.txt").title == title


def test_a_file_is_kept_to_the_letter() -> None:
    text = "# T\r\n\r\nか\u3099 two  spaces \r\n\tend\n\n"
    page = read_text(b"\xef\xbb\xbf" + text.encode(), "a.md", title="Given")
    assert (page.text, page.title) == (text, "Given")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "cp932", "euc-jp"])
def test_files_in_other_encodings(encoding: str) -> None:
    assert read_text((JAPANESE * 5).encode(encoding), "a.txt").text == JAPANESE * 5


@pytest.mark.parametrize(("body", "reason"), [(b" \n", "empty"), (b"\x7fELF\0\0", "no_text")])
def test_files_that_are_no_text(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_text(body, "a.bin")
    assert caught.value.reason == reason


def test_an_excerpt_is_what_the_feed_carries() -> None:
    page = read_excerpt(f"<p>{JAPANESE}</p><p>{JAPANESE}</p>", "見出し", URL)
    assert (page.text, page.title, page.lang) == (f"見出し\n{JAPANESE}\n{JAPANESE}", "見出し", "ja")
