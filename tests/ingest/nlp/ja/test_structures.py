"""Claims whose parties stand in another structure: before a noun, in a list with its number, in a nested clause."""

from collections.abc import Callable

import pytest

STRUCTURES = [
    pytest.param(
        "Mistral AIは、2023年に設立されたフランスの企業である。",
        "founded(Mistral AI) @2023",
        id="was-founded",
    ),
    pytest.param(
        "OpenAIはNvidiaにとって最大級の顧客の一つである。",
        "supplies(Nvidia, OpenAI)",
        id="customer",
    ),
    pytest.param(
        "サム・アルトマン氏とミラ・ムラティ氏の2名がOpenAIを退社した。",
        "left(Mira Murati, OpenAI)",
        id="counted",
    ),
    pytest.param(
        "Googleは、GeminiをYouTubeと連携させる予定です。",
        "runs_on(Gemini, YouTube) predicted",
        id="joined",
    ),
    pytest.param(
        "OpenAIはMicrosoftと広告販売に関する協議を行っている。",
        "partnered_with(OpenAI, Microsoft) predicted",
        id="talks",
    ),
    pytest.param(
        "イーロン・マスク氏は、DeepSeekの数字を偽りだと呼んだ。",
        "disputes(Elon Musk, DeepSeek)",
        id="called",
    ),
    pytest.param(
        "DeepSeek-R1は、GPT-4の開発費用のほんの一部で開発された。",
        "costs(DeepSeek-R1, GPT-4)",
        id="fraction",
    ),
    pytest.param(
        "米国ではDeepSeekに対する規制の動きが加速している。",
        "regulates(United States, DeepSeek)",
        id="regulation",
    ),
    pytest.param(
        "DeepSeek-R1には触れず、ChatGPTは情報漏洩リスクが指摘されている。",
        "exfiltrated_data_from(ChatGPT) alleged",
        id="risk",
    ),
    pytest.param(
        "Anthropicの企業評価額は3,500億ドルに設定されている。",
        "valued_at(Anthropic) 3.5e+11 USD",
        id="valued",
    ),
]


@pytest.mark.parametrize(("text", "expected"), STRUCTURES)
def test_structure_gives_its_claim(read: Callable[[str], list[str]], text: str, expected: str) -> None:
    assert expected in read(text)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        pytest.param(
            "Googleは、GeminiをSlackと連携させる予定です。",
            "partnered_with(Google",
            id="no-deal-of-firms",
        ),
        pytest.param(
            "ChatGPTの障害は多くの人に影響を与えた。",
            "caused_harm",
            id="part-of-a-word",
        ),
        pytest.param(
            "Microsoftは時価総額4兆ドルを目指している。", "valued_at(Microsoft) 4e+12 USD @", id="aim-is-no-fact"
        ),
        pytest.param(
            "売上高は2025年の120億ドルから倍増した。",
            "1.2e+10",
            id="old-value",
        ),
    ],
)
def test_structure_gives_no_such_claim(read: Callable[[str], list[str]], text: str, never: str) -> None:
    assert not any(never in claim for claim in read(text))


def test_aim_is_predicted(read: Callable[[str], list[str]]) -> None:
    assert read("Microsoftは時価総額4兆ドルを目指している。") == ["valued_at(Microsoft) 4e+12 USD predicted"]
