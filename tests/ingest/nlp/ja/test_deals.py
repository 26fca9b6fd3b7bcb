"""Deals and offices: who is on which side."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

CASES = [
    pytest.param(
        "OpenAIが出資する人型ロボット企業のFigureは工場を建てた。", "invested_in(OpenAI, Figure", id="apposition"
    ),
    pytest.param("サム・アルトマン氏率いるOpenAIはMetaと組んだ。", "leads(Sam Altman, OpenAI)", id="no-particle"),
    pytest.param("トヨタはNVIDIA製GPUを採用した。", "supplies(Nvidia, Toyota)", id="makers-mark"),
    pytest.param("OpenAIを顧客に持つOracleは好調だ。", "supplies(Oracle, OpenAI)", id="customers"),
    pytest.param("MetaとAppleは画像生成で提携した。", "partnered_with(Meta, Apple)", id="mutual"),
    pytest.param("ByteDanceの親会社はAlibabaだ。", "owns(Alibaba, ByteDance)", id="office"),
    pytest.param("GoogleはAnthropic株の14%を握る。", "owns(Google, Anthropic) 14 %", id="stake"),
    pytest.param("MetaはOpenAIから出資を受け入れた。", "invested_in(OpenAI, Meta)", id="from"),
]
NOTHING = [
    pytest.param("AppleはNVIDIAの製品を買った。", "acquired", id="goods-are-no-firm"),
    pytest.param("AppleはNVIDIA株を買った。", "acquired", id="shares-are-no-firm"),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_deal_has_its_sides(read: Read, text: str, wanted: str) -> None:
    assert any(claim.startswith(wanted) for claim in read(text))


@pytest.mark.parametrize(("text", "unwanted"), NOTHING)
def test_goods_are_not_the_firm(read: Read, text: str, unwanted: str) -> None:
    assert not any(claim.startswith(unwanted) for claim in read(text))
