"""`claimgraph learn`: what it says without its extra, and a lesson from start to end."""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import Said, make_extraction
from tests.ingest.learning.small import TEXT, write_documents


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without settings, whose data folder is claimgraph in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "claimgraph"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is here")
def test_without_its_extra_it_says_what_to_install(home: Path, tmp_path: Path) -> None:
    result = run("learn", write_documents(tmp_path / "own", 5))
    assert result.exit_code == 2
    assert "learning needs torch: pip install 'claimgraph[learn]'" in result.stderr
    assert not home.exists()


def test_too_few_documents(home: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    result = run("learn", write_documents(tmp_path / "own", 2))
    assert (result.exit_code, "it takes 5" in result.stderr) == (2, True)
    assert not home.exists()


@pytest.mark.slow
def test_lesson_is_kept_when_it_reads_no_worse(home: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    result = run("learn", write_documents(tmp_path / "own", 5), "--steps", 2)
    assert result.exit_code == 0, result.output
    assert "found F1 of 1 documents held out" in result.stdout
    assert ("kept in" in result.stdout) == (home / "reader" / "card.toml").exists()
    text, claims = tmp_path / "text.txt", tmp_path / "claims.jsonl"
    text.write_text(TEXT, "utf-8")
    read = run("extract", text, "--date", "2025-02-03", "--claims", claims)
    assert read.exit_code == 0, read.output
    assert all(json.loads(line)["doc"] == "text.txt" for line in claims.read_text("utf-8").splitlines())


@pytest.mark.slow
def test_what_a_language_model_read_is_learned_from_too(home: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    said = [Said(f"DeepSeek distilled OpenAI, {n}.", object="OpenAI", reader="llm tiny/1") for n in range(3)]
    with SqliteStore(tmp_path / "graph.db") as store:
        store.add([make_extraction(one, url=f"https://news.example/{n}") for n, one in enumerate(said)])
    words = ("learn", write_documents(tmp_path / "own", 5), "--steps", 2, "--told", 2)
    result = run("--store", tmp_path / "graph.db", *words)
    assert result.exit_code == 0, result.output
    assert "from 4, 2 that a language model read, and" in result.stdout


def test_folder_that_holds_a_broken_reader_is_named(home: Path, tmp_path: Path) -> None:
    (home / "reader").mkdir(parents=True)
    (home / "reader" / "card.toml").write_text("format = 0\n[sha256]\n", "utf-8")
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")
    result = run("extract", tmp_path / "text.txt", "--date", "2025-02-03", "--claims", tmp_path / "claims.jsonl")
    assert (result.exit_code, str(home / "reader") in result.stderr.replace("\n", "")) == (2, True)
