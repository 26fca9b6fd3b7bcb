"""Opinions put as what should be done, how a thing is seen, or a mood with its reason behind it."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Ted Cruz thinks the AI Act should be repealed.", ("criticizes: Ted Cruz > EU AI Act",)),
    ("Dario Amodei believes the rules should be tightened.", ("supports: Dario Amodei > rules",)),
    ("Marc Benioff views Nvidia as the undisputed leader.", ("supports: Marc Benioff > Nvidia",)),
    ("Critics regard the bill as a giveaway to Meta.", ("criticizes: Critics > bill",)),
    ("Gary Marcus considers GPT-5 overhyped.", ("criticizes: Gary Marcus > GPT-5",)),
    ("Yann LeCun called Llama 4 a masterpiece.", ("supports: Yann LeCun > Llama 4",)),
    ("Investors are worried that Oracle is borrowing too much.", ("fears: Investors > Oracle",)),
    ("Anthropic says the accusation is without foundation.", ("disputes: Anthropic > accusation",)),
)


@pytest.mark.parametrize(("sentence", "claims"), CASES, ids=[case[0][:50] for case in CASES])
def test_opinion_is_read(read: Read, sentence: str, claims: tuple[str, ...]) -> None:
    assert read(sentence) == list(claims)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ted Cruz said the old rule should be explained.",
        "The AI Act should be repealed.",
        "Sam Altman is not worried that OpenAI could fail.",
        "Marc Benioff sees Nvidia as often as he can.",
    ],
)
def test_no_opinion_is_made_up(read: Read, sentence: str) -> None:
    stances = ("criticizes", "supports", "disputes", "doubts")
    assert not [line for line in read(sentence) if line.startswith(stances)]
