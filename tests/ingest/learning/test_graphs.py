"""The graphs of a reader do what was fitted, at eight bits nearly the same."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from ingest.learning.export import write_heads
from ingest.learning.graphs import make_blank_proof, write_graphs, write_proof
from ingest.nlp.network import AGAIN, ENCODER
from ingest.nlp.proof import PARTIES, PARTS, PROOF, ROLES, VIEWS, Marked, lay_out
from tests.ingest.learning.small import WIDE, Array, make_weights


def run(path: Path, **given: NDArray[Any]) -> list[Array]:
    return [np.asarray(one) for one in InferenceSession(path, providers=["CPUExecutionProvider"]).run(None, given)]


def draw(long: int, wide: int) -> tuple[Array, NDArray[np.int64]]:
    chance = np.random.default_rng(1)
    return chance.normal(size=(1, long, wide)).astype(np.float32), chance.integers(0, 4, (1, long))


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


def draw_proof() -> dict[str, Array]:
    """Weights of a proof that sees something, for pieces as wide as those of the base."""
    wide, predicates, chance = 384, 5, np.random.default_rng(2)

    def some(*shape: int) -> Array:
        return chance.normal(0, 0.05, shape).astype(np.float32)

    found = {
        "told.weight": some(predicates, wide),
        "lit": some(wide),
        "role": some(PARTS * len(ROLES), wide),
        "none": some(PARTIES, wide),
        "seen.weight": some(VIEWS, (3 + PARTIES) * wide),
        "seen.bias": some(VIEWS),
    }
    for name, out, inner in (("qkv", 3 * wide, wide), ("ao", wide, wide), ("fi", 1536, wide), ("fo", wide, 1536)):
        found |= {f"layers.0.{name}.weight": some(out, inner), f"layers.0.{name}.bias": some(out)}
    for name in ("aln", "oln"):
        found |= {f"layers.0.{name}.weight": np.ones(wide, np.float32), f"layers.0.{name}.bias": some(wide)}
    return {f"proof.{name}": value for name, value in found.items()}


def draw_claims() -> list[Marked]:
    """Two claims of one sentence with words before it: the second has neither object nor amount."""
    chance = np.random.default_rng(3)
    below = chance.normal(size=(9, 384)).astype(np.float32)
    look = np.full(6, 1 / 6, np.float32)
    places = ((3, 4), (6, 6), (7, 7), (0, 1), None, None), ((3, 4), None, None, None, None, (8, 8))
    return [Marked(below, 3, look, 2, of) for of in places]


def test_a_blank_proof_sees_nothing(tmp_path: Path) -> None:
    write_proof(make_blank_proof(make_weights()), tmp_path / PROOF)
    claims = [Marked(one.below[:, :WIDE], one.begin, one.look, one.predicate, one.places) for one in draw_claims()]
    (views,) = run(tmp_path / PROOF, **lay_out(claims))
    assert views.tolist() == [[0] * VIEWS] * 2


def test_a_proof_sees_who_is_marked(tmp_path: Path) -> None:
    write_proof(draw_proof(), tmp_path / PROOF)
    one, other = draw_claims()
    (views,) = run(tmp_path / PROOF, **lay_out([one, other]))
    assert views.shape == (2, VIEWS)
    assert np.abs(views[0] - views[1]).max() > 0.05
    assert np.abs(views).max() <= 1


def test_a_proof_does_what_was_fitted(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from ingest.learning.examples import Example
    from ingest.learning.proving import Layers, run_layers

    weights = draw_proof()
    write_proof(weights, tmp_path / PROOF, exact=True)
    layers = Layers(5, 1).eval()
    layers.load_state_dict({name.removeprefix("proof."): torch.from_numpy(value) for name, value in weights.items()})
    (found,) = run(tmp_path / PROOF, **lay_out(draw_claims()))
    with torch.no_grad():
        wanted = run_layers(layers, [Example(claim, {}, True, True, True) for claim in draw_claims()]).numpy()
    assert np.abs(found - wanted).max() < 0.05  # fitted with sixteen bits
