"""What is made and sold: comparisons, scores, prices, sizes, hardware and abilities, in many wordings."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "OpenAI raised the price of ChatGPT Plus from $20 to $25 a month.",
        ("costs: ChatGPT Plus [25 USD/month]",),
    ),
    ("OpenAI cut the price of o3-mini by half.", ("costs: o3-mini [-50 %]",)),
    ("Claude 3 Haiku charges a tenth of the price of GPT-4o.", ("costs: Claude 3 Haiku > GPT-4o [0.1 x]",)),
    ("Gemini 2.0 Flash is half the price of GPT-4o.", ("costs: Gemini 2.0 Flash > GPT-4o [0.5 x]",)),
    ("Grok-3 is free for everyone.", ("costs: Grok-3 [0 USD]",)),
    ("OpenAI spent $100 million on training GPT-4.", ("costs: GPT-4 [1e+08 USD]",)),
    ("Subscribers pay $20 a month for ChatGPT Plus.", ("costs: ChatGPT Plus [20 USD/month]",)),
    (
        "Mistral AI offers Mistral Large 2 at $2 per million tokens.",
        ("costs: Mistral Large 2 [2 USD/1M tokens]",),
    ),
    ("Gemini 2.0 Flash finished ahead of GPT-4o.", ("outperforms: Gemini 2.0 Flash > GPT-4o",)),
    ("Qwen2.5-Max leads GPT-4o by four points on Arena-Hard.", ("outperforms: Qwen2.5-Max > GPT-4o @Arena-Hard",)),
    ("Testers preferred Claude 3.5 Sonnet to GPT-4o.", ("outperforms: Claude 3.5 Sonnet > GPT-4o",)),
    ("DeepSeek-V3 edges past GPT-4o on MMLU.", ("outperforms: DeepSeek-V3 > GPT-4o @MMLU",)),
    ("Grok-3 has an edge over GPT-4o.", ("outperforms: Grok-3 > GPT-4o",)),
    ("Claude 3.5 Sonnet holds its own against GPT-4o.", ("matches: Claude 3.5 Sonnet > GPT-4o",)),
    (
        "Claude 3.5 Sonnet climbed to second place on Chatbot Arena, level with GPT-4o.",
        (
            "matches: Claude 3.5 Sonnet > GPT-4o @Chatbot Arena",
            "ranks: Claude 3.5 Sonnet > Chatbot Arena [2 rank] @Chatbot Arena",
        ),
    ),
    ("Grok-3 came in just behind OpenAI o1.", ("underperforms: Grok-3 > OpenAI o1",)),
    ("Llama 3.3 70B lost to GPT-4o.", ("underperforms: Llama 3.3 70B > GPT-4o",)),
    (
        "DeepSeek-R1 (79.8%) trails o3-mini (87.3%) on MMLU.",
        (
            "scores: DeepSeek-R1 > MMLU [79.8 %] @MMLU",
            "scores: o3-mini > MMLU [87.3 %] @MMLU",
        ),
    ),
    (
        "Gemma 3 comes in three sizes, 4B, 12B and 27B.",
        (
            "has_size: Gemma 3 [4e+09 parameters]",
            "has_size: Gemma 3 [1.2e+10 parameters]",
            "has_size: Gemma 3 [2.7e+10 parameters]",
        ),
    ),
    (
        "DeepSeek-V3 (671B parameters) runs on eight H200s.",
        ("runs_on: DeepSeek-V3 > Nvidia H200", "has_size: DeepSeek-V3 [6.71e+11 parameters]"),
    ),
    ("DeepSeek-R1 landed on GitHub.", ("runs_on: DeepSeek-R1 > GitHub",)),
    ("Microsoft hosts DeepSeek-R1 on Azure.", ("runs_on: DeepSeek-R1 > Azure",)),
    ("Phi-4 was trained on forty years of patents.", ("trained_with: Phi-4 > forty years of patents",)),
    ("Gemini 2.0 Flash transcribes phone calls.", ("can: Gemini 2.0 Flash",)),
    ("Mistral Large 2 is fluent in French.", ("can: Mistral Large 2",)),
    ("Mistral Large 2 does not draw pictures.", ("cannot: Mistral Large 2",)),
    ("Gemini 2.0 Flash struggles with long tables.", ("cannot: Gemini 2.0 Flash",)),
    ("OpenAI pulled the plug on GPT-4.5.", ("withdrew: OpenAI > GPT-4.5",)),
    ("OpenAI, we are told, spent $90 million to train GPT-4.", ("costs: GPT-4 [9e+07 USD] reported",)),
    (
        "Phi-4 beats Llama 3.3 70B and GPT-4o with 84.8 on MMLU.",
        (
            "outperforms: Phi-4 > GPT-4o @MMLU",
            "outperforms: Phi-4 > Llama 3.3 70B @MMLU",
            "scores: Phi-4 > MMLU [84.8 points] @MMLU",
        ),
    ),
    ("Grok-3 may not beat GPT-4o.", ("outperforms: Grok-3 > GPT-4o speculated denied",)),
)

NOTHING = (
    "Answers of GPT-4-class models cost $30 per million tokens.",
    "Claude 3.5 Sonnet would translate it.",
    "If Grok-3 finishes ahead of GPT-4o, Musk will gloat.",
    "ChatGPT went offline for an hour.",
    "It did not.",
)


@pytest.mark.parametrize(("sentence", "claims"), CASES, ids=[sentence[:60] for sentence, _ in CASES])
def test_product_claims(read: Read, sentence: str, claims: tuple[str, ...]) -> None:
    assert sorted(read(sentence)) == sorted(claims)


@pytest.mark.parametrize("sentence", NOTHING)
def test_sentence_without_a_product_claim(read: Read, sentence: str) -> None:
    assert read(sentence) == []
