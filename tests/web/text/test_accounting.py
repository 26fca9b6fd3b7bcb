"""The ledger where there is no page: what its page says with care is said in the terminal and in its table too."""

import csv
import io
from datetime import UTC, datetime

import pytest

from graph.answers.accounts import get_ledger
from graph.answers.chapters import Clock
from graph.deriving import derive
from graph.records import ClaimType, Modality, Predicate, Quantity
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import Said, make_extraction
from tests.web.story import STATUS
from web.app import create_app
from web.text.accounting import format_ledger
from web.text.styles import TEXT

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _scores(value: float, text: str) -> Said:
    return Said(
        text,
        subject="DeepSeek-R1",
        object="AIME 2024",
        benchmark="AIME 2024",
        type=ClaimType.BENCHMARK,
        predicate=Predicate.SCORES,
        modality=Modality.ASSERTED,
        quantity=Quantity("score", value, "points", text=f"{value:g}"),
    )


@pytest.fixture
def scored(empty_store: SqliteStore) -> SqliteStore:
    both = "R1 reaches 79 on AIME 2024, and with tools 88."
    empty_store.add([make_extraction(_scores(79, both), _scores(88, both), _scores(64, "R1 began at 64."))])
    derive(empty_store)
    return empty_store


def test_a_number_that_is_one_of_several_says_so_in_the_terminal(scored: SqliteStore) -> None:
    lines = format_ledger(get_ledger(scored, "", Clock(NOW)), TEXT).replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert sorted(line for line in lines if line.startswith("DeepSeek-R1")) == [
        "DeepSeek-R1 scores 64 points on AIME 2024",
        "DeepSeek-R1 scores 79 points on AIME 2024; one of several in its sentence",
        "DeepSeek-R1 scores 88 points on AIME 2024; one of several in its sentence",
    ]


def test_and_in_the_tables(scored: SqliteStore) -> None:
    client = create_app(scored, lambda: STATUS, lambda: NOW).test_client()
    for address in ("/ledger.csv", "/figures.csv"):
        rows = csv.DictReader(io.StringIO(client.get(address).get_data().decode("utf-8-sig")))
        assert {float(row["value"]): row["one_of_several"] for row in rows} == {79: "yes", 88: "yes", 64: "no"}
