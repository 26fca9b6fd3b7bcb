from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.errors import StoreUnavailable
from graph.store import Counts
from graph.stores.sqlite import SqliteStore
from tests.web.story import CHAINED, COST_JA, DEEPSEEK, ENGLISH, NOW, STATUS, TIMES
from web.api.endpoints import ROUTES
from web.app import create_app

PROBLEM = "application/problem+json"


def test_search_gives_claims_facets_and_cursor(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=about:DeepSeek&limit=2").get_json()
    assert {"query", "claims", "facets", "next", "previous", "total", "chips", "troubles", "blocks"} <= set(first)
    assert len(first["claims"]) == 2
    second = client.get(
        "/api/v1/search", query_string={"q": "about:DeepSeek", "limit": 2, "after": first["next"]}
    ).get_json()
    assert not {claim["id"] for claim in first["claims"]} & {claim["id"] for claim in second["claims"]}


def test_last_page_has_no_cursor(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?limit=100").get_json()["next"] is None


def test_claim_is_told_in_full(client: FlaskClient) -> None:
    detail = client.get(f"/api/v1/claims/{CHAINED.id}").get_json()
    claim = detail["claim"]
    assert [speaker["party"]["name"] for speaker in claim["claimants"]] == [
        "Bloomberg",
        "Microsoft security researchers",
    ]
    assert claim["modality"] == "alleged"
    assert claim["reported_at"] == "2025-01-29T08:30:00Z"
    assert ENGLISH.text[slice(*claim["span"])] == claim["text"]


def test_numbers_stay_numbers(client: FlaskClient) -> None:
    quantity = client.get(f"/api/v1/claims/{COST_JA.id}").get_json()["claim"]["quantity"]
    assert quantity["value"] == 5_600_000
    assert quantity["text"] == "560万ドル"


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (f"/api/v1/entities/{DEEPSEEK.id}", "about"),
        (f"/api/v1/articles/{ENGLISH.id}", "text"),
        (f"/api/v1/sources/{TIMES.id}", "claims"),
        ("/api/v1/status", "feeds"),
        ("/api/v1/home", "newest"),
        ("/api/v1/today", "stories"),
    ],
)
def test_pages_have_a_twin(client: FlaskClient, path: str, key: str) -> None:
    answer = client.get(path)
    assert answer.mimetype == "application/json"
    assert answer.get_json()[key]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=lang:ja",
        f"/claims/{CHAINED.id}",
        f"/entities/{DEEPSEEK.id}",
        f"/articles/{ENGLISH.id}",
        f"/sources/{TIMES.id}",
        f"/explore?start={DEEPSEEK.id}&ties=1&least=1",
        f"/explore?start={DEEPSEEK.id}&ties=1&least=1&view=matrix",
        "/status",
    ],
)
def test_page_names_its_twin_and_the_twin_answers(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    address = page.split('rel="alternate" type="application/json" href="')[1].split('"')[0].replace("&amp;", "&")
    assert page.count(f'href="{address.replace("&", "&amp;")}"') == 2
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")


def test_cypher_answers_columns_and_rows(client: FlaskClient) -> None:
    body = {"query": "MATCH (e:Entity) WHERE e.name = $name RETURN e.name AS name", "parameters": {"name": "OpenAI"}}
    answer = client.post("/api/v1/cypher", json=body).get_json()
    assert answer["columns"] == ["name"]
    assert answer["rows"] == [["OpenAI"]]
    assert answer["truncated"] is False
    assert answer["ms"] >= 0


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/search?order=backwards", 400),
        ("/api/v1/search?after=rubbish!", 400),
        ("/api/v1/search?q=" + "x" * 2000, 400),
        ("/api/v1/claims/nope", 404),
        ("/api/v1/entities/nope", 404),
        ("/api/v1/articles/..%2f..%2fetc%2fpasswd", 404),
        ("/api/v1/sources/nope", 404),
        ("/api/v1/nowhere", 404),
        ("/api/v1/cypher", 400),
    ],
)
def test_failure_is_a_problem_document(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.mimetype == PROBLEM
    problem = answer.get_json(force=True)
    assert problem["status"] == status
    assert {"type", "title", "detail"} <= set(problem)


@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES} | {"/api/v1/corrections.jsonl"}))
def test_a_misspelt_parameter_is_named_at_every_address(client: FlaskClient, path: str) -> None:
    for method in {route.method for route in ROUTES if route.path == path and not route.writes} or {"GET"}:
        answer = client.open(path.replace("{", "").replace("}", ""), method=method, query_string={"statuss": "denied"})
        if answer.status_code != 403:  # whoever may not ask is told so first
            assert answer.status_code == 400
            assert answer.get_json(force=True)["detail"].startswith("'statuss' is no parameter here; th")


@pytest.mark.parametrize("status", ["under_investigation", "under investigation"])
def test_a_status_is_written_as_in_a_search_too(client: FlaskClient, status: str) -> None:
    answer = client.get("/api/v1/matters", query_string={"status": status})
    assert (answer.status_code, answer.get_json(force=True).get("matters")) == (200, [])


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("/api/v1/articles?claims=any", "claims: one of none, some, not 'any'"),
        ("/api/v1/articles?part=partly", "part: one of part, whole, not 'partly'"),
        ("/api/v1/entities/deepseek?weak=all", "weak: one of show, not 'all'"),
        ("/api/v1/explore/columns?start=deepseek&ties=yes", "ties: one of 0, 1, not 'yes'"),
        ("/api/v1/explore?start=deepseek&type=gossip", "type: one of allegation, "),
        ("/api/v1/today?day=2025-02-30", "day: a day such as 2025-01-31, not '2025-02-30'"),
    ],
)
def test_a_word_that_is_none_of_a_few_is_refused_with_them(client: FlaskClient, address: str, detail: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.get_json(force=True)["detail"].startswith(detail)


def test_no_background_ties_are_told_where_they_are_not_wanted(client: FlaskClient) -> None:
    without, none, some = (
        client.get("/api/v1/explore/columns", query_string={"start": "deepseek", **ties}).get_json()
        for ties in ({}, {"ties": "0"}, {"ties": "1"})
    )
    assert none == without != some


def test_the_parameters_that_there_are_are_named(client: FlaskClient) -> None:
    told = client.get("/api/v1/contradictions?limitt=3").get_json(force=True)["detail"]
    assert told == "'limitt' is no parameter here; there are limit, after, before"


@pytest.mark.parametrize("day", ["20250129", "2025-W05-3", "2025-1-29", "0001-01-01", "soon"])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"explore?start={DEEPSEEK.id}", "since"),
        (f"explore?start={DEEPSEEK.id}", "until"),
        ("matters?type=cost", "since"),
        ("matters?type=cost", "as_of"),
        ("articles?part=whole", "day"),
        ("judgements?who=", "until"),
    ],
)
def test_a_day_is_written_in_one_way_everywhere(client: FlaskClient, path: str, name: str, day: str) -> None:
    assert client.get(f"/api/v1/{path}&{name}=2025-01-29").status_code == 200
    refused = client.get(f"/api/v1/{path}&{name}={day}")
    assert refused.status_code == 400
    assert refused.get_json()["detail"] == f"{name}: a day such as 2025-01-31, not {day!r}"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ('{"query": "RETURN 1 AS x"}', "text/plain", 415),
        ("query=RETURN+1", "application/x-www-form-urlencoded", 415),
        ("{broken", "application/json", 400),
        ("[]", "application/json", 400),
        ('{"query": 3}', "application/json", 400),
        ('{"query": "RETURN 1 AS x", "parameters": [1]}', "application/json", 400),
        ('{"query": "CREATE (n) RETURN n"}', "application/json", 400),
        ('{"query": "' + "x" * 70_000 + '"}', "application/json", 413),
    ],
    ids=["text", "form", "broken", "list", "number", "parameters", "write", "huge"],
)
def test_cypher_body_that_cannot_be_used(client: FlaskClient, body: str, kind: str, status: int) -> None:
    answer = client.post("/api/v1/cypher", data=body, content_type=kind)
    assert answer.status_code == status
    assert answer.mimetype == PROBLEM


def test_a_body_is_told_which_fields_there_are_and_how_much_is_taken(client: FlaskClient) -> None:
    misspelt = client.post("/api/v1/cypher", json={"query": "RETURN 1 AS x", "params": {}}).get_json(force=True)
    assert misspelt["detail"] == "'params' is no field here; there are query, parameters"
    huge = client.post("/api/v1/cypher", json={"query": "x" * 70_000}).get_json(force=True)
    assert huge["detail"] == "At most 65,536 bytes are taken at once."


def test_refused_query_carries_its_reason(client: FlaskClient) -> None:
    problem = client.post("/api/v1/cypher", json={"query": "CREATE (n) RETURN n"}).get_json(force=True)
    assert problem["reason"] == "refused"


def test_wrong_method_says_which_is_right(client: FlaskClient) -> None:
    answer = client.post("/api/v1/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.mimetype == PROBLEM


def test_health_and_readiness(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json() == {"status": "ready"}


class _AwayStore(SqliteStore):
    def count(self) -> Counts:
        raise StoreUnavailable("the store does not answer; is it running?", subject="bolt://example")


class _BrokenStore(SqliteStore):
    def count(self) -> Counts:
        raise ValueError("secret inner words")


@pytest.fixture
def away(store: SqliteStore) -> Iterator[Flask]:
    with _AwayStore(store.path) as away:
        yield create_app(away, lambda: STATUS, lambda: NOW)


@pytest.fixture
def broken(store: SqliteStore) -> Iterator[Flask]:
    with _BrokenStore(store.path) as broken:
        yield create_app(broken, lambda: STATUS, lambda: NOW)


def test_store_that_is_away(away: Flask) -> None:
    client = away.test_client()
    assert client.get("/healthz").status_code == 200
    for path in ("/readyz", "/api/v1/home", "/"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]


def test_surprise_tells_nothing_of_the_inside(broken: Flask) -> None:
    client = broken.test_client()
    for path in ("/", "/api/v1/home"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert "secret inner words" not in answer.text
        assert "Traceback" not in answer.text
