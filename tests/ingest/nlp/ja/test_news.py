"""What short news say every day: offers, prices, sizes, posts, scores beside names, credits of their own sentence."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

NEWS = [
    ("Gemini 2.5 Proが公開された。", ["released(Google, Gemini 2.5 Pro)"]),
    ("Claude 4が登場した。", ["released(Anthropic, Claude 4)"]),
    ("GPT-5は近日中に公開される。", ["released(OpenAI, GPT-5) predicted"]),
    ("Llama 3.1のパラメータ数は4050億だ。", ["has_size(Llama 3.1) 4.05e+11 parameters"]),
    ("Gemini 1.5 Proのコンテキスト長は200万トークンだ。", ["has_size(Gemini 1.5 Pro) 2e+06 tokens"]),
    ("OpenAIはGPT-4oのAPI料金を50%引き下げた。", ["costs(GPT-4o) -50 %"]),
    ("Nvidiaの株価は17%安となった。", ["stock_moved(Nvidia) -17 %"]),
    ("メタはアレクサンダー・ワン氏を最高AI責任者に起用した。", ["works_for(Alexandr Wang, Meta)"]),
    ("GPT-4oは画像を認識できる。", ["can(GPT-4o)"]),
    ("Alibabaは、Qwen3を強化学習で訓練した。", ["trained_with(Qwen3, reinforcement learning)"]),
    ("Llama 3.1の推論にはH100が使われている。", ["runs_on(Llama 3.1, Nvidia H100)"]),
    ("米海軍は、DeepSeekを使わないよう隊員に通達した。", ["banned(US Navy, DeepSeek)"]),
    ("Metaが学習に用いたのは、H100である。", ["trained_on(Meta, Nvidia H100)"]),
    (
        "MMLU-ProではGPT-4oが77.0と、76.1のQwen2.5-Maxを上回っている。",
        [
            "outperforms(GPT-4o, Qwen2.5-Max) on MMLU-Pro",
            "scores(GPT-4o, MMLU-Pro) 77 points",
            "scores(Qwen2.5-Max, MMLU-Pro) 76.1 points",
        ],
    ),
    (
        "AppleはMistral AIを買収した。ブルームバーグが関係者の話として報じたと、メリディアン通信が伝えた。",
        ["acquired(Apple, Mistral AI) by メリディアン通信 > Bloomberg > 関係者"],
    ),
    (
        "デービッド・サックス氏は、Zhipu AIがGPT-4を蒸留したことを示す証拠があると語った。",
        ["distilled_from(Zhipu AI, GPT-4) by David Sacks alleged"],
    ),
]

HEADLINES = [
    ("アリババ、Qwen3を発表", ["announced(Alibaba, Qwen3)"]),
    ("GrokがApp Storeで首位", ["ranks(Grok, App Store) 1 rank"]),
    ("OpenAI、GPT-5を8月に公開へ", ["released(OpenAI, GPT-5) predicted @2025-08"]),
    ("ソフトバンク、OpenAIに300億ドル出資か", ["invested_in(SoftBank, OpenAI) 3e+10 USD questioned"]),
]


@pytest.mark.parametrize(("text", "expected"), NEWS)
def test_news_sentence_gives_its_claims(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), HEADLINES)
def test_headline_gives_its_claims(read: Read, text: str, expected: list[str]) -> None:
    assert read(text, title=True) == sorted(expected)
