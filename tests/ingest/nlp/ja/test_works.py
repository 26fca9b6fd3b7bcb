"""Products and models without a name: their own words fill a role where nobody else can."""

from collections.abc import Callable

import pytest

WORKS = [
    pytest.param("Metaは画面のない端末を発売した。", "released(Meta, 画面のない端末)", id="object"),
    pytest.param("Nvidiaは車載向けのチップを発表した。", "announced(Nvidia, 車載向けのチップ)", id="announced"),
    pytest.param("小型の翻訳モデルはGPT-4oに匹敵する。", "matches(小型の翻訳モデル, GPT-4o)", id="subject"),
]


@pytest.mark.parametrize(("text", "expected"), WORKS)
def test_unnamed_work_fills_a_role(read: Callable[[str], list[str]], text: str, expected: str) -> None:
    assert expected in read(text)


@pytest.mark.parametrize("text", ["モデルはGPT-4oに匹敵する。", "画面のない端末を発売した。"])
def test_bare_noun_or_missing_maker_is_no_claim(read: Callable[[str], list[str]], text: str) -> None:
    assert read(text) == []


def test_model_that_was_made_is_released(read: Callable[[str], list[str]]) -> None:
    assert "released(Meta, Llama 4)" in read("Metaが手がけたLlama 4は好評だ。")


def test_line_of_business_is_no_release(read: Callable[[str], list[str]]) -> None:
    assert read("Llama 4を手がけるMetaは増員する。") == []
