"""How likely a claim is right, from the signs it was found by."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ConfigError
from ingest.nlp.scorer import Scorer, add_fits


def make(folder: Path, **weights: float) -> Scorer:
    path = folder / "scorer.json"
    path.write_text(json.dumps({"weights": weights, "fits": {}}), "utf-8")
    return Scorer(path)


@pytest.fixture(scope="module")
def scorer(tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    return make(tmp_path_factory.mktemp("scorer"), bias=-1, predicate=2, speaker=-0.5)


def test_score_is_the_logistic_of_the_weighted_sum(scorer: Scorer) -> None:
    assert scorer.score({"predicate": 1.5, "speaker": 2}) == round(1 / (1 + math.exp(-1)), 4)


def test_without_signs_the_bias_speaks(scorer: Scorer) -> None:
    assert scorer.score({}) == round(1 / (1 + math.e), 4)


def test_sign_without_a_weight_says_nothing(scorer: Scorer) -> None:
    assert scorer.score({"predicate": 1, "moon": 99}) == scorer.score({"predicate": 1})


def make_hidden(**other: object) -> dict[str, object]:
    """One unit that sees both of two signs."""
    hidden = {"signs": [["a", 1, 2], ["b", 0, 1]], "straight": [0, 0], "into": [[1, 1]], "bias": [0], "out": [1]}
    return {"weights": {}, "fits": {}, "hidden": {**hidden, **other}}


def weigh(folder: Path, held: dict[str, object], **signs: float) -> float:
    (folder / "scorer.json").write_text(json.dumps(held), "utf-8")
    return Scorer(folder / "scorer.json").weigh(signs)


def test_two_signs_may_say_more_together_than_each(tmp_path: Path) -> None:
    none, one, other, both = (
        weigh(tmp_path, make_hidden(), a=a, b=b) for a, b in ((-3.0, -2.0), (5.0, -2.0), (-3.0, 2.0), (5.0, 2.0))
    )
    assert both - none > 3 + (one - none) + (other - none)


def test_a_sign_counts_by_how_far_it_is_from_its_mean(tmp_path: Path) -> None:
    straight = make_hidden(straight=[1, 0], out=[0])
    assert [weigh(tmp_path, straight, a=value) for value in (1.0, 3.0, 9.0, 99.0)] == [0, 1, 4, 4]


@pytest.mark.parametrize(
    "other",
    [
        {"into": [[1]]},
        {"straight": [1]},
        {"out": [1, 2]},
        {"bias": []},
        {"signs": [["a", 3]]},
        {"signs": []},
        {"signs": [["a", 1, 0], ["b", 0, 1]]},
        {"signs": [["a", 1, -2], ["b", 0, 1]]},
        {"out": [float("nan")]},
        {"bias": [10**400]},
    ],
    ids=lambda other: str(other)[:40],
)
def test_hidden_layer_that_is_none_is_named(other: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"scorer\.json: not the weights of a scorer"):
        weigh(tmp_path, make_hidden(**other))


def test_order_of_signs_does_not_matter(scorer: Scorer) -> None:
    assert scorer.score({"predicate": 0.3, "speaker": 0.1}) == scorer.score({"speaker": 0.1, "predicate": 0.3})


@pytest.mark.parametrize(("logit", "score"), [(1e9, 1.0), (-1e9, 0.0)])
def test_score_stays_between_nought_and_one(scorer: Scorer, logit: float, score: float) -> None:
    assert scorer.score({"predicate": logit}) == score


@given(st.dictionaries(st.sampled_from(["predicate", "speaker", "moon"]), st.floats(-1e6, 1e6)))
def test_any_signs_give_a_share_of_four_places(scorer: Scorer, signs: dict[str, float]) -> None:
    score = scorer.score(signs)
    assert 0 <= score <= 1
    assert round(score, 4) == score


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_more_of_a_good_sign_is_never_less_likely(scorer: Scorer, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert scorer.score({"predicate": low}) <= scorer.score({"predicate": high})


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "3", "{}", '{"weights": {}}', '{"weights": {"bias": "much"}, "fits": {}}',
     '{"weights": [], "fits": {}}', '{"weights": {}, "fits": 3}'],
)  # fmt: skip
def test_file_that_is_none_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "scorer.json").write_text(content, "utf-8")
    with pytest.raises(ConfigError, match=r"scorer\.json: not the weights of a scorer.*install claimgraph again"):
        Scorer(tmp_path / "scorer.json")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"scorer\.json"):
        Scorer(tmp_path / "scorer.json")


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "scorer.json").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"scorer\.json"):
        Scorer(tmp_path / "scorer.json")


_FITS = {"predicate=acquired": {"subject kind=company": -0.5, "object kind=company": -0.7, "object=none": -3.0}}


@pytest.mark.parametrize(
    ("signs", "subject", "other"),
    [
        ({"predicate=acquired": 1, "subject kind=company": 1, "object kind=company": 1}, -0.5, -0.7),
        ({"predicate=acquired": 1, "subject kind=company": 1}, -0.5, -3.0),
        ({"predicate=acquired": 1, "subject kind=place": 1, "object kind=company": 1}, -5.0, -0.7),
        ({"predicate=can": 1, "subject kind=company": 1}, -5.0, -5.0),
        ({}, -5.0, -5.0),
    ],
    ids=["usual", "no object", "unusual subject", "predicate never seen", "nothing"],
)
def test_fit_is_how_usual_such_parties_are(signs: dict[str, float], subject: float, other: float) -> None:
    found = add_fits(signs, _FITS)
    assert (found["subject:fit"], found["object:fit"]) == (subject, other)
    assert found.items() >= signs.items()


def test_signs_given_are_left_as_they_are() -> None:
    signs = {"predicate=acquired": 1.0}
    add_fits(signs, _FITS)
    assert signs == {"predicate=acquired": 1.0}
