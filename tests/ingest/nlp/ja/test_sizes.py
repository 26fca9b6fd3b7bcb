"""Sizes beside a model's name, with and without a verb of their own."""

from collections.abc import Callable

import pytest

SIZES = [
    pytest.param("Llama 4（4000億パラメータ）は手元の箱で動く。", "has_size(Llama 4) 4e+11 parameters", id="brackets"),
    pytest.param("700億パラメータの「Llama 4」は評判がよい。", "has_size(Llama 4) 7e+10 parameters", id="before-name"),
    pytest.param("Llama 4は700億パラメータ、値段は据え置きだ。", "has_size(Llama 4) 7e+10 parameters", id="listed"),
]


@pytest.mark.parametrize(("text", "expected"), SIZES)
def test_size_beside_a_name_is_found(read: Callable[[str], list[str]], text: str, expected: str) -> None:
    assert expected in read(text)


def test_denied_size_is_left_out(read: Callable[[str], list[str]]) -> None:
    assert "has_size(Llama 4) 7e+10 parameters" not in read("Llama 4は700億パラメータではない。")
