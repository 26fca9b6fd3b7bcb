"""The order of a day's matters: what counts how much, and who comes first among equals."""

from dataclasses import replace
from math import log2

import pytest

from graph.editions.ranking import Candidate, Reasons, find_best_step, is_news, rank
from graph.grades import Grade
from graph.records import ArticleId, ClaimType, EntityId, Predicate, PropositionId, Status

NOTHING = Reasons(
    step=None,
    first=False,
    voices=0,
    contradiction=False,
    stake=False,
    sources=1,
    languages=("en",),
    grade=Grade.UNSCORED,
)


def make_candidate(
    name: str = "p",
    reasons: Reasons = NOTHING,
    type: ClaimType = ClaimType.DEAL,
    predicate: Predicate = Predicate.INVESTED_IN,
    articles: str = "a",
    parties: str = "",
    roots: str = "",
    rivals: str = "",
) -> Candidate:
    """Articles, parties, roots and rivals are named by one letter each."""
    return Candidate(
        PropositionId(name),
        type,
        predicate,
        "",
        frozenset(map(ArticleId, articles)),
        frozenset(map(EntityId, parties)),
        frozenset(map(EntityId, roots or parties)),
        frozenset(map(PropositionId, rivals)),
        reasons,
    )


@pytest.mark.parametrize(
    ("reasons", "score"),
    [
        (NOTHING, 0),
        (replace(NOTHING, first=True), 1),
        (replace(NOTHING, step=Status.REPORTED), 0),
        (replace(NOTHING, step=Status.DISPUTED), 3),
        (replace(NOTHING, step=Status.ALLEGED), 4),
        (replace(NOTHING, step=Status.CORROBORATED), 5),
        (replace(NOTHING, step=Status.UNDER_INVESTIGATION), 5),
        (replace(NOTHING, step=Status.DENIED), 6),
        (replace(NOTHING, step=Status.CONFIRMED), 8),
        (replace(NOTHING, step=Status.RETRACTED), 8),
        (replace(NOTHING, voices=2), 6),
        (replace(NOTHING, voices=7), 9),
        (replace(NOTHING, contradiction=True), 4),
        (replace(NOTHING, stake=True), 2),
        (replace(NOTHING, sources=8), 6),
        (replace(NOTHING, sources=0), 0),
        (replace(NOTHING, languages=("en", "ja")), 1),
        (replace(NOTHING, voices=1, grade=Grade.SURE), 3),
        (replace(NOTHING, voices=1, grade=Grade.FAIR), 2.4),
    ],
    ids=str,
)
def test_each_reason_counts_as_much_as_is_written(reasons: Reasons, score: float) -> None:
    assert make_candidate(reasons=reasons).score == score


@pytest.mark.parametrize(
    ("type", "predicate", "weight"),
    [
        (ClaimType.ALLEGATION, Predicate.DISTILLED_FROM, 1.5),
        (ClaimType.LEGAL, Predicate.SUED, 1.5),
        (ClaimType.COST, Predicate.COSTS, 1),
        (ClaimType.PEOPLE, Predicate.JOINED, 0.5),
        (ClaimType.PEOPLE, Predicate.WORKS_FOR, 0.25),
        (ClaimType.DEAL, Predicate.OWNS, 0.5),
        (ClaimType.CAPABILITY, Predicate.CAN, 0.4),
        (ClaimType.STANCE, Predicate.FEARS, 0.4),
    ],
)
def test_kinds_weigh_differently(type: ClaimType, predicate: Predicate, weight: float) -> None:
    one = make_candidate(reasons=replace(NOTHING, voices=2), type=type, predicate=predicate)
    assert one.weight == weight
    assert one.score == pytest.approx(6 * weight)


def test_all_of_it_together() -> None:
    """The accusation of the demo on its first day: 25.8, as the design has it."""
    reasons = Reasons(Status.ALLEGED, True, 2, False, True, 3, ("en", "ja"), Grade.UNSCORED)
    one = make_candidate(reasons=reasons, type=ClaimType.ALLEGATION, predicate=Predicate.DISTILLED_FROM)
    assert one.score == round(1.5 * (4 + 1 + 6 + 2 + 2 * log2(3) + 1), 1) == 25.8


def test_what_was_long_before_counts_less() -> None:
    one = make_candidate(reasons=replace(NOTHING, voices=2))
    assert make_candidate(reasons=replace(NOTHING, voices=2, past=True)).score == pytest.approx(0.3 * one.score)


def test_a_copy_in_another_language_is_no_news() -> None:
    assert not is_news(replace(NOTHING, stake=True, languages=("en", "ja"), sources=0))
    assert is_news(replace(NOTHING, voices=1))
    assert is_news(replace(NOTHING, sources=2))


def test_best_step_is_the_one_that_counts_most_and_the_last_of_equals() -> None:
    assert find_best_step([]) is None
    assert find_best_step([Status.DENIED, Status.DISPUTED]) is Status.DENIED
    assert find_best_step([Status.CONFIRMED, Status.RETRACTED]) is Status.RETRACTED


def test_equals_are_ranked_by_articles_then_id_and_no_more_than_asked() -> None:
    ones = [
        make_candidate("d"),
        make_candidate("c"),
        make_candidate("b", articles="ab"),
        make_candidate("a", replace(NOTHING, first=True)),
    ]
    for order in (ones, ones[::-1]):
        assert [one.id for one in rank(order, 9)] == ["a", "b", "c", "d"]
    assert [one.id for one in rank(ones, 2)] == ["a", "b"]
