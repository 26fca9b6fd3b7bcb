"""Grades of scores, and what weak claims do among others: they join what better ones made, and change nothing of it."""

from dataclasses import replace
from itertools import permutations

import pytest

from graph.grades import (
    FAIR_FROM,
    JUDGED_FROM,
    STORED_FROM,
    SURE_FROM,
    TOLD_WEAK,
    Grade,
    grade_claim,
    grade_of,
    is_weak,
    score_told,
)
from graph.matters.contradict import find_contradictions
from graph.propositions import Group, group_claims
from graph.records import Claim, Predicate, Share
from tests.graph.propositions.sayings import dollars, make_known, say

KNOWN = make_known()
SAID = say("Aldin", Predicate.SUED, "Borea")
WEAK_SCORE = FAIR_FROM - 0.01


def group(*claims: Claim) -> tuple[Group, ...]:
    return group_claims(claims, KNOWN)


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (None, Grade.UNSCORED),
        (0.0, Grade.WEAK),
        (STORED_FROM, Grade.WEAK),
        (WEAK_SCORE, Grade.WEAK),
        (FAIR_FROM, Grade.FAIR),
        (SURE_FROM - 0.01, Grade.FAIR),
        (SURE_FROM, Grade.SURE),
        (1.0, Grade.SURE),
    ],
)
def test_a_score_has_a_grade(score: float | None, grade: Grade) -> None:
    assert grade_of(score) is grade
    assert grade_claim(replace(SAID, score=score)) is grade


@pytest.mark.parametrize("score", [None, 0.99])
def test_what_was_refuted_or_misread_is_weak_whatever_its_score(score: float | None) -> None:
    assert not is_weak(replace(SAID, score=score))
    assert is_weak(replace(SAID, score=score, refuted="the sentence names nobody"))
    assert is_weak(replace(SAID, score=score, misread="it is a question"))


@pytest.mark.parametrize("field", [{"score": WEAK_SCORE}, {"refuted": "no"}], ids=["score", "refuted"])
def test_a_weak_claim_makes_no_group_and_joins_that_of_a_better_one(field: dict[str, object]) -> None:
    weak = replace(SAID, **field)  # type: ignore[arg-type]
    assert group(weak) == ()
    later = say("Aldin", Predicate.SUED, "Borea", day=3)
    [alone] = group(later)
    for order in permutations([weak, later]):
        [together] = group(*order)
        assert [link.claim for link in together.links] == [later.id, weak.id]
        assert replace(together, links=alone.links) == alone


def test_a_misread_claim_is_in_no_group_at_all() -> None:
    misread = replace(SAID, misread="it is a question")
    later = say("Aldin", Predicate.SUED, "Borea", day=3)
    assert group(misread) == ()
    assert group(misread, later) == group(later)


def test_a_weak_claim_parts_no_group() -> None:
    """A better one would: a claim without a number joins the one with a number if there is just one."""
    bare, million, other = (
        say("Aldin", Predicate.RAISED, amount=amount, day=day)
        for day, amount in enumerate((None, dollars(1e8, "funding"), dollars(5e8, "funding")))
    )
    [together] = group(bare, million)
    assert len(group(bare, million, other)) == 3
    assert group(bare, million, replace(other, score=WEAK_SCORE)) == (together,)


def test_a_weak_claim_contradicts_nothing() -> None:
    dear = say("Aldin-1", Predicate.COSTS, amount=dollars(9e8), by="Ann Lee")
    cheap = say("Aldin-1", Predicate.COSTS, amount=dollars(6e6), by="Bo Quist")
    assert find_contradictions(group(dear, cheap))
    assert not find_contradictions(group(dear, replace(cheap, score=WEAK_SCORE)))
    fair = say("Aldin-1", Predicate.COSTS, amount=dollars(6e6), by="Bo Quist", day=1)
    assert find_contradictions(group(dear, replace(cheap, score=WEAK_SCORE), fair))


@pytest.mark.parametrize(
    ("asked", "stood", "score"),
    [
        (0, 0, FAIR_FROM),
        (JUDGED_FROM - 1, JUDGED_FROM - 1, FAIR_FROM),
        (JUDGED_FROM, JUDGED_FROM, 1.0),
        (60, 40, 0.6667),
        (JUDGED_FROM, 10, FAIR_FROM),
        (JUDGED_FROM, 9, STORED_FROM),
        (JUDGED_FROM, 0, STORED_FROM),
    ],
)
def test_what_a_language_model_tells_is_fair_until_enough_was_judged(asked: int, stood: int, score: float) -> None:
    assert score_told(Share("reader", "llm tiny/1", asked, stood)) == score


def test_of_a_model_that_nobody_judged_it_is_fair() -> None:
    assert grade_of(score_told(None)) is Grade.FAIR
    assert grade_of(TOLD_WEAK) is Grade.WEAK
