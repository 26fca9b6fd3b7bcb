"""`story`, `ledger` and `figures` on a store of their own."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.deriving import derive
from graph.records import ClaimType, Modality, Polarity, Predicate, Quantity, Relation, Tie
from graph.stores import open_store
from tests.contract.builders import DEEPSEEK, NOON, R1, Said, make_extraction

_ACCUSES = Said("OpenAI says DeepSeek distilled its models.", object="OpenAI", speakers=("OpenAI",))
_DENIES = Said(
    "DeepSeek denies that it distilled OpenAI.",
    object="OpenAI",
    speakers=("DeepSeek",),
    modality=Modality.ASSERTED,
    polarity=Polarity.DENIED,
)
_SCORES = Said(
    "R1 scores 79.8 on AIME 2024, DeepSeek says.",
    subject="DeepSeek-R1",
    object="AIME 2024",
    benchmark="AIME 2024",
    speakers=("DeepSeek",),
    type=ClaimType.BENCHMARK,
    predicate=Predicate.SCORES,
    modality=Modality.ASSERTED,
    quantity=Quantity("score", 79.8, "points", text="79.8"),
)

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    store = tmp_path / "graph.db"
    later = NOON + timedelta(hours=53)
    with open_store(str(store)) as opened:
        opened.add_entities([DEEPSEEK, R1], [Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "table")])
        opened.add([make_extraction(_ACCUSES, _SCORES)])
        opened.add([make_extraction(_DENIES, url="https://wire.example/2", domain="wire.example", at=later)])
        derive(opened)
    return lambda *words: CliRunner().invoke(main, ["--store", str(store), *words])


def test_a_denial_after_53_hours(run: Run) -> None:
    assert "DeepSeek denied it 53 h after the first report" in run("story", "deepseek", "openai").stdout


def test_what_was_not_known_yet_is_not_told(run: Run) -> None:
    text = run("story", "deepseek openai", "--as-of", "2025-01-30").stdout
    assert "DeepSeek: no answer in what was read" in text
    assert "denie" not in text


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_a_story_of_nothing_says_so_and_is_no_failure(run: Run, form: str) -> None:
    result = run("story", "nobodyatall", "--format", form)
    assert result.exit_code == 0
    assert "nothing is known of it" in result.stderr


def test_a_search_that_is_wrong_is_refused(run: Run) -> None:
    assert run("story", "type:gossip").exit_code == 2


def test_the_ledger_names_what_nobody_else_measured(run: Run) -> None:
    view = json.loads(run("ledger", "--format", "json").stdout)
    assert [(entry["claimed"][0]["by"], entry["replicated"]) for entry in view["entries"]] == [("DeepSeek", [])]


def test_a_leaderboard_that_was_loaded_is_beside_the_claim(run: Run, tmp_path: Path) -> None:
    board = tmp_path / "board.tsv"
    board.write_text("model\tscore\nDeepSeek-R1\t79.8\n")
    loaded = ("ledger", "import", str(board), "--date", "2025-02-08", "--benchmark", "AIME 2024", "--by", "Testers")
    assert run(*loaded).stdout == "1 rows, 1 new claims\n"
    assert run(*loaded).stdout == "1 rows, 0 new claims\n"
    text = run("ledger").stdout
    assert "Measured by: Testers" in text
    assert "On the loaded leaderboard: 79.8 = 79.8 points, as the claim says" in text


def test_a_file_that_is_no_leaderboard_is_refused(run: Run, tmp_path: Path) -> None:
    board = tmp_path / "board.csv"
    board.write_text("name\nR1\n")
    result = run("ledger", "import", str(board), "--date", "2025-02-08")
    assert result.exit_code == 1
    assert "no column `model`" in result.stderr


def test_figures_of_one_measure(run: Run) -> None:
    view = json.loads(run("figures", "deepseek", "--measure", "score", "--format", "json").stdout)
    assert [figure["value"] for found in view["figures"] for figure in found["figures"]] == [79.8]
    assert run("figures", "deepseek", "--measure", "chips").stdout == ""
    wrong = run("figures", "deepseek", "--measure", "foo")
    assert (wrong.exit_code, "'foo' is none of" in wrong.stderr, "chips" in wrong.stderr) == (2, True, True)
