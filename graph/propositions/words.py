"""Words of sentences that decide where parties do not: topics, limits, and those who are not named."""

import re
import unicodedata
from collections.abc import Mapping

from graph.records import Claim

_LATIN = re.compile(r"[a-z][a-z0-9.\-]+|\d[\d.,]*")
_JAPANESE = re.compile(r"[一-鿿々]+|[ァ-ヴー]+")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a about after again all also an and any are as at be been before being but by can could did do does for from "
        "had has have he her his how if in into is it its just may might more most no not now of on one only or other "
        "our out over said say says she so some such than that the their them then there these they this those to too "
        "up very was we were what when where which while who will with would you your",
    )
)

# Limits that a sentence sets, by what they limit: of one line only the same go together.
_SCOPES: Mapping[str, Mapping[str, str]] = {
    "part": {
        "final run": r"final (?:training )?run|official training|single run|最終(?:的な)?の?(?:訓練|学習|実行)",
        "compute only": r"GPU hours|compute (?:cost|bill|alone|only)|rental|計算(?:資源|コスト)のみ|GPU時間",
        "whole": r"\b(?:whole|entire|overall|total|all[- ]in|including|R&D)\b|(?<!時価)総額|全体|合計|研究開発",
    },
    "period": {
        "a year": r"per year|annual|annuali[sz]ed|a year|yearly|年間|年換算|年額",
        "a month": r"per month|monthly|a month|月額|月間",
        "a week": r"per week|weekly|a week|週間|毎週",
        "a day": r"per day|daily|a day\b|日間|毎日|1日(?:当|あ)たり",
        "a quarter": r"quarter|四半期",
        "to date": r"to date|so far|since its founding|これまでに|累計",
    },
    "direction": {
        "input": r"\binput\b|入力",
        "output": r"\boutput\b|出力",
        "cached": r"\bcached?\b|キャッシュ",
    },
    "hours": {
        "before hours": r"pre[- ]?market|before the bell|時間前|寄り付き前",
        "after hours": r"after[- ]hours|extended trading|時間外",
    },
    "who counts": {
        "active": r"\bactiv(?:e|ated)\b|アクティブ|活性",
        "paying": r"paying|paid|subscribers?|有料|課金",
        "registered": r"registered|登録",
    },
    "round": {
        "seed": r"\bseed\b|シード",
        "series": r"series [A-H]\b|シリーズ[A-H]",
        "before money": r"pre[- ]money|プレマネー",
        "after money": r"post[- ]money|ポストマネー",
    },
    "places": {
        "many places": r"\b(?:countries|regions|markets worldwide)\b|カ国|か国|ヵ国|各国|諸国",
    },
}
_SCOPE_LINES = {name: line for line, names in _SCOPES.items() for name in names}
# One pass over the sentence; the number of the group that fits leads to the name.
_ANY_SCOPE = re.compile(
    "|".join(f"({pattern})" for names in _SCOPES.values() for pattern in names.values()), re.IGNORECASE
)
_SCOPE_NAMES = tuple(_SCOPE_LINES)
_WHOLE = "whole"

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
"""Who is meant by words that name nobody, in either language; the first that fits counts."""


# Talks and plans are told as such, whether firmly or not: what they are about is not yet so.
_PLANNED = re.compile(
    r"\b(?:in talks|talks (?:with|to|about|over)|under discussion|discussing|negotiat\w+|considering|weighing|"
    r"exploring|plans? to|planning to|intends? to|hopes? to|is set to|would)\b"
    r"|交渉|協議|検討|計画|予定|方針|見通し|見込み|意向",
    re.IGNORECASE,
)


def is_planned(text: str) -> bool:
    """Whether a sentence speaks of talks or plans."""
    return bool(_PLANNED.search(text))


def find_topic(claim: Claim) -> frozenset[str]:
    """The words of the sentence that carry meaning, stemmed; Japanese ones as pairs of characters."""
    text = unicodedata.normalize("NFKC", claim.text).casefold()
    latin = {_stem(word) for word in _LATIN.findall(text) if word not in _SMALL}
    runs = _JAPANESE.findall(text)
    return frozenset(latin | {run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))})


def find_scope(claim: Claim) -> frozenset[str]:
    """Names of the limits that the sentence sets."""
    return frozenset(_SCOPE_NAMES[match.lastindex - 1] for match in _ANY_SCOPE.finditer(claim.text) if match.lastindex)


def is_one_scope(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences set the same limits. A part goes with an unmarked figure, not with the whole."""
    return all(
        names_of_one == names_of_other or (line == "part" and (_WHOLE in one) == (_WHOLE in other))
        for line in _SCOPES
        for names_of_one, names_of_other in [(_take_line(one, line), _take_line(other, line))]
    )


def _take_line(scope: frozenset[str], line: str) -> frozenset[str]:
    return frozenset(name for name in scope if _SCOPE_LINES[name] == line)


def fold_descriptor(words: str) -> str:
    """Who is meant by words that name nobody, with "~" before it: the same for "unnamed hacker" and ハッカー."""
    text = unicodedata.normalize("NFKC", words).casefold().strip()
    for name, pattern in _UNNAMED.items():
        if pattern.search(text):
            return "~" + name
    return "~" + " ".join(_stem(word) for word in text.split() if word not in _SMALL)


def _stem(word: str) -> str:
    word = word.strip(".-,")
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word
