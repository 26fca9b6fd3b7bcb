"""Limits that sentences set."""

import pytest

from graph.propositions.scopes import find_scope, is_one_scope
from graph.records import Predicate
from tests.graph.propositions.sayings import say


def scope(text: str) -> frozenset[str]:
    return find_scope(say("Aldin-1", Predicate.COSTS, text=text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The final run cost 5 million", "最終の学習費用は500万ドル"),
        ("The final run cost 5 million", "It cost 5 million"),
        ("Revenue of a year", "年間の売上高"),
        ("時価総額が減った", "It lost value"),
    ],
)
def test_the_same_limits(one: str, other: str) -> None:
    assert is_one_scope(scope(one), scope(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The final run cost 5 million", "The whole programme cost a billion"),
        ("最終の学習費用", "研究開発を含む全体の費用"),
        ("per month", "per year"),
        ("per month", "in all"),
        ("for input", "for output"),
        ("down in premarket", "down at the close"),
        ("a Series A round", "a seed round"),
        ("weekly active users", "registered users"),
    ],
)
def test_other_limits(one: str, other: str) -> None:
    assert not is_one_scope(scope(one), scope(other))
