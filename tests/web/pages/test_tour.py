"""The demo's tour over whatever store: it leads on through five pages and out of each of them."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from graph.stores import open_store
from graph.stores.sqlite import SqliteStore
from tests.web.story import NOW, STATUS, STORY
from web.app import create_app
from web.language.wording import LANGUAGES, get_words
from web.pages.tour import STEPS

_LAST = len(STEPS)


def _visit(store: SqliteStore) -> FlaskClient:
    return create_app(store, lambda: STATUS, lambda: NOW, demo=True).test_client()


@pytest.fixture(params=["nothing", "an article", "a story", "rivals"])
def visitor(
    request: pytest.FixtureRequest, tmp_path: Path, store: SqliteStore, rivals: SqliteStore
) -> Iterator[FlaskClient]:
    """A visitor of a demo with this much in it."""
    with open_store(str(tmp_path / "graph.db")) as small:
        assert isinstance(small, SqliteStore)
        if request.param == "an article":
            small.add(STORY[:1])
        yield _visit({"a story": store, "rivals": rivals}.get(request.param, small))


@pytest.mark.parametrize("number", range(1, _LAST + 1))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_step_is_a_page_that_says_what_to_see_and_leads_on(visitor: FlaskClient, number: int, lang: str) -> None:
    words = get_words(lang)
    answer = visitor.get(f"/tour/{number}", headers={"Accept-Language": lang}, follow_redirects=True)
    assert answer.status_code == 200
    page = answer.text
    assert words.say("tour.step", n=number, of=_LAST) in page
    assert any(words.say(key) in page for key in STEPS[number - 1].seen.values())
    beside = {number - 1, number + 1} & set(range(1, _LAST + 1))
    assert {int(other) for other in re.findall(r'href="/tour/(\d+)"', page)} == beside
    (leave,) = re.findall(rf'href="([^"]+)">{words.say("tour.leave")}<', page)
    outside = visitor.get(leave.replace("&amp;", "&"), headers={"Accept-Language": lang})
    assert outside.status_code == 200
    assert words.say("tour.begin") in outside.text


def test_out_of_a_step_is_the_same_page_with_its_query(rivals: SqliteStore) -> None:
    visitor = _visit(rivals)
    place = visitor.get("/tour/5").headers["Location"]
    (leave,) = re.findall(r'href="([^"]+)">Leave the tour<', visitor.get(place).text)
    inside, outside = urlsplit(place), urlsplit(leave.replace("&amp;", "&"))
    assert outside.path == inside.path
    assert parse_qs(inside.query) == parse_qs(outside.query) | {"tour": ["5"]}


def test_the_matter_is_a_denied_one_and_the_claim_was_passed_on(rivals: SqliteStore) -> None:
    visitor = _visit(rivals)
    matter, claim = (urlsplit(visitor.get(f"/tour/{number}").headers["Location"]).path for number in (2, 3))
    told = visitor.get(f"/api/v1{matter}").json
    assert told
    assert told["chapter"]["status"]["status"] in ("denied", "disputed")
    shown = visitor.get(f"/api/v1{claim}").json
    assert shown
    assert len(shown["claim"]["claimants"]) > 1


@pytest.mark.parametrize("path", ["/tour/0", f"/tour/{_LAST + 1}", "/tour/first", "/tour/"])
def test_there_is_no_other_step(store: SqliteStore, path: str) -> None:
    assert _visit(store).get(path).status_code == 404


def test_there_is_no_tour_but_in_the_demo(client: FlaskClient) -> None:
    assert client.get("/tour/1").status_code == 404
    assert "/tour/" not in client.get("/?tour=1").text


@pytest.mark.parametrize("path", ["/?tour=2", "/?tour=x", "/status?tour=1", "/?tour=", "/nowhere?tour=1"])
def test_a_page_that_is_no_step_only_says_that_it_is_the_demo(store: SqliteStore, path: str) -> None:
    page = _visit(store).get(path).text
    assert "Take the tour" in page
    assert "Leave the tour" not in page
