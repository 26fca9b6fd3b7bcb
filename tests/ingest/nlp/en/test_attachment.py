"""Contents that the parser hangs on a time, a place or a document are read under their verb."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

DENIED = "distilled_from: DeepSeek > OpenAI by DeepSeek denied"
SENTENCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("DeepSeek has denied for the first time that it distilled OpenAI's models.", (DENIED,)),
    ("DeepSeek denied on Friday, in a letter to lawmakers, that it distilled OpenAI's models.", (DENIED,)),
    (
        "DeepSeek denied in a letter to lawmakers that its R1 model was distilled from ChatGPT.",
        ("based_on: DeepSeek-R1 > ChatGPT by DeepSeek denied",),
    ),
    (
        "Musk denied on his platform in a late post that xAI had trained Grok 3 on 100,000 H100s.",
        ("trained_on: Grok-3 > Nvidia H100 by Elon Musk denied",),
    ),
    ("DeepSeek flatly denied, for the second time this month, having distilled OpenAI's models.", (DENIED,)),
)


@pytest.mark.parametrize(("sentence", "claims"), SENTENCES, ids=[sentence[:40] for sentence, _ in SENTENCES])
def test_content_belongs_to_its_verb(read: Read, sentence: str, claims: tuple[str, ...]) -> None:
    assert tuple(read(sentence)) == claims


def test_a_relative_clause_stays_where_it_is(read: Read) -> None:
    said = read("OpenAI said in a report that it published on Monday that DeepSeek distilled its models.")
    assert said == ["distilled_from: DeepSeek > OpenAI alleged"]
