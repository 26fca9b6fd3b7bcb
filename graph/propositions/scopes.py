"""Limits that a sentence sets: part or whole, month or year, input or output."""

import re
from collections.abc import Mapping
from functools import lru_cache

from graph.propositions.words import fold_text
from graph.records import Claim

# By what they limit: of one line only the same go together. Words, "|" between; a phrase counts where it stands whole.
_LINES: Mapping[str, Mapping[str, str]] = {
    "part": {
        "final run": "final run|final training run|official training|single run|"
        "最終学習|最終の学習|最終的な学習|最終訓練|最終の訓練|最終的な訓練|最終実行",
        "compute only": "gpu hours|compute cost|compute costs|compute bill|compute alone|rental|"
        "計算資源のみ|計算コストのみ|gpu時間",
        "whole": "whole|entire|overall|total|all in|including|r d|総額|全体|合計|研究開発",
    },
    "period": {
        "a year": "per year|annual|annually|annualized|annualised|a year|yearly|年間|年換算|年額",
        "a month": "per month|monthly|a month|月額|月間",
        "a week": "per week|weekly|a week|週間|毎週",
        "a day": "per day|daily|a day|日間|毎日|1日当たり|1日あたり",
        "a quarter": "quarter|quarterly|四半期",
        "to date": "to date|so far|since its founding|これまでに|累計",
    },
    "direction": {"input": "input|入力", "output": "output|出力", "cached": "cache|cached|キャッシュ"},
    "hours": {
        "before hours": "premarket|pre market|before the bell|時間前|寄り付き前",
        "after hours": "after hours|extended trading|時間外",
        "within a day": "early trading|intraday|midday|morning trade|afternoon trade|at one point|前場|一時|取引時間中",
    },
    "who counts": {
        "active": "active|activated|アクティブ|活性",
        "paying": "paying|paid users|paid customers|paid seats|paid accounts|subscriber|subscribers|有料|課金",
        "registered": "registered|登録",
    },
    "round": {
        "seed": "seed|シード",
        **{f"series {letter}": f"series {letter}|シリーズ{letter}" for letter in "abcdefgh"},
        "before money": "pre money|before the money|before the cash|before the new money|before new money|"
        "before the investment|excluding the new|excluded the new|excludes the new|プレマネー|調達前|出資前",
        "after money": "post money|including the money|including the cash|including the new money|including new money|"
        "new money included|ポストマネー|調達後|出資後|新たな資金を含め",
    },
    "harm": {"death": "died|dies|dead|death|deaths|killed|kills|fatal|死亡|死去|亡くな|死者"},
    "where": {
        "in japan": "in japan|国内|日本で|日本に|日本国内|日本の利用者",
        "in america": "in america|in the america|アメリカで|アメリカ国内|全米",
        "in china": "in china|中国で|中国国内",
        "in europe": "in europe|欧州で|欧州域内",
    },
    "places": {"many places": "countries|regions|markets worldwide|カ国|か国|ヵ国|各国|諸国"},
}
SORTS = frozenset({"death", "before money"})
"""Limits that make another thing of what is said: that somebody died, and not only fell."""
_LINE_OF = {name: line for line, names in _LINES.items() for name in names}
SCOPES = frozenset(_LINE_OF)
"""Every limit that a sentence can set."""
WHERE = frozenset(_LINES["where"])
"""Limits to a country, which one sentence sets and another on the same number leaves out."""
PARTS = frozenset(_LINES["part"])
"""Limits that make a part, or the whole, of a number."""
DEATHS = frozenset(_LINES["harm"])
"""Limits of what harm was done: the dies of a chip are no deaths."""
CACHED = frozenset({"cached"})
"""A limit of prices: what else is cached is told of no other number."""
_WHOLE = "whole"
_BETWEEN = re.compile(r"\W+")
# Words that hold one of the phrases: market value, a payment on signature, for a while, a day after, three days, a
# quarter of the users.
_NO_LIMIT = re.compile(
    "時価総額|一時[金的]|"
    r"\b(?:a|one)[ -](?:day|week|month|year|quarter)(?: and a half| or (?:so|two))? "
    r"(?:after|before|earlier|later|ago)\b|"
    r"\b(?:a|one|three)[ -]quarters?[ -](?:of|million|billion|century)\b|"
    "(?:[日週年月]間|四半期)(?:後|前|ぶり)|"
    r"(?:(?<!\d)(?:[2-9]|\d\d\d?)|[二三四五六七八九十数])(?:[日週年]|[かカヵヶケ箇]月)間"
)


_PHRASES = tuple(
    (name, phrase) for names in _LINES.values() for name, phrases in names.items() for phrase in phrases.split("|")
)
# Japanese phrases stand anywhere. Latin ones stand between spaces,
# here by their first words: a sentence has few of those.
_JAPANESE = [(name, phrase) for name, phrase in _PHRASES if not phrase.isascii()]
_LATIN = {
    first: [(name, f" {phrase} ") for name, phrase in _PHRASES if phrase.isascii() and phrase.split()[0] == first]
    for first in {phrase.split()[0] for _, phrase in _PHRASES if phrase.isascii()}
}


def find_scope(claim: Claim) -> frozenset[str]:
    """Names of the limits that the sentence sets."""
    return _find_limits(claim.text)


# A sentence is asked about again for each of its claims, and each time that its matter is derived: some 10 MB.
@lru_cache(20_000)
def _find_limits(sentence: str) -> frozenset[str]:
    text = f" {_BETWEEN.sub(' ', _NO_LIMIT.sub('', fold_text(sentence)))} "
    latin = [item for word in text.split() if word in _LATIN for item in _LATIN[word]]
    return frozenset(name for name, phrase in (latin if text.isascii() else latin + _JAPANESE) if phrase in text)


def is_one_scope(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences set the same limits. A part goes with an unmarked figure, not with the whole."""
    return one == other or all(
        names_of_one == names_of_other or (line == "part" and (_WHOLE in one) == (_WHOLE in other))
        for line, names_of_one, names_of_other in zip(_LINES, _split(one), _split(other), strict=True)
    )


def is_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both set limits of one line, and none of them is the same."""
    return any(
        ones and others and ones.isdisjoint(others) for ones, others in zip(_split(one), _split(other), strict=True)
    )


# Claims set few limits, and many the same.
@lru_cache(maxsize=4_096)
def _split(scope: frozenset[str]) -> tuple[frozenset[str], ...]:
    """The limits of each line."""
    return tuple(frozenset(name for name in scope if _LINE_OF[name] == line) for line in _LINES)
