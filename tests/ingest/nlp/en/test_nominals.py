"""Acts named by nouns, as firmly as their sentence puts them."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

ACTS = (
    ("possessor", "Meta's acquisition of WhatsApp changed the market.", "acquired: Meta > WhatsApp"),
    ("by and of", "The acquisition of DeepMind by Google surprised London.", "acquired: Google > Google DeepMind"),
    ("light verb", "Amazon completed its investment in Anthropic.", "invested_in: Amazon > Anthropic"),
    ("planned", "Salesforce's planned acquisition of Figma drew protests.", "acquired: Salesforce > Figma predicted"),
    (
        "plans for",
        "Analysts liked Salesforce's plans for the acquisition of Figma.",
        "acquired: Salesforce > Figma predicted",
    ),
    ("weighed", "SoftBank is weighing an investment in Mistral AI.", "invested_in: SoftBank > Mistral AI predicted"),
    (
        "probe",
        "The FTC opened an investigation into Microsoft.",
        "investigates: US Federal Trade Commission > Microsoft",
    ),
)


@pytest.mark.parametrize(("text", "claim"), [row[1:] for row in ACTS], ids=[row[0] for row in ACTS])
def test_an_act_keeps_its_firmness(read: Read, text: str, claim: str) -> None:
    assert claim in read(text)


NOT_DONE = (
    ("failed", "Salesforce's failed takeover of Figma is history."),
    ("blocked", "Regulators blocked Salesforce's acquisition of Figma."),
    ("collapsed", "Salesforce's acquisition of Figma collapsed."),
    ("no", "There was no acquisition of Figma."),
)


@pytest.mark.parametrize("text", [row[1] for row in NOT_DONE], ids=[row[0] for row in NOT_DONE])
def test_an_act_that_came_to_nothing_is_never_asserted(read: Read, text: str) -> None:
    assert "acquired: Salesforce > Figma" not in read(text)
