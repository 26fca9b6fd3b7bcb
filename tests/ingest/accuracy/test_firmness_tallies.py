"""How denials and each modality are counted."""

from dataclasses import replace

import pytest

from ingest.accuracy.firmness_tallies import MODALITIES, count_denied, count_modality
from ingest.accuracy.gold import Line, Names
from ingest.accuracy.scoring import Rate, score_claims

NAMES = Names([{"canonical": name} for name in ("Vantor", "Sablefish", "Orrery", "Halden")])
DEAL = Line("a.txt", (0, 40), "Vantor bought Sablefish.", "deal", "acquired", "Vantor", object="Sablefish")
DENIED = replace(DEAL, polarity="denied")
OTHER = replace(DEAL, subject="Orrery")


@pytest.mark.parametrize(
    ("gold", "claims", "rate"),
    [
        pytest.param([DENIED], [DENIED], Rate(1, 1, 1), id="read"),
        pytest.param([DENIED], [DEAL], Rate(0, 0, 1), id="lost"),
        pytest.param([DENIED], [], Rate(0, 0, 1), id="missed"),
        pytest.param([DEAL], [DENIED], Rate(0, 1, 0), id="denied by nobody"),
        pytest.param([OTHER], [DENIED], Rate(0, 0, 0), id="false claims say nothing of denial"),
        pytest.param([replace(DENIED, core=False)], [DEAL], Rate(0, 0, 0), id="not core"),
        pytest.param([replace(DEAL, also={"polarity": ("denied",)})], [DENIED], Rate(1, 1, 1), id="either, read so"),
        pytest.param([replace(DENIED, also={"polarity": ("affirmed",)})], [DEAL], Rate(0, 0, 0), id="either, not so"),
    ],
)
def test_denials_are_counted_among_what_is_found_or_missed(gold: list[Line], claims: list[Line], rate: Rate) -> None:
    assert count_denied(score_claims(gold, claims, NAMES)) == rate


def test_a_false_prediction_counts_for_its_modality() -> None:
    gold = [replace(DEAL, modality="alleged"), replace(OTHER, modality="alleged")]
    claims = [gold[0], replace(gold[0], subject="Halden"), replace(OTHER, modality="reported")]
    score = score_claims(gold, claims, NAMES)
    assert {name: count_modality(score, name) for name in MODALITIES} == {
        "alleged": Rate(1, 2, 2),
        "predicted": Rate(0, 0, 0),
        "speculated": Rate(0, 0, 0),
        "reported": Rate(0, 1, 0),
        "questioned": Rate(0, 0, 0),
    }


def test_a_claim_that_is_not_core_is_no_prediction_of_its_modality() -> None:
    score = score_claims([OTHER, replace(DEAL, core=False)], [replace(DEAL, modality="predicted")], NAMES)
    assert count_modality(score, "predicted") == Rate(0, 0, 0)


def test_of_two_readings_the_one_that_was_read_is_wanted() -> None:
    gold = replace(DEAL, modality="alleged", also={"modality": ("reported",)})
    score = score_claims([gold], [replace(DEAL, modality="reported")], NAMES)
    assert count_modality(score, "reported") == Rate(1, 1, 1)
    assert count_modality(score, "alleged") == Rate(0, 0, 0)
