"""`claimgraph paths`, `communities` and `activity`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.stores import open_store
from tests.contract.builders import Said, make_extraction


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    said = Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",))
    with open_store(str(tmp_path / "graph.db")) as store:
        store.add([make_extraction(said), make_extraction(Said("R1.", "DeepSeek-R1"), url="https://news.example/2")])
    return tmp_path / "graph.db"


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--store", str(store), *words])


def test_paths_show_the_claims_of_each_step(graph: Path) -> None:
    done = run(graph, "paths", "OpenAI", "DeepSeek", "--limit", "1")
    assert done.exit_code == 0
    assert "OpenAI ─ DeepSeek" in done.stdout
    assert "“Microsoft says DeepSeek distilled OpenAI.”" in done.stdout
    line = json.loads(run(graph, "paths", "OpenAI", "DeepSeek", "--json").stdout.splitlines()[0])
    assert line["steps"][0]["claims"][0]["predicate"] == "distilled_from"
    assert "no path of 4 steps" in run(graph, "paths", "OpenAI", "R1").output


def test_communities_list_who_is_named_together(graph: Path) -> None:
    assert "3 entities, 3 links: DeepSeek (1), Microsoft (1), OpenAI (1)" in run(graph, "communities").stdout
    line = json.loads(run(graph, "communities", "--size", "2", "--json").stdout)
    assert (line["size"], len(line["entities"])) == (3, 2)
    assert "0 communities in 1 claims" in run(graph, "communities", "about:R1").output


def test_activity_goes_by_month(graph: Path) -> None:
    assert "2025-01  2 claims" in run(graph, "activity").stdout
    line = json.loads(run(graph, "activity", "speaker:microsoft", "--by", "year", "--json").stdout)
    assert (line["period"], line["says"][0]["entity"]["id"], line["says"][0]["claims"]) == ("2025", "microsoft", 1)
    assert run(graph, "activity", "type:nonsense").exit_code == 2


def test_a_table_in_a_pipe_is_not_cut(graph: Path) -> None:
    done = run(graph, "cypher", "MATCH (a:Article) RETURN a.url AS url, a.id AS id, a.url AS again, a.text AS text")
    assert done.exit_code == 0
    assert done.stdout.count("https://news.example/2") == 2


@pytest.mark.parametrize(("wrong", "right"), [("lang:la", "lang:ja"), ("measure:foo", "measure:chips")])
def test_a_value_that_no_claim_has_is_an_error_and_one_that_none_has_here_is_not(
    graph: Path, wrong: str, right: str
) -> None:
    done = run(graph, "search", wrong)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{wrong} is none of" in done.stderr
    assert run(graph, "search", right).exit_code == 0


@pytest.mark.parametrize(
    ("query", "told"), [("RETURN 1 AS n", "1 row in "), ("UNWIND [1, 2] AS n RETURN n", "2 rows in ")]
)
def test_rows_are_counted_in_words_that_fit(graph: Path, query: str, told: str) -> None:
    assert told in run(graph, "cypher", query).stderr
