import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.errors import QueryError
from graph.store import Table
from graph.stores.sqlite import SqliteStore
from tests.web.story import NOW, STATUS
from web.app import create_app
from web.cypher import find_numeric, parse_parameters
from web.questions import QUESTIONS, Question
from web.services import get_services

NAMES = "MATCH (e:Entity) WHERE e.name = $name RETURN e.name AS name"


def test_form_with_limits_and_ready_questions(client: FlaskClient) -> None:
    page = client.get("/cypher").text
    assert "at most 1,000 rows and 5 seconds" in page
    assert all(question.title in page for question in QUESTIONS)
    assert ":Claim" in page


def test_query_in_the_address_is_answered(client: FlaskClient) -> None:
    answer = client.get("/cypher", query_string={"q": NAMES, "parameters": '{"name": "DeepSeek"}'})
    assert answer.status_code == 200
    assert "1 row" in answer.text
    assert "<td>DeepSeek</td>" in answer.text


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.title)
def test_ready_question_is_answered(client: FlaskClient, question: Question) -> None:
    body = {"query": question.query, "parameters": json.loads(question.parameters or "{}")}
    answer = client.post("/api/v1/cypher", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["columns"]


def test_names_the_graph_lacks_are_pointed_out(client: FlaskClient) -> None:
    page = client.get("/cypher", query_string={"q": "MATCH (e:Firm) RETURN e.name AS name"}).text
    assert "The graph has no <code><bdi>:Firm</bdi></code>" in page


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("CREATE (n) RETURN n", ""),
        ("not cypher at all", ""),
        (NAMES, "{not json"),
        (NAMES, "[1]"),
        (NAMES, "[" * 2000),
    ],
    ids=["write", "syntax", "bad JSON", "no object", "deep JSON"],
)
def test_refused_query_is_explained_on_the_page(client: FlaskClient, query: str, parameters: str) -> None:
    answer = client.get("/cypher", query_string={"q": query, "parameters": parameters})
    assert answer.status_code == 400
    assert 'id="error"' in answer.text
    assert "Traceback" not in answer.text


def test_answers_are_text_never_markup(client: FlaskClient) -> None:
    query = "MATCH (c:Claim) WHERE c.text CONTAINS 'window.pwned' RETURN c.text AS text"
    page = client.get("/cypher", query_string={"q": query}).text
    assert "<script>window" not in page
    assert "&lt;script&gt;window.pwned" in page


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
