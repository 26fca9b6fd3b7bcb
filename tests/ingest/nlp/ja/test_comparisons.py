"""Comparisons and scores in the ways they are told."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

TOLD = [
    ("Grok 3はコーディングでGPT-4oに一歩及ばなかった。", ["underperforms(Grok-3, GPT-4o)"]),
    ("Grok 3の性能はGPT-4oに肉薄している。", ["matches(Grok-3, GPT-4o)"]),
    ("Grok 3はGPT-4o並みの性能を持つ。", ["matches(Grok-3, GPT-4o)"]),
    ("Grok 3はGPT-4o級の性能だ。", ["matches(Grok-3, GPT-4o)"]),
    ("Grok 3はGPT-4oと同等以上の性能を示した。", ["matches(Grok-3, GPT-4o)"]),
    ("Grok 3はGPT-4oに追いついた。", ["matches(Grok-3, GPT-4o)"]),
    ("Grok 3はGPT-4oに勝るとも劣らない。", ["matches(Grok-3, GPT-4o)"]),
    ("Grok 3はGPT-4oの2倍速い。", ["outperforms(Grok-3, GPT-4o)"]),
    ("Grok 3よりGPT-4oのほうが賢い。", ["outperforms(GPT-4o, Grok-3)"]),
    ("Grok 3はGPT-4oほど賢くない。", ["underperforms(Grok-3, GPT-4o)"]),
    ("Grok 3はGPT-4oの後塵を拝した。", ["underperforms(Grok-3, GPT-4o)"]),
    (
        "Grok 3はGPT-4oに匹敵するか、それを上回る。",
        ["matches(Grok-3, GPT-4o)", "outperforms(Grok-3, GPT-4o)"],
    ),
    ("Grok 3のMMLUのスコアは88.5%だった。", ["scores(Grok-3, MMLU) 88.5 %"]),
    (
        "Grok 3はMMLUで88.5%、GPQAで75%を記録した。",
        ["scores(Grok-3, GPQA) 75 %", "scores(Grok-3, MMLU) 88.5 %"],
    ),
    ("Grok 3は複雑なコードを書くことができる。", ["can(Grok-3)"]),
    ("Grok 3は手書き文字を読めない。", ["cannot(Grok-3)"]),
    ("DeepSeekは天安門事件について回答を避けた。", ["censors(DeepSeek)"]),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_result_is_read_however_it_is_told(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", ["Grok 3の料金はGPT-4o並みの水準だ。", "Grok 3の消費電力はGPT-4oの2倍に達する。"])
def test_cost_is_no_result(read: Read, text: str) -> None:
    assert not [claim for claim in read(text) if claim.startswith(("matches", "outperforms"))]
