"""The measure of `claimgraph evaluate`: what meets, what agrees."""

from dataclasses import replace

import pytest

from ingest.accuracy.gold import Line, Names
from ingest.accuracy.scoring import Rate, score_claims, score_entities

NAMES = Names(
    [
        {"canonical": "Mistral", "surface_forms": ["Mistral AI", "ミストラル"]},
        {"canonical": "OpenAI", "surface_forms": []},
        {"canonical": "unnamed group", "descriptor": True},
    ]
)
GOLD = Line(
    "a.txt", (0, 40), "Mistral raised money.", "deal", "raised", "Mistral", quantity=(600e6, "eur"), measure="funding"
)


def score(gold: Line, *claims: Line) -> tuple[int, int]:
    result = score_claims([gold], claims, NAMES)
    return result.found.hits, result.right.hits


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        pytest.param(GOLD, (1, 1), id="the same"),
        pytest.param(replace(GOLD, subject="ミストラル"), (1, 1), id="other spelling"),
        pytest.param(replace(GOLD, subject="OpenAI"), (0, 0), id="other subject"),
        pytest.param(replace(GOLD, span=(0, 20)), (1, 1), id="a clause of it"),
        pytest.param(replace(GOLD, span=(30, 90)), (0, 0), id="beside it"),
        pytest.param(replace(GOLD, doc="b.txt"), (0, 0), id="other text"),
        pytest.param(replace(GOLD, quantity=(602e6, "eur")), (1, 1), id="value within a hundredth"),
        pytest.param(replace(GOLD, quantity=(700e6, "eur")), (0, 0), id="other value"),
        pytest.param(replace(GOLD, quantity=(-600e6, "eur")), (1, 1), id="a fall meets a rise"),
        pytest.param(replace(GOLD, predicate="valued_at"), (1, 0), id="other predicate is found but not right"),
        pytest.param(replace(GOLD, modality="reported"), (1, 0), id="other modality"),
        pytest.param(replace(GOLD, claimant="OpenAI"), (1, 0), id="other claimant"),
        pytest.param(replace(GOLD, measure="valuation"), (1, 0), id="other measure"),
        pytest.param(replace(GOLD, measure=""), (1, 0), id="no measure"),
    ],
)
def test_what_meets_a_gold_claim(claim: Line, expected: tuple[int, int]) -> None:
    assert score(GOLD, claim) == expected


def test_without_object_or_quantity_the_predicate_decides() -> None:
    bare = replace(GOLD, quantity=None)
    assert score(bare, bare) == (1, 1)
    assert score(bare, replace(bare, predicate="acquired")) == (0, 0)


def test_an_unnamed_object_may_be_left_out() -> None:
    gold = replace(GOLD, quantity=None, object="a group of investors")
    assert score(gold, replace(gold, object=None)) == (1, 1)


def test_descriptors_meet_by_half_their_words() -> None:
    gold = replace(GOLD, subject="people close to the talks", quantity=None)
    assert score(gold, replace(gold, subject="two people close to it")) == (1, 1)


def test_amount_whose_measure_the_gold_leaves_open_may_measure_anything() -> None:
    assert score(replace(GOLD, measure=""), GOLD) == (1, 1)


def test_a_second_measure_counts_as_right() -> None:
    assert score(replace(GOLD, also={"measure": ("valuation",)}), replace(GOLD, measure="valuation")) == (1, 1)


def test_measure_is_counted_where_the_gold_has_one() -> None:
    result = score_claims([GOLD], [replace(GOLD, measure="valuation", quantity=(-600e6, "eur"))], NAMES)
    assert (result.attributes["measure"], result.attributes["quantity"]) == ((0, 1), (0, 1))
    assert result.attributes["date"] == (0, 0)


def test_a_body_speaks_for_its_organisation() -> None:
    gold = replace(GOLD, claimant="OpenAI security researchers")
    assert score(gold, replace(gold, claimant="OpenAI")) == (1, 1)


def test_a_claim_that_is_not_core_counts_nowhere() -> None:
    result = score_claims([GOLD, replace(GOLD, subject="OpenAI", core=False)], [replace(GOLD, subject="OpenAI")], NAMES)
    assert result.found == Rate(0, 0, 1)


def test_each_gold_claim_is_met_once() -> None:
    result = score_claims([GOLD], [GOLD, replace(GOLD, predicate="valued_at")], NAMES)
    assert result.found == Rate(1, 2, 1)
    assert [claim.predicate for claim in result.false] == ["valued_at"]


def test_claims_from_texts_without_any_are_alarms() -> None:
    result = score_claims([GOLD], [replace(GOLD, doc="empty.txt")], NAMES)
    assert len(result.alarms) == 1
    assert result.found.predicted == 0


def test_entities_meet_by_any_spelling() -> None:
    gold = [{"canonical": "Mistral", "type": "company", "surface_forms": ["Mistral AI"], "docs": ["a.txt"]}]
    found = [
        {"doc": "a.txt", "name": "Mistral", "type": "company", "forms": ["Mistral AI"]},
        {"doc": "a.txt", "name": "Tuesday", "type": "company", "forms": ["Tuesday"]},
    ]
    assert score_entities(gold, found) == Rate(1, 2, 1)
