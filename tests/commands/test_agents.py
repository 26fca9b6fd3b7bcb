"""`mcp` and `proposals` where they cannot do anything yet, and what the status says of agents."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.stores import open_store
from ingest.llm.ledger import Ledger


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--store", str(folder / "graph.db"), *words])


def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.agents.find_spec", lambda name: None)
    for words in (["mcp"], ["mcp", "--http"]):
        done = run(tmp_path, *words)
        assert (done.exit_code, "pip install 'claimgraph[mcp]'" in done.stderr) == (2, True)


@pytest.mark.parametrize("words", [["mcp"], ["proposals", "list"], ["proposals", "drop", "x"]])
def test_without_a_store_it_is_said_how_to_fill_one(tmp_path: Path, words: list[str]) -> None:
    done = run(tmp_path, *words)
    assert done.exit_code == 3
    assert "graph.db" in done.stderr
    assert not (tmp_path / "graph.db").exists()


def test_the_status_says_what_agents_were_refused_and_asks_no_model(tmp_path: Path) -> None:
    open_store(str(tmp_path / "graph.db")).close()
    with Ledger(tmp_path / "graph.llm.db") as ledger:
        ledger.note_reasons("refused", "agent scribe/1", {"quote_not_found": 3})
    said = run(tmp_path, "status").stdout
    assert "claims refused: quote_not_found 3" in said
    assert "language model" not in said
