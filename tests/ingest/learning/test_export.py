"""A reader made of weights: its files, and its card that says what lies beside it."""

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from graph.errors import ConfigError
from ingest.learning.export import (
    read_checkpoint,
    renew_card,
    write_card,
    write_scorer,
    write_shape,
)
from ingest.learning.rows import KINDS, PREDICATES
from ingest.nlp.network import FILES, FORMAT
from ingest.nlp.scorer import Scorer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of each name, none of them what it should be."""
    for name in FILES:
        (tmp_path / name).write_text(name, "utf-8")
    return tmp_path


def test_checkpoint_gives_its_mean(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    torch.save({"model": {"md.weight": torch.ones(2)}, "last": {}, "step": 3}, tmp_path / "weights.pt")
    assert read_checkpoint(tmp_path / "weights.pt")["md.weight"].tolist() == [1, 1]


def test_file_without_weights_is_named(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    (tmp_path / "weights.pt").write_text("none", "utf-8")
    with pytest.raises(ConfigError, match=r"weights\.pt"):
        read_checkpoint(tmp_path / "weights.pt")


def test_card_has_the_hash_of_every_file(folder: Path) -> None:
    write_card(folder, "7", '[base]\nlicence = "MIT"')
    card = tomllib.loads((folder / "card.toml").read_text("utf-8"))
    assert (card["format"], card["version"], card["base"]["licence"]) == (FORMAT, "7", "MIT")
    assert card["sha256"] == {name: hashlib.sha256(name.encode()).hexdigest() for name in FILES}


def test_renewed_card_keeps_what_it_told(folder: Path) -> None:
    write_card(folder, "7", '[base]\nlicence = "MIT"')
    write_scorer(folder, {"weights": {"bias": -1.0}}, {})
    for claims in (1, 2):
        renew_card(folder, f"[calibration]\nclaims = {claims}")
    card = tomllib.loads((folder / "card.toml").read_text("utf-8"))
    assert (card["version"], card["base"], card["calibration"]) == ("7", {"licence": "MIT"}, {"claims": 2})
    assert card["sha256"]["scorer.json"] == hashlib.sha256((folder / "scorer.json").read_bytes()).hexdigest()


def test_what_follows_from_what_is_told_anew_is_gone(folder: Path) -> None:
    write_card(folder, "7", "[training]\nsteps = 1\n\n[proof]\nclaims = 1\n\n[calibration]\nclaims = 1")
    renew_card(folder, "[proof]\nclaims = 2")
    card = tomllib.loads((folder / "card.toml").read_text("utf-8"))
    assert (card["training"], card["proof"], card.get("calibration")) == ({"steps": 1}, {"claims": 2}, None)


def test_written_scorer_can_be_read(folder: Path) -> None:
    write_scorer(folder, {"weights": {"predicate": 1.0}}, {"predicate=released": {"subject=none": -1.0}})
    scorer = Scorer(folder / "scorer.json")
    assert scorer.score({"predicate": 3.0}) > scorer.score({"predicate": -3.0})


def test_shape_lists_what_rows_count_by(tmp_path: Path) -> None:
    write_shape(tmp_path / "shape.json")
    shape = json.loads((tmp_path / "shape.json").read_text("utf-8"))
    assert (len(shape["predicates"]), len(shape["kinds"])) == (len(PREDICATES), len(KINDS))
