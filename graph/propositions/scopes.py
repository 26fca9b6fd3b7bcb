"""Limits that a sentence sets: part or whole, month or year, input or output."""

import re
from collections.abc import Mapping

from graph.records import Claim

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
        "within a day": r"early trading|intraday|midday|(?:morning|afternoon) trade|at one point|前場|一時|取引時間中",
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
