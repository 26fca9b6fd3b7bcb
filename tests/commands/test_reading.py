"""`claimgraph extract` and `evaluate`: which of the claims found are written, and which count; `ingest --again`."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.grades import FAIR_FROM, STORED_FROM
from graph.records import Predicate
from ingest.archive import Archive
from ingest.nlp import load
from tests.hand import Told, make_extractor, make_sure
from tests.ingest.retold import make

# One claim a sentence: above each line that decides, on it and below it.
SCORES = {"Anthropic": 0.95, "OpenAI": FAIR_FROM, "DeepSeek": STORED_FROM + 0.05, "Alibaba": STORED_FROM - 0.05}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A text of which the claims above are found, with gold that has them all."""
    told = [
        Told(Predicate.RELEASED, f"{name} released", name, "GPT-4o", sure=make_sure(score))
        for name, score in SCORES.items()
    ]
    extractor = make_extractor(tmp_path, *told)
    monkeypatch.setattr(load, "load_extractor", lambda *_, **__: extractor)
    sentences = [f"{name} released GPT-4o." for name in SCORES]
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "text.txt").write_text(" ".join(sentences), "utf-8")
    (tmp_path / "gold.jsonl").write_text("".join(_make_gold(sentences)), "utf-8")
    return tmp_path


def _make_gold(sentences: list[str]) -> list[str]:
    start, lines = 0, []
    for name, sentence in zip(SCORES, sentences, strict=True):
        line = {
            "doc": "text.txt", "start": start, "end": start + len(sentence), "sentence": sentence, "type": "release",
            "predicate": "released", "subject": name, "object": "GPT-4o", "claimants": [], "modality": "asserted",
        }  # fmt: skip
        lines.append(json.dumps(line) + "\n")
        start += len(sentence) + 1
    return lines


def _run(*words: str) -> Result:
    done = CliRunner().invoke(main, ["--store", "none.db", *words])
    assert done.exit_code in (0, 2), done.output
    return done


def _extract(folder: Path, *words: str) -> list[str]:
    output = folder / "claims.jsonl"
    done = _run("extract", f"{folder}/texts/text.txt", "--date", "2025-01-31", "--claims", str(output), *words)
    lines = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert f"text.txt: {len(lines)} claims" in done.stderr
    return [line["subject"] for line in lines]


@pytest.mark.parametrize(
    ("words", "written"),
    [
        pytest.param([], ["Anthropic", "OpenAI"], id="fair"),
        pytest.param(["--threshold", str(STORED_FROM)], ["Anthropic", "OpenAI", "DeepSeek"], id="all that are stored"),
        pytest.param(["--threshold", "0"], ["Anthropic", "OpenAI", "DeepSeek"], id="no more than are stored"),
        pytest.param(["--threshold", ".9"], ["Anthropic"], id="sure"),
        pytest.param(["--threshold", "1"], [], id="none"),
    ],
)
def test_extract_leaves_out_claims_below_the_threshold(folder: Path, words: list[str], written: list[str]) -> None:
    assert _extract(folder, *words) == written


@pytest.mark.parametrize(
    ("words", "recall"),
    [([], 0.5), (["--threshold", str(STORED_FROM)], 0.75), (["--threshold", ".9"], 0.25)],
    ids=["fair", "all that are stored", "sure"],
)
def test_evaluate_counts_claims_from_the_threshold_up(folder: Path, words: list[str], recall: float) -> None:
    done = _run("evaluate", f"{folder}/gold.jsonl", f"{folder}/texts", "--date", "2025-01-31", "--json", *words)
    figures: dict[str, Any] = json.loads(done.stdout)
    assert (figures["found"]["precision"], figures["found"]["recall"]) == (1, recall)


@pytest.mark.parametrize("threshold", ["50", "-1", "most"])
def test_a_threshold_is_a_score(folder: Path, threshold: str) -> None:
    for words in (["evaluate", f"{folder}/gold.jsonl", f"{folder}/texts"], _words_of_extract(folder)):
        refused = _run(*words, "--threshold", threshold)
        assert (refused.exit_code, "--threshold" in refused.stderr) == (2, True)


def _words_of_extract(folder: Path) -> list[str]:
    return ["extract", f"{folder}/texts/text.txt", "--date", "2025-01-31", "--claims", f"{folder}/claims.jsonl"]


def test_what_three_runs_ended_on_is_counted_and_read_again_when_asked(folder: Path) -> None:
    place = ["--store", str(folder / "graph.db")]
    text = (folder / "texts" / "text.txt").read_text("utf-8")
    with Archive(folder / "graph.archive.db") as archive:
        kept = archive.save_article(make("a", text))
        for _ in range(3):
            archive.hand_out([kept.id])
    runner = CliRunner()
    first = runner.invoke(main, [*place, "ingest", "--all-subjects"])
    assert (first.exit_code, "reading it ended 3 runs" in first.output) == (1, True)
    assert "1 article left alone" in runner.invoke(main, [*place, "status"]).output
    again = runner.invoke(main, [*place, "ingest", "--all-subjects", "--again"])
    assert (again.exit_code, "claims: 3 new" in again.output) == (0, True)
    told = runner.invoke(main, [*place, "status"]).output
    assert "claims in 1 article of" in told
    assert "left alone" not in told


def test_what_is_said_of_a_text_that_is_known_changes_nothing_and_says_so(folder: Path) -> None:
    add = ["--store", str(folder / "graph.db"), "add", str(folder / "texts" / "text.txt"), "--date", "2025-01-31"]
    runner = CliRunner()
    assert "known already" not in runner.invoke(main, [*add, "--title", "Ann"]).stderr
    assert "known already" not in runner.invoke(main, [*add, "--title", "Ann"]).stderr
    told = runner.invoke(main, [*add, "--title", "Ben", "--source", "wire.example"])
    assert (told.exit_code, "text.txt: known already; --title and --source changed nothing" in told.stderr) == (0, True)
