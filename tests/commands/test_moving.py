"""`claimgraph export` and `import`: files that appear whole or not at all."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.formats.exporting import FORMATS
from graph.store import GraphStore
from graph.stores import open_store
from tests.contract.builders import Said, make_extraction

ROOT = Path(__file__).parents[2]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    with open_store(str(tmp_path / "graph.db")) as store:
        store.add([make_extraction(Said("DeepSeek distilled エヌビディア."))])
    return tmp_path / "graph.db"


def run(store: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, ["--store", str(store), *map(str, words)])


@pytest.mark.parametrize("format", ["jsonl", "jsonld", "graphml", "gexf", "cypher"])
def test_a_file_holds_what_standard_output_gets(graph: Path, tmp_path: Path, format: str) -> None:
    assert run(graph, "export", format, tmp_path / "out").exit_code == 0
    printed = run(graph, "export", format)
    assert printed.exit_code == 0
    assert (tmp_path / "out").read_bytes() == printed.stdout_bytes
    assert "エヌビディア".encode() in printed.stdout_bytes


def test_without_room_an_export_leaves_the_last_one(graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "graph.jsonl"
    out.parent.mkdir()
    out.write_text("the last one")  # SQLite needs 32 KB to itself
    with open_store(str(graph)) as store:
        store.add([make_extraction(Said("DeepSeek distilled it. " * 3_000), url="https://b.example/long")])
    done = subprocess.run(
        [sys.executable, "-m", "claimgraph", "--store", graph, "export", "jsonl", out], check=False, cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == f"claimgraph: {out}: File too large\n"
    assert [(path.name, path.read_text()) for path in out.parent.iterdir()] == [("graph.jsonl", "the last one")]


def test_without_room_a_device_is_named(graph: Path) -> None:
    done = run(graph, "export", "jsonl", "/dev/full")
    assert (done.exit_code, done.stderr) == (1, "claimgraph: /dev/full: No space left on device\n")


def test_csv_makes_two_files(graph: Path, tmp_path: Path) -> None:
    assert run(graph, "export", "csv", tmp_path / "out.csv").exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("out*")) == ["out-edges.csv", "out-nodes.csv"]
    refused = run(graph, "export", "csv")
    assert refused.exit_code == 2
    assert "makes 2 files" in refused.output


def test_an_export_that_fails_leaves_the_file_as_it_was(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(store: GraphStore) -> Iterator[str]:
        yield "half"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(FORMATS, "jsonl", (("", break_off),))
    (tmp_path / "out").write_text("before")
    done = run(graph, "export", "jsonl", tmp_path / "out")
    assert done.exit_code == 1
    assert "No space left" in done.output
    assert (tmp_path / "out").read_text() == "before"
    assert not list(tmp_path.glob(".out*"))


def test_import_brings_back_what_was_exported(graph: Path, tmp_path: Path) -> None:
    run(graph, "export", "jsonl", tmp_path / "out")
    done = run(tmp_path / "copy.db", "import", tmp_path / "out", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"articles": 1, "claims": 1, "entities": 1, "judgements": 0, "failures": []}
    assert run(tmp_path / "copy.db", "export", "jsonl").stdout_bytes == (tmp_path / "out").read_bytes()
    assert "new: 0 articles" in run(tmp_path / "copy.db", "import", tmp_path / "out").output


def test_import_names_bad_lines_and_ends_with_1(graph: Path, tmp_path: Path) -> None:
    lines = run(graph, "export", "jsonl").stdout_bytes.splitlines(keepends=True)
    (tmp_path / "out").write_bytes(b"".join([lines[0], b"rubbish\n", *lines[1:]]))
    done = run(tmp_path / "copy.db", "import", tmp_path / "out")
    assert done.exit_code == 1
    assert "line 2:" in done.output
    assert "new: 1 articles, 1 claims, 1 entities, 0 judgements; 1 lines not taken" in done.output


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert run(tmp_path / "none.db", "export", "jsonl", tmp_path / "out").exit_code == 3
    assert not (tmp_path / "out").exists()
