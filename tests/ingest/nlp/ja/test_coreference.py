"""What 同社, 両社 or nothing at all stands for, chains, lists and names that no table has."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

COREFERENCE = [
    pytest.param(
        "Anthropicは資金を集めている。同社は35億ドルを調達した。", ["raised(Anthropic) 3.5e+09 USD"], id="dosha"
    ),
    pytest.param(
        "ミラ・ムラティ氏は技術者だ。同氏は2024年にOpenAIを退社した。", ["left(Mira Murati, OpenAI) @2024"], id="doshi"
    ),
    pytest.param(
        "Anthropicは急成長している。2月には35億ドルを調達した。",
        ["raised(Anthropic) 3.5e+09 USD @2025-02"],
        id="zero-topic",
    ),
    pytest.param(
        "xAIはGrok 3を公開した。このモデルはGPT-4oを上回った。",
        ["outperforms(Grok-3, GPT-4o)", "released(xAI, Grok-3)"],
        id="this-model",
    ),
    pytest.param(
        "AppleとGoogleは話し合っている。両社はAnthropicに出資した。",
        ["invested_in(Apple, Anthropic)", "invested_in(Google, Anthropic)"],
        id="ryosha",
    ),
    pytest.param(
        "Anthropicは35億ドルを調達し、Claude 3.7 Sonnetを公開した。",
        ["raised(Anthropic) 3.5e+09 USD", "released(Anthropic, Claude 3.7 Sonnet)"],
        id="te-chain",
    ),
    pytest.param("xAIは自社のGrok 3がGPT-4oを上回ると主張した。", ["outperforms(Grok-3, GPT-4o) by xAI"], id="jisha"),
    pytest.param(
        "AmazonとGoogleはAnthropicに出資した。",
        ["invested_in(Amazon, Anthropic)", "invested_in(Google, Anthropic)"],
        id="coordinated-subjects",
    ),
    pytest.param(
        "Grok 3はGPT-4o、Claude 3.5 Sonnet、Gemini 2.0 Proを上回った。",
        [
            "outperforms(Grok-3, GPT-4o)",
            "outperforms(Grok-3, Claude 3.5 Sonnet)",
            "outperforms(Grok-3, Gemini 2.0 Pro)",
        ],
        id="list-objects",
    ),
    pytest.param(
        "AI企業のケルヴァーノは、Mistral AIと提携した。", ["partnered_with(ケルヴァーノ, Mistral AI)"], id="new-company"
    ),
    pytest.param("NTTは新モデル「Tsugumi-7」を発表した。", ["announced(NTT, Tsugumi-7)"], id="new-model"),
    pytest.param("ハルカ・ブレナン氏はCohereに入社した。", ["joined(ハルカ・ブレナン, Cohere)"], id="new-person"),
    pytest.param("Cohereは、Zephyra 2と呼ばれる言語モデルを公開した。", ["released(Cohere, Zephyra 2)"], id="named-so"),
]


@pytest.mark.parametrize(("text", "expected"), COREFERENCE)
def test_reference_finds_its_entity(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == sorted(expected)
