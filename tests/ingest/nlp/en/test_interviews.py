"""Interviews: whose "we" the answers hold, and that they are the guest's words."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

_OPENING = "Jane Doe is the chief executive of Orvane Labs, a maker of voice agents.\n\n"
BOLD = (
    _OPENING
    + "**You cut your prices in spring. Why?**\nWe lost money on every call. We raised $40 million from Sequoia.\n\n"
    "**Is that enough?**\nYes.\n\n**And what do you make of OpenAI?**\nThey will be fine.\n"
)
LABELLED = (
    _OPENING + "Jane Doe: Thank you.\nAlex: How is business?\nJane Doe: We lost money last year.\nAlex: Why?\n"
    "Jane Doe: Chips.\nAlex: Which?\n"
)
HEADED = (
    "Jane Doe of Orvane Labs spoke in Paris.\n\n**What the market made of it**\nWe lost money on the shares.\n\n"
    "**The reaction in Brussels**\nNobody cared.\n\n**The long road ahead**\nMore to come.\n"
)


@pytest.mark.parametrize("text", [BOLD, LABELLED], ids=["bold questions", "speakers before a colon"])
def test_answer_speaks_for_the_guests_firm(read: Read, text: str) -> None:
    assert "earned: Orvane Labs by Jane Doe denied" in [line.replace(" on 2024", "") for line in read(text)]


def test_every_claim_of_an_answer_is_the_guests(read: Read) -> None:
    assert "invested_in: Sequoia Capital > Orvane Labs [4e+07 USD] by Jane Doe" in read(BOLD)


def test_bold_headings_make_no_interview(read: Read) -> None:
    assert not [line for line in read(HEADED) if line.startswith("earned")]


def test_firm_that_says_it_is_us_releases(read: Read) -> None:
    post = "At Brightwater AI we are today releasing Tern 2.1, an open language model."
    assert "released: Brightwater AI > Tern 2.1 on 2025-02-12" in read(post)
