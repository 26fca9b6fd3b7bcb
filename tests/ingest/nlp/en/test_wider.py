"""Families of verbs and forms for acts, amounts and ranks that stand in most reports."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("DeepSeek's revenue grew 94% to $35 million.", ("earned: DeepSeek [3.5e+07 USD]",)),
    ("Sales at AMD more than doubled to $5.9 billion.", ("earned: AMD [5.9e+09 USD]",)),
    ("Rivian's net loss narrowed to $541 million.", ("earned: Rivian [-5.41e+08 USD]",)),
    ("Perplexity is not profitable yet.", ("earned: Perplexity denied",)),
    ("DeepSeek's app was downloaded by 30 million people.", ("has_users: DeepSeek app [3e+07 people]",)),
    ("Nvidia commands roughly 90% of the market for AI accelerators.", ("leads: Nvidia [~90 %]",)),
    ("SAP and Mistral are cooperating on a European cloud.", ("partnered_with: SAP > Mistral AI",)),
    ("Foxconn assembles Nvidia's servers in Mexico.", ("supplies: Foxconn > Nvidia",)),
    ("Together AI has signed Salesforce as a customer.", ("supplies: Together AI > Salesforce",)),
    ("Meta paid more than $2 billion for Manus.", ("acquired: Meta > Manus [>2e+09 USD]",)),
    ("Stargate will cost $500 billion.", ("costs: Stargate [5e+11 USD] predicted",)),
    ("Character.AI is under investigation by the FTC.", ("investigates: US Federal Trade Commission > Character.AI",)),
    ("Anthropic faces a lawsuit from Reddit.", ("sued: Reddit > Anthropic",)),
    ("Replika was banned in Italy in 2023.", ("banned: Italy > Replika on 2023",)),
    (
        "A federal appeals court affirmed the judgment against Google.",
        ("ruled_against: federal appeals court > Google",),
    ),
    ("A Delaware judge threw out the complaint against Nvidia.", ("ruled_for: Delaware judge > Nvidia",)),
    ("ChatGPT climbed to the top of the App Store.", ("ranks: ChatGPT > App Store [1 rank]",)),
    ("Gemini 2.5 Pro is second in Chatbot Arena.", ("ranks: Gemini 2.5 Pro > Chatbot Arena [2 rank] @Chatbot Arena",)),
    ("Meta used more than 100,000 H100s to train Llama 4.", ("trained_on: Llama 4 > Nvidia H100 [>100000 chips]",)),
    ("Anthropic has given Claude the ability to end conversations.", ("can: Claude",)),
    ("Alibaba has made Qwen3 freely available under an open licence.", ("open_sourced: Alibaba > Qwen3",)),
    ("Srinivas Narayanan becomes OpenAI's head of engineering.", ("leads: Srinivas Narayanan > OpenAI",)),
    (
        "Maya Lin left Google in June to join Anthropic.",
        ("left: Maya Lin > Google on 2024-06", "joined: Maya Lin > Anthropic on 2024-06"),
    ),
    (
        "Getty Images claims Stability AI scraped 12 million photos.",
        ("infringed: Stability AI by Getty Images alleged",),
    ),
)


@pytest.mark.parametrize(("sentence", "claims"), CASES, ids=[case[0][:50] for case in CASES])
def test_form_is_read(read: Read, sentence: str, claims: tuple[str, ...]) -> None:
    assert read(sentence) == list(claims)


@pytest.mark.parametrize(
    ("sentence", "predicate"),
    [
        ("Musk took Apple to court over its rankings.", "acquired"),
        ("Musk took Apple to court over its rankings.", "leads"),
        ("Nvidia makes the Blackwell chips.", "supplies"),
        ("Google and Meta are competing for Scale.", "partnered_with"),
        ("Users in Italy were blocked by the app.", "banned"),
        ("She plans to leave Google to join a band.", "joined"),
        ("Traders have a chance of being profitable.", "earned"),
        ("Cursor's Composer is a fine-tune of an open-weight model.", "open_sourced"),
    ],
)
def test_likeness_is_not_read(read: Read, sentence: str, predicate: str) -> None:
    assert not [line for line in read(sentence) if line.startswith(predicate)]


def test_story_names_the_firm_that_somebody_left(read: Read) -> None:
    text = (
        "Orvane Labs, a start-up, is in trouble. Orvane sacked staff. Orvane lost money. Robert Keele resigned in May."
    )
    assert "left: Robert Keele > Orvane Labs on 2024-05" in read(text)
