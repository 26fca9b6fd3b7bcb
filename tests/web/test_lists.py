"""Lists to narrow: facets that keep their places, totals, orders, chips, and the same as JSON."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.story import DEEPSEEK, ENGLISH, JAPANESE, TIMES


def facet(page: str, name: str) -> dict[str, int]:
    """Values and counts of a facet, in their order."""
    section = page.split(f'id="facet-{name}"')[1].split("</section>")[0]
    found = re.findall(r"<bdi>(.*?)</bdi>.*?</a> <span class=\"tally-count\">([\d,]+)", section, re.DOTALL)
    return {value: int(count.replace(",", "")) for value, count in found}


def test_matters_are_counted_and_narrowed(rival_client: FlaskClient) -> None:
    page = rival_client.get("/matters").text
    statuses = facet(page, "status")
    total = sum(statuses.values())
    assert f"{total} matters" in page
    narrowed = rival_client.get("/matters?status=denied").text
    assert facet(narrowed, "status") == statuses
    assert f"{statuses['denied']} matter" in narrowed
    assert 'href="/matters" aria-label="Take off denied"' in narrowed
    answer = rival_client.get("/api/v1/matters?status=denied").get_json()
    assert answer["total"] == statuses["denied"]
    assert answer["facets"]["status"]["denied"] == statuses["denied"]


def test_what_was_typed_comes_off_too(rival_client: FlaskClient) -> None:
    page = rival_client.get("/matters?about=deepseek&as_of=2025-02-01&order=newest").text
    assert 'href="/matters?as_of=2025-02-01&amp;order=newest" aria-label="Take off deepseek"' in page
    assert "Narrow (2)" in page


def test_a_day_says_what_it_is_asked_for(rival_client: FlaskClient) -> None:
    asked = "/matters?since=2025-01-30&as_of=2025-02-01&valid_at=2025-01-31"
    page = rival_client.get(asked).text
    told = ["reported on 30 Jan 2025 or later", "as known by the end of 1 Feb 2025", "as it was on 31 Jan 2025"]
    assert re.findall(r'class="chip"><bdi>(.*?)</bdi>', page) == told
    japanese = rival_client.get(asked, headers={"Accept-Language": "ja"}).text
    assert "<bdi>2025年1月31日の状態</bdi>" in japanese
    assert "<bdi>soon</bdi>" in rival_client.get("/matters?as_of=soon").text


def test_no_source_of_a_kind_is_not_no_source_yet(client: FlaskClient, empty_client: FlaskClient) -> None:
    assert "No source matches. Take out a condition." in client.get("/sources?kind=vendor").text
    assert "No source yet." in empty_client.get("/sources").text


def test_contested_matters_can_come_first(rival_client: FlaskClient) -> None:
    found = rival_client.get("/api/v1/matters?order=contested&limit=100").get_json()["matters"]
    contested = [view["status"] in ("disputed", "denied", "under investigation") for view in found]
    assert any(contested)
    assert contested == sorted(contested, reverse=True)


def test_entities_by_type_and_letter(rival_client: FlaskClient) -> None:
    page = rival_client.get("/entities").text
    assert page.index(">DeepSeek-R1<") < page.index(">Nvidia H800<")
    assert 'class="sparkline"' in page
    types = facet(page, "type")
    models = rival_client.get("/entities?type=model&letter=D").text
    assert "DeepSeek-V3" in models
    assert "OpenAI o1" not in models
    # Narrowed by letter alone, by type not: each keeps its own values.
    assert set(facet(models, "type")) <= set(types)
    assert 'href="/entities?type=model" aria-label="Take off D"' in models
    answer = rival_client.get("/api/v1/entities?type=company&letter=D").get_json()
    assert answer["entities"][0]["entity"]["id"] == DEEPSEEK.id
    assert answer["total"] == len(answer["entities"])


def test_pages_of_entities_neither_skip_nor_repeat(rival_client: FlaskClient) -> None:
    whole = rival_client.get("/api/v1/entities?limit=100").get_json()
    found, after = [], ""
    while after is not None:
        page = rival_client.get("/api/v1/entities", query_string={"limit": 4, "after": after or None}).get_json()
        found += page["entities"]
        after = page["next"]
    assert found == whole["entities"]
    assert whole["total"] == len(found)


def test_articles_by_source_language_day_and_what_was_read(client: FlaskClient) -> None:
    page = client.get("/articles").text
    assert facet(page, "lang") == {"English": 2, "Japanese": 1}
    assert facet(page, "part") == {"read whole": 3}
    assert facet(page, "claims") == {"some found": 3}
    assert facet(page, "day") == {"30 Jan 2025": 1, "29 Jan 2025": 1, "28 Jan 2025": 1}
    assert facet(page, "source")[TIMES.name] == 1
    found = client.get(f"/api/v1/articles?source={TIMES.id}").get_json()["articles"]
    assert [row["article"]["id"] for row in found] == [JAPANESE.id]
    found = client.get("/api/v1/articles?day=2025-01-29&claims=some").get_json()["articles"]
    assert [row["article"]["id"] for row in found] == [ENGLISH.id]
    assert client.get("/api/v1/articles?claims=none").get_json()["total"] == 0
    assert "No article matches" in client.get("/articles?part=part").text


def test_sources_by_kind_and_language(rival_client: FlaskClient) -> None:
    page = rival_client.get("/sources?lang=ja").text
    assert "計算新聞" in page
    assert "The Quay Gazette" not in page
    assert facet(page, "lang")["Japanese"] == 1
    newest = rival_client.get("/sources?order=newest").text
    days = re.findall(r'newest of <time datetime="(\S+?)T', newest)
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("path", ["/entities?after=x!", "/articles?after=x!", "/articles?day=soon", "/entities?type=x"])
def test_wrong_arguments_are_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400
    assert client.get(f"/api/v1{path}").status_code == 400


@pytest.mark.parametrize("path", ["/matters", "/entities", "/articles", "/sources"])
def test_empty_lists_say_so(empty_client: FlaskClient, path: str) -> None:
    answer = empty_client.get(path)
    assert answer.status_code == 200
    assert 'class="nothing"' in answer.text
