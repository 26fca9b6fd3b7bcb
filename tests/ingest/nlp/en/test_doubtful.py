"""Sentences that fit a frame and yet hold nothing that a careful reader would sign."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

NOTHING = (
    "A member praised the idea.",
    "Users criticized the new limits.",
    "A member questioned whether DeepSeek-R1 needs a different template.",
    "Anthropic criticized its pricing.",
    '<a href="https://x.example/a">Tweet from A (@a)</a>: OpenAI released o3-mini today.',
    "The Supreme Court upheld the new law.",
    "Shares rose after they incorporated DeepSeek's model in their offerings.",
    "For the first time, users can use the voice to give instructions.",
)


@pytest.mark.parametrize("text", NOTHING)
def test_stand_on_nothing_is_no_claim(read: Read, text: str) -> None:
    assert read(text) == []


def test_stand_of_a_chat_is_kept_where_its_thing_has_a_name(read: Read) -> None:
    assert read("Many members praised DeepSeek-V3 for its speed.") == ["supports: Many members > DeepSeek-V3"]


def test_languages_that_a_model_supports_are_no_stance(read: Read) -> None:
    text = "Liquid AI released LFM-7B, supporting multiple languages."
    assert read(text) == ["released: Liquid AI > LFM-7B"]


def test_more_tokens_are_no_better(read: Read) -> None:
    assert read("DeepSeek-R1 generates 6.22 times more reasoning tokens than OpenAI o1.") == []


def test_pronoun_far_from_its_name_says_nothing_of_ability(read: Read) -> None:
    far = (
        "Claude wrote a poem. Anthropic hired two people. Google opened an office. Nvidia moved to Austin.\n\n"
        "Mistral AI sold its desks. It struggles with long prompts."
    )
    assert not [line for line in read(far) if line.startswith("cannot")]
    assert "cannot: Claude" in read("Claude wrote a poem. It struggles with long prompts.")


def test_frustration_is_somebodys(read: Read) -> None:
    text = "A member expressed frustration that DeepSeek-V3 fails to output tags."
    assert read(text) == ["cannot: DeepSeek-V3 by member"]


def test_revenue_beside_a_loss_is_no_loss(read: Read) -> None:
    assert read("IonQ reported revenue of $1.1 million, with a net loss of $13 million.") == []


def test_sentence_whose_thing_has_no_words_is_read(read: Read) -> None:
    assert read('Some praised "" and others did not.') == []


def test_question_in_the_words_of_a_link_stays_a_question(read: Read) -> None:
    text = "Theme 1. **[DeepSeek is better than GPT-4o?](https://forum.example/1)** was asked by many."
    assert read(text) == ["outperforms: DeepSeek > GPT-4o questioned"]
