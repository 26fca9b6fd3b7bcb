"""Claims without a verb of their own: premodifiers, appositions, lists, fragments, prices and headlines."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

PHRASES = (
    ("owned before", "ByteDance-owned TikTok hired a lobbyist.", "owns: ByteDance > TikTok"),
    ("parent before", "TikTok parent ByteDance hired a lobbyist.", "owns: ByteDance > TikTok"),
    ("apposed owner", "ByteDance, the TikTok owner, hired a lobbyist.", "owns: ByteDance > TikTok"),
    ("subsidiary", "Waymo, a subsidiary of Alphabet, opened an office.", "owns: Google > Waymo"),
    ("backed before", "Microsoft-backed OpenAI opened an office.", "invested_in: Microsoft > OpenAI"),
    ("investor before", "OpenAI investor SoftBank held a meeting.", "invested_in: SoftBank > OpenAI"),
    ("backed by", "Anthropic, backed by Amazon and Google, held a meeting.", "invested_in: Google > Anthropic"),
    ("supplier before", "Nvidia supplier SK Hynix opened an office.", "supplies: SK Hynix > Nvidia"),
    ("customers", "TSMC, whose customers include Apple and AMD, was closed.", "supplies: TSMC > AMD"),
    ("venture", "They met at the joint venture between SoftBank and OpenAI.", "partnered_with: SoftBank > OpenAI"),
    ("chief", "Sam Altman, chief executive of OpenAI, was in Tokyo.", "leads: Sam Altman > OpenAI"),
    (
        "staff",
        "Yann LeCun, a professor at New York University, was there.",
        "works_for: Yann LeCun > New York University",
    ),
    ("founder", "Anthropic, founded in 2021 by Dario Amodei, was there.", "founded: Dario Amodei > Anthropic on 2021"),
    ("size before", "Everybody talks of the 70B-parameter Llama 3.1.", "has_size: Llama 3.1 [7e+10 parameters]"),
    ("sizes behind", "DeepSeek-V3 (671B total) again.", "has_size: DeepSeek-V3 [6.71e+11 parameters]"),
    ("share down", "Nvidia down 17 percent.", "stock_moved: Nvidia [-17 %]"),
    ("ahead of", "GPT-4o, still ahead of Gemini 1.5 Pro, is a year old.", "outperforms: GPT-4o > Gemini 1.5 Pro"),
    ("level with", "Qwen2.5-72B, on par with GPT-4o, is a year old.", "matches: Qwen2.5-72B > GPT-4o"),
)


@pytest.mark.parametrize(("text", "claim"), [row[1:] for row in PHRASES], ids=[row[0] for row in PHRASES])
def test_what_stands_beside_a_name_is_claimed(read: Read, text: str, claim: str) -> None:
    assert claim in read(text)


SILENT = (
    ("former", "Former OpenAI investor SoftBank held a meeting."),
    ("title before a name", "OpenAI CEO Sam Altman was in Tokyo."),
    ("possessive", "OpenAI's o1 was mentioned."),
    ("ended", "The end of the partnership between Apple and Baidu surprised nobody."),
)


@pytest.mark.parametrize("text", [row[1] for row in SILENT], ids=[row[0] for row in SILENT])
def test_what_is_past_or_only_mentioned_is_not_claimed(read: Read, text: str) -> None:
    assert read(text) == []


def test_a_fragment_is_about_the_model_just_named(read: Read) -> None:
    found = read("DeepSeek-R1 drew a crowd.\n- 128K context\n- 79.8% on MATH\n- Now on Ollama")
    assert "has_size: DeepSeek-R1 [128000 tokens]" in found
    assert "scores: DeepSeek-R1 > MATH [79.8 %] @MATH" in found
    assert "runs_on: DeepSeek-R1 > Ollama" in found


def test_a_list_of_prices_is_of_the_model_just_named(read: Read) -> None:
    found = read("DeepSeek-R1 drew a crowd.\nPrices: $0.55 per million input tokens, $2.19 out.")
    assert [line for line in found if line.startswith("costs")] == [
        "costs: DeepSeek-R1 [0.55 USD/1M tokens]",
        "costs: DeepSeek-R1 [2.19 USD/1M tokens]",
    ]


def test_a_cell_under_a_benchmark_is_a_score(read: Read) -> None:
    table = "The results follow.\n\n| Model | MMLU | GPQA |\n|---|---|---|\n| GPT-4o | 88.7 | 53.6 |"
    assert read(table) == [
        "scores: GPT-4o > MMLU [88.7 points] @MMLU",
        "scores: GPT-4o > GPQA [53.6 points] @GPQA",
    ]
