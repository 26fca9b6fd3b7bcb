"""The explorer: who says what about whom else, in columns and as a list, and what its addresses lead to."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from graph.deriving import derive
from graph.ids import make_proposition_id
from graph.stores.sqlite import SqliteStore
from graph.views import StatusView
from tests.contract.builders import ACCUSED, DENIED, make_extraction
from tests.web.story import CHAINED, COST, DEEPSEEK, DENIAL, ENGLISH, MICROSOFT, NOW, OPENAI, PAYLOAD, R1, V3
from web.app import create_app


def listed(page: str) -> list[str]:
    """Ids of the matters in the list."""
    return re.findall(r'class="claim-link" href="/explore\?start=(p\w+)', page)


def drawn(page: str) -> list[str]:
    """Ids of the boxes in the picture."""
    picture = page.split('class="drawing web"')[1].split("</svg>")[0]
    return re.findall(r'href="/explore\?start=(p[0-9a-f]{20})', picture)


def columns(client: FlaskClient, query: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = client.get(f"/api/v1/explore/columns?{query}").get_json()
    return found


def test_without_a_start_it_offers_who_is_talked_about(client: FlaskClient) -> None:
    assert f'href="/explore?start={DEEPSEEK.id}"' in client.get("/explore").text


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_columns_and_list_have_the_same(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/explore?start={DEEPSEEK.id}", headers={"Accept-Language": lang}).text
    assert drawn(page) == listed(page)
    assert 0 < len(drawn(page)) <= 30
    view = columns(client, f"start={DEEPSEEK.id}")
    assert [matter["id"] for matter in view["matters"]] == listed(page)
    picture = page.split('class="drawing web"')[1].split("</svg>")[0]
    assert picture.count("<line") == len(view["said"]) + len(view["about"])
    for other in view["others"]:
        assert f'start={quote(str(other["id"]))}"' in picture


def test_denials_are_told_apart(client: FlaskClient) -> None:
    view = columns(client, f"start={DEEPSEEK.id}")
    denied = [one for one in view["said"] if one["denies"]]
    assert {one["voice"] for one in denied} == {f"entity {DEEPSEEK.id}"}
    page = client.get(f"/explore?start={DEEPSEEK.id}").text
    assert page.count('<line class="denies"') == len(denied)
    assert DEEPSEEK.id not in {other["id"] for other in view["others"]}


@pytest.fixture
def described_client(tmp_path: Path) -> Iterator[FlaskClient]:
    """Pages of a store in which two accuse and deny whom only the words of outlets describe."""
    advised = replace(ACCUSED, text="DeepSeek distilled OpenAI, an adviser says.", speakers=("an adviser",))
    denied = replace(DENIED, text="DeepSeek did not, an investor says.", speakers=("an investor",))
    other = make_extraction(advised, url="https://wire.example/1", domain="wire.example")
    with SqliteStore(tmp_path / "graph.db") as store:
        store.add([make_extraction(advised, denied), other])
        derive(store)
        yield create_app(store, lambda: StatusView(store.count()), lambda: NOW).test_client()


def test_whom_words_describe_is_the_voice_of_these_words_in_its_outlet(described_client: FlaskClient) -> None:
    view = columns(described_client, f"start={DEEPSEEK.id}")
    said = [(one["voice"], one["denies"]) for one in view["said"]]
    assert sorted(said) == [
        ("unnamed news anadviser", False),
        ("unnamed news aninvestor", True),
        ("unnamed wire anadviser", False),
    ]
    for path in ("/explore?start=", "/explore?view=matrix&start="):
        page = described_client.get(f"{path}{DEEPSEEK.id}").text
        assert "News: an adviser" in page
        assert "News: an investor" in page


def test_disputed_and_denied_matters_come_first(rival_client: FlaskClient) -> None:
    found = [str(matter["status"]) for matter in columns(rival_client, f"start={DEEPSEEK.id}")["matters"]]
    assert found.index("denied") < found.index("reported")


def test_of_two_names_only_what_links_them(client: FlaskClient) -> None:
    alone = {matter["id"] for matter in columns(client, f"start={DEEPSEEK.id}")["matters"]}
    both = columns(client, f"start={DEEPSEEK.id}&start={OPENAI.id}")
    assert {matter["id"] for matter in both["matters"]} < alone
    page = client.get(f"/explore?start={DEEPSEEK.id}&start={OPENAI.id}").text
    assert "What links" in page
    path = page.split('id="path"')[1].split("</section>")[0]
    # Whoever a line could hurt never stands in it without who says so.
    assert re.search(r"(?:accuses|denies|says|thinks it possible)", path)


def test_of_a_matter_what_its_speakers_say_else(client: FlaskClient, store: SqliteStore) -> None:
    matter = store.find_propositions_of([COST.id])[COST.id]
    view = columns(client, f"start={matter}")
    assert view["matters"][0]["id"] == matter
    assert len(view["matters"]) > 1
    assert "Around one matter" in client.get(f"/explore?start={matter}").text


def test_kind_status_days_and_origins_narrow(client: FlaskClient) -> None:
    page = client.get(f"/explore?start={DEEPSEEK.id}&type=allegation&until=2025-01-29&least=1").text
    assert 'value="allegation" checked' in page
    assert 'name="until" value="2025-01-29"' in page
    assert "Narrow (3)" in page
    assert f"start={R1.id}&amp;type=allegation" in page or "type=allegation" in page.split("data-web")[1]
    for query, key, value in (("type=cost", "type", "cost"), ("status=denied", "status", "denied")):
        found = columns(client, f"start={DEEPSEEK.id}&{query}")["matters"]
        assert {matter[key] for matter in found} == {value}
    assert columns(client, f"start={DEEPSEEK.id}&least=99")["matters"] == []
    assert "No matter matches" in client.get(f"/explore?start={DEEPSEEK.id}&least=99").text


def test_ties_read_from_their_own_side(client: FlaskClient) -> None:
    page = client.get(f"/explore?start={OPENAI.id}&start={MICROSOFT.id}&ties=1").text
    text = re.sub(r"<[^>]+>", "", page)
    assert "OpenAI: has Microsoft as investor" in text
    assert "Microsoft: invested in OpenAI" in text


@pytest.mark.parametrize(
    ("text", "start"),
    [("R1", R1.id), ("ディープシーク", DEEPSEEK.id), (DEEPSEEK.id, DEEPSEEK.id), ("deepseek v3", V3.id)],
    ids=["alias", "other language", "id", "longest"],
)
def test_names_are_gone_to(client: FlaskClient, text: str, start: str) -> None:
    answer = client.get("/explore", query_string={"find": text})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/explore?start={quote(start)}")


def test_several_names_are_gone_to_together(client: FlaskClient) -> None:
    answer = client.get("/explore?find=deepseek+openai")
    assert answer.headers["Location"] == f"/explore?start={DEEPSEEK.id}&start={OPENAI.id}"


def test_words_lead_to_matters(client: FlaskClient) -> None:
    assert "start=p" in client.get("/explore?find=copied").text
    assert "DeepSeek-V3" in client.get("/explore?find=deep").text
    assert "Nothing is called so" in client.get("/explore?find=zebra").text


def test_claims_lead_to_their_matter_and_articles_to_their_page(client: FlaskClient, store: SqliteStore) -> None:
    matter = store.find_propositions_of([CHAINED.id])[CHAINED.id]
    for query in (f"start={CHAINED.id}", f"start={CHAINED.id}&open={CHAINED.id}", f"find={CHAINED.id}"):
        assert client.get(f"/explore?{query}").headers["Location"] == f"/explore?start={matter}"
    assert client.get(f"/explore?start={ENGLISH.id}").headers["Location"] == f"/articles/{ENGLISH.id}"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("start=nobody", 404),
        ("start=p00000000000000000000", 404),
        (f"start={R1.id}&type=nonsense", 400),
        (f"start={R1.id}&since=yesterday", 400),
        (f"start={R1.id}&until=9999-12-31", 400),
        (f"start={R1.id}&least=0", 400),
        (f"start={R1.id}&least={'9' * 5000}", 400),
        ("find=type:nonsense", 200),
        ("&".join(f"start=n{n}" for n in range(200)), 404),
    ],
)
def test_odd_addresses_are_answered_in_words(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/explore?{query}")
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_hostile_names_stay_text(client: FlaskClient) -> None:
    page = client.get(f"/explore?start={make_proposition_id(PAYLOAD.id)}").text
    assert "<script>window" not in page
    assert "<img" not in page


def test_neighbourhood_as_json(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/explore?start={CHAINED.id}").get_json()
    assert answer["complete"]
    claim = next(node for node in answer["nodes"] if node["id"] == CHAINED.id)
    assert (claim["kind"], claim["opened"], claim["claim"]["text"]) == ("claim", True, CHAINED.text)
    assert {"start": CHAINED.id, "end": DEEPSEEK.id, "type": "SUBJECT", "depth": None} in answer["links"]
    assert client.get("/api/v1/explore?start=nobody").status_code == 404
    assert client.get("/api/v1/explore").get_json()["reason"] == "refused"


def test_what_the_console_draws_is_short_and_in_the_language_of_the_page(client: FlaskClient) -> None:
    page = client.get(f"/cypher/graph?start={CHAINED.id}", headers={"Accept-Language": "ja"}).text
    match = re.search(r"<script type=\"application/json\" data-drawing>(.*?)</script>", page, re.DOTALL)
    assert match
    drawing = json.loads(match[1])
    nodes = {node["id"]: node for node in drawing["nodes"]}
    assert (nodes[CHAINED.id]["kind"], nodes[CHAINED.id]["firmness"]) == ("claim", "alleged")
    assert nodes[DENIAL.id]["denied"]
    assert nodes[DENIAL.id]["label"].startswith("DeepSeekが否定：")
    assert {"start": CHAINED.id, "end": OPENAI.id, "type": "OBJECT", "label": "相手"} in drawing["links"]
    hostile = client.get(f"/cypher/graph?start={PAYLOAD.id}").text
    assert "<script>window" not in hostile
    assert "\\u003cscript\\u003e" in hostile


def test_several_claims_lead_to_the_names_that_they_speak_of(client: FlaskClient) -> None:
    answer = client.get(f"/explore?start={DENIAL.id}&start={COST.id}")
    assert answer.status_code == 303
    assert set(parse_qs(urlsplit(answer.location).query)["start"]) >= {DEEPSEEK.id, OPENAI.id}


def crossings(client: FlaskClient, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/explore/crossings?{query}").get_json()
    return found


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("start", [f"start={DEEPSEEK.id}", ""])
def test_the_matrix_and_its_table_have_a_crossing_for_each_two_that_meet(
    client: FlaskClient, lang: str, start: str
) -> None:
    page = client.get(f"/explore?view=matrix&{start}", headers={"Accept-Language": lang}).text
    view = crossings(client, start)
    picture = page.split('class="crossings"')[1].split("</table>")[0]
    assert picture.count("<circle") == sum(bool(one["says"]) for one in view["crossings"]) > 0
    assert picture.count("<polygon") == sum(bool(one["denies"]) for one in view["crossings"]) > 0
    assert picture.count('<a href="') == picture.count('tabindex="-1"')
    table = page.split("crossings-list")[1].split("<tbody>")[1].split("</tbody>")[0]
    assert table.count("<tr>") == len(view["crossings"])
    assert len(view["voices"]) <= 12
    assert len(view["whom"]) <= 12


def test_a_crossing_has_the_matters_that_a_voice_says_and_denies_of_somebody(client: FlaskClient) -> None:
    view, drawn_of = crossings(client, f"start={DEEPSEEK.id}"), columns(client, f"start={DEEPSEEK.id}")
    said = {(one["voice"], one["matter"]) for one in drawn_of["said"] if not one["denies"]}
    denied = {(one["voice"], one["matter"]) for one in drawn_of["said"] if one["denies"]}
    about = {matter["id"]: {ref["id"] for ref in matter["about"]} for matter in view["matters"]}
    for one in view["crossings"]:
        assert {(one["voice"], id) for id in one["says"]} <= said
        assert {(one["voice"], id) for id in one["denies"]} <= denied
        assert all(one["entity"] in about[id] for id in (*one["says"], *one["denies"]))
    assert {one["voice"] for one in view["crossings"] if one["denies"]} == {f"entity {DEEPSEEK.id}"}


def test_a_mark_of_the_matrix_leads_to_what_links_the_two(client: FlaskClient) -> None:
    page = client.get(f"/explore?view=matrix&start={DEEPSEEK.id}&type=allegation").text
    picture = page.split('class="crossings"')[1].split("</table>")[0]
    address = f"/explore?start={DEEPSEEK.id}&amp;start={OPENAI.id}&amp;type=allegation"
    assert f'<a href="{address}" tabindex="-1"' in picture
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_the_matrix_is_kept_while_one_walks_narrows_and_looks_for_names(client: FlaskClient) -> None:
    page = client.get(f"/explore?view=matrix&start={DEEPSEEK.id}&least=1").text
    assert f'href="/explore?start={OPENAI.id}&amp;least=1&amp;view=matrix"' in page
    assert page.count('<input type="hidden" name="view" value="matrix">') == 2
    assert f'href="/explore?start={DEEPSEEK.id}&amp;least=1">In columns' in page
    found = client.get("/explore?view=matrix&find=DeepSeek")
    assert found.headers["Location"] == f"/explore?start={DEEPSEEK.id}&view=matrix"


def test_where_there_is_nothing_to_compare_the_table_stands_alone(
    client: FlaskClient, empty_client: FlaskClient
) -> None:
    page = client.get(f"/explore?view=matrix&start={DEEPSEEK.id}&type=cost").text
    assert 'class="crossings"' not in page
    assert "crossings-list" in page
    assert "No matter matches" in empty_client.get("/explore?view=matrix").text
    assert client.get("/explore?view=matrix&start=nobody").status_code == 404
    assert crossings(client, f"start={DEEPSEEK.id}&least=99")["crossings"] == []


@pytest.mark.parametrize(
    ("lang", "counts", "text"),
    [
        ("en", (0, 1, 0), "Not all is shown: 1 more voice. Narrow to see them."),
        ("en", (3, 0, 1), "Not all is shown: 3 more matters, 1 more name. Narrow to see them."),
        ("ja", (3, 1, 0), "すべては示していません：ほかに論点3件、話し手1。絞り込むと見られます。"),
    ],
)
def test_of_what_is_left_out_only_what_there_is_is_counted(
    app: Flask, lang: str, counts: tuple[int, int, int], text: str
) -> None:
    with app.test_request_context(headers={"Accept-Language": lang}):
        assert (
            render_template_string(
                '{% import "explore/_more.html" as more %}{{ more.left(*counts) }}', counts=counts
            ).strip()
            == text
        )
