"""Wording: methods by their own words, platforms, spending, ratings, opinions that somebody states of a thing."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Mistral 7B employs sliding window attention.", ("trained_with: Mistral 7B > sliding window attention",)),
    ("Qwen2-Audio is trained through supervised fine-tuning.", ("trained_with: Qwen2-Audio > supervised fine-tuning",)),
    ("Gemma 3 relies on distillation from a larger teacher.", ("trained_with: Gemma 3 > distillation",)),
    ("Llama 4 was pretrained on FineWeb.", ("trained_with: Llama 4 > FineWeb",)),
    ("OpenAI developed a variant of the PPO algorithm called Foo.", ()),
    ("Grok 3 required 2.8 million H800 GPU hours for its training.", ("trained_on: Grok-3 > Nvidia H800",)),
    ("Claude can be accessed through Alibaba Cloud.", ("runs_on: Claude > Alibaba Cloud",)),
    ("Together AI serves Llama 3.1 405B.", ("runs_on: Llama 3.1 405B > Together AI",)),
    ("OpenAI serves GPT-4o to millions.", ()),
    ("Microsoft Copilot uses GPT-4o.", ("runs_on: Microsoft Copilot > GPT-4o",)),
    ("Alphabet's capex will reach $75 billion in 2025.", ("costs: Google [7.5e+10 USD] predicted on 2025",)),
    ("Amazon expects capital expenditures of $100 billion.", ("costs: Amazon [1e+11 USD] by Amazon predicted",)),
    ("Amazon stock has a consensus Strong Buy rating among 32 analysts.", ("supports: 32 analysts > Amazon",)),
    ("The average price target on Nvidia stock of $510 implies 24% upside.", ("stock_moved: Nvidia [24 %] predicted",)),
    (
        "The average price target on Nvidia stock of $510 implies a 5% downside risk.",
        ("stock_moved: Nvidia [-5 %] predicted",),
    ),
    ("Morgan Stanley downgraded Super Micro to Underweight.", ("doubts: Morgan Stanley > Super Micro",)),
    ("Sam Altman said the offer was ridiculous.", ("criticizes: Sam Altman > offer",)),
    ("Satya Nadella said DeepSeek is impressive.", ("supports: Satya Nadella > DeepSeek",)),
    ("Critics said Meta's claims were overblown.", ("disputes: Critics > Meta",)),
    ("JD Vance noted that regulation could hurt the technology.", ("fears: JD Vance > regulation",)),
    ("The Pentagon ordered staff to stop using DeepSeek.", ("restricts: US Department of Defense > DeepSeek",)),
    ("The UK refused to sign the AI declaration.", ("disputes: United Kingdom > AI declaration",)),
    (
        "The Justice Department sued to block HPE's acquisition of Juniper Networks.",
        ("sued: US Department of Justice > HPE",),
    ),
    ("We are thrilled to release Qwen2-VL.", ("released: Alibaba > Qwen2-VL",)),
    ("Nvidia saw about $589 billion in market cap erased.", ("lost_value: Nvidia [~5.89e+11 USD]",)),
    (
        "Anthropic accused Baidu of training Ernie on answers harvested from Claude.",
        ("distilled_from: Baidu > Claude by Anthropic alleged",),
    ),
    ("The Qwen2.5 language models support up to 128K tokens.", ("has_size: Qwen2.5 [<=128000 tokens]",)),
    ("Gemini 2.0 Flash now has native image generation.", ("can: Gemini 2.0 Flash",)),
    ("OpenAI ships o3-mini and o1-pro (Blog)", ("released: OpenAI > o3-mini", "released: OpenAI > OpenAI o1 Pro")),
    ("Qwen2.5-72B runs at 1000 tokens per second.", ()),
    ("Sarah Doe has since said that her reply was a joke.", ()),
    ("Palantir receives praises from analysts.", ()),
    ("DeepSeek-V3 was trained with GRPO rather than PPO.", ("trained_with: DeepSeek-V3 > GRPO",)),
)


@pytest.mark.parametrize(("sentence", "claims"), CASES, ids=[case[0][:50] for case in CASES])
def test_wording_is_read(read: Read, sentence: str, claims: tuple[str, ...]) -> None:
    assert read(sentence) == list(claims)
