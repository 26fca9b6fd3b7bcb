"""What is retracted, belied or labelled is no fact, and a change from one amount to another is the second."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

# Nobody stands by it, or it is denied in part: nothing is kept.
SILENT = (
    "同紙はAppleがMistral AIを買収したとの報道を取り消した。",
    "AppleがMistral AIを買収したと偽った。",
    "AppleがMistral AIを買収したと嘘をついた。",
    "AppleがMistral AIを買収したと思い込んでいた人もいる。",
    "AppleがMistral AIを買収したというデマが広がった。",
    "AppleがMistral AIを買収したなど、あり得ない。",
    "AppleがMistral AIを買収したと結論づけるのは早計だ。",
    "AppleがMistral AIを買収したと断じるのは早い。",
    "【誤報】AppleがMistral AIを買収",
    "記事中、AppleがMistral AIを買収したとありましたが、正しくはGoogleでした。",
    "AppleはMistral AIを買収する寸前だった。",
    "AppleがMistral AIを買収したという説に疑問を呈した。",
    "Grok 3がGPT-4oを超えたというのは言い過ぎだ。",
    "Grok 3がGPT-4oを超えたかに見えた。",
    "Grok 3はGPT-4oを超えたとされたが、後に誤りと判明した。",
)

TOLD = (
    ("AppleがMistral AIを買収したに違いない。", ["acquired(Apple, Mistral AI) speculated"]),
    ("【噂】AppleがMistral AIを買収", ["acquired(Apple, Mistral AI) reported"]),
    ("理論上、Grok 3はGPT-4oを上回る。", ["outperforms(Grok-3, GPT-4o) speculated"]),
    ("サム・アルトマン氏に言わせれば、Grok 3はGPT-4oを上回る。", ["outperforms(Grok-3, GPT-4o) by Sam Altman"]),
    ("サム・アルトマン氏いわく、Grok 3はGPT-4oを上回る。", ["outperforms(Grok-3, GPT-4o) by Sam Altman"]),
    ("サム・アルトマン氏の見立てでは、Grok 3はGPT-4oを上回る。", ["outperforms(Grok-3, GPT-4o) by Sam Altman"]),
    ("関係者の話では、AppleがMistral AIを買収した。", ["acquired(Apple, Mistral AI) by 関係者"]),
    (
        "Appleは、Mistral AIを買収したとの一部報道について「事実ではない」とコメントした。",
        ["acquired(Apple, Mistral AI) by Apple denied"],
    ),
    (
        "サム・アルトマン氏は、AppleがMistral AIを買収したとの指摘に反論した。",
        ["acquired(Apple, Mistral AI) by Sam Altman denied"],
    ),
    ("エヌビディアの売上高は220億ドルから390億ドルに増えた。", ["earned(Nvidia) 3.9e+10 USD"]),
    ("OpenAIの評価額は1570億ドルから3000億ドルに上昇した。", ["valued_at(OpenAI) 3e+11 USD"]),
)


@pytest.mark.parametrize("sentence", SILENT)
def test_what_nobody_stands_by_is_not_kept(read: Read, sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(("sentence", "claims"), TOLD, ids=[sentence[:60] for sentence, _ in TOLD])
def test_it_is_kept_as_firmly_as_it_is_put(read: Read, sentence: str, claims: list[str]) -> None:
    assert read(sentence) == claims
