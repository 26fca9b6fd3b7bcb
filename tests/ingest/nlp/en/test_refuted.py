"""Reports called untrue, taken back or only heard, and who says what a paper, a label or a launch tells."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

# Nobody stands by it, or it is denied in part: nothing is kept.
SILENT = (
    "A viral post falsely claimed that Apple acquired Perplexity.",
    "Users have been misled into believing that Apple acquired Perplexity.",
    "Critics who thought that Apple acquired Perplexity were mistaken.",
    "Bloomberg apologised for reporting that Apple bought Perplexity.",
    "The newspaper retracted a story saying that Apple acquired Perplexity.",
    "The newspaper retracted its claim that Apple acquired Perplexity.",
    "The Times corrected an article that said Apple acquired Perplexity.",
    "Mistral AI denied the report, which said that Mistral AI released Mistral Large 2.",
    "Contrary to reports that DeepSeek distilled GPT-4, nothing of the kind happened.",
    "So much for the idea that Apple acquired Perplexity.",
    "Don't believe reports that Apple acquired Perplexity.",
    "Myth: Apple acquired Perplexity.",
    "Apple buys Perplexity: false",
    "In the unlikely event that Apple acquired Perplexity, prices would fall.",
    "In a scenario in which Apple acquired Perplexity, prices would fall.",
    "Imagine a world where Google acquires OpenAI.",
    "Once SoftBank has invested $40 billion in OpenAI, the market will change.",
    "Elon Musk would have you believe that DeepSeek distilled GPT-4.",
    "There was nothing to suggest that DeepSeek distilled GPT-4.",
    "Sam Altman is not convinced that DeepSeek distilled GPT-4.",
    "Sam Altman's denial that DeepSeek distilled GPT-4 convinced few.",
    "SoftBank neither confirmed nor denied investing $40 billion in OpenAI.",
    "Apple came close to acquiring Perplexity.",
    "Apple's acquisition of Perplexity never happened.",
    "Meta made Llama 4 look like it beats GPT-4o.",
)

TOLD = (
    ("OpenAI debunked the claim that DeepSeek distilled GPT-4.", ["distilled_from: DeepSeek > GPT-4 by OpenAI denied"]),
    ("The claim that DeepSeek distilled GPT-4 has been debunked.", ["distilled_from: DeepSeek > GPT-4 denied"]),
    (
        "Sam Altman shot down rumours that Microsoft acquired OpenAI.",
        ["acquired: Microsoft > OpenAI by Sam Altman denied"],
    ),
    (
        "Cohere has pushed back on claims that it copied GPT-4.",
        ["took_technology_from: Cohere > GPT-4 by Cohere denied"],
    ),
    (
        "Mira Murati laughed off the suggestion that Apple acquired Perplexity.",
        ["acquired: Apple > Perplexity by Mira Murati denied"],
    ),
    ("It is a myth that DeepSeek distilled GPT-4.", ["distilled_from: DeepSeek > GPT-4 denied"]),
    ("Llama 4 beats GPT-4o on none of the tests.", ["outperforms: Llama 4 > GPT-4o denied"]),
    ("Llama 4 rarely beats GPT-4o.", ["outperforms: Llama 4 > GPT-4o denied"]),
    ("Rumours are swirling that Apple acquired Perplexity.", ["acquired: Apple > Perplexity reported"]),
    ("The story goes that Apple acquired Perplexity.", ["acquired: Apple > Perplexity reported"]),
    ("Rumour has it that Mira Murati left OpenAI.", ["left: Mira Murati > OpenAI reported"]),
    ("Unconfirmed: Apple acquired Perplexity.", ["acquired: Apple > Perplexity reported"]),
    ("[Rumor] Apple buys Perplexity", ["acquired: Apple > Perplexity reported"]),
    ("Investors fear that Apple acquired Perplexity.", ["acquired: Apple > Perplexity by Investors speculated"]),
    ("Everyone hoped that Apple acquired Perplexity.", ["acquired: Apple > Perplexity speculated"]),
    ("In theory, Llama 4 beats GPT-4o.", ["outperforms: Llama 4 > GPT-4o speculated"]),
    (
        "Pending approval, Apple acquires Perplexity for $14 billion.",
        ["acquired: Apple > Perplexity [1.4e+10 USD] predicted"],
    ),
    ("Apple was supposed to acquire Perplexity last year.", ["acquired: Apple > Perplexity predicted on 2024"]),
    (
        "Alibaba announced in a blog post that Qwen 2.5-Max outperforms GPT-4o.",
        ["outperforms: Qwen2.5-Max > GPT-4o by Alibaba"],
    ),
    ("DeepSeek announced that training V3 cost $5.6 million.", ["costs: DeepSeek-V3 [5.6e+06 USD] by DeepSeek"]),
    ("Alibaba announced that it has released Qwen 2.5-Max.", ["released: Alibaba > Qwen2.5-Max"]),
    (
        "Sam Altman wrote in a memo seen by Reuters that Llama 4 beats GPT-4o.",
        ["outperforms: Llama 4 > GPT-4o by Sam Altman"],
    ),
    ("As Sam Altman put it, Llama 4 beats GPT-4o.", ["outperforms: Llama 4 > GPT-4o by Sam Altman"]),
    ("To hear Elon Musk tell it, Grok 3 beats GPT-4o.", ["outperforms: Grok-3 > GPT-4o by Elon Musk"]),
    ("Sam Altman made the point that Llama 4 beats GPT-4o.", ["outperforms: Llama 4 > GPT-4o by Sam Altman"]),
    ("ChatGPT told a user that Apple had acquired Perplexity.", ["acquired: Apple > Perplexity by ChatGPT"]),
    ("The investment would see SoftBank overtake Microsoft.", ["outperforms: SoftBank > Microsoft predicted"]),
)


@pytest.mark.parametrize("sentence", SILENT)
def test_what_nobody_stands_by_is_not_kept(read: Read, sentence: str) -> None:
    assert [line for line in read(sentence) if not line.startswith("disputes:")] == []


@pytest.mark.parametrize(("sentence", "claims"), TOLD, ids=[sentence[:60] for sentence, _ in TOLD])
def test_it_is_kept_as_firmly_as_it_is_put(read: Read, sentence: str, claims: list[str]) -> None:
    assert [line for line in read(sentence) if not line.startswith(("disputes:", "fears:"))] == claims
