"""The OpenAPI document is true of the server: what Schemathesis makes of it is answered as it says, good or bad."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from graph.stores.sqlite import SqliteStore
from tests.web.rivals import fill
from tests.web.story import CHAINED, COST_JA, DEEPSEEK, ENGLISH, NOW, R1, STATUS, TIMES
from web.api.endpoints import ROUTES
from web.api.routes import Route
from web.app import create_app
from web.requests.access import Access

TOKEN = "a token for this test alone"
# What is said in a language of its own is refused for more than a schema knows.
_SPOKEN = ("q", "after", "about_after", "type", "about", "as_of", "day")
_CASES = [
    (route, mode)
    for route in ROUTES
    for mode in GenerationMode
    # Any text can be an id, and no parameter cannot be wrong.
    if mode is GenerationMode.POSITIVE or route.body or not all(parameter.in_path for parameter in route.parameters)
]
_CONFIG = {"checks": {"negative_data_rejection": {"expected-statuses": [400, 401, 404, 413, 414, 415]}}}
_BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    path: Path = tmp_path_factory.mktemp("openapi") / "graph.db"
    with SqliteStore(path) as store:
        fill(store)
        yield create_app(
            store, lambda: STATUS, lambda: NOW, access=Access(token=TOKEN), writing=lambda: SqliteStore(path)
        )


@pytest.fixture(scope="module")
def document(writable: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/openapi.json", writable, config=schemathesis.Config.from_dict(_CONFIG))


@pytest.mark.parametrize(
    ("route", "mode"), _CASES, ids=[f"{route.method} {route.path} {mode.value}" for route, mode in _CASES]
)
def test_server_answers_as_its_document_says(
    document: schemathesis.BaseSchema, route: Route, mode: GenerationMode
) -> None:
    operation = document[route.path][route.method]
    spoken = route.body or any(parameter.name in _SPOKEN for parameter in route.parameters)
    excluded: list[Any] = [CHECKS.get_one("positive_data_acceptance")] if spoken else []

    @settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=_BEARER, excluded_checks=excluded)

    check()


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("claims/{claim_id}", {"path_parameters": {"claim_id": CHAINED.id}}),
        ("claims/{claim_id}", {"path_parameters": {"claim_id": COST_JA.id}}),
        ("entities/{entity_id}", {"path_parameters": {"entity_id": DEEPSEEK.id}}),
        ("articles/{article_id}", {"path_parameters": {"article_id": ENGLISH.id}}),
        ("sources/{source_id}", {"path_parameters": {"source_id": TIMES.id}}),
        ("search", {"query": {"q": "about:DeepSeek", "limit": 3}}),
        ("explore", {"query": {"start": [DEEPSEEK.id, CHAINED.id]}}),
        ("contradictions", {"query": {"limit": 2}}),
        ("ledger", {"query": {"about": "deepseek", "as_of": "2025-01-31"}}),
        ("figures", {"query": {"q": "deepseek", "measure": "training_cost"}}),
        ("schema", {}),
        ("cypher", {"query": {"q": "MATCH (c:Claim) RETURN c LIMIT 2"}}),
    ],
    ids=[
        "claim",
        "figure",
        "entity",
        "article",
        "source",
        "search",
        "explore",
        "contradictions",
        "ledger",
        "figures",
        "schema",
        "cypher",
    ],
)
def test_what_is_there_is_told_as_the_document_says(
    document: schemathesis.BaseSchema, path: str, parts: dict[str, Any]
) -> None:
    case = document[f"/api/v1/{path}"]["GET"].Case(**parts)
    assert case.call_and_validate().status_code == 200


def test_a_judgement_and_the_list_of_them_are_told_as_the_document_says(document: schemathesis.BaseSchema) -> None:
    body: dict[str, Any] = {
        "kind": "apart",
        "entities": [DEEPSEEK.id, R1.id],
        "who": "Ann",
        "why": "a company and its model",
    }
    made = document["/api/v1/judgements"]["POST"].Case(body=body, media_type="application/json")
    assert made.call_and_validate(headers=_BEARER).status_code == 201
    listed = document["/api/v1/judgements"]["GET"].Case(query={"limit": 1}).call_and_validate()
    assert [judgement["who"] for judgement in listed.json()["judgements"]] == ["Ann"]


def test_document_has_every_route_and_no_other(writable: Flask) -> None:
    document = writable.test_client().get("/openapi.json").get_json()
    described = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    # The names of before go on for programs of then; nobody is told of them.
    now = (rule for rule in writable.url_map.iter_rules() if not rule.endpoint.endswith("_as_before"))
    rules = [rule for rule in now if rule.rule.startswith("/api/") and not rule.rule.endswith(".jsonl")]
    answered = {
        (rule.rule.replace("<", "{").replace(">", "}"), method)
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == answered
    assert len(described) == len(ROUTES)


def test_views_leave_nothing_out(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    for name in {route.view.__name__ for route in ROUTES}:
        view = document["components"]["schemas"][name]
        assert set(view["required"]) == set(view["properties"]), name


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_people_read_the_same(client: FlaskClient, lang: str) -> None:
    page = client.get("/api", headers={"Accept-Language": lang}).text
    for route in ROUTES:
        assert f"<code>{route.method} {route.path}</code>" in page


def test_examples_on_the_page_can_be_opened(client: FlaskClient) -> None:
    page = client.get("/api").text
    addresses = [part.split('"')[0].replace("&amp;", "&") for part in page.split('class="address" href="')[1:]]
    assert len(addresses) >= 4
    for address in addresses:
        assert client.get(address).status_code in (200, 404), address
