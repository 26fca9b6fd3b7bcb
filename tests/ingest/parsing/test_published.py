from datetime import UTC, datetime

import pytest

from ingest.parsing.article import read_page

NOW = datetime(2026, 1, 5, tzinfo=UTC)
URL = "https://www.a.example/tech/a"
DAY = datetime(2025, 1, 28, tzinfo=UTC)
SENTENCE = "The company said that the model was trained with fewer chips than its rivals had and that it costs less."
TEXT = "".join(f"<p>{SENTENCE} ({n})</p>" for n in range(8))
HEADLINE = "<h1>A model for fewer chips</h1>"


def find(body: str, head: str = "", url: str = URL, lang: str = "en") -> datetime | None:
    page = f"<!doctype html><html lang='{lang}'><head><title>A model for fewer chips</title>{head}</head>"
    return read_page(f"{page}<body>{body}</body></html>".encode(), url, NOW).published_at


@pytest.mark.parametrize(
    "line",
    [
        "<div>January 28, 2025</div>",
        "<p><strong>Tuesday, January 28th, 2025</strong></p>",
        "<p>By Jane Roe | January 28, 2025 | 5 min read</p>",
        "<p>By Jane Roe, January 28, 2025</p>",
        "<p>January 28, 2025 9:15 am PST by Jane Roe</p>",
        "<p>San Francisco, Jan. 28, 2025</p>",
        "<p>Published 9:15 AM EST Jan 28, 2025</p>",
        "<p>Published January 28, 2025 · Updated February 3, 2025</p>",
        "<p>Updated February 3, 2025 · Published January 28, 2025</p>",
        "<p>28. Januar 2025</p>",
        "<p>Hamburg, 28. Januar 2025</p>",
        "<p>28.01.2025</p>",
        "<p>28 février 2020</p><p>Jane Roe</p>",
        "<p>2025年1月28日(火)</p>",
        "<p>2025年\uff08令和7年\uff091月28日</p>",
        "<p class='date'>2025年1月30日更新 2025年1月28日公開</p>",
        "<p class='date'>January 28, 2025 Updated January 30, 2025</p>",
        "<p class='postDate'>On January 28, 2025 in Chips</p>",
        "<div>Updated</div><div>February 3, 2025</div><div>January 28, 2025</div>",
        "<ul><li>Jane Roe</li><li>28 Jan 2025</li></ul>",
        "<p class='meta'><span class='meta-date'>Filed in Chips on January 28, 2025</span></p>",
        "<p><time class='entry-date published'>January 28, 2025</time> <time class='updated'>May 3, 2025</time></p>",
    ],
)
def test_a_line_below_the_headline_that_is_a_day(line: str) -> None:
    expected = datetime(2020, 2, 28, tzinfo=UTC) if "février" in line else DAY
    assert find(f"<article>{HEADLINE}{line}{TEXT}</article>") == expected


@pytest.mark.parametrize(
    "line",
    [
        "<p>The court will hear both of them on June 5, 2025</p>",
        "<p>Updated: January 28, 2025</p>",
        "<p>Last updated on <time datetime='2025-01-28'>January 28, 2025</time></p>",
        "<p><time itemprop='dateModified' datetime='2025-01-28'>January 28, 2025</time></p>",
        "<p>最終更新日: 2025年1月28日</p>",
        "<p>11.10.2019</p>",
        "<p>Copyright 2025 A Example</p>",
        "<p>Developers meet in Paris again June 5, 2025</p>",
        "<p class='date'>2025年1月30日 更新</p>",
        "<p class='date'>Jan 30, 2025 (updated)</p>",
        "<p><time datetime='2025-01-30T10:00:00Z'>2025年1月30日</time> 更新</p>",
        "<p class='date'>Corrected on Feb 3, 2025</p>",
        "<p class='date'>訂正 2025年2月3日</p>",
        "<p class='date'>最終確認日 2025年2月3日</p>",
        "<div><div>Last updated</div><div class='date'>Jan 30, 2025</div></div>",
        "<p class='date'>3/4/2025</p>",
        "<p>A paper published 12 May 2021 in Nature said so.</p>",
        "<span class='event-date'>March 3, 2023</span>",
        "<ul><li class='timeline-item'>March 3, 2023: a model</li></ul>",
        "<p class='candidate'>Born March 3, 1995 in Leeds</p>",
    ],
)
def test_a_line_that_tells_no_day_of_publication(line: str) -> None:
    assert find(f"<article>{HEADLINE}{line}{TEXT}</article>") is None


def test_a_line_above_the_headline() -> None:
    assert find(f"<main><p>January 28, 2025</p>{HEADLINE}{TEXT}</main>") == DAY


@pytest.mark.parametrize(
    "others",
    [
        "<div class='comments'><p><time datetime='2024-03-03T10:00:00Z'>March 3, 2024</time> Nice</p></div>",
        "<div class='post-comments'><p itemprop='datePublished'>2024-03-03</p></div>",
        "<aside><p class='date'>March 3, 2024</p></aside>",
        "<div class='related-articles'><p class='date'>March 3, 2024</p></div>",
        "<a href='/b'><i class='date'>March 3, 2024</i> Another maker of chips sells more than ever before</a>",
        "<article><h3>Another maker</h3><time datetime='2024-03-03'>March 3, 2024</time></article>",
        "<footer><p class='date'>March 3, 2024</p></footer>",
        "<ol class='commentlist'><li><time datetime='2024-03-03T10:00:00Z'>March 3, 2024</time></li></ol>",
        "<div class='CommentList'><p class='date'>March 3, 2024</p></div>",
        "<section class='responses'><p class='date'>March 3, 2024</p></section>",
        "<div class='reply'><p class='date'>March 3, 2024</p></div>",
        "<div id='disqus_thread'><p class='date'>March 3, 2024</p></div>",
        "<div class='more-stories'><p class='date'>March 3, 2024</p></div>",
        "<section class='latest-news'><p class='date'>March 3, 2024</p></section>",
        "<section><h2>関連記事</h2><ul><li><a href='/b'>別</a> <i class='date'>2024年3月3日</i></li></ul></section>",
    ],
)
def test_days_of_others_are_not_the_pages(others: str) -> None:
    assert find(f"<article>{HEADLINE}{TEXT}</article>{others}") is None
    assert find(f"<article>{HEADLINE}<p>January 28, 2025</p>{TEXT}</article>{others}") == DAY


def test_the_day_of_today_above_the_site_is_not_the_pages() -> None:
    assert find(f"<header><span class='date'>January 4, 2026</span></header><main>{HEADLINE}{TEXT}</main>") is None


def test_the_day_of_today_above_the_headline_is_not_the_pages() -> None:
    for name in ("current-date", "today"):
        assert find(f"<div class='{name}'>January 4, 2026</div>{HEADLINE}{TEXT}") is None


def test_classes_that_only_sound_like_those_of_others() -> None:
    for name in ("commentary", "responsive", "content-with-sidebar"):
        assert find(f"{HEADLINE}<div class='{name}'><p>January 28, 2025</p>{TEXT}</div>") == DAY


def test_what_follows_the_next_heading_behind_other_articles_is_the_pages() -> None:
    others = "<h2>関連記事</h2><p class='date'>2024年3月3日</p>"
    assert find(f"<main>{HEADLINE}{TEXT}{others}<h2>A</h2><p class='date'>2025年1月28日</p></main>") == DAY


def test_an_hour_behind_a_label_is_the_one_that_is_printed() -> None:
    line = "<p>Published Jan 28, 2025 10:30 PM EST</p>"
    assert find(f"{HEADLINE}{line}{TEXT}") == datetime(2025, 1, 29, 3, 30, tzinfo=UTC)
    assert find(f"{HEADLINE}{line.replace('EST', 'ET')}{TEXT}") == DAY


def test_an_hour_printed_with_the_word_of_a_change_is_that_of_an_only_day() -> None:
    line = "<p class='date'>2025年1月28日 12時00分更新</p>"
    assert find(f"{HEADLINE}{line}{TEXT}", lang="ja") == datetime(2025, 1, 28, 3, tzinfo=UTC)


def test_a_column_beside_a_sidebar_is_read() -> None:
    body = f"{HEADLINE}<div class='content-with-sidebar'><p>January 28, 2025</p>{TEXT}</div>"
    assert find(body) == DAY


@pytest.mark.parametrize(
    "path", ["/2025/01/28/a-model/", "/2025/1/28/a-model", "/tech/2025/jan/28/a-model", "/2025-01-28-a-model.html"]
)
def test_the_day_of_an_address(path: str) -> None:
    assert find(f"{HEADLINE}{TEXT}", url=f"https://a.example{path}") == DAY
    assert find(f"{HEADLINE}{TEXT}", f"<link rel='canonical' href='https://a.example{path}'>") == DAY


@pytest.mark.parametrize(
    "path", ["/2025/01/a-model", "/20250128/a", "/models/gpt-2025-01-28", "/2025/13/28/", "/1/28/"]
)
def test_an_address_without_a_day(path: str) -> None:
    assert find(f"{HEADLINE}{TEXT}", url=f"https://a.example{path}") is None


def test_a_printed_time_a_day_from_that_of_the_address_is_the_moment() -> None:
    line = "<time datetime='2025-01-27T19:46:01-05:00'>Jan. 27, 2025</time>"
    moment = datetime(2025, 1, 28, 0, 46, 1, tzinfo=UTC)
    assert find(f"{HEADLINE}{line}{TEXT}", url="https://a.example/2025/01/29/a.html") == moment


def test_a_printed_time_far_from_the_day_of_the_address_is_not_the_pages() -> None:
    line = "<time datetime='2024-03-03T07:46:01Z'>March 3, 2024</time>"
    assert find(f"{HEADLINE}{line}{TEXT}", url="https://a.example/2025/01/28/a.html") == DAY


def test_microdata_is_surer_than_a_date_of_the_head() -> None:
    line = "<dd itemprop='datePublished' content='2025-01-28'>January 2025</dd>"
    assert find(f"{HEADLINE}{line}{TEXT}", "<meta name='date' content='2025-01-21T15:38:44+01:00'>") == DAY


def test_several_days_in_microdata_are_none() -> None:
    days = "".join(f"<p itemprop='datePublished' content='2025-01-{n}'>x</p>" for n in (28, 29))
    assert find(f"{HEADLINE}{TEXT}{days}") is None


def test_a_stated_day_that_nobody_can_have_published_on_is_passed_over() -> None:
    article = '{"@type": "NewsArticle", "datePublished": "0001-01-01T00:00:00Z"}'
    script = f"<script type='application/ld+json'>{article}</script>"
    assert find(f"{HEADLINE}<p>January 28, 2025</p>{TEXT}", script) == DAY


@pytest.mark.parametrize(
    "label",
    [
        "Published on ",
        "Posted: ",
        "This article was first published on ",
        "公開日：",
        "Veröffentlicht am ",
        "Publié le ",
    ],
)
def test_a_day_behind_a_label_at_the_end(label: str) -> None:
    day = "2025年1月28日" if "公" in label else "28 Jan 2025"
    assert find(f"{HEADLINE}{TEXT * 2}<p>Chips and models. {label}{day}. All about chips.</p>") == DAY


def test_a_guessed_day_that_the_head_calls_that_of_a_change_is_none() -> None:
    body = f"<article>{HEADLINE}{TEXT}<p id='date'>2025/01/28</p></article>"
    assert find(body) == DAY
    assert find(body, "<meta property='article:modified_time' content='2025-01-28T10:00:00Z'>") is None


def test_a_deep_page_is_read() -> None:
    assert find("<div class='date'>" * 200 + f"{HEADLINE}<p>January 28, 2025</p>{TEXT}") == DAY
