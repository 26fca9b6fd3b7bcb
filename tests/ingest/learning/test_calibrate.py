"""Weights of the score: they order by what meets, and say the share that is right."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import EntityType, Modality, Predicate
from ingest.gold import Line, Names
from ingest.learning.annotated import Document, Reference, Statement
from ingest.learning.calibrate import count_fits, fit_weights
from ingest.learning.weighing import Texts, Weighed, fit_scorer, score_left_out
from ingest.nlp.scorer import BIAS, predict

Sample = tuple[list[Mapping[str, float]], list[bool], list[bool]]


def draw(count: int = 600, seed: int = 0, rate: float = 0.6) -> Sample:
    """Claims with a good sign, a bad one and one of noise; of what meets, a share is right."""
    chance = np.random.default_rng(seed)
    signs: list[Mapping[str, float]] = []
    met, right = [], []
    for good, bad, noise in chance.normal(size=(count, 3)):
        meets = bool(chance.random() < 1 / (1 + np.exp(-(2 * good - 2 * bad))))
        signs.append({"good": float(good), "bad": float(bad), "noise": float(noise), "always": 1.0})
        met.append(meets)
        right.append(meets and bool(chance.random() < rate))
    return signs, met, right


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw()


@pytest.fixture(scope="module")
def weights(sample: Sample) -> dict[str, float]:
    return fit_weights(*sample)


def test_good_signs_weigh_for_and_bad_ones_against(weights: dict[str, float]) -> None:
    assert weights["good"] > 0.3
    assert weights["bad"] < -0.3
    assert abs(weights["noise"]) < 0.2


def test_score_is_the_share_that_is_right(weights: dict[str, float], sample: Sample) -> None:
    signs, _, right = sample
    scores = np.array([predict(weights, one) for one in signs])
    assert scores.mean() == pytest.approx(np.mean(right), abs=0.01)
    surest = scores > np.quantile(scores, 0.75)
    assert scores[surest].mean() == pytest.approx(np.mean(np.array(right)[surest]), abs=0.1)


def test_fewer_right_ones_lower_the_score_and_keep_the_order() -> None:
    much, little = (fit_weights(*draw(rate=rate)) for rate in (0.9, 0.3))
    signs = draw()[0]
    scores = [[predict(weights, one) for one in signs] for weights in (much, little)]
    assert np.mean(scores[0]) > np.mean(scores[1])
    assert np.corrcoef(*np.argsort(np.argsort(scores)))[0, 1] > 0.99


def test_accusation_must_be_surer_than_another_claim(sample: Sample) -> None:
    signs, met, right = sample
    half = np.random.default_rng(1).random(len(signs)) < 0.5
    accusing = [dict(one) | {"accuses": float(accuses)} for one, accuses in zip(signs, half, strict=True)]
    assert fit_weights(accusing, met, right)["accuses"] < -0.05


def test_sign_seen_seldom_is_left_out(sample: Sample) -> None:
    signs, met, right = sample
    marked = [one | {"rare": 1.0} if number < 7 else one for number, one in enumerate(map(dict, signs))]
    assert "rare" not in fit_weights(marked, met, right)
    marked = [one | {"rare": 1.0} if number < 8 else one for number, one in enumerate(map(dict, signs))]
    assert "rare" in fit_weights(marked, met, right)


@pytest.mark.parametrize("name", ["predicate=owns", "modality=alleged", "denied", "speaker", "subject kind=company"])
def test_signs_that_say_too_little_are_left_out(name: str, sample: Sample) -> None:
    signs, met, right = sample
    assert name not in fit_weights([dict(one) | {name: 1.0} for one in signs], met, right)


def test_the_predicate_s_logit_is_a_sign(sample: Sample) -> None:
    signs, met, right = sample
    assert fit_weights([{"predicate": one["good"]} for one in signs], met, right)["predicate"] > 0.3


def test_same_claims_give_the_same_weights(sample: Sample, weights: dict[str, float]) -> None:
    assert fit_weights(*sample) == weights


def test_order_of_claims_hardly_matters(sample: Sample, weights: dict[str, float]) -> None:
    signs, met, right = sample
    turned = fit_weights(signs[::-1], met[::-1], right[::-1])
    assert turned == pytest.approx(weights, abs=1e-4)


def test_unit_of_a_sign_does_not_matter(sample: Sample, weights: dict[str, float]) -> None:
    signs, met, right = sample
    other = fit_weights([dict(one) | {"good": one["good"] * 100} for one in signs], met, right)
    assert other["good"] * 100 == pytest.approx(weights["good"], abs=1e-2)


def test_weights_are_finite_numbers_with_a_bias(weights: dict[str, float]) -> None:
    assert BIAS in weights
    assert all(np.isfinite(value) for value in weights.values())


@pytest.mark.parametrize("share", [0, 1], ids=["none right", "all right"])
def test_claims_that_are_all_alike_give_a_score_too(share: int) -> None:
    signs, met, _ = draw(100)
    weights = fit_weights(signs, met, [bool(share)] * 100)
    assert np.mean([predict(weights, one) for one in signs]) == pytest.approx(share, abs=0.05)


@settings(max_examples=15)
@given(st.integers(0, 1000), st.integers(20, 200), st.floats(0, 1))
def test_any_claims_give_scores_between_nought_and_one(seed: int, count: int, rate: float) -> None:
    signs, met, right = draw(count, seed, rate)
    weights = fit_weights(signs, met, right)
    assert all(0 <= predict(weights, one) <= 1 for one in signs)


def test_prediction_is_the_logistic_of_the_weighted_sum() -> None:
    assert predict({BIAS: -1, "good": 2}, {"good": 1, "unknown": 9}) == pytest.approx(1 / (1 + np.exp(-1)))
    assert predict({}, {"good": 1}) == 0.5


def test_claim_is_scored_without_its_outlet(sample: Sample) -> None:
    signs, met, right = sample
    line = Line("", (0, 1), "", "deal", "acquired", "A")
    docs = [f"{number % 16:02}.txt" for number in range(len(signs))]
    weighed = [
        Weighed(replace(line, doc=doc), one, hit, whole, True)
        for doc, one, hit, whole in zip(docs, signs, met, right, strict=True)
    ]
    turned = [
        replace(one, met=not one.met, right=not one.right) if one.line.doc == "03.txt" else one for one in weighed
    ]
    texts = Texts({}, (), Names([]), {})
    plain, other = score_left_out(texts, weighed), score_left_out(texts, turned)
    own = [number for number, doc in enumerate(docs) if doc == "03.txt"]
    assert [plain[n] for n in own] == [other[n] for n in own]
    assert plain != other


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


def test_what_counts_nowhere_is_not_fitted_to(sample: Sample, weights: dict[str, float]) -> None:
    line = Line("a.txt", (0, 1), "A", "release", "released", "Vantor")
    counted = [Weighed(line, signs, met, right, core=True) for signs, met, right in zip(*sample, strict=True)]
    others = [Weighed(line, {"good": -9.0, "always": 1.0}, met=True, right=True, core=False)] * 300
    assert fit_scorer([*counted, *others]) == weights
