"""Who a story goes on about: whom a description stands for, the firm it tells of, words of speech between commas."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

CASES: tuple[tuple[str, str], ...] = (
    (
        "Vireo Labs, a French start-up, sued. The company has rented servers from Oracle. It raised $30 million.",
        "raised: Vireo Labs [3e+07 USD]",
    ),
    ("Mistral, the company said, has raised $200 million.", "raised: Mistral AI [2e+08 USD] by Mistral AI"),
    ("Nvidia and Arm gave up 3.5% and 5%, respectively.", "stock_moved: Arm [-5 %]"),
    ("CoreWeave shares tumbled by almost a third.", "stock_moved: CoreWeave [~-33.3333 %]"),
    ("DeepSeek cut its API prices by more than half.", "costs: DeepSeek [<-50 %]"),
    ("Manus is built on fine-tuned versions of Qwen.", "based_on: Manus > Qwen"),
    ("The Pentagon blocked access to DeepSeek.", "banned: US Department of Defense > DeepSeek"),
    ("Senator Marsha Blackburn accused Meta of putting profits first.", "criticizes: Marsha Blackburn > Meta"),
    (
        "xAI accused a former engineer, Xuechen Li, of stealing trade secrets.",
        "took_technology_from: Xuechen Li > xAI by xAI alleged",
    ),
    (
        "Reddit filed a lawsuit against Perplexity, alleging that it had scraped user comments.",
        "infringed: Perplexity by Reddit alleged",
    ),
)


@pytest.mark.parametrize(("text", "claim"), CASES, ids=[case[0][:50] for case in CASES])
def test_claim_is_found(read: Read, text: str, claim: str) -> None:
    assert claim in read(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Google has a lab. It is clear that Vireo Labs is small. It raised money.", "raised: Google"),
        ("OpenAI accused DeepSeek of distilling its models.", "criticizes: OpenAI > DeepSeek"),
        ("Reddit sued Perplexity, alleging that it had scraped user comments.", "infringed: Reddit"),
        ("A third party fell ill. Nvidia fell by a third party's count.", "stock_moved: Nvidia [-33.3333 %]"),
    ],
    ids=["empty it", "accused of what is told", "who sues", "third party"],
)
def test_claim_is_not_made(read: Read, text: str, claim: str) -> None:
    assert not [line for line in read(text) if line.startswith(claim)]
