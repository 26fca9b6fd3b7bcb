"""The explorer's page and its JSON: where it starts, what it opens, what the address keeps."""

import json
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web.story import (
    BETTER,
    CHAINED,
    CHEAPER,
    COST,
    DEEPSEEK,
    DENIAL,
    ENGLISH,
    MICROSOFT,
    OPENAI,
    PAYLOAD,
    R1,
    STOCK_JA,
    UNNAMED,
)


def _rows(page: str) -> set[str]:
    return set(re.findall(r'data-row="([^"]+)"', page))


def test_without_a_start_it_offers_who_is_talked_about(client: FlaskClient) -> None:
    page = client.get("/explore").text
    assert f'href="/explore?start={DEEPSEEK.id}"' in page
    assert "No entity" not in page


def test_a_start_is_opened(client: FlaskClient) -> None:
    page = client.get(f"/explore?start={R1.id}").text
    assert _rows(page) >= {R1.id, DEEPSEEK.id, CHEAPER.id, BETTER.id}
    assert "made by <bdi>DeepSeek</bdi>" in page
    assert "Around DeepSeek-R1" in page


def test_a_start_may_be_a_claim_or_an_article(client: FlaskClient) -> None:
    assert _rows(client.get(f"/explore?start={CHAINED.id}").text) >= {CHAINED.id, ENGLISH.id, DENIAL.id, DEEPSEEK.id}
    assert _rows(client.get(f"/explore?start={ENGLISH.id}").text) >= {ENGLISH.id, CHAINED.id, COST.id, UNNAMED.id}


def test_each_row_opens_or_closes_its_node(client: FlaskClient) -> None:
    page = client.get(f"/explore?start={R1.id}").text
    opening = re.search(rf'<a href="([^"]+)" data-walk data-node="{DEEPSEEK.id}"', page)
    assert opening
    wider = client.get(opening[1].replace("&amp;", "&")).text
    assert CHAINED.id in _rows(wider)
    closing = re.search(rf'href="([^"]+)" data-walk data-node="{DEEPSEEK.id}" aria-label="Close DeepSeek"', wider)
    assert closing
    assert _rows(client.get(closing[1].replace("&amp;", "&")).text) == _rows(page)


def test_all_of_it_may_be_closed(client: FlaskClient) -> None:
    assert _rows(client.get(f"/explore?start={R1.id}&open=").text) == {R1.id}


@pytest.mark.parametrize(
    ("text", "start"),
    [("R1", R1.id), ("ディープシーク", DEEPSEEK.id), (DEEPSEEK.id, DEEPSEEK.id), (COST.id, COST.id)],
    ids=["alias", "other language", "id", "claim"],
)
def test_what_can_mean_one_thing_only_is_gone_to(client: FlaskClient, text: str, start: str) -> None:
    answer = client.get("/explore", query_string={"find": text})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/explore?start={quote(start)}")


def test_what_can_mean_several_is_offered(client: FlaskClient) -> None:
    page = client.get("/explore?find=deep").text
    assert "DeepSeek-V3" in page
    page = client.get("/explore?find=type:market").text
    assert STOCK_JA.id in page
    assert "Nothing is called so" in client.get("/explore?find=zebra").text


def test_kind_and_days_narrow_what_opening_adds(client: FlaskClient) -> None:
    page = client.get(f"/explore?start={DEEPSEEK.id}&type=allegation&until=2025-01-29").text
    assert {CHAINED.id, DENIAL.id, UNNAMED.id} <= _rows(page)
    assert COST.id not in _rows(page)
    assert 'value="allegation" checked' in page
    assert 'name="until" value="2025-01-29"' in page
    assert "type=allegation" in page.split("data-walk data-node")[0], "links keep what narrows"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("start=nobody", 404),
        ("start=nobody&start=nothing", 200),
        (f"start={R1.id}&type=nonsense", 400),
        (f"start={R1.id}&since=yesterday", 400),
        (f"start={R1.id}&since=2025-13-01", 400),
        (f"start={R1.id}&until=9999-12-31", 400),
        (f"start={R1.id}&open=nobody", 200),
        ("find=type:nonsense", 400),
        ("&".join(f"start=n{n}" for n in range(200)), 200),
    ],
)
def test_odd_addresses_are_answered_in_words(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/explore?{query}")
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_drawing_is_short_and_in_the_language_of_the_page(client: FlaskClient) -> None:
    page = client.get(f"/explore?start={CHAINED.id}", headers={"Accept-Language": "ja"}).text
    match = re.search(r"<script type=\"application/json\" data-drawing>(.*?)</script>", page, re.DOTALL)
    assert match
    drawing = json.loads(match[1])
    nodes = {node["id"]: node for node in drawing["nodes"]}
    assert nodes[CHAINED.id] | {"label": ""} == {
        "id": CHAINED.id,
        "kind": "claim",
        "label": "",
        "opened": True,
        "start": True,
        "firmness": "alleged",
        "denied": False,
    }
    assert nodes[DENIAL.id]["denied"]
    assert nodes[DENIAL.id]["label"].startswith("DeepSeekが否定：")
    assert nodes[OPENAI.id]["type"] == "company"
    assert {"start": CHAINED.id, "end": OPENAI.id, "type": "OBJECT", "label": "相手"} in drawing["links"]


def test_drawing_of_hostile_text_cannot_end_its_element(client: FlaskClient) -> None:
    page = client.get(f"/explore?start={PAYLOAD.id}").text
    assert "<script>window" not in page
    assert "\\u003cscript\\u003e" in page


def test_the_same_as_json(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/explore?start={CHAINED.id}").get_json()
    assert answer["complete"]
    claim = next(node for node in answer["nodes"] if node["id"] == CHAINED.id)
    assert (claim["kind"], claim["opened"], claim["claim"]["text"]) == ("claim", True, CHAINED.text)
    assert {"start": CHAINED.id, "end": DEEPSEEK.id, "type": "SUBJECT", "depth": None} in answer["links"]
    assert client.get("/api/v1/explore?start=nobody").status_code == 404
    assert client.get("/api/v1/explore").get_json()["reason"] == "refused"


def test_ties_read_from_their_own_side(client: FlaskClient) -> None:
    page = client.get(f"/explore?start={OPENAI.id}&start={MICROSOFT.id}").text
    assert "has <bdi>Microsoft</bdi> as investor" in page
    assert "invested in <bdi>OpenAI</bdi>" in page
