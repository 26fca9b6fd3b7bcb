"""What pages say of how they were read: the measured shares at every foot, grades, how parties were found."""

import re
import tomllib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.errors import ParseError
from graph.stores.sqlite import SqliteStore
from tests.web.story import BETTER, CHAINED, DEEPSEEK, ENGLISH, NOW, STATUS, UNNAMED
from web.app import create_app
from web.measured import parse_measured

_ROOT = Path(__file__).parents[3]
_TEXT = (_ROOT / "data" / "accuracy.toml").read_text("utf-8")
_FIGURES = tomllib.loads(_TEXT)
PAGES = ("/", "/search", f"/claims/{BETTER.id}", f"/entities/{DEEPSEEK.id}", f"/articles/{ENGLISH.id}", "/matters")


@pytest.fixture
def measured(store: SqliteStore) -> FlaskClient:
    return create_app(store, lambda: STATUS, lambda: NOW, measured=parse_measured(_TEXT)).test_client()


@pytest.mark.parametrize("path", [*PAGES, "/reading", "/review", "/judgements", "/nowhere"])
def test_every_foot_tells_the_measured_shares(measured: FlaskClient, path: str) -> None:
    foot = re.sub(r"\s+", " ", measured.get(path).text.split("<footer>")[1])
    english, japanese = (round(100 * _FIGURES[lang]["test"]["right_share"]) for lang in ("en", "ja"))
    assert f"{english} (English), {japanese} (Japanese) are right in every part." in foot
    assert '<a href="/reading">How this was read</a>' in foot


def test_the_shares_are_those_of_the_docs(measured: FlaskClient) -> None:
    page = measured.get("/reading").text
    docs = (_ROOT / "docs" / "accuracy.md").read_text("utf-8")
    for place, name in enumerate(("English", "Japanese")):
        row = re.search(rf"^\| {name}, test \| (.+) \|$", docs, re.MULTILINE)
        assert row
        _, met, found, _, right, names = (float(cell) for cell in row[1].split(" | "))
        shown = [
            float(re.findall(r"<td[^>]*>([\d.]+)</td>", line)[place])
            for line in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page)
        ]
        assert shown == pytest.approx([100 * share for share in (right, met, found, names)])


def test_without_figures_it_says_none(client: FlaskClient) -> None:
    assert "A program read this, and it errs." in client.get("/").text
    assert "Of 100" not in client.get("/").text
    assert "Nothing was measured here." in client.get("/reading").text


@pytest.mark.parametrize(
    "text", ["", "[en.test]\nright_share = 0.3", "[en]\nx = 1", _TEXT.replace("right_share = 0", "right_share = 3")]
)
def test_a_file_that_holds_no_shares_is_refused(text: str) -> None:
    if not text:
        assert parse_measured(text).readings == {}
        return
    with pytest.raises(ParseError, match=r"^accuracy\.toml: "):
        parse_measured(text)


def test_the_grades_stand_with_their_scores_and_the_readers(measured: FlaskClient) -> None:
    page = measured.get("/reading").text
    assert re.findall(r"from (\d\.\d\d) up", page) == ["0.85", "0.20", "0.10"]
    view = measured.get("/api/v1/reading").json
    assert view
    assert view["grades"] == {"sure": 0.85, "fair": 0.2, "weak": 0.1}
    assert view["measured"]["en"]["right"] == _FIGURES["en"]["test"]["right_share"]


def test_a_claim_s_page_says_how_its_parties_were_found(client: FlaskClient) -> None:
    found = client.get(f"/api/v1/claims/{CHAINED.id}").json
    assert found
    ways = {(one["role"], one["way"]) for one in found["parties"]}
    assert ("speaker", "described") in ways
    assert {one["way"] for one in found["parties"]} <= {"named", "before", "unsaid", "described"}
    page = client.get(f"/claims/{UNNAMED.id}").text
    assert "described, not named:" in page
    assert 'href="/reading"' in page
