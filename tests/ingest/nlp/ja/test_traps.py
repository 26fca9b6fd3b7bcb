"""Sentences whose firmness or polarity is easily misread: a denial is no statement, an accusation no fact."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

DENIED = [
    ("AppleはMistral AIを買収する計画はないと述べた。", ["acquired(Apple, Mistral AI) by Apple predicted denied"]),
    ("AppleはMistral AIを買収する予定はないと明言した。", ["acquired(Apple, Mistral AI) by Apple predicted denied"]),
    ("AppleはMistral AIを買収するつもりはない。", ["acquired(Apple, Mistral AI) predicted denied"]),
    ("AppleはMistral AIの買収を否定した。", ["acquired(Apple, Mistral AI) by Apple denied"]),
    ("AppleはMistral AIの買収には至っていない。", ["acquired(Apple, Mistral AI) denied"]),
    ("AppleがMistral AIを買収する可能性はほとんどない。", ["acquired(Apple, Mistral AI) speculated denied"]),
    (
        "Moonshot AIは、OpenAIの技術を盗用したことを否定した。",
        ["took_technology_from(Moonshot AI, OpenAI) by Moonshot AI denied"],
    ),
    (
        "Moonshot AIは、OpenAIの技術を盗用したとの見方を退けた。",
        ["took_technology_from(Moonshot AI, OpenAI) by Moonshot AI denied"],
    ),
    (
        "Moonshot AIは、OpenAIの技術を盗用した事実はないと主張している。",
        ["took_technology_from(Moonshot AI, OpenAI) by Moonshot AI denied"],
    ),
    (
        "裁判所は、Moonshot AIがOpenAIの技術を盗用したとの訴えを退けた。",
        ["took_technology_from(Moonshot AI, OpenAI) by 裁判所 denied"],
    ),
    ("欧州委員会はMetaを提訴しない方針だ。", ["sued(European Commission, Meta) predicted denied"]),
    ("米政府はDeepSeekの利用を禁止していない。", ["banned(US government, DeepSeek) denied"]),
    ("MetaはLlama 4をまだ公開していない。", ["released(Meta, Llama 4) denied"]),
]

WEAKENED = [
    ("AppleがMistral AIを買収するという噂が流れている。", ["acquired(Apple, Mistral AI) predicted"]),
    ("AppleはMistral AIを買収しようとしたが、断られた。", ["acquired(Apple, Mistral AI) predicted"]),
    (
        "OpenAIは、Moonshot AIがGPT-4を蒸留したかどうか調査中だ。",
        ["distilled_from(Moonshot AI, GPT-4) questioned"],
    ),
    ("AppleはMistral AIを買収したとの報道についてコメントを控えた。", ["acquired(Apple, Mistral AI) reported"]),
    ("Appleは、Mistral AIを買収したとの報道を肯定も否定もしなかった。", ["acquired(Apple, Mistral AI) reported"]),
    ("AppleがMistral AIを買収する可能性は否定できない。", ["acquired(Apple, Mistral AI) speculated"]),
    ("AppleはMistral AIを買収したと言われているが、真偽は不明だ。", ["acquired(Apple, Mistral AI) reported"]),
    ("米政府はDeepSeekの利用を禁止するのか。", ["banned(US government, DeepSeek) questioned"]),
    (
        "Microsoftは、ある集団がOpenAIのデータを無断で取得した件を調べている。",
        ["exfiltrated_data_from(ある集団, OpenAI) alleged", "investigates(Microsoft, ある集団)"],
    ),
    (
        "Moonshot AIがOpenAIの技術を盗用した。ロイターが関係者の話として報じた。",
        ["took_technology_from(Moonshot AI, OpenAI) by Reuters > 関係者 alleged"],
    ),
]

NOTHING = [
    "Grok 3がGPT-4oを上回ったとは言えない。",
    "AppleがMistral AIを買収したわけではない。",
    "MetaがLlama 4を公開したとの報道は事実ではないと、同社の広報担当者は述べた。",
    "AppleがMistral AIを買収したというのは事実ではないと、ティム・クック氏は語った。",
    "MetaはLlama 4を公開できなかった。",
    "Grok 3がGPT-4oを上回るとは限らないと専門家は指摘する。",
    "AppleがMistral AIを買収すれば、欧州最大の取引になる。",
    "AppleがMistral AIを買収するか否かは明らかになっていない。",
    "Moonshot AIがOpenAIの技術を盗用しなかったとは言い切れない。",
    "Grok 3がGPT-4oに劣らないわけではない。",
    "AppleがMistral AIを買収しないとは考えにくい。",
    "Moonshot AIがOpenAIの技術を盗用した事実は確認されていない。",
    "OpenAIは、Moonshot AIがGPT-4を蒸留したと断定していない。",
    "AppleはMistral AIの買収を検討したものの、見送った。",
    "AppleはMistral AIの買収を取りやめた。",
    "AppleによるMistral AIの買収は実現しなかった。",
    "AppleがMistral AIを買収する前に、交渉は決裂した。",
    "AppleはMistral AIを買収することを断念した。",
    "Moonshot AIの幹部は、同社がOpenAIの技術を盗んだなどあり得ないと話した。",
    "MetaはLlama 4を公開したと誤って報じられた。",
    "Grok 3はGPT-4oを上回ったとされていたが、後に誤りだと判明した。",
    "Grok 3がGPT-4oより優れているとの主張には根拠がない。",
    "中国がNvidiaのH20の購入を禁止したとの情報は確認できていない。",
    "欧州委員会はMetaの提訴を見送った。",
    "OpenAIは、Moonshot AIがOpenAIの技術を盗用した証拠を示していない。",
    "OpenAIはGPT-5の公開を延期した。",
]


@pytest.mark.parametrize(("text", "expected"), DENIED)
def test_denial_is_kept_as_denial(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), WEAKENED)
def test_open_statement_is_no_fact(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == sorted(expected)


@pytest.mark.parametrize("text", NOTHING)
def test_half_statement_gives_nothing(read: Read, text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        pytest.param(
            "ユーザーが利用停止について情報を共有し、状況を確認した。", "exfiltrated_data_from", id="users-share"
        ),
        pytest.param("Kestrel社は、対話アプリ「Kestrel for Slack」を公開した。", "(Kestrel, Slack)", id="tail-of-name"),
        pytest.param("*   [DeepSeekがR9を公開](https://a.example/r9)", "released", id="link-line"),
        pytest.param("**元記事:** [OpenAI released GPT-4o](https://a.example/o)", "released", id="english-link-line"),
    ],
)
def test_furniture_users_and_pieces_of_names_make_no_claim(
    read: Callable[[str], list[str]], text: str, unwanted: str
) -> None:
    assert not [claim for claim in read(text) if unwanted in claim]


def test_an_aim_of_a_work_is_no_ability(read: Callable[[str], list[str]]) -> None:
    text = (
        "# DeepSeek-V3が公開\nDeepSeek-V3が公開された。\nこの機能は、学生を支援できるようにすることを目的としています。"
    )
    assert not [claim for claim in read(text) if claim.startswith("can")]
