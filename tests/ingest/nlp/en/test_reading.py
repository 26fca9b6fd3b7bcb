"""Passages of several sentences: references, quotations, speakers carried over, and whole texts read without harm."""

from collections.abc import Callable

import pytest

from graph.records import Claim, CueKind

Read = Callable[..., list[str]]

PASSAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "the startup and it",
        "Cohere released Command R+ in April. The Toronto startup says that it beats GPT-4 Turbo on HumanEval.",
        (
            "released: Cohere > Command R+ on 2024-04",
            "outperforms: Command R+ > GPT-4 Turbo @HumanEval by Cohere",
        ),
    ),
    (
        "the company",
        "Mistral AI raised $600 million. The company was valued at $6 billion.",
        ("raised: Mistral AI [6e+08 USD]", "valued_at: Mistral AI [6e+09 USD]"),
    ),
    (
        "a quotation goes on",
        '"We are happy," said Arthur Mensch, chief executive of Mistral AI. "It beats GPT-4o on MMLU."',
        ("leads: Arthur Mensch > Mistral AI", "outperforms: Mistral AI > GPT-4o @MMLU by Arthur Mensch"),
    ),
    (
        "they added",
        "Analysts at Jefferies said Nvidia was safe. AMD had lost $20 billion in market value, they added.",
        ("lost_value: AMD [2e+10 USD] by Analysts at Jefferies",),
    ),
    (
        "the people said",
        "People familiar with the matter said that Apple is hiring. Apple acquired DarwinAI, the people said.",
        ("acquired: Apple > DarwinAI by People familiar with the matter",),
    ),
    (
        "he said",
        "Sam Altman spoke in Tokyo. He said that OpenAI would release GPT-5 in the summer.",
        ("released: OpenAI > GPT-5 by Sam Altman predicted",),
    ),
    (
        "it is the model",
        "Claude 3 Opus was released in March 2024. It scores 86.8% on MMLU.",
        ("released: Anthropic > Claude 3 Opus on 2024-03", "scores: Claude 3 Opus > MMLU [86.8 %] @MMLU"),
    ),
    (
        "a lawyer speaks for the client",
        "OpenAI's lawyer, Joe Gratz, said the company did not infringe copyright.",
        ("infringed: OpenAI by OpenAI denied",),
    ),
    (
        "a spokeswoman speaks for the firm",
        "An xAI spokeswoman said Grok 3 was trained on 100,000 H100 GPUs.",
        ("trained_on: Grok-3 > Nvidia H100 [100000 chips] by xAI",),
    ),
    (
        "a chain of reporters",
        "Reuters reported that Meta had held talks to acquire Perplexity, citing two people.",
        ("acquired: Meta > Perplexity by Reuters / two people reported",),
    ),
    (
        "the accuser at the end",
        "Anthropic was accused of copying lyrics by Universal Music.",
        ("infringed: Anthropic by Universal Music alleged",),
    ),
    (
        "a digest's headings date their sections",
        "January\n\n### 2025-01-20 — Grok\n\nxAI released Grok 3 to all users.\n",
        ("released: xAI > Grok-3 on 2025-01-20",),
    ),
    (
        "links and bold are no words",
        'Last year [Groq](https://x.example/1 "Groq") **raised** [$640 million](https://x.example/2) in a round.',
        ("raised: Groq [6.4e+08 USD] on 2024",),
    ),
)


@pytest.mark.parametrize(("text", "claims"), [row[1:] for row in PASSAGES], ids=[row[0] for row in PASSAGES])
def test_passage_holds_these_claims(read: Read, text: str, claims: tuple[str, ...]) -> None:
    assert read(text) == list(claims)


def test_vendor_speaks_as_we(read: Read) -> None:
    assert read("Today, we released Command R+.", vendor="Cohere") == ["released: Cohere > Command R+ on 2025-02-12"]


@pytest.mark.parametrize(
    "text",
    [
        "This issue is sponsored by Quillhaven. Quillhaven costs only $9 a month and beats ChatGPT.",
        "Subscribe to our newsletter: OpenAI released GPT-5 and more every week.",
        "Photo: Sam Altman leads OpenAI.",
        "Distillation is a technique in which one model learns from another.",
        "",
        "   \n\n  ",
        "!!! ??? ... \"\" ''",
    ],
)
def test_what_is_no_news_gives_no_claim(read: Read, text: str) -> None:
    assert read(text) == []


def test_day_of_saying_is_not_the_day_of_the_event(read: Read) -> None:
    assert read("Google said on Tuesday that it had acquired Wiz.") == ["acquired: Google > Wiz by Google"]


def test_cues_slice_to_the_words_of_the_text(find_claims: Callable[..., tuple[Claim, ...]]) -> None:
    text = "Reuters reported that Meta may have copied code from OpenAI."
    claim = find_claims(text)[0]
    assert all(text[cue.span[0] : cue.span[1]] == cue.text for cue in claim.cues)
    assert {cue.kind for cue in claim.cues} == {CueKind.TRIGGER, CueKind.MODALITY, CueKind.ATTRIBUTION}


def test_same_text_gives_the_same_claims(find_claims: Callable[..., tuple[Claim, ...]]) -> None:
    text = "Nvidia shares fell 17% on Monday. Anthropic raised $2 billion."
    assert [claim.id for claim in find_claims(text)] == [claim.id for claim in find_claims(text)]
