import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web.story import CHAINED, DENIAL, ENGLISH_CLAIMS, JAPANESE_CLAIMS, PAYLOAD
from web.search import make_wider


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


@pytest.mark.parametrize("query", ["type:nonsense", "about:nobodyatall", "since:whenever", "-type:cost", "x" * 1001])
def test_wrong_query_is_answered_next_to_the_box(client: FlaskClient, query: str) -> None:
    answer = client.get("/search", query_string={"q": query})
    assert answer.status_code == 400
    assert 'id="error"' in answer.text
    assert 'aria-invalid="true"' in answer.text


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
