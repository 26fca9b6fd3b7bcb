"""What a model can do, fails at, or keeps silent about; who moves from one house to another."""

from collections.abc import Callable

import pytest

CASES = [
    pytest.param("GPT-4oは契約書を最後まで書けない。", "cannot(GPT-4o)", id="cannot-write"),
    pytest.param("GPT-4oは長い仕事をやり遂げる。", "can(GPT-4o)", id="carries-through"),
    pytest.param("DeepSeek-R1は天安門の質問をはぐらかす。", "censors(DeepSeek-R1)", id="evades-topic"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_ability_words_are_read(read: Callable[[str], list[str]], text: str, expected: str) -> None:
    assert expected in read(text)


def test_making_in_progress_is_no_release(read: Callable[[str], list[str]]) -> None:
    assert "released(Meta, Llama 4)" not in read("MetaはLlama 4を開発している。")
