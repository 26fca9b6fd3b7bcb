"""What proofreads is fitted with its score: both are what a reader takes, and nobody's company changes what is seen."""

import json
from pathlib import Path

import numpy as np
import pytest

from graph.errors import ConfigError
from ingest.learning.examples import Example
from ingest.learning.graphs import write_proof
from ingest.nlp.proof import PROOF, ROLES, VIEWS, Marked
from ingest.nlp.scorer import Scorer

torch = pytest.importorskip("torch")

from ingest.learning.proving import Layers, fit_proof, run_layers  # noqa: E402 - it needs torch

_WIDE = 384


def make_example(long: int, begin: int, *, met: bool = True, core: bool = True) -> Example:
    below = np.random.default_rng(long).normal(size=(long, _WIDE)).astype(np.float32)
    look = np.full(long - begin, 1 / (long - begin), np.float32)
    claim = Marked(below, begin, look, 2, ((begin, begin + 1), *(None,) * (len(ROLES) - 1)))
    return Example(claim, {"holds": float(met), "predicate=sued": 1.0}, met, met, core)


def make_start() -> dict[str, np.typing.NDArray[np.float32]]:
    state = Layers(5, 1).state_dict()
    return {name.replace("layers.", "again.", 1): value.numpy() for name, value in state.items()}


def test_longer_claims_beside_it_change_nothing() -> None:
    torch.manual_seed(0)
    layers = Layers(5, 1).eval()
    short, long = make_example(4, 1), make_example(9, 3)
    with torch.no_grad():
        alone, together = (run_layers(layers, batch)[0] for batch in ([short], [short, long]))
    assert together.shape == (VIEWS,)
    assert (alone - together).abs().max() < 0.02  # sixteen bits


def test_what_was_fitted_is_what_a_reader_takes(tmp_path: Path) -> None:
    said: list[str] = []
    found = [make_example(4 + n % 3, 1, met=n % 2 == 0) for n in range(80)]
    layers, score = fit_proof(found, make_start(), 2, 0, said.append)
    write_proof(layers, tmp_path / PROOF)
    (tmp_path / "scorer.json").write_text(json.dumps({**score, "fits": {}}, sort_keys=True), "utf-8")
    scorer = Scorer(tmp_path / "scorer.json")
    assert scorer.weigh({"holds": 1.0}) != scorer.weigh({"holds": 0.0})
    names = [name for name, _, _ in score["hidden"]["signs"]]
    assert names[VIEWS:] == ["holds"]  # no predicate
    assert said


def test_part_of_a_pass_is_one_step_at_least() -> None:
    said: list[str] = []
    fit_proof([make_example(4, 1)], make_start(), 0.01, 0, said.append)
    assert said[0].startswith("1 of 1: loss ")


@pytest.mark.parametrize("found", [[], [make_example(4, 1, core=False)]], ids=["no claims", "none that counts"])
def test_claims_of_which_none_counts_are_refused(found: list[Example]) -> None:
    with pytest.raises(ConfigError, match="there is nothing to learn to proofread from"):
        fit_proof(found, make_start(), 1, 0, print)
