"""Statements side by side in headlines, and clauses that share a noun."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

TITLES = [
    pytest.param(
        "NVIDIA、OpenAIと提携 AppleはMetaに出資",
        ["invested_in(Apple, Meta)", "partnered_with(Nvidia, OpenAI)"],
        id="narrow-space",
    ),
    pytest.param(
        "Apple、Metaに出資\u3000新しい工場も建設",
        ["invested_in(Apple, Meta)"],
        id="wide-space",
    ),
    pytest.param("Meta、Anthropicを買収へ\u3000Appleは静観", ["acquired(Meta, Anthropic) predicted"], id="to-come"),
]
CREDITED = [
    pytest.param("OpenAI、Anthropicを買収\u3000関係者", id="sources"),
    pytest.param("OpenAI、Anthropicを買収\u3000ロイター報道", id="agency"),
]
SENTENCES = [
    pytest.param("Microsoftが支え、Appleが出資したOpenAIは上場する。", "invested_in(Apple, OpenAI)", id="shared-noun"),
    pytest.param("OpenAI は Meta と提携した。", "partnered_with(OpenAI, Meta)", id="spaces-around-latin"),
]


@pytest.mark.parametrize(("title", "wanted"), TITLES)
def test_space_parts_statements(read: Read, title: str, wanted: list[str]) -> None:
    assert read(title, title=True) == wanted


@pytest.mark.parametrize("title", CREDITED)
def test_credit_behind_a_space_leaves_no_fact(read: Read, title: str) -> None:
    assert "acquired(OpenAI, Anthropic)" not in read(title, title=True)


@pytest.mark.parametrize(("text", "wanted"), SENTENCES)
def test_sentence_keeps_its_statement(read: Read, text: str, wanted: str) -> None:
    assert wanted in read(text)
