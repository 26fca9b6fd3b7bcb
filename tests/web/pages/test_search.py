import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web.story import CHAINED, DENIAL, ENGLISH_CLAIMS, JAPANESE_CLAIMS, PAYLOAD
from web.pages.search import make_wider


def links(page: str) -> list[str]:
    return re.findall(r'class="claim-link" href="/claims/(\w+)"', page)


def test_everything_newest_first(client: FlaskClient) -> None:
    found = links(client.get("/search").text)
    assert len(found) == len(set(found)) == len(ENGLISH_CLAIMS) + len(JAPANESE_CLAIMS) + 1
    assert found[-1] == PAYLOAD.id


def test_pages_neither_skip_nor_repeat(client: FlaskClient) -> None:
    found: list[str] = []
    path: str | None = "/search?limit=4"
    while path:
        page = client.get(path).text
        found += links(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") + "&limit=4" if following else None
    assert found == links(client.get("/search").text)


def test_search_text_narrows(client: FlaskClient) -> None:
    assert links(client.get("/search?q=polarity:denied").text) == [DENIAL.id]
    assert CHAINED.id in links(client.get("/search?q=speaker:bloomberg").text)
    assert len(links(client.get("/search?q=lang:ja").text)) == len(JAPANESE_CLAIMS)


def test_facet_link_puts_the_value_in_and_takes_it_out(client: FlaskClient) -> None:
    assert 'href="/search?q=lang:ja+type:allegation"' in client.get("/search?q=lang:ja").text
    chosen = client.get("/search?q=lang:ja+type:allegation").text
    assert re.search(r'href="/search\?q=lang:ja" aria-current="true"><bdi>allegation', chosen)


def test_facet_counts_are_those_of_the_results(client: FlaskClient) -> None:
    page = client.get("/search?q=lang:ja").text
    counts = dict(re.findall(r'type:(\w+)"[^>]*><bdi>[^<]*</bdi></a> <span class="tally-count">(\d+)', page))
    assert counts == {"allegation": "2", "cost": "1", "market": "1", "legal": "1"}


@pytest.mark.parametrize(
    "query", ["type:nonsense", "about:nobodyatall", "since:whenever", "since:9999y", "-type:cost", "typ:cost"]
)
def test_wrong_query_is_answered_with_what_could_be_read(client: FlaskClient, query: str) -> None:
    answer = client.get("/search", query_string={"q": f"lang:ja {query}"})
    assert answer.status_code == 200
    assert f'<mark class="wrong">{query}</mark>' in answer.text
    assert len(set(links(answer.text))) == len(JAPANESE_CLAIMS)
    found = client.get("/api/v1/search", query_string={"q": f"lang:ja {query}"}).get_json()
    assert [trouble["place"] for trouble in found["troubles"]] == [[8, 8 + len(query)]]
    assert found["total"] == len(JAPANESE_CLAIMS)


def test_text_that_is_too_long_is_refused_next_to_the_box(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": "x" * 1001})
    assert answer.status_code == 400
    assert 'id="error"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_wrong_key_names_the_right_one(client: FlaskClient) -> None:
    page = client.get("/search?q=typ:allegation").text
    assert "<code>typ:</code> is no key of the search." in page
    assert 'href="/search?q=type:allegation"><code>type:</code>' in page
    assert links(page)


def test_wrong_value_names_all_nearest_first(client: FlaskClient) -> None:
    page = client.get("/search?q=type:alegation").text
    values = re.findall(r'href="/search\?q=type:(\w+)"><code>', page)
    assert values[0] == "allegation"
    assert len(values) == 11


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("query", ["deepseek training cost", "ディープシーク 学習費用"])
def test_name_and_measure_have_card_plot_matters_and_claims(rival_client: FlaskClient, query: str, lang: str) -> None:
    answer = rival_client.get("/search", query_string={"q": query}, headers={"Accept-Language": lang})
    page = answer.text
    places = [page.index(part) for part in ('class="chips"', 'class="card"', 'class="drawing scale', 'id="matters"')]
    places += [page.index('id="articles"'), page.index('id="found"')]
    assert places == sorted(places)
    assert page.count('class="chip"') == 2
    total = rival_client.get("/api/v1/search", query_string={"q": query}).get_json()["total"]
    assert total == len(links(page[page.index('id="found"') :])) > 1
    assert re.search(rf"{total}(?: claims|件)", page)


def test_chips_come_off(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "deepseek lang:ja"}).text
    assert re.search(r'href="/search\?q=lang:ja" aria-label="Take off DeepSeek"', page)
    assert re.search(r'href="/search\?q=deepseek" aria-label="Take off Japanese"', page)
    assert 'href="/search?q=%22deepseek%22+lang:ja"' in page


def test_order_can_be_switched_where_there_are_words(client: FlaskClient) -> None:
    assert "order=newest" in client.get("/search?q=copied").text
    assert "order=relevance" in client.get("/search?q=copied&order=newest").text
    assert "order=" not in client.get("/search?q=lang:ja").text
    assert client.get("/search?q=copied&order=backwards").status_code == 400


def test_mistyped_word_is_guessed_and_searched_on_click(client: FlaskClient) -> None:
    page = client.get("/search?q=deepsek").text
    assert 'Did you mean <a href="/search?q=DeepSeek"><bdi>DeepSeek</bdi></a>' in page
    assert links(page) == []


def test_chosen_facet_keeps_its_other_values(client: FlaskClient) -> None:
    page = client.get("/search?q=lang:ja").text
    assert 'href="/search?q=lang:en"' in page
    assert "Narrow (1)" in page


def test_rows_have_what_the_page_has(client: FlaskClient) -> None:
    for query in ("deepseek", "deepseek typ:zebra", "ディープシーク 否定"):
        total = client.get("/api/v1/search", query_string={"q": query}).get_json()["total"]
        rows = client.get("/search.csv", query_string={"q": query}).text.count("\r\n") - 1
        assert rows == total, query


def test_nothing_found_offers_wider_searches(client: FlaskClient) -> None:
    page = client.get("/search?q=zebra+lang:ja").text
    assert "No claim matches" in page
    assert 'href="/search?q=lang:ja"' in page
    assert 'href="/search?q=zebra"' in page


def test_wider_searches_need_several_terms() -> None:
    assert make_wider("zebra") == ()
    assert make_wider('a "b c"') == (("a", '"b c"'), ('"b c"', "a"))


@pytest.mark.parametrize("cursor", ["nonsense", "'; DROP TABLE claim --", "9" * 400, "\x00", "z" * 5000, "-1", "%"])
def test_cursor_that_is_not_ours_never_breaks_the_page(client: FlaskClient, cursor: str) -> None:
    assert client.get("/search?after=" + quote(cursor)).status_code in (200, 400)


@pytest.mark.parametrize("limit", ["0", "-5", "100000000000000000000", "9" * 5000, "abc", "", "1.5", "٣"])
def test_absurd_limit_is_brought_within_bounds(client: FlaskClient, limit: str) -> None:
    answer = client.get("/search", query_string={"limit": limit})
    assert answer.status_code == 200
    assert 1 <= len(links(answer.text)) <= 100


def test_huge_query_is_refused_shortly(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": "word " * 1_500})
    assert answer.status_code == 400
    assert len(answer.text) < 20_000


def test_query_is_shown_back_escaped(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
