"""Nouns of action under verbs that carry them: done, or only planned."""

from collections.abc import Callable

import pytest

from ingest.nlp.ja.carried import split_compound

Read = Callable[..., list[str]]

CASES = [
    pytest.param("GoogleはAnthropicの買収を検討している。", ["acquired(Google, Anthropic) predicted"], id="considers"),
    pytest.param(
        "AppleはAnthropicの買収に向けて協議に入った。", ["acquired(Apple, Anthropic) predicted"], id="aims-at"
    ),
    pytest.param(
        "AppleはAnthropicの買収で最終交渉に入った。", ["acquired(Apple, Anthropic) predicted"], id="negotiates"
    ),
    pytest.param("AppleはAnthropicの買収について議論した。", ["acquired(Apple, Anthropic) predicted"], id="discusses"),
    pytest.param("AppleはAnthropicへの出資を承認した。", ["invested_in(Apple, Anthropic) predicted"], id="approves"),
    pytest.param("AppleとOpenAIは提携交渉を進めている。", ["partnered_with(Apple, OpenAI) predicted"], id="compound"),
    pytest.param(
        "MicrosoftによるOpenAIへの追加出資を発表した。", ["invested_in(Microsoft, OpenAI)"], id="doer-before-goal"
    ),
    pytest.param("AppleはAnthropicの買収を断念した。", [], id="given-up"),
    pytest.param("AppleはAnthropicの買収交渉を打ち切った。", [], id="talks-ended"),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_carried_noun(read: Read, text: str, wanted: list[str]) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("core", "wanted"),
    [
        pytest.param("買収交渉", ("買収", True), id="planned"),
        pytest.param("提携発表", ("提携", False), id="done"),
        pytest.param("供給契約", ("供給契約", False), id="whole"),
        pytest.param("計画", ("計画", False), id="alone"),
    ],
)
def test_compound_is_split(core: str, wanted: tuple[str, bool]) -> None:
    assert split_compound(core) == wanted
