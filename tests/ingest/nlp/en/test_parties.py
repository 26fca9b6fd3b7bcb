"""Who a claim is about: the right one of several names, and no claim where nobody can tell."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

RIGHT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Google's Gemma 3 is out.", ("released: Google > Gemma 3",)),
    ("Two former Google researchers founded Mistral AI.", ("founded: Two former Google researchers > Mistral AI",)),
    (
        "Italy fined Clearview AI. The firm will appeal.",
        ("fined: Italy > Clearview AI", "disputes: Clearview AI > Italy predicted"),
    ),
    (
        "Italy fined Clearview AI. Cohere welcomed the fine.",
        ("fined: Italy > Clearview AI", "supports: Cohere > Italy"),
    ),
    ("The warehouse now belongs to Nvidia, and Groq belongs to Intel.", ("owns: Intel > Groq",)),
)

SILENT = (
    "The shares rose.",
    "Nobody had heard of it before R1 came out.",
    "The publishers had met OpenAI. They were not amused.",
    "A consortium led by Elon Musk met on Monday.",
    "Meta won't sign the code.",
    "GPT-4o could not say who had won.",
    "Maria Cantwell does not support it.",
    "Samsung is not worried.",
)


@pytest.mark.parametrize(("text", "claims"), RIGHT, ids=[text[:50] for text, _ in RIGHT])
def test_claim_is_about_the_right_one(read: Read, text: str, claims: tuple[str, ...]) -> None:
    assert tuple(read(text)) == claims


@pytest.mark.parametrize("text", SILENT)
def test_where_nobody_can_tell_there_is_no_claim(read: Read, text: str) -> None:
    assert read(text) == []


def test_a_size_beside_the_base_is_not_the_size_of_the_base(read: Read) -> None:
    assert not any(
        line.startswith("has_size: Qwen") for line in read("Cohere released three models based on Qwen (7B).")
    )


def test_a_list_gives_each_its_own_amount(read: Read) -> None:
    found = read("Nvidia and Arm fell 3% and 5%, respectively.")
    assert "stock_moved: Arm [-3 %]" not in found


def test_the_last_of_a_list_is_what_an_apposition_describes(read: Read) -> None:
    found = read("Backers include Cohere, Groq and Wiz, a security firm led by Assaf Rappaport.")
    assert not any(line.startswith("leads: Assaf Rappaport > Cohere") for line in found)


def test_what_only_leaves_out_an_object_is_not_told_again(read: Read) -> None:
    found = read("SoftBank was among the investors of Cohere that took part in the round.")
    assert not ("invested_in: SoftBank" in found and "invested_in: SoftBank > Cohere" in found)
