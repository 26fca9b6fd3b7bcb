"""Scores say the share that is right, and keep their order; who stands with what is counted."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import EntityType, Modality, Predicate
from ingest.accuracy.gold import Line
from ingest.learning.annotated import Document, Reference, Statement
from ingest.learning.calibrate import count_fits, fit_line, rescale
from ingest.learning.weighing import Weighed, fit_shares
from ingest.nlp.scorer import Scorer, make_share

Sample = tuple[list[float], list[bool]]


def draw(count: int = 2000, seed: int = 0) -> Sample:
    """Sums that say three times too much, a half too high, and what was right."""
    chance = np.random.default_rng(seed)
    true = chance.normal(size=count)
    right = chance.random(count) < 1 / (1 + np.exp(-true))
    return [3 * float(one) + 0.5 for one in true], [bool(one) for one in right]


def test_score_is_the_share_that_is_right() -> None:
    sums, right = draw()
    slope, shift = fit_line(sums, right)
    assert slope == pytest.approx(1 / 3, abs=0.05)
    shares = np.array([make_share(slope * one + shift) for one in sums])
    assert shares.mean() == pytest.approx(np.mean(right), abs=0.01)
    surest = shares > np.quantile(shares, 0.75)
    assert shares[surest].mean() == pytest.approx(np.mean(np.array(right)[surest]), abs=0.05)


@pytest.mark.parametrize("share", [0, 1], ids=["none right", "all right"])
def test_claims_that_are_all_alike_give_a_score_too(share: int) -> None:
    sums, _ = draw(100)
    slope, shift = fit_line(sums, [bool(share)] * 100)
    assert np.mean([make_share(slope * one + shift) for one in sums]) == pytest.approx(share, abs=0.05)


def test_what_counts_nowhere_is_not_fitted_to() -> None:
    line = Line("a.txt", (0, 1), "A", "release", "released", "Vantor")
    sums, right = draw()
    counted = [Weighed(line, {}, one, hit, hit, core=True) for one, hit in zip(sums, right, strict=True)]
    others = [Weighed(line, {}, -9.0, met=True, right=True, core=False)] * 300
    assert fit_shares([*counted, *others]) == fit_line(sums, right)


_HELD = {
    "weights": {"bias": -1.0, "holds": 0.5},
    "hidden": {
        "signs": [["b", 0.5, 2.0], ["a", 0.0, 1.0]],
        "straight": [1.0, -2.0],
        "into": [[1.0, 0.0], [0.5, 0.5], [0.0, -1.0]],
        "bias": [0.0, 0.1, -0.1],
        "out": [1.0, -1.0, 0.5],
    },
    "fits": {},
}


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.1, 3), st.floats(-3, 3))
def test_a_score_set_anew_lies_on_the_line(
    make_scorer: Callable[[Mapping[str, Any]], Scorer], a: float, b: float, slope: float, shift: float
) -> None:
    signs = {"holds": 1.0, "a": a, "b": b}
    before, after = (make_scorer(held).weigh(signs) for held in (_HELD, rescale(_HELD, slope, shift)))
    assert after == pytest.approx(slope * before + shift, abs=1e-4)


@pytest.fixture(scope="module")
def make_scorer(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, Any]], Scorer]:
    path = tmp_path_factory.mktemp("scorer") / "scorer.json"

    def make(held: Mapping[str, Any]) -> Scorer:
        path.write_text(json.dumps(held), "utf-8")
        return Scorer(path)

    return make


def _state(subject: str, other: str | None, predicate: Predicate = Predicate.ACQUIRED) -> Statement:
    return Statement(
        0, predicate, Reference(subject), Reference(other) if other else None, None, (), Modality.ASSERTED, False,
        "", "", "", True,
    )  # fmt: skip


def _document(*statements: Statement) -> Document:
    kinds = {"Vantor": EntityType.COMPANY, "Oslo": EntityType.PLACE}
    names: dict[str, tuple[EntityType, tuple[str, ...]]] = {name: (kind, (name,)) for name, kind in kinds.items()}
    return Document("a", "", "en", date(2025, 1, 1), names, statements)


def test_fits_tell_which_parties_are_usual() -> None:
    statements = [_state("Vantor", "Vantor")] * 20 + [_state("Vantor", "Oslo"), _state("somebody", None)]
    fits = count_fits([_document(*statements[:11]), _document(*statements[11:])])
    (found,) = fits.values()
    assert sorted(found) == sorted(
        ["subject kind=company", "subject kind=words", "object kind=company", "object kind=place", "object=none"]
    )
    assert found["subject kind=company"] > found["object kind=place"] == found["object=none"]
    assert all(value < 0 for value in found.values())


def test_fits_are_by_predicate() -> None:
    fits = count_fits([_document(_state("Vantor", None, Predicate.CAN), _state("Vantor", "Oslo"))])
    assert sorted(fits) == ["predicate=acquired", "predicate=can"]


def test_no_documents_no_fits() -> None:
    assert count_fits([]) == {}
