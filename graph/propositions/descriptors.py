"""Parties that a sentence does not name, by whom its words mean: "unnamed hacker" and ハッカー are one."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from graph.propositions.glossary import STEMS
from graph.propositions.words import find_stems, fold_text
from graph.spelling.sounding import is_kana, sound_alike

_UNNAMED: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"(?:{pattern})\s*$", re.IGNORECASE)
    for name, pattern in {
        "others": r"\b(?:others?|every|rivals?|competitors?)\b.*|他社|他社モデル|競合|ライバル|すべてのモデル",
        "hacker": r"hackers?|threat actors?|attackers?|ハッカー|攻撃者",
        "investor": r"investors?|shareholders?|投資家|株主",
        "analyst": r"analysts?|アナリスト",
        "regulator": r"regulators?|watchdogs?|authorit(?:y|ies)|規制当局|当局",
        "researcher": r"researchers?|scientists?|研究者|科学者|研究チーム",
        "lawmaker": r"lawmakers?|senators?|議員",
        "author": r"authors?|writers?|novelists?|作家|著者",
        "artist": r"artists?|illustrators?|アーティスト|芸術家",
        "patient": r"patients?|residents?|患者|入居者",
        "user": r"\busers?|customers?|consumers?|利用者|ユーザー|顧客|消費者",
        "trader": r"traders?|トレーダー",
        "employee": r"employees?|staff|workers?|carers?|caregivers?|nurses?|従業員|社員|労働者|職員|職員の方|介護士",
        "official": r"officials?|高官|当局者|政府関係者",
        "source": r"\bfamiliar.*|sources?|insiders?|関係者|情報筋|消息筋",
        "expert": r"experts?|専門家",
        "developer": r"developers?|engineers?|開発者|エンジニア|技術者",
        "startup": r"start-?ups?|スタートアップ|新興企業",
        "bank": r"\bbanks?|銀行",
        "publisher": r"publishers?|newspapers?|新聞社|出版社",
        "school": r"schools?|学校",
        "stock": r"stocks?|\bshares|株",
        "model": r"\bmodels?|モデル",
        "woman": r"\b(?:woman|women|lady|grandmother|mother|wife|girl)|女性|女児|祖母|母親",
        "man": r"\b(?:man|men|grandfather|father|husband|boy)|男性|男児|祖父|父親",
    }.items()
}
"""Who is meant, in either language, by the last word; the first that fits counts."""

# Words that stand for somebody or something told elsewhere, or for nobody.
_POINTING = re.compile(
    r"(?:it|its|he|she|they|them|him|her|this|that|these|those|none|nothing|nobody|no one|anybody|anyone|anything|"
    r"any|someone|somebody|something|they all|both|one|これ|それ|あれ|彼|彼女|彼ら|同氏|同社|誰か|何か|何も|なし)"
)
# Words that tell nothing of who it is.
_FILLER = re.compile(
    r"\b(?:an?|the|unnamed|unknown|anonymous|unidentified|some|several|many|various|certain|groups?|teams?|number|few|two|three|"
    r"people|persons?|individuals?|matter|close|knowledge|briefed|members?|same|such|any|all|every)\b|"
    r"\b(?:publisher|company|firm|start-?up|lab|maker|author|group)(?:['’]s|s['’])(?=\s)|"
    r"(?<=\d)[個台人件本枚社]|匿名|一部|複数|ある|集団|グループ|チーム|詳しい|事情|に近い|正体不明|不明|たち|ら$|この|その|同じ"
)
# What follows tells more of it, and not what it is.
_FURTHER = re.compile(
    r"(?<!-)\b(?:of|at|in|on|by|from|for|to|with|near|inside|behind|that|which|who|whose|left|linked|made|and|or|over|about"
    r")\b|,(?!\d)"
)
_WORD = re.compile(
    rf"{'|'.join(sorted(STEMS, key=len, reverse=True))}|[一-鿿々]+|[ァ-ヴー]+|[a-z][a-z0-9.\-]*|\d[\d.,]*"
)
_SPOKEN = re.compile(r"[ぁ-ん]")
_JAPANESE = re.compile(r"[ぁ-ヿ一-鿿々]")
# Words of one row cannot be said of one.
_CONTRASTS = (
    frozenset(
        ["chin", "america", "brit", "franc", "german", "canad", "japan", "europ", "korea", "taiwan", "russian", "india"]
    ),
    frozenset({"woman", "man"}),
    frozenset({"intern", "extern"}),
)
_NUMBER = re.compile(r"\d")
# Of these nobody is two at once.
_PEOPLE = frozenset(
    ["~others", "~hacker", "~investor", "~regulator", "~lawmaker", "~patient", "~employee", "~official", "~student"]
)


@lru_cache(20_000)  # a descriptor is folded for its matter, then for its signature
def fold_descriptor(words: str) -> str:
    """What is meant first, then of what kind, with "~" before it: `~hacker chin` of "Chinese hackers", 中国のハッカー.

    "~" alone where the words tell nothing.
    """
    text = re.sub(r"(?<=\d),(?=\d)", "", fold_text(words)).strip()
    if _POINTING.fullmatch(text):
        return "~"
    head, rest = _find_head(text)
    return "~" + " ".join([head, *sorted(rest - {head})]).strip()


def is_open(key: str) -> bool:
    """Whether the key of a party tells nothing of it."""
    return key in ("", "~")


def is_bare(words: str) -> bool:
    """Whether the words tell neither who nor of what kind: "a plan", "the company"."""
    key = fold_descriptor(words)
    return " " not in key and key.removeprefix("~") not in _UNNAMED


def find_what(key: str) -> str:
    """What a folded descriptor stands for, without its kind: `~hacker` of `~hacker chin`."""
    return key.partition(" ")[0]


def is_unread(key: str) -> bool:
    """Whether a folded descriptor stands for a Japanese word of which the glossary has no other."""
    return bool(_JAPANESE.search(find_what(key)))


def is_alike(one: str, other: str) -> bool:
    """Whether two folded descriptors may mean one: the same thing, said with more words or other ones of its kind."""
    first, second = one[1:].split(), other[1:].split()
    if not first or not second or is_contrary(one, other):
        return False
    shared = _count_shared(first, second)
    if shared == min(len(first), len(second)):
        return True
    same_head = first[0] == second[0] or _sounds_like(first[0], second[0])
    return same_head and (shared > 1 or first[0] in _UNNAMED)


def is_contrary(one: str, other: str) -> bool:
    """Whether folded descriptors tell what cannot be said of one: two countries, two numbers, a woman and a man."""
    first, second = set(one[1:].split()), set(other[1:].split())
    rows = (*_CONTRASTS, frozenset(filter(_NUMBER.search, first | second)))
    return any(first & row and second & row and not first & second & row for row in rows)


def are_two(one: str, other: str) -> bool:
    """Whether folded descriptors are of two doers: of two countries, or of two kinds of people."""
    first, second = set(one[1:].split()), set(other[1:].split())
    if any(first & row and second & row and not first & second & row for row in _CONTRASTS):
        return True
    kinds = {find_what(one), find_what(other)}
    return len(kinds) > 1 and kinds <= _PEOPLE


def _count_shared(first: Iterable[str], second: Iterable[str]) -> int:
    left = set(second)
    shared = 0
    for word in first:
        if found := next((other for other in sorted(left) if other == word or _sounds_like(word, other)), None):
            left.discard(found)
            shared += 1
    return shared


def _sounds_like(one: str, other: str) -> bool:
    if is_kana(one) == is_kana(other):
        return False
    return sound_alike(one, other) if is_kana(one) else sound_alike(other, one)


def _find_head(text: str) -> tuple[str, set[str]]:
    """What it is, and all words that tell of it."""
    told = re.sub(r"^(?:\s*of\b)+", "", _FILLER.sub(" ", text)).strip()
    further = _FURTHER.search(told) if text.isascii() else None
    own = told[: further.start()].strip() if further else told
    for name, pattern in _UNNAMED.items():
        if found := pattern.search(own):
            return name, set(_list_words(f"{own[: found.start()]} {told[len(own) :]}"))
    words = _list_words(told)
    if further and not own:  # "those who worked there"
        return (words or [""])[0], set(words)
    # "That the door stood open" tells of the door.
    before = re.split(r"が(?!り)|[はを]", own)[0] if _SPOKEN.match(own[-1:]) else own
    return (_list_words(before) or words or [""])[-1], set(words)


def _list_words(text: str) -> list[str]:
    """The words that carry meaning, as stems, in order."""
    found: list[str] = []
    for word in _WORD.findall(text):
        if word in STEMS:
            found.append(STEMS[word])
        elif word[0].isascii():
            parts = [word] if _NUMBER.search(word) and not word[0].isdigit() else word.split("-")
            found += (stem for part in parts for stem in find_stems(part))
        else:
            found.append(word)
    return found
