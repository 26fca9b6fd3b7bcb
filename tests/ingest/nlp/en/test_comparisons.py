"""Two things held side by side in one sentence: standings, ratios and pairs of amounts."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

COMPARED = (
    ("on par", "Qwen2.5-72B, an open model with accuracy on par with GPT-4o, is out.", "matches: Qwen2.5-72B > GPT-4o"),
    (
        "similar results",
        "Mistral Large 2 shows that a small lab can get similar results to GPT-4o.",
        "matches: Mistral Large 2 > GPT-4o",
    ),
    ("level", "In March Mistral Large 2 reached GPT-4o-level quality.", "matches: Mistral Large 2 > GPT-4o"),
    ("performance", "Gemini 1.5 Pro offers GPT-4o performance in French.", "matches: Gemini 1.5 Pro > GPT-4o"),
    ("leaps", "Gemini 2.0 Flash is leaps and bounds above GPT-4o.", "outperforms: Gemini 2.0 Flash > GPT-4o"),
    ("advantage", "They praise Gemini 2.0 Flash's advantage over GPT-4o.", "outperforms: Gemini 2.0 Flash > GPT-4o"),
    (
        "bandwidth",
        "The MI300X has 1.8x higher bandwidth than the H100.",
        "outperforms: AMD MI300X > Nvidia H100 [1.8 x]",
    ),
    ("share", "Qwen2.5-72B matches GPT-4o at 4% of the cost.", "costs: Qwen2.5-72B > GPT-4o [4 %]"),
    (
        "share in figures",
        "Qwen2.5-72B offers GPT-4o quality at 1/20th the price.",
        "costs: Qwen2.5-72B > GPT-4o [0.05 x]",
    ),
    (
        "cheaper for",
        "They found it 20 times cheaper for Qwen2.5-72B compared to GPT-4o.",
        "costs: Qwen2.5-72B > GPT-4o [20 x]",
    ),
    ("while", "Qwen2.5-72B is small, while GPT-4o is 30 times more expensive.", "costs: GPT-4o > Qwen2.5-72B [30 x]"),
    (
        "price beside",
        "GPT-4o-mini costs little. This compares to GPT-4o at 250 cents input.",
        "costs: GPT-4o [2.5 USD]",
    ),
    (
        "pair",
        "Qwen2.5-72B, a model matching GPT-4o at a fraction of the training cost (~$3M vs $90M), is out.",
        "costs: GPT-4o [9e+07 USD]",
    ),
    (
        "score beside",
        "Qwen2.5-72B got 71.6% on MMLU compared to GPT-4o's 72.2%.",
        "scores: GPT-4o > MMLU [72.2 %] @MMLU",
    ),
)


@pytest.mark.parametrize(("text", "claim"), [row[1:] for row in COMPARED], ids=[row[0] for row in COMPARED])
def test_what_is_compared_is_claimed(read: Read, text: str, claim: str) -> None:
    assert claim in read(text)


_NAMES = (
    "GPT-4o",
    "H100",
    "H100 [100 x]",
    "NVLink",
    "[0.25 x]",
)  # the last word where a claim is plain: no "denied", no "speculated"
SILENT = (
    ("denied", "Qwen2.5-72B does not show results similar to GPT-4o."),
    ("may", "Qwen2.5-72B may get results comparable to GPT-4o."),
    ("own model", "Mistral AI says Mistral Large 2 does it at a quarter of the price."),
    ("run on", "The new card runs Llama 2 70B a hundred times faster than an H100."),
    ("a part", "H800 cards are H100 cards with weaker NVLink."),
)


@pytest.mark.parametrize("text", [row[1] for row in SILENT], ids=[row[0] for row in SILENT])
def test_what_is_left_open_is_not_claimed_as_fact(read: Read, text: str) -> None:
    assert not [
        claim
        for claim in read(text)
        if claim.startswith(("matches", "underperforms", "outperforms", "costs: Mistral AI")) and claim.endswith(_NAMES)
    ]
