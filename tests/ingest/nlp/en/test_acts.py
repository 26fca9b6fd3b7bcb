"""Deals, steps of law, stances and careers in the many words they are told with."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Investors in Anthropic include Google and Amazon.",
        ("invested_in: Google > Anthropic", "invested_in: Amazon > Anthropic"),
    ),
    ("Baidu scrapped its partnership with Samsung.", ("partnered_with: Baidu > Samsung denied",)),
    ("Apple selected Baidu as its partner in China.", ("partnered_with: Apple > Baidu",)),
    ("SoftBank sold its entire stake in Nvidia.", ("owns: SoftBank > Nvidia denied",)),
    ("SoftBank has not sold its entire stake in Nvidia.", ()),
    ("Intel swung to a loss of $2 billion.", ("earned: Intel [-2e+09 USD]",)),
    ("Shares of AMD rose slightly.", ("stock_moved: AMD",)),
    ("Italy kicked DeepSeek off its networks.", ("banned: Italy > DeepSeek",)),
    ("Perplexity's lawyers brushed the complaint aside.", ("disputes: Perplexity > complaint",)),
    ("Two lawmakers questioned the deal.", ("doubts: Two lawmakers > deal",)),
    ("Anthropic does not deny the report.", ()),
    ("Analysts are uneasy about Oracle.", ("fears: Analysts > Oracle",)),
)


@pytest.mark.parametrize(("sentence", "claims"), CASES, ids=[case[0][:50] for case in CASES])
def test_act_is_found_in_other_words(read: Read, sentence: str, claims: tuple[str, ...]) -> None:
    assert read(sentence) == list(claims)
