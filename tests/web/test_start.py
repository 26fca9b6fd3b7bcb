"""Pages over a store that is not there yet: what to type, in both languages, and no store made by looking."""

import re
import shlex
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.errors import NoStore
from graph.store import GraphStore
from graph.stores import open_store
from graph.views import StatusView
from tests.command_lines import check
from tests.web.story import CURATED, NOW, STATUS, STORY, TIES
from web.app import create_app
from web.opening import Opening
from web.requests.access import Access
from web.services import Installation

_TOKEN = "a-token-of-the-tests"
_PROGRAM = "'/opt/my apps/claimgraph'"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "new" / "graph.db"


@pytest.fixture
def opening(place: Path) -> Opening:
    return Opening(lambda: open_store(str(place), read_only=True))


@pytest.fixture
def client(place: Path, opening: Opening) -> FlaskClient:
    def status() -> StatusView:
        return StatusView(opening().count())

    return create_app(
        opening,
        status,
        lambda: NOW,
        access=Access(token=_TOKEN),
        writing=opening,
        installation=Installation(_PROGRAM, f"{_PROGRAM} --store /srv/graph.db", str(place)),
    ).test_client()


def _fill(place: Path) -> None:
    with open_store(str(place)) as store:
        store.add_entities(CURATED, TIES)
        store.add(STORY)


def test_first_page_says_where_the_graph_will_be_and_what_to_type(client: FlaskClient, place: Path) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert f"<code>{place}</code>" in answer.text
    commands = re.findall(r'class="commands"><code>(.*?)</code>', answer.text)
    assert [unescape(command).removeprefix(f"{_PROGRAM} ") for command in commands] == [
        "demo --port 0",
        "--store /srv/graph.db feeds starter",
        "--store /srv/graph.db feeds add https://example.com/feed.xml",
        "--store /srv/graph.db ingest",
        "--store /srv/graph.db schedule show",
        "--store /srv/graph.db add https://example.com/article.html",
    ]


def test_what_it_says_to_type_can_be_typed(client: FlaskClient) -> None:
    for command in re.findall(r'class="commands"><code>(.*?)</code>', client.get("/").text):
        check(shlex.split(unescape(command)))


def test_it_speaks_the_reader_s_language(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "ja"})
    assert "グラフはまだありません" in page.text
    assert page.headers["Content-Language"] == "ja"


@pytest.mark.parametrize("path", ["/search", "/matters", "/status", "/claims/c1", "/explore", "/ledger", "/sources"])
def test_other_pages_say_the_same_and_that_it_will_not_stay(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "feeds starter" in answer.text


@pytest.mark.parametrize("path", ["/api/v1/home", "/api/v1/search", "/metrics"])
def test_programs_are_told_in_their_own_way(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.json
    assert answer.json["reason"] == "no_store"
    assert "graph.db" not in answer.text


def test_what_watches_knows_that_it_lives_and_is_not_ready(client: FlaskClient) -> None:
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 503]


def test_nothing_that_is_asked_makes_a_store(client: FlaskClient, place: Path) -> None:
    body = {"kind": "apart", "entities": ["deepseek", "openai"], "who": "Ann", "why": "two companies"}
    answer = client.post("/api/v1/judgements", json=body, headers={"Authorization": f"Bearer {_TOKEN}"})
    assert answer.status_code == 503
    client.get("/api/v1/cypher?q=MATCH (c:Claim) RETURN c.id AS id")
    assert not place.parent.exists()


def test_the_graph_shows_once_it_is_there(client: FlaskClient, place: Path) -> None:
    assert "There is no graph yet" in client.get("/").text
    _fill(place)
    assert "There is no graph yet" not in client.get("/").text
    assert [client.get(path).status_code for path in ("/search", "/readyz", "/api/v1/search")] == [200] * 3


def test_an_empty_file_is_no_store_yet(client: FlaskClient, place: Path) -> None:
    place.parent.mkdir()
    place.touch()
    assert "There is no graph yet" in client.get("/").text


def test_a_file_of_another_program_is_an_error_and_no_beginning(client: FlaskClient, place: Path) -> None:
    place.parent.mkdir()
    place.write_bytes(b"something else" * 100)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "not a store" in answer.text


def test_other_machines_are_told_no_paths(opening: Opening, place: Path) -> None:
    page = create_app(opening, lambda: STATUS, lambda: datetime(2026, 1, 1, tzinfo=UTC)).test_client().get("/").text
    assert "<code>claimgraph ingest</code>" in page
    assert str(place.parent) not in page


def test_a_store_is_opened_once(place: Path) -> None:
    _fill(place)
    opened: list[GraphStore] = []

    def open_it() -> GraphStore:
        opened.append(open_store(str(place), read_only=True))
        return opened[-1]

    opening = Opening(open_it)
    assert [opening(), opening()] == [opened[0]] * 2
    assert len(opened) == 1


def test_what_is_not_there_is_looked_for_again(opening: Opening, place: Path) -> None:
    with pytest.raises(NoStore, match="no store at"):
        opening()
    _fill(place)
    assert opening().count().articles
