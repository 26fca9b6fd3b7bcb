import re

from flask.testing import FlaskClient

from tests.web.story import BETTER, CHEAPER, CHIPS, COST, ENGLISH, ENGLISH_CLAIMS, HOSTILE_ARTICLE, JAPANESE


def visible(html: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r"<sup>.*?</sup>", "", html))


def test_text_is_whole_with_its_claims_marked(client: FlaskClient) -> None:
    page = client.get(f"/articles/{ENGLISH.id}").text
    paragraphs = re.findall(r'<p class="paragraph"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert [visible(paragraph).strip() for paragraph in paragraphs] == ENGLISH.text.split("\n")
    assert all(page.count(f'id="c-{claim.id}"') == 1 for claim in ENGLISH_CLAIMS)


def test_each_claim_has_a_note_that_leads_to_its_page(client: FlaskClient) -> None:
    page = client.get(f"/articles/{ENGLISH.id}").text
    assert all(f'id="n-{claim.id}"' in page and f'href="/claims/{claim.id}"' in page for claim in ENGLISH_CLAIMS)


def test_nested_claims_are_cut_where_they_begin_and_end(client: FlaskClient) -> None:
    page = client.get(f"/articles/{ENGLISH.id}").text
    both = f'data-claims="{CHEAPER.id} {BETTER.id}">beats it on AIME 2024</mark>'
    assert both in page


def test_claims_on_one_sentence_share_one_mark(client: FlaskClient) -> None:
    page = client.get(f"/articles/{ENGLISH.id}").text
    marks = re.findall(r'data-claims="([^"]+)">([^<]+)</mark>', page)
    shared = [text for ids, text in marks if COST.id in ids and CHIPS.id in ids]
    assert shared == [COST.text]


def test_japanese_text_carries_its_language(client: FlaskClient) -> None:
    assert '<p class="paragraph" lang="ja"' in client.get(f"/articles/{JAPANESE.id}").text


def test_original_is_linked_only_when_it_is_a_web_page(client: FlaskClient) -> None:
    link = f'href="{ENGLISH.url}" rel="noopener noreferrer nofollow"'
    assert link in client.get(f"/articles/{ENGLISH.id}").text
    hostile = client.get(f"/articles/{HOSTILE_ARTICLE.id}").text
    assert not re.search(r'href="\s*javascript:', hostile)
    assert ">original</a>" not in hostile


def test_unknown_article(client: FlaskClient) -> None:
    assert client.get("/articles/nope").status_code == 404
