"""Grades beside claims, on their pages and in lists, in both languages and in the twin."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient

from graph.deriving import derive
from graph.records import Polarity
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import DEEPSEEK, Said, make_extraction
from tests.web.story import NOW, STATUS
from web.app import create_app
from web.language.wording import get_words
from web.pages.claims import say_odds

ACCUSES = Said(
    "Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",), reader="learned 1"
)
GRADED = make_extraction(
    replace(ACCUSES, score=0.91),
    replace(ACCUSES, text="DeepSeek distilled OpenAI, Microsoft said.", score=0.64),
    replace(ACCUSES, text="Did DeepSeek distil OpenAI?", score=0.31, refuted="<b>it asks</b>"),
    replace(ACCUSES, text="DeepSeek distilled it, says Microsoft.", reader="rules 1"),
    replace(ACCUSES, text="DeepSeek says no.", speakers=("DeepSeek",), polarity=Polarity.DENIED, score=0.14),
)
SURE, FAIR, WEAK, UNSCORED, DENIAL = (claim.id for claim in GRADED.claims)
WORDS = {"en": ("sure", "fair", "weak"), "ja": ("確か", "ふつう", "弱い")}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with SqliteStore(tmp_path_factory.mktemp("graded") / "graph.db") as store:
        store.add([GRADED])
        derive(store)
        yield create_app(store, lambda: STATUS, lambda: NOW).test_client()


def find_marks(page: str) -> list[str]:
    """The texts of grades without the words for those who do not see the page, in the order of the page."""
    return [piece.split("</span>", 2)[1] for piece in page.split('<span class="grade"')[1:]]


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize("place", range(3))
def test_a_claim_s_page_has_its_grade(graded: FlaskClient, lang: str, place: int) -> None:
    page = graded.get(f"/claims/{(SURE, FAIR, WEAK)[place]}", headers={"Accept-Language": lang}).text
    main = page[page.index('class="claim-page"') : page.index('class="related"')]
    assert find_marks(main) == [WORDS[lang][place]] * (place == 2)
    assert f"{('0.91', '0.64', '0.31')[place]}</span> {WORDS[lang][place]} <span" in main
    assert "learned 1" in main


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("en", ("right about 9 times in ten", "right about 6 times in ten", "right about once in ten times")),
        ("ja", ("10回に約9回は正しい", "10回に約6回は正しい", "10回に約1回は正しい")),
    ],
)
def test_how_often_such_a_claim_is_right_is_said_from_its_own_score(
    graded: FlaskClient, lang: str, texts: tuple[str, ...]
) -> None:
    for claim, text in zip((SURE, FAIR, DENIAL), texts, strict=True):
        assert text in graded.get(f"/claims/{claim}", headers={"Accept-Language": lang}).text


def test_odds_are_not_told_of_what_was_refuted(graded: FlaskClient) -> None:
    assert "times in ten" not in graded.get(f"/claims/{WEAK}").text


@pytest.mark.parametrize(
    ("score", "text"),
    [(None, ""), (0.1, "right about once in ten times"), (0.2064, "right about 2 times in ten"),
     (0.8462, "right about 8 times in ten"), (0.97, "right nearly every time")],
)  # fmt: skip
def test_the_odds_of_a_score(score: float | None, text: str) -> None:
    assert say_odds(score, get_words()) == text


def test_a_claim_without_a_score_has_no_mark(graded: FlaskClient) -> None:
    page = graded.get(f"/claims/{UNSCORED}").text
    main = page[page.index('class="claim-page"') : page.index('class="related"')]
    assert find_marks(main) == []
    assert "Right with probability" not in main
    assert "rules 1" in main


def test_why_it_is_weak_is_told(graded: FlaskClient) -> None:
    page = graded.get(f"/claims/{WEAK}").text
    assert "&lt;b&gt;it asks&lt;/b&gt;" in page


LISTS = ("/search?q=deepseek", f"/entities/{DEEPSEEK.id}", f"/sources/{GRADED.article.source.id}")


@pytest.mark.parametrize("path", LISTS)
def test_weak_readings_are_hidden_until_they_are_asked_for(graded: FlaskClient, path: str) -> None:
    page = graded.get(path).text
    assert find_marks(page) == []
    assert "2 weak readings hidden" in page
    address = re.search(r'weak readings hidden · <a href="([^"]+)"', page)
    assert address
    shown = graded.get(unescape(address[1])).text
    assert {*find_marks(shown)} == {"weak"}
    assert shown.count('<li class="claim weak"') == shown.count('<span class="grade"') > 0
    assert "weak readings hidden" not in shown


@pytest.mark.parametrize("path", ["/search.rss?q=deepseek", "/search.csv?q=deepseek"])
def test_they_are_hidden_in_every_form(graded: FlaskClient, path: str) -> None:
    assert WEAK not in graded.get(path).text
    assert SURE in graded.get(path).text
    assert WEAK in graded.get(f"{path} weak:all").text
    assert SURE not in graded.get(f"{path} weak:yes").text


@pytest.mark.parametrize(
    ("asked", "weak", "sure"), [("", False, True), (" weak:all", True, True), (" weak:yes", True, False)]
)
def test_the_api_hides_them_too(graded: FlaskClient, asked: str, weak: bool, sure: bool) -> None:
    found = {claim["id"] for claim in graded.get(f"/api/v1/search?q=deepseek{asked}").get_json()["claims"]}
    assert (WEAK in found, SURE in found) == (weak, sure)


def test_an_article_has_them_with_word_and_edge(graded: FlaskClient) -> None:
    page = graded.get(f"/articles/{GRADED.article.id}").text
    assert find_marks(page) == ["weak", "weak"]
    assert page.count('class="weak"') == 2


def test_a_proposition_shows_weak_claims_as_weak(graded: FlaskClient) -> None:
    proposition = graded.get(f"/api/v1/claims/{SURE}").get_json()["matter"]["id"]
    assert graded.get(f"/api/v1/claims/{WEAK}").get_json()["matter"]["id"] == proposition
    page = graded.get(f"/matters/{proposition}").text
    assert find_marks(page) == ["weak", "weak"]
    asked = [part.split("</details>")[0] for part in page.split('<details class="judge">')[1:]]
    assert sum(part.count('<li class="claim weak"') for part in asked) == 2


def test_the_twin_has_reader_score_and_grade(graded: FlaskClient) -> None:
    found = {id: graded.get(f"/api/v1/claims/{id}").get_json()["claim"] for id in (SURE, FAIR, WEAK, UNSCORED)}
    assert {id: (claim["reader"], claim["score"], claim["grade"]) for id, claim in found.items()} == {
        SURE: ("learned 1", 0.91, "sure"),
        FAIR: ("learned 1", 0.64, "fair"),
        WEAK: ("learned 1", 0.31, "weak"),
        UNSCORED: ("rules 1", None, "unscored"),
    }
    assert (found[WEAK]["refuted"], found[WEAK]["misread"]) == ("<b>it asks</b>", "")


def test_a_table_to_take_away_has_them(graded: FlaskClient) -> None:
    text = graded.get("/search.csv?q=deepseek").data.decode("utf-8-sig")
    rows = {row["id"]: (row["grade"], row["score"], row["reader"]) for row in csv.DictReader(io.StringIO(text))}
    assert rows[SURE] == ("sure", "0.91", "learned 1")
    assert rows[UNSCORED] == ("unscored", "", "rules 1")


def test_a_story_as_text_marks_what_is_weak(graded: FlaskClient) -> None:
    [line] = [line for line in graded.get("/story.md?q=deepseek").text.splitlines() if DENIAL in line]
    assert "denies, weak" in line


def test_one_number_of_claims_stands_everywhere(graded: FlaskClient) -> None:
    shown = 3  # of five, one of them refuted and one unlikely
    [row] = [one for one in graded.get("/api/v1/entities").get_json()["entities"] if one["entity"]["id"] == DEEPSEEK.id]
    assert row["claims"] == shown
    assert sum(graded.get(f"/api/v1/entities/{DEEPSEEK.id}").get_json()["types"].values()) == shown
    assert sum(graded.get("/api/v1/search?q=deepseek").get_json()["blocks"]["card"]["days"].values()) == shown
    page = graded.get("/entities").text
    assert f"{shown} claims" in page
    assert "5 claims" not in page


@pytest.mark.parametrize(("lang", "shown"), [("en", "3 claims"), ("ja", "主張 3件")])
def test_weak_readings_are_left_out_of_the_counts_of_days_and_articles(
    graded: FlaskClient, lang: str, shown: str
) -> None:
    [row] = graded.get("/api/v1/articles").get_json()["articles"]
    assert (row["claims"], row["weak"]) == (3, 2)
    assert shown in graded.get("/articles", headers={"Accept-Language": lang}).text
    day = row["article"]["published_at"][:10]
    assert graded.get(f"/api/v1/today?day={day}").get_json()["days"][day] == 3
