"""Lists and items: who took part in a round, what came of what, deals under way."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

LISTED = (
    (
        "round",
        "Mistral raised $60 million. Accel, Sequoia Capital and Nvidia were among the investors who joined the round.",
        "invested_in: Nvidia > Mistral AI",
    ),
    (
        "round with an aside",
        "Mistral raised $60 million. Nvidia, known for backing Facebook, Cisco and Oracle were among the investors.",
        "invested_in: Nvidia > Mistral AI",
    ),
    (
        "pending",
        "Nvidia has a $35 billion acquisition awaiting approval by Beijing.",
        "acquired: Nvidia [3.5e+10 USD] predicted",
    ),
    (
        "made from",
        "- from Llama 3.1 8B: DeepSeek-R1-Distill-Llama-8B",
        "based_on: DeepSeek-R1-Distill-Llama-8B > Llama 3.1 8B",
    ),
    ("arrow", "1. DeepSeek-V3 → DeepSeek-R1 in two steps", "based_on: DeepSeek-R1 > DeepSeek-V3"),
    (
        "colon",
        "Mistral dropped two models at once: a small one (Mistral Small 3) and a larger one.",
        "released: Mistral AI > Mistral Small 3",
    ),
)


@pytest.mark.parametrize(("text", "claim"), [row[1:] for row in LISTED], ids=[row[0] for row in LISTED])
def test_what_a_list_holds_is_claimed(read: Read, text: str, claim: str) -> None:
    assert claim in read(text)


def test_a_word_within_a_name_reports_nothing(read: Read) -> None:
    text = "Mistral raised $60 million. Investors in the round included Accel, Type Nine Ventures, Cisco and others."
    assert "invested_in: Cisco > Mistral AI" in read(text)
