"""What `fit` is given: sets of rows, what is held out of them, and the frozen files."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graph.errors import ConfigError, ParseError
from ingest.learning.annotated import iter_documents
from ingest.learning.prepare import choose, prepare, read_held, read_kept, write_frozen
from tests.ingest.learning.small import ANNOTATION, GREETING, TEXT, write_documents

_READER = Path(__file__).parents[3] / "data" / "models" / "reader"
_PRACTICE = """\
Orrery acquired Sablefish.
= company Orrery; company Sablefish
acquired | Orrery | Sablefish | - | - | asserted
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder as `data` is: twenty documents, one practice sentence, one gold story a language."""
    folder = tmp_path / "data"
    write_documents(folder / "documents" / "en", 20)
    (folder / "practice" / "en").mkdir(parents=True)
    (folder / "practice" / "en" / "deals.txt").write_text(_PRACTICE, "utf-8")
    for lang in ("en", "ja"):
        gold = folder / "gold" / lang / "build"
        gold.mkdir(parents=True)
        (gold / f"{lang}_01.txt").write_text(GREETING, "utf-8")
        (gold / "MANIFEST.tsv").write_text(f"text\tday\n{lang}_01.txt\t2025-02-03\n", "utf-8")
        for name in ("claims", "entities"):
            (gold / f"{name}.jsonl").write_text("", "utf-8")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A read corpus of three texts, one a split."""
    folder = tmp_path / "corpus"
    for part in ("texts", "ann"):
        (folder / part).mkdir(parents=True)
    splits = ("train", "dev", "test")
    for split in splits:
        (folder / "texts" / f"{split}.txt").write_text(TEXT, "utf-8")
        (folder / "ann" / f"{split}.ann").write_text(ANNOTATION.partition("\n")[2], "utf-8")
    rows = "".join(f"{split}.txt\tHarbor\t{split}\n" for split in splits)
    (folder / "folds.tsv").write_text(f"text\toutlet\tsplit\n{rows}", "utf-8")
    days = "".join(f"{split}.txt\t2025-02-03\tHarbor\n" for split in splits)
    (folder / "MANIFEST.tsv").write_text(f"text\tdate\toutlet\n{days}", "utf-8")
    return folder


def read_rows(out: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_all_a_fitting_needs_is_written(data: Path, tmp_path: Path) -> None:
    said: list[str] = []
    prepare(tmp_path / "out", data, _READER, None, said.append)
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"word.npy", "pos.npy", "typ.npy", "shape.json", "pieces.json", "fits.json"} <= written
    assert {"practice.jsonl", "gold.jsonl", "own.jsonl", "own_again.jsonl", "dev.jsonl"} <= written
    assert any(line.startswith("practice.jsonl: 1 documents, 1 windows, 1 claims") for line in said)


def test_what_is_held_out_is_not_learned_from(data: Path, tmp_path: Path) -> None:
    prepare(tmp_path / "out", data, _READER, None, lambda line: None)
    own, held = ({row["doc"] for row in read_rows(tmp_path / "out", name)} for name in ("own", "dev"))
    kept = {document.name for document in read_kept(data, None)}
    assert (len(own), len(held), len(kept), own & held | own & kept | held & kept) == (16, 2, 2, set())
    assert held == {document.name for document in read_held(data, None)}


def test_corpus_gives_its_own_splits_and_never_its_test(data: Path, corpus: Path, tmp_path: Path) -> None:
    prepare(tmp_path / "out", data, _READER, corpus, lambda line: None)
    docs = {name: {row["doc"] for row in read_rows(tmp_path / "out", name)} for name in ("train", "dev", "own")}
    assert (docs["train"], docs["dev"], len(docs["own"])) == ({"train"}, {"dev"}, 18)


def test_row_says_where_parties_stand(data: Path, tmp_path: Path) -> None:
    prepare(tmp_path / "out", data, _READER, None, lambda line: None)
    (row,) = read_rows(tmp_path / "out", "practice")
    (claim,) = row["claims"]
    assert claim["s"] < claim["o"]
    assert claim["q"] == claim["spk"] == []


def test_same_texts_give_the_same_rows(data: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        prepare(tmp_path / out, data, _READER, None, lambda line: None)
    assert (tmp_path / "one" / "own.jsonl").read_bytes() == (tmp_path / "two" / "own.jsonl").read_bytes()


def test_places_are_those_of_the_reader(tmp_path: Path) -> None:
    write_frozen(tmp_path, _READER)
    assert np.load(tmp_path / "pos.npy").shape == (512, 384)
    assert np.load(tmp_path / "typ.npy").shape == (384,)


def test_choice_stays_when_documents_are_added(tmp_path: Path) -> None:
    documents = list(iter_documents(write_documents(tmp_path, 9)))
    chosen = choose(documents, 5)
    assert len(chosen) == 1
    assert choose(documents[::-1], 5) == chosen


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("C 0 | adores | Vantor | - | - | - | asserted", r"story0\.ann:9"),
        ("C 7 | released | Vantor | Quillon-2 | - | - | asserted", "sentences 0 to 1"),
    ],
    ids=["predicate", "sentence"],
)
def test_bad_annotation_is_named(line: str, said: str, data: Path, tmp_path: Path) -> None:
    write_documents(data / "documents" / "en", 20, annotation=f"{ANNOTATION}\n\n{line}\n")
    with pytest.raises(ParseError, match=said):
        prepare(tmp_path / "out", data, _READER, None, lambda line: None)


def test_reader_without_words_is_told_how_to_get_them(data: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"pieces\.json.*python -m ingest\.learning base"):
        prepare(tmp_path / "out", data, tmp_path / "nowhere", None, lambda line: None)


def test_folder_that_is_no_corpus_is_named(data: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"folds\.tsv"):
        prepare(tmp_path / "out", data, _READER, tmp_path, lambda line: None)
