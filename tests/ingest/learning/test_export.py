"""A reader made of weights: its graph does what `fit` did, and its card says what lies beside it."""

import hashlib
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
from onnxruntime import InferenceSession

from graph.errors import ConfigError
from ingest.learning.export import (
    read_checkpoint,
    renew_card,
    write_card,
    write_encoder,
    write_heads,
    write_scorer,
    write_shape,
)
from ingest.learning.rows import KINDS, PREDICATES
from ingest.nlp.network import FILES
from ingest.nlp.scorer import Scorer
from tests.ingest.learning.small import WIDE, Array, make_weights


def run(path: Path, words: Array, marks: Array) -> Array:
    (x,) = InferenceSession(path, providers=["CPUExecutionProvider"]).run(None, {"words": words, "marks": marks})
    return np.asarray(x, dtype=np.float32)


def draw(long: int, wide: int) -> tuple[Array, Array]:
    chance = np.random.default_rng(1)
    return chance.normal(size=(1, long, wide)).astype(np.float32), chance.integers(0, 4, (1, long))  # type: ignore[return-value]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of each name, none of them what it should be."""
    for name in FILES:
        (tmp_path / name).write_text(name, "utf-8")
    return tmp_path


def test_at_eight_bits_the_encoder_says_nearly_the_same(tmp_path: Path) -> None:
    words, marks = draw(9, WIDE)
    for name in ("exact", "small"):
        write_encoder(make_weights(), tmp_path / name, exact=name == "exact")
    exact, small = (run(tmp_path / name, words, marks) for name in ("exact", "small"))
    assert exact.shape == (1, 9, WIDE)
    assert np.corrcoef(exact.ravel(), small.ravel())[0, 1] > 0.99


def test_marks_reach_the_upper_layers(tmp_path: Path) -> None:
    words, marks = draw(5, WIDE)
    write_encoder(make_weights(), tmp_path / "exact", exact=True)
    one, other = (run(tmp_path / "exact", words, m) for m in (marks, 3 - marks))
    assert np.abs(one - other).max() > 0.01


def test_same_weights_give_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_encoder(make_weights(), tmp_path / name)
        write_heads(make_weights(), tmp_path / f"{name}.npz")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_graph_does_what_was_fitted(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from ingest.learning import fit

    torch.manual_seed(0)
    encoder = fit.Encoder(torch.randn(512, fit.WIDE) * 0.1, torch.randn(fit.WIDE) * 0.1).eval()
    weights = {f"encoder.{name}": value.detach().numpy() for name, value in encoder.state_dict().items()}
    write_encoder(weights, tmp_path / "exact", exact=True)
    words, marks = draw(11, fit.WIDE)
    with torch.no_grad():
        wanted = encoder(torch.from_numpy(words), torch.from_numpy(marks), torch.ones(1, 11, dtype=torch.bool))
    assert np.abs(run(tmp_path / "exact", words, marks) - wanted.numpy()).max() < 1e-3


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
    assert (card["format"], card["version"], card["base"]["licence"]) == (1, "7", "MIT")
    assert card["sha256"] == {name: hashlib.sha256(name.encode()).hexdigest() for name in FILES}


def test_renewed_card_keeps_what_it_told(folder: Path) -> None:
    write_card(folder, "7", '[base]\nlicence = "MIT"')
    write_scorer(folder, {"bias": -1.0}, {})
    for claims in (1, 2):
        renew_card(folder, f"[calibration]\nclaims = {claims}")
    card = tomllib.loads((folder / "card.toml").read_text("utf-8"))
    assert (card["version"], card["base"], card["calibration"]) == ("7", {"licence": "MIT"}, {"claims": 2})
    assert card["sha256"]["scorer.json"] == hashlib.sha256((folder / "scorer.json").read_bytes()).hexdigest()


def test_written_scorer_can_be_read(folder: Path) -> None:
    write_scorer(folder, {"predicate": 1.0}, {"predicate=released": {"subject=none": -1.0}})
    scorer = Scorer(folder / "scorer.json")
    assert scorer.score({"predicate": 3.0}) > scorer.score({"predicate": -3.0})


def test_shape_lists_what_rows_count_by(tmp_path: Path) -> None:
    write_shape(tmp_path / "shape.json")
    shape = json.loads((tmp_path / "shape.json").read_text("utf-8"))
    assert (len(shape["predicates"]), len(shape["kinds"])) == (len(PREDICATES), len(KINDS))
