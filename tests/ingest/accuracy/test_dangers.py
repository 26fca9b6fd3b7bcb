"""Errors worse than a miss: facts made of less, lost denials, invented accusations."""

from dataclasses import replace

import pytest

from ingest.accuracy.dangers import Dangers, find_dangers
from ingest.accuracy.gold import Line, Names
from ingest.accuracy.scoring import pair_claims

NAMES = Names([{"canonical": "Vantor"}, {"canonical": "Sablefish"}, {"canonical": "Orrery"}])
DEAL = Line("a.txt", (0, 40), "Vantor bought Sablefish.", "deal", "acquired", "Vantor", object="Sablefish")
CHARGE = replace(DEAL, type="allegation", predicate="misled", modality="alleged")


def find(gold: list[Line], *claims: Line) -> Dangers:
    return find_dangers(gold, claims, pair_claims(gold, claims, NAMES), NAMES)


@pytest.mark.parametrize("modality", ["alleged", "speculated", "predicted", "questioned", "reported"])
def test_what_the_text_weakens_is_no_fact(modality: str) -> None:
    gold = replace(DEAL, modality=modality)
    assert [meeting.gold for meeting in find([gold], DEAL).fact_made_of_less] == [gold]
    assert not find([gold], gold).fact_made_of_less


@pytest.mark.parametrize(
    ("gold", "claim"),
    [
        pytest.param(replace(DEAL, modality="alleged"), replace(DEAL, modality="reported"), id="weak, but not so weak"),
        pytest.param(replace(DEAL, modality="alleged", also={"modality": ("asserted",)}), DEAL, id="either way"),
        pytest.param(DEAL, replace(DEAL, modality="predicted"), id="weaker than the text"),
        pytest.param(replace(DEAL, modality="alleged"), replace(DEAL, object="Orrery"), id="of something else"),
    ],
)
def test_what_is_no_fact_made_of_less(gold: Line, claim: Line) -> None:
    assert not find([gold], claim).fact_made_of_less


def test_what_the_text_denies_is_not_affirmed() -> None:
    gold = replace(DEAL, polarity="denied")
    assert [meeting.gold for meeting in find([gold], DEAL).denial_lost] == [gold]
    assert not find([gold], gold).denial_lost
    assert not find([DEAL], gold).denial_lost


def test_denial_that_may_be_read_either_way_is_not_lost() -> None:
    assert not find([replace(DEAL, polarity="denied", also={"polarity": ("affirmed",)})], DEAL).denial_lost


def test_claims_that_are_not_core_can_be_dangerous() -> None:
    gold = replace(DEAL, modality="alleged", polarity="denied", core=False)
    found = find([gold], DEAL)
    assert (len(found.fact_made_of_less), len(found.denial_lost)) == (1, 1)


@pytest.mark.parametrize(
    ("gold", "invented"),
    [
        pytest.param([], True, id="text without claims"),
        pytest.param([replace(CHARGE, object="Orrery")], True, id="another charge"),
        pytest.param([DEAL], True, id="a deal taken for a charge"),
        pytest.param([replace(DEAL, also={"type": ("allegation",)})], False, id="a deal that may be a charge"),
        pytest.param([CHARGE], False, id="the charge"),
        pytest.param([replace(CHARGE, polarity="denied")], False, id="a charge denied: lost, not invented"),
        pytest.param([replace(CHARGE, core=False)], False, id="a charge in passing"),
    ],
)
def test_accusation_needs_one_in_the_text(gold: list[Line], invented: bool) -> None:
    assert find(gold, CHARGE).accusation_invented == ((CHARGE,) if invented else ())


def test_accusation_denied_accuses_nobody() -> None:
    assert not find([], replace(CHARGE, polarity="denied")).accusation_invented


def test_accusation_told_twice_is_not_invented() -> None:
    twice = replace(CHARGE, span=(0, 30))
    assert not find([CHARGE], CHARGE, twice).accusation_invented
