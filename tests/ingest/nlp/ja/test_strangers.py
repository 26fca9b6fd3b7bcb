"""Names that nothing but their place gives away, and works told by what their maker does with them."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

STRANGERS = [
    pytest.param(
        "米当局は、カムイライトが輸出規制を回避したと指摘した。",
        ["evaded_controls(カムイライト) by US government alleged"],
        id="katakana that does what firms do",
    ),
    pytest.param(
        "電池大手のパワーセルクはGroqを買収した。",
        ["acquired(パワーセルク, Groq)"],
        id="one of the big ones of its trade",
    ),
    pytest.param(
        "NvidiaはカブラデックっていうサウジのAI会社を買収した。",
        ["acquired(Nvidia, カブラデック)"],
        id="called, in speech",
    ),
    pytest.param(
        "Snowflakeがリランキング技術のVoyara（従業員60人）を買収した。",
        ["acquired(Snowflake, Voyara)"],
        id="how large it is, in brackets",
    ),
    pytest.param("Nvidiaは開発元すみれラボを買収した。", ["acquired(Nvidia, すみれラボ)"], id="hiragana before Lab"),
    pytest.param("ユーザーが輸出規制を回避したと当局は指摘した。", [], id="a common word is no firm"),
    pytest.param("対話するAIを提供した。", [], id="a verb before AI is no firm"),
]

WORKS = [
    pytest.param(
        "中国のDeepSeekが、OpenAIに匹敵する基盤モデルを低コストで開発した。",
        ["matches(DeepSeek, OpenAI)"],
        id="a nameless work for its maker",
    ),
    pytest.param(
        "Anthropicは調査報告「Economic Index」を公開した。",
        ["released(Anthropic, Economic Index)"],
        id="a title in brackets",
    ),
    pytest.param("Metaは「重大な懸念」を公開した。", [], id="words in brackets are no title"),
    pytest.param("OpenAIは非営利の研究機関として設立された。", ["founded(OpenAI)"], id="founded as something"),
    pytest.param(
        "イーロン・マスク氏はOpenAIの創設に関わり、後に去った。",
        ["founded(Elon Musk, OpenAI)"],
        id="took part in founding",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*STRANGERS, *WORKS])
def test_sentence_gives_its_claims(read: Read, text: str, expected: list[str]) -> None:
    found = [claim for claim in read(text) if not claim.startswith(("left(", "based_on("))]
    assert found == sorted(expected)


def test_headline_that_begins_to_provide_is_a_release(read: Read) -> None:
    assert read("Anthropic、「Claude Haiku 4.5」を提供開始", title=True) == ["released(Anthropic, Claude Haiku 4.5)"]
