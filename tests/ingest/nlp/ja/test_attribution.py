"""Who says it: speakers, sources, spokesmen, and acts that are no attribution."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

SPEECH = [
    pytest.param(
        "米司法省はスーパーマイクロを調べていると、ロイターが報じた。",
        ["investigates(US Department of Justice, Super Micro) by Reuters"],
        id="speaker-after-clause",
    ),
    pytest.param(
        "アップルはアリババと提携すると、ティム・クック氏が語った。",
        ["partnered_with(Apple, Alibaba) by Tim Cook predicted"],
        id="person-after-clause",
    ),
    pytest.param("ロイターによると、AMDはSilo AIを買収した。", ["acquired(AMD, Silo AI) by Reuters"], id="niyoruto"),
    pytest.param(
        "ブルームバーグの報道によると、AppleはMistral AIを買収した。",
        ["acquired(Apple, Mistral AI) by Bloomberg"],
        id="report-of",
    ),
    pytest.param(
        "ジェンスン・フアン氏は、BlackwellがHopperを上回ると述べた。",
        ["outperforms(Nvidia Blackwell, Nvidia Hopper) by Jensen Huang"],
        id="said",
    ),
    pytest.param(
        "サム・アルトマン氏は、GPT-4.5がClaude 3.5 Sonnetを上回ると語った。",
        ["outperforms(GPT-4.5, Claude 3.5 Sonnet) by Sam Altman"],
        id="said-model",
    ),
    pytest.param("xAIはGrok 3がGPT-4oを上回ると主張した。", ["outperforms(Grok-3, GPT-4o) by xAI"], id="claims-own"),
    pytest.param(
        "日本経済新聞は、ソフトバンクがOpenAIに出資したと報じた。",
        ["invested_in(SoftBank, OpenAI) by Nikkei"],
        id="reported-by",
    ),
    pytest.param(
        "ロイターは、関係者の話として、AppleがMistral AIを買収したと報じた。",
        ["acquired(Apple, Mistral AI) by Reuters > 関係者"],
        id="nested-sources",
    ),
    pytest.param(
        "ロイターによると、サム・アルトマン氏はGPT-4.5がClaude 3.5 Sonnetを上回ると語った。",
        ["outperforms(GPT-4.5, Claude 3.5 Sonnet) by Reuters > Sam Altman"],
        id="nested-said",
    ),
    pytest.param(
        "事情に詳しい関係者によると、AppleはMistral AIを買収した。",
        ["acquired(Apple, Mistral AI) by 事情に詳しい関係者"],
        id="sources-words",
    ),
    pytest.param(
        "Metaの広報担当者は、Llama 4がGPT-4oを上回ったと述べた。",
        ["outperforms(Llama 4, GPT-4o) by Meta"],
        id="spokesman",
    ),
    pytest.param(
        "デミス・ハサビス氏はCNBCに対して、Gemini 2.0がGPT-4oを上回ったと語った。",
        ["outperforms(Gemini 2.0, GPT-4o) by Demis Hassabis"],
        id="venue",
    ),
    pytest.param(
        "Anthropicは3月、Claude 3.7 Sonnetを発表した。",
        ["announced(Anthropic, Claude 3.7 Sonnet) @2025-03"],
        id="own-act",
    ),
    pytest.param(
        "Anthropicは、Claude 3.7 SonnetがGPT-4.5を上回ったと発表した。",
        ["outperforms(Claude 3.7 Sonnet, GPT-4.5) by Anthropic"],
        id="clause-announced",
    ),
    pytest.param(
        "TikTokを運営するByteDanceは、Doubao 1.5 ProがGPT-4oを上回ると主張した。",
        ["outperforms(Doubao-1.5-pro, GPT-4o) by ByteDance", "owns(ByteDance, TikTok)"],
        id="claimant-relative",
    ),
    pytest.param(
        "サム・アルトマン氏は「GPT-4.5はClaude 3.5 Sonnetを上回る」と述べた。",
        ["outperforms(GPT-4.5, Claude 3.5 Sonnet) by Sam Altman"],
        id="quote-marks",
    ),
    pytest.param(
        "ロイターによると、AppleはMistral AIを買収した。Appleは10億ドルを支払ったという。",
        ["acquired(Apple, Mistral AI) by Reuters"],
        id="carry-over",
    ),
    pytest.param(
        "AppleはMistral AIの買収計画を否定した。", ["acquired(Apple, Mistral AI) by Apple denied"], id="denial"
    ),
    pytest.param(
        "xAIは、GrokがGPT-4の出力から知識を得たとの指摘を否定した。",
        ["distilled_from(Grok, GPT-4) by xAI denied"],
        id="denial-clause",
    ),
    pytest.param(
        "技術報告によれば、QwQ-32BはDeepSeek-R1に匹敵する。",
        ["matches(QwQ-32B, DeepSeek-R1) by 技術報告"],
        id="technical-report",
    ),
    pytest.param(
        "セミアナリシスは、OpenAIがH100を10万基保有していると推計した。",
        ["owns_hardware(OpenAI, Nvidia H100) 100000 chips by SemiAnalysis speculated"],
        id="analyst-org",
    ),
]


@pytest.mark.parametrize(("text", "expected"), SPEECH)
def test_claim_keeps_its_speakers(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == sorted(expected)
