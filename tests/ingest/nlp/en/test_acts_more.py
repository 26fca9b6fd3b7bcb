"""Deals, stances and platforms in constructions of their own: picked firms, mergers, customers nobody owns aloud."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Samsung taps Perplexity for its assistant.", ("partnered_with: Samsung > Perplexity",)),
    ("Apple partners with Alibaba in China.", ("partnered_with: Apple > Alibaba",)),
    ("Oracle and Nvidia are now partners.", ("partnered_with: Oracle > Nvidia",)),
    ("Intel and AMD will merge.", ("acquired: Intel > AMD predicted",)),
    ("Meta paid $2 billion for Mistral.", ("acquired: Meta > Mistral AI [2e+09 USD]",)),
    ("Apple buys camera arrays from Samsung.", ("supplies: Samsung > Apple",)),
    ("Marc Benioff loathes Copilot.", ("criticizes: Marc Benioff > Microsoft Copilot",)),
    ("Two former Google researchers founded Mistral.", ("founded: Two former Google researchers > Mistral AI",)),
)


@pytest.mark.parametrize(("sentence", "claims"), CASES, ids=[case[0][:50] for case in CASES])
def test_construction_is_read(read: Read, sentence: str, claims: tuple[str, ...]) -> None:
    assert read(sentence) == list(claims)


@pytest.mark.parametrize(
    "sentence",
    [
        "Meta paid $2 billion for Mistral's chips.",
        "Sources say that Oracle is a customer.",
        "Google has not picked Mistral for anything.",
    ],
)
def test_nothing_is_bought_or_chosen(read: Read, sentence: str) -> None:
    assert not [
        line for line in read(sentence) if line.startswith(("acquired", "supplies")) or line.endswith("Mistral AI")
    ]
