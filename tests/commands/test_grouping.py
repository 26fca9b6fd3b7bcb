"""`claimgraph group`: claim lines in, the same lines with their proposition out."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from claimgraph import main

_AHEAD = {
    "doc": "a.txt",
    "start": 0,
    "end": 28,
    "sentence": "Qwen2.5-Max beats DeepSeek-V3",
    "type": "benchmark",
    "predicate": "outperforms",
    "subject": "Qwen2.5-Max",
    "object": "DeepSeek-V3",
    "quantity": None,
    "benchmark": None,
    "claimants": ["Alibaba"],
    "modality": "asserted",
    "polarity": "affirmed",
    "date": None,
}
_BACK = _AHEAD | {
    "doc": "b.txt",
    "sentence": "DeepSeek-V3がQwen2.5-Maxを上回る",
    "subject": "DeepSeek-V3",
    "object": "Qwen2.5-Max",
    "claimants": [],
}
_EXCHANGED = _BACK | {"doc": "c.txt", "subject": "Qwen2.5-Max", "object": "DeepSeek-V3", "predicate": "underperforms"}


def run(folder: Path, *lines: dict[str, object] | str, texts: dict[str, str] | None = None) -> Result:
    (folder / "claims.jsonl").write_text(
        "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8"
    )
    (folder / "texts").mkdir(exist_ok=True)
    for name, text in (texts or {}).items():
        (folder / "texts" / name).write_text(text, "utf-8")
    words = ["--texts", folder / "texts", "--out", folder / "out.jsonl", "--relations", folder / "relations.jsonl"]
    return CliRunner().invoke(main, ["group", str(folder / "claims.jsonl"), *map(str, words)])


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_lines_come_back_with_their_proposition_in_order(tmp_path: Path) -> None:
    result = run(tmp_path, _AHEAD, _BACK, _EXCHANGED)
    assert result.exit_code == 0, result.output
    out = read(tmp_path / "out.jsonl")
    assert [{k: v for k, v in line.items() if k != "proposition"} for line in out] == [_AHEAD, _BACK, _EXCHANGED]
    first, back, exchanged = (line["proposition"] for line in out)
    assert first != back == exchanged
    (relation,) = read(tmp_path / "relations.jsonl")
    assert {relation["a"], relation["b"]} == {first, back}
    assert relation["kind"] == "order"
    assert "2 matters" in result.stderr


def test_the_days_of_the_texts_count(tmp_path: Path) -> None:
    price = {"measure": "price", "value": 2, "unit": "USD", "comparator": "="}
    lines = [
        _AHEAD | {"doc": doc, "type": "cost", "predicate": "costs", "object": None, "quantity": price} for doc in "ab"
    ]
    assert run(tmp_path, *lines).exit_code == 0
    assert len({line["proposition"] for line in read(tmp_path / "out.jsonl")}) == 1
    assert run(tmp_path, *lines, texts={"MANIFEST.tsv": "text\tday\na\t2025-05-01\nb\t2026-08-01\n"}).exit_code == 0
    assert len({line["proposition"] for line in read(tmp_path / "out.jsonl")}) == 2


def test_a_manifest_without_days_is_told_and_passed_over(tmp_path: Path) -> None:
    result = run(tmp_path, _AHEAD, texts={"MANIFEST.tsv": "text\tsource\na.txt\twire\n"})
    assert result.exit_code == 0
    assert "no columns text and day" in result.stderr


def test_nothing_in_is_nothing_out(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 0
    assert read(tmp_path / "out.jsonl") == read(tmp_path / "relations.jsonl") == []


def test_a_line_that_is_no_claim_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, _AHEAD, _AHEAD | {"predicate": "sings"})
    assert result.exit_code == 1
    assert "claims.jsonl:2" in result.stderr
    assert "sings" in result.stderr


def test_a_day_that_is_none_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, _AHEAD, texts={"MANIFEST.tsv": "file\tdate\na.txt\tsoon\n"})
    assert result.exit_code == 2
    assert "a.txt: 'soon' is no day" in result.stderr
