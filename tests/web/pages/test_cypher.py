import csv
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from graph.errors import QueryError
from graph.store import Table
from graph.stores.sqlite import SqliteStore
from tests.web.story import NOW, STATUS
from web.app import create_app
from web.language.wording import get_words
from web.pages.cypher import find_numeric
from web.querying import parse_parameters
from web.questions import Question, list_questions
from web.services import get_services

NAMES = "MATCH (e:Entity) WHERE e.name = $name RETURN e.name AS name"


def test_form_with_limits_and_ready_questions(client: FlaskClient) -> None:
    page = client.get("/cypher").text
    assert "At most 1,000 rows, 5 seconds and 512 MB of memory" in page
    assert all(escape(question.title) in page for question in list_questions())
    assert ":Claim" in page


def test_ready_questions_and_schema_are_there_in_japanese(client: FlaskClient) -> None:
    page = client.get("/cypher", headers={"Accept-Language": "ja"}).text
    titles = get_words("ja").tables["questions"]
    assert set(titles) <= {question.key for question in list_questions()}, "a title without its file"
    assert all(str(title) in page for title in titles.values())
    untitled = [question for question in list_questions() if question.key not in titles]
    assert all(f'<span lang="en">{escape(question.title)}</span>' in page for question in untitled)


def test_query_in_the_address_is_answered(client: FlaskClient) -> None:
    answer = client.get("/cypher", query_string={"q": NAMES, "$name": "DeepSeek"})
    assert answer.status_code == 200
    assert "1 row" in answer.text
    assert "<td>DeepSeek</td>" in answer.text
    assert 'name="$name" value="DeepSeek"' in answer.text


def test_a_long_query_has_no_twin_whose_address_no_browser_takes(client: FlaskClient) -> None:
    page = client.get("/cypher", query_string={"q": f"{NAMES} // {'long ' * 1580}", "$name": "DeepSeek"}).text
    assert "<td>DeepSeek</td>" in page
    assert "cypher.csv" not in page


def test_values_stand_in_fields_or_in_lines_of_the_query(client: FlaskClient) -> None:
    query = f'// param name = "OpenAI"\n{NAMES}'
    assert "<td>OpenAI</td>" in client.get("/cypher", query_string={"q": query}).text
    assert "<td>DeepSeek</td>" in client.get("/cypher", query_string={"q": query, "$name": "DeepSeek"}).text
    assert "<td>7</td>" in _cells(client, "RETURN $n + 2 AS sum", **{"$n": "5"})
    assert "<td>[1, &#34;a&#34;]</td>" in _cells(client, "RETURN $n AS n", **{"$n": '[1, "a"]'})
    assert "<td>5</td>" in _cells(client, "RETURN $n AS text", **{"$n": '"5"'})


def _cells(client: FlaskClient, query: str, **fields: str) -> str:
    return client.get("/cypher", query_string={"q": query, **fields}).text.replace(' class="count"', "")


def test_a_parameter_without_a_value_is_asked_for(client: FlaskClient) -> None:
    answer = client.get("/cypher", query_string={"q": NAMES})
    assert answer.status_code == 400
    assert "$name: no value is given; fill in the field" in answer.text
    assert 'name="$name" value=""' in answer.text


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.key)
def test_ready_question_is_answered_at_its_address(client: FlaskClient, question: Question) -> None:
    fields = {f"${name}": text for name, text in question.parameters.items()}
    answer = client.get("/cypher", query_string={"q": question.query, **fields})
    assert answer.status_code == 200, answer.text
    assert 'id="result"' in answer.text


def test_names_the_graph_lacks_are_pointed_out(client: FlaskClient) -> None:
    page = client.get("/cypher", query_string={"q": "MATCH (e:Firm) RETURN e.name AS name"}).text
    assert "Not in the graph: <code><bdi>:Firm</bdi></code>" in page


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("CREATE (n) RETURN n", {}),
        ("not cypher at all", {}),
        (NAMES, {"$name": "[" * 2000}),
    ],
    ids=["write", "syntax", "deep JSON"],
)
def test_refused_query_is_explained_on_the_page(client: FlaskClient, query: str, fields: dict[str, str]) -> None:
    answer = client.get("/cypher", query_string={"q": query, **fields})
    assert answer.status_code == 400
    assert 'id="error"' in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("query", "place", "shown"),
    [
        ("MATCH (c)\nSET c.x = 1", "2 1", '<mark class="wrong">SET</mark> c.x = 1'),
        ("MATCH (c)\r\n  DELETE c", "2 3", '<mark class="wrong">DELETE</mark> c'),
        ("RETURN 1 AS a; RETURN 2 AS b", "1 14", '<mark class="wrong">;</mark> RETURN 2'),
        ("MATCH (n RETURN n", "1 7", '<mark class="wrong">(</mark>n RETURN n'),
        ("MATCH (c:Claim) // 京\n\nWHERE 1 < c.value < 3\nRETURN c", "3 19", '<mark class="wrong">&lt;</mark> 3'),
    ],
    ids=["word", "as a form sends lines", "sign", "bracket", "by the engine"],
)
def test_place_of_a_refusal_is_shown(client: FlaskClient, query: str, place: str, shown: str) -> None:
    page = client.get("/cypher", query_string={"q": query}).text
    assert f'data-place="{place}"' in page
    assert shown in page


def test_a_query_that_names_what_is_not_there_is_not_called_right(client: FlaskClient) -> None:
    mistaken = client.get("/cypher", query_string={"q": "MATCH (c:Clam) RETURN c.id AS id"}).text
    assert ":Clam" in mistaken
    assert "The query is right" not in mistaken
    empty = client.get("/cypher", query_string={"q": "MATCH (c:Claim {id: 'x'}) RETURN c.id AS id"}).text
    assert "The query is right" in empty


def test_answer_is_there_for_scripts_and_cannot_end_its_element(client: FlaskClient) -> None:
    page = client.get("/cypher", query_string={"q": "RETURN '</script><b>' AS x, 1.0 / 0 AS y"}).text
    match = re.search(r'<script type="application/json" data-rows>(.*?)</script>', page)
    assert match
    assert json.loads(match[1])["rows"][0][0] == "</script><b>"


def test_rows_as_csv_that_no_spreadsheet_runs(client: FlaskClient) -> None:
    answer = client.get(
        "/cypher.csv", query_string={"q": "RETURN '=1+1' AS a, null AS b, [1] AS c, $n AS d", "$n": "2"}
    )
    assert answer.mimetype == "text/csv"
    assert list(csv.reader(answer.text.removeprefix("\ufeff").splitlines())) == [
        ["a", "b", "c", "d"],
        ["'=1+1", "", "[1]", "2"],
    ]
    assert client.get("/cypher.csv", query_string={"q": "CREATE (n)"}).status_code == 400


def test_twins_ask_the_same(client: FlaskClient) -> None:
    page = client.get("/cypher", query_string={"q": NAMES, "$name": "DeepSeek"}).text
    for address in re.findall(r'<li><a href="([^"]+)">(?:JSON|CSV)', page):
        assert "DeepSeek" in client.get(address.replace("&amp;", "&")).text
    assert "cypher.csv" in page


def test_answers_are_text_never_markup(client: FlaskClient) -> None:
    query = "MATCH (c:Claim) WHERE c.text CONTAINS 'window.pwned' RETURN c.text AS text"
    page = client.get("/cypher", query_string={"q": query}).text
    assert "<script>window" not in page
    assert "&lt;script&gt;window.pwned" in page
    assert "\\u003cscript\\u003ewindow.pwned" in page


def test_query_waits_for_its_turn_and_is_then_refused(app: Flask) -> None:
    with app.app_context():
        consoles = get_services().consoles
    while consoles.acquire(blocking=False):
        pass
    answer = app.test_client().post("/api/v1/cypher", json={"query": "RETURN 1 AS x"})
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["reason"] == "busy"
    assert answer.headers["Retry-After"]


def test_where_cypher_is_closed_page_and_api_say_why(store: SqliteStore) -> None:
    client = create_app(store, lambda: STATUS, lambda: NOW, closed="Not here; elsewhere.").test_client()
    assert "Not here; elsewhere." in client.get("/cypher").text
    answer = client.post("/api/v1/cypher", json={"query": "RETURN 1 AS x"})
    assert answer.status_code == 403
    assert answer.json is not None
    assert (answer.json["detail"], answer.json["reason"]) == ("Not here; elsewhere.", "closed")
    assert client.get("/search").status_code == 200


def test_columns_of_numbers_are_found() -> None:
    assert find_numeric(Table(("a", "b", "c", "d"), ((1, "x", None, True), (None, 2, None, False)))) == (0,)
    assert find_numeric(Table(("a",), ())) == ()


def test_parameters_are_an_object() -> None:
    assert parse_parameters("") == {}
    assert parse_parameters('{"a": [1]}') == {"a": [1]}
    with pytest.raises(QueryError, match="JSON object"):
        parse_parameters("3")
