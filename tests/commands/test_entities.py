"""`claimgraph entities`: who is who, from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.stores import open_store
from tests.contract.builders import Said, make_extraction

FIRST = make_extraction(Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",)))
SECOND = make_extraction(Said("R1 is good.", subject="DeepSeek-R1"), url="https://news.example/2")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command over a store with two articles."""
    with open_store(str(tmp_path / "graph.db")) as store:
        store.add([FIRST, SECOND])

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["--store", str(tmp_path / "graph.db"), *words])

    return run


def judge(run: Run, *words: str) -> str:
    """Runs a command that judges; the id of the judgement."""
    done = run("entities", *words, "--why", "as filed", "--by", "ann", "--json")
    assert done.exit_code == 0, done.output
    return str(json.loads(done.stdout)["id"])


def test_a_merge_shows_on_the_entity_s_page_under_either_id(run: Run) -> None:
    done = run("entities", "merge", "DeepSeek", "R1", "--why", "as filed", "--by", "ann")
    assert done.exit_code == 0
    assert "DeepSeek-R1 is DeepSeek" in done.stdout
    for id in ("deepseek", "deepseek-r1"):
        view = json.loads(run("show", id, "--json").stdout)
        assert view["id"] == "deepseek"
        assert len(view["about"]) == 2
        [judgement] = view["judgements"]
        assert [entity["name"] for entity in judgement["entities"]] == ["DeepSeek", "DeepSeek-R1"]
        assert (judgement["who"], judgement["why"], judgement["counts"]) == ("ann", "as filed", True)
    assert "what was judged of it" in run("show", "deepseek").stdout
    assert len(run("search", "about:R1", "--json").stdout.splitlines()) == 2


def test_an_undo_gives_the_entity_its_page_back(run: Run) -> None:
    id = judge(run, "merge", "DeepSeek", "R1")
    assert "“DeepSeek-R1 is DeepSeek” is taken back" in run("entities", "undo", id, "--why", "a mistake").stdout
    view = json.loads(run("show", "deepseek-r1", "--json").stdout)
    assert (view["id"], len(view["about"])) == ("deepseek-r1", 1)
    assert [judgement["counts"] for judgement in view["judgements"]] == [True, False]


def test_claims_move_to_a_new_entity(run: Run) -> None:
    judge(run, "split", "DeepSeek", "DeepSeek (film)", "--new", "product", "--claim", FIRST.claims[0].id)
    assert json.loads(run("show", "deepseek-film", "--json").stdout)["about"][0]["id"] == FIRST.claims[0].id
    assert json.loads(run("show", "deepseek", "--json").stdout)["about"] == []


def test_history_lists_the_newest_first(run: Run) -> None:
    first = judge(run, "judge", "alias-added", "OpenAI", "オープンエーアイ")
    second = judge(run, "judge", "apart", "OpenAI", "Microsoft")
    lines = [json.loads(line) for line in run("entities", "history", "--json").stdout.splitlines()]
    assert [line["id"] for line in lines] == [second, first]
    assert "Microsoft" not in run("entities", "history", "オープンエーアイ", "--limit", "5").stdout.splitlines()[2]
    assert "nothing was judged" in run("entities", "history", "DeepSeek").output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("merge", "OpenAI", "Microsoft", "--why", "x"), "not the same, ann judged"),
        (("merge", "OpenAI", "Nobody", "--why", "x"), "no entity Nobody"),
        (("merge", "OpenAI", "Microsoft"), "Missing option '--why'"),
        (("merge", "OpenAI", "Microsoft", "--why", " "), "who decided and why"),
        (("undo", "j0", "--why", "x"), "no judgement j0"),
        (("split", "OpenAI", "R1", "--new", "model", "--why", "x"), "which claims"),
        (("split", "OpenAI", "Microsoft", "--new", "company", "--why", "x"), "is there already"),
    ],
    ids=["apart", "nobody", "no reason", "empty reason", "no judgement", "nothing leaves", "not new"],
)
def test_what_cannot_be_judged_is_told(run: Run, words: tuple[str, ...], told: str) -> None:
    judge(run, "judge", "apart", "OpenAI", "Microsoft")
    done = run("entities", *words)
    assert done.exit_code == 2
    assert told in done.output


def test_there_is_nobody_to_judge_of_without_a_store(tmp_path: Path) -> None:
    words = ["--store", str(tmp_path / "none.db"), "entities", "merge", "A", "B", "--why", "x"]
    assert CliRunner().invoke(main, words).exit_code == 3
    assert not (tmp_path / "none.db").exists()
