"""Headlines: lines in capitals, commas for "and", moves of a share without a figure."""

from collections.abc import Callable

import pytest

from ingest.nlp.en.titles import calm_title

Read = Callable[..., list[str]]

WORDS = frozenset({"slash", "training", "cost", "by", "half", "market", "wipe", "off"})
CALMED = (
    ("title", "Acme Slashes Training Costs By Half", "Acme slashes training costs by half"),
    ("sentence", "Acme slashes training costs by half", "Acme slashes training costs by half"),
    ("unknown words stay", "Zorblax Slashes Training Costs", "Zorblax slashes training costs"),
)


@pytest.mark.parametrize(("text", "calm"), [row[1:] for row in CALMED], ids=[row[0] for row in CALMED])
def test_ordinary_words_of_a_title_become_small(text: str, calm: str) -> None:
    assert calm_title(text, [(0, 4)] if text.startswith("Acme") else [], WORDS) == calm


HEADLINES = (
    ("wiped off", "Gemini 2.0 Wipes $30B Off Nvidia Market Cap", "lost_value: Nvidia [3e+10 USD]"),
    ("upgrade", "Citigroup Upgrades Broadcom, Sees Growth Ahead", "supports: Citigroup > Broadcom"),
    ("two names", "Apple, Google agree to buy Anthropic", "acquired: Google > Anthropic predicted"),
    ("moved", "Intel gains after a week of rumours", "stock_moved: Intel"),
    ("crashing", "Nvidia and Intel Are Crashing Because of a New Model", "stock_moved: Intel"),
    ("ticker", "UBS upgraded Palantir (NASDAQ:PLTR) to buy from hold.", "supports: UBS > Palantir"),
    (
        "examples",
        "Several critics, including Elon Musk and Gary Marcus, criticized OpenAI.",
        "criticizes: Gary Marcus > OpenAI",
    ),
    (
        "became chief",
        "OpenAI CEO Sam Altman spoke. In 2019, after Musk left and Altman became CEO, OpenAI hired a lawyer.",
        "leads: Sam Altman > OpenAI",
    ),
    ("such as", "Companies such as Apple, Google and Meta sued OpenAI.", "sued: Meta > OpenAI"),
)


@pytest.mark.parametrize(("text", "claim"), [row[1:] for row in HEADLINES], ids=[row[0] for row in HEADLINES])
def test_a_headline_is_read_as_a_sentence(read: Read, text: str, claim: str) -> None:
    assert claim in read(text)


def test_a_headline_shows_no_ability(read: Read) -> None:
    assert not [claim for claim in read("Copilot Tackles Complex Code") if claim.startswith("can:")]
