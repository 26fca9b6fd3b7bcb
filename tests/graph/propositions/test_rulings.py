"""Decisions on claims: which count, which are refused."""

from datetime import UTC, datetime

import pytest

from graph.errors import JudgementRefused
from graph.judging.making import check_judgement, make_judgement
from graph.propositions import derive_rulings
from graph.records import Judgement, JudgementKind, Predicate
from tests.graph.propositions.sayings import name_claims, say

CLAIMS = [say("Aldin", Predicate.RELEASED, "Aldin-1", day=day) for day in range(4)]
IDS = name_claims(*CLAIMS)
WHEN = datetime(2025, 2, 1, tzinfo=UTC)


def judge(kind: JudgementKind, *numbers: int) -> Judgement:
    return make_judgement(kind, [], "Ann", WHEN, "read both", claims=[IDS[n] for n in numbers])


def check(new: Judgement, *before: Judgement) -> None:
    check_judgement(before, new, {}, CLAIMS)


def test_each_kind_is_taken() -> None:
    made = [
        judge(JudgementKind.JOIN, 0, 1),
        judge(JudgementKind.PART, 0, 2),
        judge(JudgementKind.PIN, 0, 3),
        judge(JudgementKind.DISMISS, 1, 2),
    ]
    for n, judgement in enumerate(made):
        check(judgement, *made[:n])
    rulings = derive_rulings(made)
    assert rulings.joined == ((IDS[0], IDS[1]),)
    assert rulings.parted == ((IDS[0], IDS[2]),)
    assert rulings.pinned == ((IDS[3], IDS[0]),)
    assert rulings.dismissed == ((IDS[1], IDS[2]),)


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        (JudgementKind.JOIN, (0,)),
        (JudgementKind.PART, (0, 0)),
        (JudgementKind.PIN, ()),
        (JudgementKind.DISMISS, (0, 1, 2)),
    ],
)
def test_too_few_claims_are_refused(kind: JudgementKind, numbers: tuple[int, ...]) -> None:
    with pytest.raises(JudgementRefused, match="two"):
        check(judge(kind, *numbers))


@pytest.mark.parametrize(
    "before", [(JudgementKind.JOIN, (0, 1)), (JudgementKind.PIN, (1, 0))], ids=["joined", "pinned"]
)
def test_what_was_put_together_is_not_parted(before: tuple[JudgementKind, tuple[int, ...]]) -> None:
    with pytest.raises(JudgementRefused, match="take that back"):
        check(judge(JudgementKind.PART, 0, 1), judge(before[0], *before[1]))


def test_parted_claims_are_not_joined_through_others() -> None:
    before = [judge(JudgementKind.PART, 0, 2), judge(JudgementKind.JOIN, 0, 1)]
    with pytest.raises(JudgementRefused, match="parted"):
        check(judge(JudgementKind.JOIN, 1, 2), *before)


def test_what_is_taken_back_stands_in_the_way_no_more() -> None:
    parted = judge(JudgementKind.PART, 0, 1)
    undone = make_judgement(JudgementKind.UNDO, [], "Ann", WHEN, "hasty", undoes=parted.id)
    check(judge(JudgementKind.JOIN, 0, 1), parted, undone)
    assert derive_rulings([parted, undone]).parted == ()
