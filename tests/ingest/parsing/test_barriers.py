"""Pages that keep their text from us; all of our own writing."""

from datetime import UTC, datetime

import pytest

from graph.errors import ParseError
from graph.records import ArticleKind, Barrier
from ingest.parsing.article import read_page

NOW = datetime(2026, 1, 5, tzinfo=UTC)
URL = "https://a.example/news/1"
ENGLISH = "The company said on Monday that the new model was trained on 2,048 chips and that it costs less than others."
JAPANESE = "同社は27日、新しいモデルを公開したと発表した。学習には2,048基のGPUを使い、費用は560万ドルだったという。"


def make(body: str, head: str = "", paragraph: str = ENGLISH, times: int = 3) -> bytes:
    paragraphs = "".join(f"<p>{paragraph} ({n})</p>" for n in range(times))
    return (
        f"<!doctype html><html><head><title>T</title>{head}</head><body><article>{paragraphs}</article>{body}".encode()
    )


def ld(value: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "isAccessibleForFree": {value}}}</script>'


@pytest.mark.parametrize(
    ("body", "head", "paragraph"),
    [
        pytest.param("", ld("false"), ENGLISH, id="flag"),
        pytest.param("", ld('"False"'), ENGLISH, id="flag-as-text"),
        pytest.param("", "<meta property='article:content_tier' content='locked'>", ENGLISH, id="tier"),
        pytest.param("<div>Subscribe to continue reading</div>", "", ENGLISH, id="subscribe"),
        pytest.param("<div>Already a subscriber? Log in</div>", "", ENGLISH, id="already"),
        pytest.param("<div>この記事は有料会員限定です。残り1,234文字</div>", "", JAPANESE, id="members-ja"),
        pytest.param("<div>ここから先は有料部分です</div>", "", JAPANESE, id="paid-ja"),
    ],
)
def test_a_paywalled_page_gives_its_beginning_and_says_so(body: str, head: str, paragraph: str) -> None:
    page = read_page(make(body, head, paragraph), URL, NOW)
    assert page.barrier is Barrier.PAYWALL
    assert paragraph in page.text


@pytest.mark.parametrize(
    ("body", "head", "times"),
    [
        pytest.param("<div>Already a subscriber? Log in</div>", ld("true"), 3, id="free-by-its-own-word"),
        pytest.param("<div>Subscribe to continue reading</div>", ld("false"), 60, id="printed-whole"),
        pytest.param("<footer>Subscribe to our newsletter</footer>", "", 3, id="newsletter"),
        pytest.param("<noscript>Enable JavaScript to see comments</noscript>", "", 8, id="comments"),
        pytest.param("<p>We and our 845 partners store cookies on your device.</p>", "", 3, id="cookies"),
    ],
)
def test_a_page_that_prints_its_text_has_no_barrier(body: str, head: str, times: int) -> None:
    assert read_page(make(body, head, times=times), URL, NOW).barrier is None


@pytest.mark.parametrize(
    ("first", "paragraph"),
    [
        ("We and our 845 partners store and access information on a device.", ENGLISH),
        ("A court ruled that sites must ask before they store or access information on a device.", ENGLISH),
        (
            "A court ruled that sites must ask before they store or access information on a device.",
            "The court said that consent to cookies must be given by those who read a page, and not by its vendors.",
        ),
        ("当サイトではクッキーの利用に同意していただく必要があります。", JAPANESE),
        (
            "総務省は、サイトがクッキーの使用に同意していない人の閲覧を拒むのを禁じた。",
            "同意のない端末への保存も禁じる。" * 4,
        ),
    ],
)
def test_an_article_below_a_line_on_consent_or_about_it_is_one(first: str, paragraph: str) -> None:
    html = f"<html><head><title>T</title></head><body><article><p>{first}</p>"
    page = read_page(
        f"{html}{''.join(f'<p>{paragraph} ({n})</p>' for n in range(6))}</article></body></html>".encode(), URL, NOW
    )
    assert page.barrier is None
    assert paragraph in page.text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>", "needs_script"),
        ("<p>表示するにはJavaScriptを有効にしてください。ブラウザの設定をご確認ください。</p>", "needs_script"),
        (f"<h1>Just a moment...</h1><p>Verifying you are human. {'This takes a few seconds. ' * 5}</p>", "captcha"),
        ("<p>Please wait</p><form id=challenge-form></form>", "captcha"),
        (f"<h1>Before you go on</h1><p>We and our 1,204 partners store cookies. {ENGLISH}</p>", "consent"),
        (f"<p>We use cookies. We and up to 90 selected partners may use your data. {ENGLISH * 4}</p>", "consent"),
        ("<p>当社と広告パートナーは、端末にクッキーを保存します。同意すると記事へ進みます。</p>", "consent"),
        (
            "<p>We and our 12 partners store and access information on a device.</p>"
            + "".join(f"<p>Choice {n}: you may tell all partners so.</p>" for n in range(9))
            + "<p>Accept all</p><p>Manage</p>",
            "consent",
        ),
        ("<p>Subscribe to continue reading.</p>", "paywalled"),
        ("<p>Nothing here.</p>", "no_text"),
    ],
)  # fmt: skip
def test_a_page_without_text_says_why(html: str, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_page(f"<html><head><title>T</title></head><body>{html}</body></html>".encode(), URL, NOW)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("<meta property='og:title' content='Opinion: Slow down'>", ArticleKind.OPINION),
        ("<meta property='article:section' content='社説'>", ArticleKind.OPINION),
        ('<script type="application/ld+json">{"@type": "OpinionNewsArticle"}</script>', ArticleKind.OPINION),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "articleSection": ["Press Release"]}</script>',
            ArticleKind.PRESS_RELEASE,
        ),
        ("<meta property='og:title' content='【プレスリリース】新モデルを公開'>", ArticleKind.PRESS_RELEASE),
        ("<meta property='og:title' content='Transcript: The hearing on chips'>", ArticleKind.TRANSCRIPT),
        ("<meta property='og:title' content='会見の書き起こし'>", ArticleKind.TRANSCRIPT),
        ("<meta name='citation_arxiv_id' content='2501.1'>", ArticleKind.PAPER),
        ("<meta property='og:title' content='Opinions differ on chips'>", ArticleKind.NEWS),
        ("<meta property='article:section' content='Technology'>", ArticleKind.NEWS),
    ],
)  # fmt: skip
def test_kind_is_what_the_page_says(head: str, kind: ArticleKind) -> None:
    assert read_page(make("", head), URL, NOW).kind is kind
