"""Whom words mean that name nobody."""

import pytest

from graph.propositions.descriptors import fold_descriptor


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("unnamed hacker", "ハッカー"),
        ("Chinese hackers", "中国のハッカー集団"),
        ("people familiar with the matter", "関係者"),
        ("a group of investors", "一部の投資家"),
        ("tech stocks", "ハイテク株"),
        ("U.S. officials", "米国の高官"),
        ("every rival", "all others"),
        ("a group linked to Borea", "Borea-linked group"),
        ("a group linked to Borea", "Boreaとつながりのあるグループ"),
        ("a member of staff", "職員の方"),
        ("card numbers", "カード番号"),
        ("it", "someone"),
    ],
)
def test_words_that_mean_the_same(one: str, other: str) -> None:
    assert fold_descriptor(one) == fold_descriptor(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chinese hackers", "Russian hackers"),
        ("tech stocks", "quantum stocks"),
        ("U.S. officials", "Chinese officials"),
        ("investors", "analysts"),
        ("bank employees", "school employees"),
    ],
)
def test_words_that_do_not(one: str, other: str) -> None:
    assert fold_descriptor(one) != fold_descriptor(other)
