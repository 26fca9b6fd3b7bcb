"""Stances on what no name stands for, and accusations by way of what is said of the accused."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

HELD = [
    ("Metaは「AI法は技術革新を妨げる」と批判した。", ["criticizes(Meta)"]),
    ("米政府はDeepSeekが安全保障上の脅威になると警戒している。", ["fears(US government, DeepSeek)"]),
    ("Nvidiaは規制強化に反対している。", ["disputes(Nvidia)"]),
    ("マイクロソフトはこの決定を歓迎した。", ["supports(Microsoft)"]),
    ("イーロン・マスク氏は、GPT-4oがGrok 3を上回るとの結果を疑問視した。", ["doubts(Elon Musk)"]),
    ("Metaの広報担当者はコメントを拒否した。", []),
]

ACCUSED = [
    ("Metaはベンチマークの結果を水増ししたと指摘された。", ["misled(Meta) alleged"]),
    ("Metaは投資家を欺いたとの批判を受けた。", ["misled(Meta) alleged"]),
    ("Metaは投資家を欺いたとの疑惑を否定した。", ["misled(Meta) by Meta denied"]),
    ("Metaは結果を水増しした事実はないとしている。", ["misled(Meta) by Meta denied"]),
    ("Metaは会員社の作品を無断で学習に使わないよう求めた。", []),
]


@pytest.mark.parametrize(("text", "expected"), HELD)
def test_stance_needs_no_name_for_what_it_is_about(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "expected"), ACCUSED)
def test_accused_is_who_it_is_said_of(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_charge_in_a_headline_belongs_to_the_name_beside_it(read: Read) -> None:
    claims = read("「DeepSeekがOpenAIのモデルを蒸留」　Anthropicが非難", title=True)
    assert claims == ["distilled_from(DeepSeek, OpenAI) by Anthropic alleged"]


def test_charge_of_a_suit_is_no_deed_of_who_sues(read: Read) -> None:
    assert read("NYタイムズ、OpenAIを提訴　著作権侵害で", title=True) == ["sued(The New York Times, OpenAI)"]


def test_estimate_of_a_named_body_is_its_statement(read: Read) -> None:
    assert read("Grok 3はGPT-4oを上回るとゴールドマン・サックスは分析する。") == [
        "outperforms(Grok-3, GPT-4o) by Goldman Sachs"
    ]


def test_answer_that_followed_a_question_is_a_fact(read: Read) -> None:
    assert read("天安門事件について尋ねると、DeepSeekは回答を拒んだ。") == ["censors(DeepSeek)"]
