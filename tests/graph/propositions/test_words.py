"""What sentences share in words."""

import pytest

from graph.propositions.words import compare_topics, find_topic, is_planned
from graph.records import Predicate
from tests.graph.propositions.sayings import say


def share(one: str, other: str) -> float:
    topics = [find_topic(say("Aldin-1", Predicate.CAN, text=text)) for text in (one, other)]
    return compare_topics(*topics)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It can transcribe Welsh speech", "It transcribed Welsh speech"),
        ("It understands video and music", "動画と音楽の内容を理解できる"),
        ("ウェールズ語の朗読を書き起こす", "ウェールズ語の朗読を書き起こせる"),
    ],
)
def test_sentences_that_say_the_same_share_half(one: str, other: str) -> None:
    assert share(one, other) >= 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It can transcribe Welsh speech", "It can plan a journey"),
        ("It understands video and music", "契約を要約できる"),
        ("It understands video", "動画を翻訳する"),
        ("The car stops", "自動車保険の審査"),
    ],
)
def test_others_do_not(one: str, other: str) -> None:
    assert share(one, other) < 0.5


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("Aldin is in talks to buy Borea", True),
        ("買収に向けて協議している", True),
        ("Aldin completed its purchase", False),
        ("買収が完了した", False),
    ],
)
def test_talks_and_plans(text: str, planned: bool) -> None:
    assert is_planned(text) is planned
