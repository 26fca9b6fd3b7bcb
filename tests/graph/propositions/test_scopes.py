"""Limits that sentences set."""

import pytest

from graph.propositions import group_claims
from graph.propositions.scopes import find_scope, is_one_scope
from graph.records import Claim, Predicate
from tests.graph.propositions.sayings import dollars, make_known, say


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


@pytest.mark.parametrize(
    "text",
    [
        "The statement came a day after Aldin-1 cost 5 million",
        "A year after Aldin opened, Aldin-1 cost 5 million",
        "Aldin-1, out a year and a half earlier, cost 5 million",
        "One week later Aldin-1 cost 5 million",
        "Aldin-1 cost a quarter of that",
        "One-quarter of the 5 million went to Aldin-1",
        "Aldin-1は発表の1週間後に500万ドルかかった",
        "Aldin-1は2四半期ぶりに500万ドルかかった",
        "Aldin-1は3日間で500万ドルかかった",
        "Aldin-1は2カ月間で500万ドルかかった",
    ],
)
def test_a_time_before_or_after_and_a_share_set_no_limit(text: str) -> None:
    assert scope(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Aldin-1 costs 5 million a day", "a day"),
        ("Aldin-1 cost 5 million in the third quarter of 2025", "a quarter"),
        ("Aldin-1の費用は2025年間で500万ドル", "a year"),
        ("Aldin-1の費用は1日当たり500万ドル", "a day"),
        ("Aldin-1の費用は第3四半期に500万ドル", "a quarter"),
    ],
)
def test_a_period_sets_a_limit(text: str, limit: str) -> None:
    assert limit in scope(text)


@pytest.mark.parametrize(
    ("one", "other", "kept_apart"),
    [
        pytest.param(
            say("Aldin", Predicate.EARNED, amount=dollars(4e6, "revenue"), text="Aldin earned 4 million on dies"),
            say("Aldin", Predicate.EARNED, amount=dollars(4e6, "revenue"), text="Aldin earned 4 million on wafers"),
            False,
            id="the dies of a wafer are no deaths",
        ),
        pytest.param(
            say(
                "Aldin", Predicate.EARNED, amount=dollars(4e6, "revenue"), text="キャッシュ製品でAldinは400万ドルを得た"
            ),
            say("Aldin", Predicate.EARNED, amount=dollars(4e6, "revenue"), text="Aldinは400万ドルを得た"),
            False,
            id="a cache that is sold is no price",
        ),
        pytest.param(
            say("Aldin", Predicate.CAUSED_HARM, "Borea", text="A robot of Aldin hit a man, who died"),
            say("Aldin", Predicate.CAUSED_HARM, "Borea", text="A robot of Aldin hit a man"),
            True,
            id="somebody died",
        ),
    ],
)
def test_what_a_word_limits(one: Claim, other: Claim, kept_apart: bool) -> None:
    assert len(group_claims([one, other], make_known())) == 1 + kept_apart
