"""Headlines in running text: who they are about stands before the first comma, behind any label."""

from collections.abc import Callable

import pytest

HEADLINES = [
    pytest.param("Nvidia、Metaを買収", "acquired(Nvidia, Meta)", id="plain"),
    pytest.param("【速報】Nvidia、Metaを提訴　賠償を請求", "sued(Nvidia, Meta)", id="label"),
    pytest.param("・Nvidia、Metaと提携", "partnered_with(Nvidia, Meta)", id="bullet"),
]


@pytest.mark.parametrize(("text", "expected"), HEADLINES)
def test_headline_keeps_its_topic(read: Callable[[str], list[str]], text: str, expected: str) -> None:
    assert expected in read(text)


def test_list_in_a_sentence_stays_a_list(read: Callable[[str], list[str]]) -> None:
    assert read("Metaは、Nvidia、OpenAIを提訴した。") == ["sued(Meta, Nvidia)", "sued(Meta, OpenAI)"]
