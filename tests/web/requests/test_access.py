"""Who may ask, how often, under which names, and who may write."""

import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.stores.sqlite import SqliteStore
from tests.web.story import CURATED, DEEPSEEK, NOW, R1, STATUS, STORY, TIES
from web.app import create_app
from web.requests.access import Access

TOKEN = "0123456789abcdef-token"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PROBLEM = "application/problem+json"
MERGE = {"kind": "merge", "entities": [DEEPSEEK.id, R1.id], "who": "Ann", "why": "a test of merging"}

Make = Callable[..., FlaskClient]


def basic(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"anybody:{password}".encode()).decode()}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("access") / "graph.db"
    with SqliteStore(path) as store:
        store.add_entities(CURATED, TIES)
        store.add(STORY)
    return path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "graph.db"))


@pytest.fixture
def make(path: Path) -> Iterator[Make]:
    """A client of a server with this access; it writes where it has a token."""
    with SqliteStore(path) as store:

        def make(**access: object) -> FlaskClient:
            given = Access(**access)  # type: ignore[arg-type]
            writing = (lambda: SqliteStore(path)) if given.token else None
            app: Flask = create_app(store, lambda: STATUS, lambda: NOW, access=given, writing=writing)
            return app.test_client()

        yield make


def test_a_judgement_with_the_token_counts_at_once_and_can_be_taken_back(make: Make) -> None:
    client = make(token=TOKEN)
    made = client.post("/api/v1/judgements", json=MERGE, headers=BEARER)
    assert made.status_code == 201
    assert (made.get_json()["kind"], made.get_json()["who"], made.get_json()["counts"]) == ("merge", "Ann", True)
    assert client.get(f"/api/v1/entities/{R1.id}").get_json()["id"] == DEEPSEEK.id
    undo = {"kind": "undo", "undoes": made.get_json()["id"], "who": "Bo", "why": "a model is no company"}
    assert client.post("/api/v1/judgements", json=undo, headers=BEARER).status_code == 201
    assert client.get(f"/api/v1/entities/{R1.id}").get_json()["id"] == R1.id
    history = client.get(f"/api/v1/judgements?entity={DEEPSEEK.id}").get_json()["judgements"]
    assert [(judgement["kind"], judgement["counts"]) for judgement in history] == [("undo", True), ("merge", False)]


def test_what_follows_from_a_judgement_shows_at_once(make: Make) -> None:
    client = make(token=TOKEN)

    def group() -> list[set[str]]:
        return [set(matter["claims"]) for matter in client.get("/api/v1/matters").get_json()["matters"]]

    claims = [claim["id"] for claim in client.get("/api/v1/search").get_json()["claims"]]
    joined = {"kind": "join", "claims": claims[:2], "who": "Ann", "why": "one matter, told twice"}
    made = client.post("/api/v1/judgements", json=joined, headers=BEARER)
    assert made.status_code == 201
    assert any({*claims[:2]} <= one for one in group())
    undo = {"kind": "undo", "undoes": made.get_json()["id"], "who": "Bo", "why": "two matters"}
    assert client.post("/api/v1/judgements", json=undo, headers=BEARER).status_code == 201
    assert not any({*claims[:2]} <= one for one in group())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": f"Bearer {TOKEN}x"}, 401),
        ({"Authorization": "Bearer \xff\xfe"}, 401),
        ({"Authorization": "Bearer"}, 401),
        ({"Authorization": "nonsense"}, 401),
        (basic(TOKEN), 401),
        ({**BEARER, "Origin": "https://evil.example"}, 403),
        ({**BEARER, "Sec-Fetch-Site": "cross-site"}, 403),
        ({**BEARER, "Sec-Fetch-Site": "same-site"}, 403),
    ],
    ids=["none", "wrong", "longer", "bytes", "empty", "no scheme", "password", "origin", "cross site", "same site"],
)
def test_nobody_else_writes(make: Make, path: Path, headers: dict[str, str], status: int) -> None:
    answer = make(token=TOKEN).post("/api/v1/judgements", json=MERGE, headers=headers)
    assert (answer.status_code, answer.mimetype) == (status, PROBLEM)
    assert TOKEN not in answer.text + str(answer.headers)
    with SqliteStore(path) as store:
        assert not store.list_judgements()


def test_what_is_missing_is_said(make: Make) -> None:
    answer = make(token=TOKEN).post("/api/v1/judgements", json=MERGE)
    assert answer.headers.getlist("WWW-Authenticate") == [
        'Bearer realm="claimgraph server"',
        'Basic realm="claimgraph server"',
    ]
    assert "Bearer" in answer.get_json(force=True)["detail"]


def test_without_a_token_nothing_is_written(make: Make) -> None:
    for headers in ({}, BEARER, {"Authorization": "Bearer "}):
        answer = make().post("/api/v1/judgements", json=MERGE, headers=headers)
        assert answer.status_code == 403
        assert answer.get_json(force=True)["reason"] == "read_only"
        assert "set CLAIMGRAPH_API_TOKEN and start" in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    ("change", "status", "named"),
    [
        ({"kind": "marry"}, 400, "kind"),
        ({"entity": "x"}, 400, "entity"),
        ({"entities": "deepseek"}, 400, "entities"),
        ({"why": 3}, 400, "why"),
        ({"why": " "}, 409, "why"),
        ({"entities": [DEEPSEEK.id]}, 409, "entities"),
        ({"entities": [DEEPSEEK.id, "nobody at all"]}, 404, "nobody at all"),
        ({"kind": "undo", "entities": [], "undoes": "j0"}, 404, "j0"),
    ],
)
def test_a_judgement_that_cannot_be_is_explained(
    make: Make, change: dict[str, object], status: int, named: str
) -> None:
    answer = make(token=TOKEN).post("/api/v1/judgements", json={**MERGE, **change}, headers=BEARER)
    assert (answer.status_code, answer.mimetype) == (status, PROBLEM)
    assert named in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize("path_", ["/", "/search", "/api/v1/home", "/metrics", "/openapi.json", "/static/style.css"])
def test_reading_needs_the_token_where_told_so(make: Make, path_: str) -> None:
    client = make(token=TOKEN, token_to_read=True)
    refused = client.get(path_)
    assert refused.status_code == 401
    assert "WWW-Authenticate" in refused.headers
    for headers in (BEARER, basic(TOKEN)):
        with client.get(path_, headers=headers) as answer:
            assert answer.status_code == 200
    assert client.get(path_, headers=basic("wrong")).status_code == 401


@pytest.mark.parametrize("path_", ["/healthz", "/readyz"])
def test_watches_are_always_answered(make: Make, path_: str) -> None:
    client = make(token=TOKEN, token_to_read=True, hosts=("claims.example",), a_minute=1)
    for _ in range(5):
        assert client.get(path_).status_code == 200


def test_reading_is_open_beside_a_token(make: Make) -> None:
    assert make(token=TOKEN).get("/api/v1/home").status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("claims.example", 200),
        ("CLAIMS.example:8000", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("claims.example.evil.example", 400),
        ("claims.example@evil.example", 400),
        ("[::1", 400),
        ("", 400),
    ],
)
def test_only_names_that_were_given_are_answered(make: Make, host: str, status: int) -> None:
    client = make(hosts=("claims.example", "::1"))
    for path in ("/", "/api/v1/home"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == status
        assert status == 200 or "evil" not in answer.text


def test_too_many_requests_are_told_when_to_come_back(make: Make) -> None:
    client = make(a_minute=10)
    answers = [client.get("/api/v1/status") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].mimetype == PROBLEM
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 6
    page = client.get("/status", headers={"Accept-Language": "ja"})
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert "要求が多すぎます" in page.text
    with client.get("/static/style.css") as style:
        assert style.status_code == 200
    assert client.get("/metrics").status_code == 200


def test_queries_are_counted_more_strictly(make: Make) -> None:
    client = make(a_minute=100)
    queries = [client.get("/api/v1/cypher?q=RETURN 1 AS x").status_code for _ in range(4)]
    assert queries == [200, 200, 200, 429]
    assert client.get("/api/v1/home").status_code == 200


def ask_from(client: FlaskClient, address: str, **headers: str) -> int:
    return client.get(
        "/api/v1/status",
        headers={name.replace("_", "-"): text for name, text in headers.items()},
        environ_base={"REMOTE_ADDR": address},
    ).status_code


def test_each_address_has_its_own_count_and_a_network_of_ipv6_is_one(make: Make) -> None:
    client = make(a_minute=5)
    assert [ask_from(client, address) for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2")] == [200, 429, 200]
    assert [ask_from(client, f"2001:db8::{end}") for end in (1, 2)] == [200, 429]
    assert ask_from(client, "2001:db8:0:1::1") == 200
    assert [ask_from(client, f"::ffff:198.51.100.{end}") for end in (1, 2, 1)] == [200, 200, 429]


def test_a_forwarded_address_is_believed_from_a_proxy_alone(make: Make) -> None:
    direct, proxied = make(a_minute=5), make(a_minute=5, behind_proxy=True)
    for client, statuses in ((direct, [200, 429]), (proxied, [200, 200])):
        asked = [ask_from(client, "127.0.0.1", X_Forwarded_For=f"192.0.2.{end}") for end in (1, 2)]
        assert asked == statuses
    # What the client itself claims stands before what the proxy adds.
    assert ask_from(proxied, "127.0.0.1", X_Forwarded_For="198.51.100.7, 192.0.2.1") == 429


def test_the_proxy_says_whether_it_came_by_tls(make: Make) -> None:
    for behind, secure in ((True, True), (False, False)):
        answer = make(behind_proxy=behind).post(
            "/language", data={"lang": "ja", "to": "/"}, headers={"X-Forwarded-Proto": "https"}
        )
        assert ("Secure" in answer.headers["Set-Cookie"]) is secure


def test_the_token_is_not_shown_in_print() -> None:
    assert TOKEN not in repr(Access(token=TOKEN))
