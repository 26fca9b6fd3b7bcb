"""A reader made of weights: its graph does what `fit` did, and its card says what lies beside it."""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from graph.errors import ConfigError
from ingest.learning.export import (
    read_checkpoint,
    renew_card,
    write_card,
    write_graphs,
    write_heads,
    write_scorer,
    write_shape,
)
from ingest.learning.rows import KINDS, PREDICATES
from ingest.nlp.network import AGAIN, ENCODER, FILES, FORMAT
from ingest.nlp.scorer import Scorer
from tests.ingest.learning.small import WIDE, Array, make_weights


def run(path: Path, **given: NDArray[Any]) -> list[Array]:
    return [np.asarray(one) for one in InferenceSession(path, providers=["CPUExecutionProvider"]).run(None, given)]


def draw(long: int, wide: int) -> tuple[Array, NDArray[np.int64]]:
    chance = np.random.default_rng(1)
    return chance.normal(size=(1, long, wide)).astype(np.float32), chance.integers(0, 4, (1, long))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of each name, none of them what it should be."""
    for name in FILES:
        (tmp_path / name).write_text(name, "utf-8")
    return tmp_path


def make_graphs(folder: Path, *, exact: bool = True) -> Path:
    folder.mkdir()
    write_graphs(make_weights(), folder, exact=exact)
    return folder


def test_at_eight_bits_the_graphs_say_nearly_the_same(tmp_path: Path) -> None:
    words, marks = draw(9, WIDE)
    exact, small = (make_graphs(tmp_path / name, exact=name == "exact") for name in ("exact", "small"))
    for name, given in ((ENCODER, {"words": words, "marks": marks}), (AGAIN, {"below": words})):
        for one, other in zip(run(exact / name, **given), run(small / name, **given), strict=True):
            assert one.shape == (1, 9, WIDE)
            assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.99


def test_marks_reach_the_upper_layers(tmp_path: Path) -> None:
    words, marks = draw(5, WIDE)
    graph = make_graphs(tmp_path / "graphs") / ENCODER
    one, other = (run(graph, words=words, marks=m)[0] for m in (marks, 3 - marks))
    assert np.abs(one - other).max() > 0.01


def test_sentences_are_read_again_for_several_predicates_at_once(tmp_path: Path) -> None:
    words, _ = draw(5, WIDE)
    graph = make_graphs(tmp_path / "graphs") / AGAIN
    (alone,), (together,) = run(graph, below=words), run(graph, below=np.repeat(words, 3, axis=0))
    assert together.shape == (3, 5, WIDE)
    assert np.abs(together - alone).max() < 1e-4


def test_same_weights_give_the_same_file(tmp_path: Path) -> None:
    one, other = (make_graphs(tmp_path / name, exact=False) for name in "ab")
    for folder in (one, other):
        write_heads(make_weights(), folder / "heads.npz")
    for name in (ENCODER, AGAIN, "heads.npz"):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_graphs_do_what_was_fitted(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from ingest.learning import fit

    torch.manual_seed(0)
    encoder = fit.Encoder(torch.randn(512, fit.WIDE) * 0.1, torch.randn(fit.WIDE) * 0.1).eval()
    again = torch.nn.ModuleList(fit.Layer() for _ in range(fit.AGAIN)).eval()
    weights = {
        f"{stem}.{name}": value.detach().numpy()
        for stem, part in (("encoder", encoder), ("again", again))
        for name, value in part.state_dict().items()
    }
    write_graphs(weights, tmp_path, exact=True)
    words, marks = draw(11, fit.WIDE)
    all_seen = torch.ones(1, 11, dtype=torch.bool)
    with torch.no_grad():
        x, below = encoder(torch.from_numpy(words), torch.from_numpy(marks), all_seen)
        y = below
        for layer in again:
            y = layer(y, all_seen[:, None, None])
    found = [*run(tmp_path / ENCODER, words=words, marks=marks), *run(tmp_path / AGAIN, below=below.numpy())]
    for wanted, got in zip((x, below, y), found, strict=True):
        assert np.abs(got - wanted.numpy()).max() < 1e-3


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
