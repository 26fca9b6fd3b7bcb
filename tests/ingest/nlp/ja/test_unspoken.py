"""What a sentence leaves to the story: whose price or size it is, which firm goes on, and where it must not guess."""

from collections.abc import Callable

import pytest

Read = Callable[[str], list[str]]

CARRIED = [
    pytest.param(
        "米AI企業のヘリオトープは推論モデル「Halcyon-3」を公開した。\nパラメーター数は3200億に上る。",
        ["has_size(Halcyon-3) 3.2e+11 parameters", "released(ヘリオトープ, Halcyon-3)"],
        id="size of the work just brought out",
    ),
    pytest.param(
        "米AI企業のヘリオトープは推論モデル「Halcyon-3」を公開した。利用料は100万トークンあたり入力2ドル、出力8ドルだ。",
        [
            "costs(Halcyon-3) 2 USD",
            "costs(Halcyon-3) 8 USD",
            "released(ヘリオトープ, Halcyon-3)",
        ],
        id="a price for each direction",
    ),
    pytest.param(
        "Mistral AIは6億ユーロを調達した。\n評価額は117億ユーロに達した。",
        ["raised(Mistral AI) 6e+08 EUR", "valued_at(Mistral AI) 1.17e+10 EUR"],
        id="the firm goes on in the next paragraph",
    ),
    pytest.param(
        "Mistral AIは新拠点を開く。従業員は少ない。法人に広め、BMWを顧客に持つ。同社の売上高は1億ユーロを超えた。",
        ["earned(Mistral AI) >1e+08 EUR", "supplies(Mistral AI, BMW)"],
        id="the same firm is the topic, not what was named last",
    ),
]

LEFT_OUT = [
    pytest.param(
        "DeepSeekのアプリに懸念が広がる\n韓国はDeepSeekの配信を止めた。台湾とオーストラリアは政府端末での利用を禁じた。",
        ["banned(Australia, DeepSeek)", "banned(South Korea, DeepSeek)", "banned(Taiwan, DeepSeek)"],
        id="what a ban is of",
    ),
    pytest.param(
        "Mistral AI、6億ユーロを調達\nMistral AIの評価額は上がった。エヌビディアも出資した。",
        ["invested_in(Nvidia, Mistral AI)", "raised(Mistral AI) 6e+08 EUR"],
        id="whom one more invests in",
    ),
    pytest.param(
        "OpenAI、GPT-4.1を公開\nOpenAIはGPT-4.1を公開した。重みはMITライセンスで配布している。画像の出力にはまだ対応していない。",
        ["cannot(GPT-4.1)", "open_sourced(OpenAI, GPT-4.1)", "released(OpenAI, GPT-4.1)", "released(OpenAI, GPT-4.1)"],
        id="what is given away and what it cannot do",
    ),
    pytest.param(
        "xAIの2025年9月期の売上高は1億ドル、純損失は14億ドルだった。",
        ["earned(xAI) -1.4e+09 USD @2025-09", "earned(xAI) 1e+08 USD @2025-09"],
        id="the side before lends its owner",
    ),
]

OWN = [
    pytest.param(
        "Perplexityの月間利用者は約2200万人とされる。",
        ["has_users(Perplexity) ~2.2e+07 people reported"],
        id="said to be",
    ),
    pytest.param(
        "市場予想の平均では、Metaの売上高は500億ドルに達する。",
        ["earned(Meta) 5e+10 USD predicted"],
        id="market forecast",
    ),
    pytest.param(
        "関係者の一人によれば、Cohereの年換算売上高は1億ドルを超えた。",
        ["earned(Cohere) >1e+08 USD by 関係者の一人"],
        id="one of those who know",
    ),
    pytest.param("Cohereの推定評価額は70億ドルだ。", ["valued_at(Cohere) 7e+09 USD speculated"], id="an estimate"),
]

OTHERS = [
    pytest.param(
        "GPT-4.1は試験に強い。Moonshot AIは「Kimi K2」を発表した。このモデルはオープンソースとして公開された。",
        ["announced(Moonshot AI, Kimi K2)", "open_sourced(Moonshot AI, Kimi K2)"],
        id="a model pointed at is the one named right before",
    ),
    pytest.param(
        "OpenAIは伸びている。14億人のユーザーを抱えるインドは市場として重要だ。",
        [],
        id="the noun that a clause stands before",
    ),
    pytest.param(
        "米AI企業のヘリオトープは推論モデル「Halcyon-3」を公開した。他社の最上位モデルの料金は月200ドルだ。",
        ["released(ヘリオトープ, Halcyon-3)"],
        id="of somebody else's",
    ),
    pytest.param(
        "OpenAIはGPT-4の費用を明かした。より小さな会社が資金に頼らずに同じ水準を上回る性能を示した。",
        [],
        id="somebody else acts",
    ),
    pytest.param(
        "Broadcomの時価総額は2000億ドル減った。", ["lost_value(Broadcom) 2e+11 USD"], id="a change is no level"
    ),
    pytest.param(
        "ディープウェル調査によれば、国内の週間利用者は121万人だった。", [], id="who counted is not whose it is"
    ),
]


@pytest.mark.parametrize(("text", "expected"), LEFT_OUT)
def test_story_gives_what_a_clause_leaves_out(read: Callable[..., list[str]], text: str, expected: list[str]) -> None:
    assert [claim for claim in read(text, title=True) if not claim.startswith("withdrew(")] == expected


@pytest.mark.parametrize(("text", "expected"), [*CARRIED, *OWN, *OTHERS])
def test_sentence_takes_from_the_story_what_it_leaves_out(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == sorted(expected)


def test_paragraph_that_mentions_terms_of_use_is_read(read: Read) -> None:
    text = "OpenAIは規約を改めた。Metaはこれに続いた。研究者は利用規約に反すると述べた。AMDはSilo AIを買収した。"
    assert "acquired(AMD, Silo AI)" in read(text)
    assert read("利用規約に同意のうえ、AMDはSilo AIを買収した。") == []
