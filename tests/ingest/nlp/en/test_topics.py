"""What a passage is about, where a sentence does not name it: lists, headings, a maker's own post, nobody's names."""

from collections.abc import Callable

import pytest

from ingest.nlp.en.split import split_sentences

Read = Callable[..., list[str]]

LIST = "What Qwen2.5-Max brings:\n\n- {}\n"

ITEMS: tuple[tuple[str, str], ...] = (
    ("Scores 71% on GPQA", "scores: Qwen2.5-Max > GPQA [71 %] @GPQA"),
    ("Outperforms GPT-4o on LiveCodeBench", "outperforms: Qwen2.5-Max > GPT-4o @LiveCodeBench"),
    ("Matches Claude 3.5 Sonnet on GPQA", "matches: Qwen2.5-Max > Claude 3.5 Sonnet @GPQA"),
    ("Runs on a single H100", "runs_on: Qwen2.5-Max > Nvidia H100"),
    ("can write Haskell", "can: Qwen2.5-Max"),
    ("writes code well", "can: Qwen2.5-Max"),
    ("MIT licensed", "open_sourced: Alibaba > Qwen2.5-Max"),
    ("That's 12x cheaper than o1.", "costs: Qwen2.5-Max > OpenAI o1 [12 x]"),
    ("$0.40 per 1M input tokens", "costs: Qwen2.5-Max [0.4 USD/1M tokens]"),
)


@pytest.mark.parametrize(("item", "claim"), ITEMS, ids=[item for item, _ in ITEMS])
def test_an_item_tells_of_what_its_list_is_about(read: Read, item: str, claim: str) -> None:
    assert claim in [line.removesuffix(" asserted") for line in read(LIST.format(item))]


RIGHT: tuple[tuple[str, str], ...] = (
    (
        "Microsoft released Phi-4. It is better than Phi-3 at maths. It scored 80.4 on MATH.",
        "scores: Phi-4 > MATH [80.4 points] @MATH",
    ),
    ("# DeepSeek R1 is here\n\nWhat a week.\n\nLicence-wise, it's MIT.", "open_sourced: DeepSeek > DeepSeek-R1"),
    (
        "Moonshot released Kimi k1.5. We're talking 77% on AIME and 96% on MATH.",
        "scores: Kimi k1.5 > MATH [96 %] @MATH",
    ),
    ("Now we release Qwen2-VL. We also open-source Qwen2-Audio.", "open_sourced: Alibaba > Qwen2-Audio"),
    ("We are thrilled to release Qwen2-VL, a new model.", "released: Alibaba > Qwen2-VL"),
    ("Now we release Qwen2-VL. Our model outperforms GPT-4o.", "outperforms: Qwen2-VL > GPT-4o"),
    (
        "Mistral AI released Codestral. This fast, Apache 2.0 licensed model outperforms GPT-4o.",
        "outperforms: Codestral > GPT-4o",
    ),
    ("A hacker obtained credentials for 9 million OpenAI accounts.", "exfiltrated_data_from: hacker > OpenAI"),
    ("Unknown attackers breached DeepSeek.", "exfiltrated_data_from: Unknown attackers > DeepSeek"),
    ("Many commenters criticize OpenAI.", "criticizes: Many commenters > OpenAI"),
    ("Intel grows. Intel may sell assets, Nvidia says. Shares trade up 7%.", "stock_moved: Intel [7 %]"),
    ("TSMC may help Nvidia. Nvidia shares fell 2% on Friday, after the stock rose 1%.", "stock_moved: Nvidia [1 %]"),
    (
        "Groq raised $300 million. The money will pay for chips. The round was led by Index Ventures.",
        "invested_in: Index Ventures > Groq",
    ),
)


@pytest.mark.parametrize(("text", "claim"), RIGHT, ids=[text[:50] for text, _ in RIGHT])
def test_who_is_meant(read: Read, text: str, claim: str) -> None:
    assert any(line.startswith(claim) for line in read(text)), read(text)


def test_under_its_own_heading_an_item_is_not_about_the_one_before(read: Read) -> None:
    found = read("Groq Sues Intel\n\nGroq sued Intel.\n\nSports Cars Slow Down\n\nThe company fired 200 people.")
    assert not any("Groq" in line for line in found if not line.startswith("sued"))


def test_the_first_model_of_a_series_is_none_named_before(read: Read) -> None:
    found = read("OpenAI has GPT-4o. The first model beats Claude 3.5 Sonnet.")
    assert "outperforms: GPT-4o > Claude 3.5 Sonnet" not in found


def test_a_date_is_no_model(read: Read) -> None:
    assert not any("January" in line for line in read("It's January 27th and the model runs on an H100."))


def test_a_makers_we_takes_no_stand(read: Read) -> None:
    found = read("Now we release Qwen2-VL. We prefer rejection sampling, and we investigate how to scale.")
    assert not any(line.startswith(("supports", "investigates")) for line in found)


LABELS: tuple[tuple[str, list[str]], ...] = (
    (
        "- **Costs crunch small labs**: Users weighed prices. They left.",
        ["Costs crunch small labs", "Users weighed prices.", "They left."],
    ),
    ("**Acme:** open-weights Foo 2", ["Acme:** open-weights Foo 2"]),
    ("Foo beats Bar (Score: 78, Comments: 20): Foo won by a mile.", ["Foo beats Bar", "Foo won by a mile."]),
)


@pytest.mark.parametrize(("paragraph", "sentences"), LABELS, ids=[case[0] for case in LABELS])
def test_a_label_before_the_text_stands_alone(paragraph: str, sentences: list[str]) -> None:
    assert [paragraph[start:end] for start, end in split_sentences(paragraph)] == sentences


def test_what_a_maker_did_in_training_is_told_of_its_model(read: Read) -> None:
    found = read("Now we release Qwen2-VL. We used reinforcement learning. We developed a method.")
    assert "trained_with: Qwen2-VL > reinforcement learning" in [line.removesuffix(" asserted") for line in found]
    assert not any("Alibaba" in line for line in found if line.startswith("trained_with"))
