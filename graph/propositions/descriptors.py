"""Parties that a sentence does not name, by whom its words mean: "unnamed hacker" and ハッカー are one."""

import re
from collections.abc import Mapping

from graph.propositions.glossary import find_concepts, replace_concepts
from graph.propositions.words import find_stems, fold_text

_UNNAMED: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "others": r"\b(?:others?|every|rivals?|competitors?)\b|他社|競合|ライバル|すべてのモデル",
        "hacker": r"hacker|threat actor|attacker|ハッカー|攻撃者",
        "investor": r"investor|shareholder|投資家|株主",
        "analyst": r"analyst|アナリスト",
        "regulator": r"regulator|watchdog|authorit|規制当局|当局",
        "researcher": r"researcher|scientist|研究者|科学者|研究チーム",
        "lawmaker": r"lawmaker|senator|議員",
        "author": r"author|writer|novelist|作家|著者",
        "artist": r"artist|illustrator|アーティスト|芸術家",
        "user": r"\busers?\b|customer|consumer|利用者|ユーザー|顧客|消費者",
        "trader": r"trader|トレーダー",
        "employee": r"employee|staff|worker|従業員|社員|労働者",
        "official": r"official|高官|当局者|政府関係者",
        "source": r"people familiar|sources?\b|insider|関係者|情報筋|消息筋",
        "expert": r"expert|専門家",
        "developer": r"developer|engineer|開発者|エンジニア|技術者",
        "startup": r"start-?ups?|スタートアップ|新興企業",
        "bank": r"\bbanks?\b|銀行",
        "publisher": r"publisher|newspaper|新聞社|出版社",
        "school": r"school|学校",
        "stock": r"stocks?\b|shares\b|株",
        "model": r"\bmodels?\b|モデル",
    }.items()
}
"""Who is meant, in either language; the first that fits counts."""

# Words that tell nothing of who it is.
_FILLER = re.compile(
    r"\b(?:unnamed|unknown|anonymous|unidentified|some|several|many|various|certain|groups?|teams?|number|few|two|three|"
    r"people|persons?|individuals?|familiar|matter|close|knowledge|briefed)\b|"
    r"匿名|一部|複数|ある|集団|グループ|チーム|詳しい|事情|に近い|正体不明|不明|の|な|ら|たち|者"
)
_REST = re.compile(r"[一-鿿々]+|[ァ-ヴー]+")


def fold_descriptor(words: str) -> str:
    """Who is meant and of what kind, with "~" before it: of "Chinese hackers" and 中国のハッカー `~hacker chin`."""
    text = fold_text(words)
    for name, pattern in _UNNAMED.items():
        if pattern.search(text):
            return " ".join(["~" + name, *_find_kind(pattern.sub(" ", text))])
    return "~" + " ".join(_find_kind(text))


def is_bare(words: str) -> bool:
    """Whether the words tell neither who nor of what kind: "a plan", "the company"."""
    key = fold_descriptor(words)
    return " " not in key and key.removeprefix("~") not in _UNNAMED


def _find_kind(text: str) -> list[str]:
    text = _FILLER.sub(" ", text)
    return sorted({*find_stems(text), *find_concepts(text), *_REST.findall(replace_concepts(text))})
