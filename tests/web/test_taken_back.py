"""What was taken back says so wherever it stands: on pages, in pictures, as data and in the terminal."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from graph.answers.accounts import get_figures, get_ledger
from graph.answers.chapters import Clock
from graph.computed import NO_TABLES
from graph.deriving import derive
from graph.records import ClaimType, Modality, Predicate, Quantity, Relation, Tie
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import DEEPSEEK, NOON, R1, Said, make_extraction
from tests.web.story import STATUS
from web.app import create_app
from web.text.accounting import format_ledger
from web.text.styles import TEXT
from web.text.telling import format_figures

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = {"en": "taken back", "ja": "撤回済み"}


def _cost(value: float) -> Said:
    return Said(
        f"R1 cost {value:g} dollars.",
        subject="DeepSeek-R1",
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        modality=Modality.ASSERTED,
        quantity=Quantity("training_cost", value, "USD", text=f"{value:g} dollars"),
    )


def _scores(value: float) -> Said:
    return Said(
        f"R1 scores {value:g}, DeepSeek says.",
        subject="DeepSeek-R1",
        object="AIME 2024",
        benchmark="AIME 2024",
        speakers=("DeepSeek",),
        type=ClaimType.BENCHMARK,
        predicate=Predicate.SCORES,
        modality=Modality.ASSERTED,
        quantity=Quantity("score", value, "points", text=f"{value:g}"),
    )


@pytest.fixture
def corrected(empty_store: SqliteStore) -> SqliteStore:
    """A page gives a cost and a score; a day later it has another score, and no cost; another page has a cost."""
    store = empty_store
    store.add_entities([DEEPSEEK, R1], [Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "table")])
    store.add([make_extraction(_cost(5.6e6), _scores(79))])
    store.add([make_extraction(_scores(81), version=2, at=NOON + timedelta(days=1))])
    store.add([make_extraction(_cost(2e9), url="https://wire.example/1", domain="wire.example")])
    derive(store)
    return store


@pytest.fixture
def pages(corrected: SqliteStore) -> FlaskClient:
    return create_app(corrected, lambda: STATUS, lambda: NOW).test_client()


def _find_marked(page: str, word: str) -> set[str]:
    """The numbers of the rows that have the word."""
    rows = [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r"<tr>(.*?)</tr>", page, flags=re.S)]
    return {number for row in rows if word in row for number in re.findall(r"5\.6|560|\b2\b|20億|79|81", row)[:1]}


@pytest.mark.parametrize(("lang", "cost"), [("en", "5.6"), ("ja", "560")])
def test_on_figures_and_in_the_ledger(pages: FlaskClient, lang: str, cost: str) -> None:
    def read(address: str) -> str:
        return pages.get(address, headers={"Accept-Language": lang}).text

    assert _find_marked(read("/figures?measure=training_cost"), WORDS[lang]) == {cost}
    assert _find_marked(read("/ledger").partition('id="results"')[2], WORDS[lang]) == {"79"}
    assert WORDS[lang] in read("/ledger").partition('id="matrix"')[2].partition("</table>")[0]
    assert WORDS[lang] not in read("/ledger?as_of=2025-01-28") + read("/figures?as_of=2025-01-28")


def test_on_the_page_of_a_matter_and_in_its_story(pages: FlaskClient) -> None:
    [matter] = [
        one["id"] for one in pages.get("/api/v1/matters?type=cost").get_json()["matters"] if one["status"] == "reported"
    ]
    assert _find_marked(pages.get(f"/matters/{matter}").text, WORDS["en"]) == {"5.6"}


def test_as_data(pages: FlaskClient) -> None:
    [costs] = pages.get("/api/v1/figures?measure=training_cost").get_json()["figures"]
    assert [(one["value"], one["taken_back"]) for one in costs["figures"]] == [(5.6e6, True), (2e9, False)]
    results = pages.get("/api/v1/ledger").get_json()["entries"]
    assert {one["quantity"]["value"]: one["taken_back"] for one in results} == {79: True, 81: False}
    assert _read_csv(pages, "/figures.csv?measure=training_cost") == {"5600000.0": "yes", "2000000000.0": "no"}
    assert _read_csv(pages, "/ledger.csv") == {"79.0": "yes", "81.0": "no"}


def _read_csv(pages: FlaskClient, address: str) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(pages.get(address).get_data().decode("utf-8-sig")))
    return {row["value"]: row["taken_back"] for row in rows}


def test_in_the_terminal(corrected: SqliteStore) -> None:
    figures = format_figures(get_figures(corrected, "", Clock(NOW), NO_TABLES), TEXT)
    assert re.search(r"5\.6.million \[says; taken back\]", figures)
    assert re.search(r"2.billion \[says\]", figures)
    ledger = format_ledger(get_ledger(corrected, "", Clock(NOW)), TEXT)
    assert re.findall(r"\S+(?: \S+)* scores (\d+).*; taken back$", ledger, flags=re.M) == ["79"]
    assert ledger.count("Nobody else is known to have measured it.") == 1
