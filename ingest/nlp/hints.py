"""What shows beside an ambiguous spelling that it is a name.

Words that want one (`Figure said`, `post on X`, メタ社), or a capital that nothing but a name explains.
"""

import re
from functools import lru_cache

from graph.records import EntityType
from ingest.nlp.beside import find_before

# Characters looked at on each side.
_REACH = 48

_ACTS = (
    "said|says|announced|announces|raised|raises|unveiled|launched|launches|acquired|agreed|declined|plans to|told|"
    "hired|is valued|valued at|sued|has raised|has launched|has released|released|reported|offers|sells|claims"
)
_FIRMS = (
    "startup|start-up|company|firm|lab|maker|chipmaker|rival|competitor|giant|unicorn|vendor|provider|investor|bank|"
    "platform|developer|designer|builder|supplier"
)
_BEFORE: dict[EntityType, str] = {
    EntityType.COMPANY: (
        rf"(?:\b(?:{_FIRMS}|CEO of|founder of|founded|backed by|owned by|acquir(?:e|ed|ing)|shares of|stake in|"
        r"invest(?:ed|s|ing)? in|investment in|partnership with|partner(?:ed|s|ing)? with|deal with|sued|suing|"
        r"hosted by|served by|at) |(?:企業|大手|新興|メーカー|スタートアップ|ベンチャー)の?|"
        r"(?<![ァ-ヶー一-龠])[米英仏独中韓])$"
    ),
    EntityType.PUBLICATION: (
        r"(?:\b(?:post\w*|thread|tweet\w*|wrote|said|shared|announce\w*|message|statement|account|video)"
        r"(?: [\w’']+){0,4} (?:on|to) (?:social media platform )?|自身の|SNSの|公式)$"
    ),
    EntityType.PERSON: r"\b(?:CEO|CTO|founder|president|chairman|Mr|Ms|Mrs|Dr|Prof|Sen|Rep)\.? $",
    EntityType.PRODUCT: r"\b(?:app|assistant|chatbot|tool|editor|browser|agent|platform|service|plugin|called|using) $",
    EntityType.MODEL: r"\b(?:model|models|LLM|called|named)s? [\"“‘]?$|(?:モデル|LLM)(?:の|「|『)?$",
}
_AFTER: dict[EntityType, str] = {
    EntityType.COMPANY: (
        rf"^(?:['’]s)? (?:CEO|CTO|chief|co-?founders?|founders?|shares|stock|spokes\w+|executives?|{_ACTS})\b|"
        rf"^, (?:an?|the) [^,.]{{0,40}}\b(?:{_FIRMS})\b|"
        r"^(?:社|株|の(?:CEO|最高経営|広報|創業者|株価|株式|時価総額|売上|本社)|と(?:提携|契約|の提携)|に(?:出資|投資|対し)|"
        r"を(?:買収|提訴|訴え|相手取))|"
        r"^(?:は|が|も)[^。]{0,40}(?:発表|公開|開発|調達|買収|設備投資|提供|投入|出資|開始|方針|売上|決算|株価|述べ|明らか|AI)"
    ),
    EntityType.PUBLICATION: (
        r"^ (?:post|account|thread|user)s?\b|^,? \(?formerly Twitter|"
        r"^(?:（旧|\(旧|上で|上の|の(?:投稿|アカウント|公式)|(?:に|へ)[^。、]{0,8}投稿|"
        r"で[^。]{0,24}(?:投稿|述べ|書い|つぶや|反論|コメント|発言|告知|公表|明らか|発表|批判))"
    ),
    EntityType.PERSON: r"^(?:氏|さん|CEO|会長|社長|博士|教授|大統領|知事|議員|長官)",
    EntityType.PRODUCT: (
        r"^(?:['’]s)? (?:app|assistant|chatbot|editor|IDE|browser|agent|users|plugin|subscription|subscribers)\b|"
        r"^(?:アプリ|ユーザー|を(?:使|利用))"
    ),
    EntityType.MODEL: (
        r"^(?:['’]s)? (?:(?:series|family) of )?(?:reasoning |language |base |open |chat )?models?\b|"
        r"^(?:['’]s)? (?:weights|checkpoints?|paper)\b|^[\"”’]? ?(?:model|LLM)\b|"
        r"^[」』]?(?:という)?(?:推論|言語|基盤)?(?:モデル|シリーズ|LLM)"
    ),
    EntityType.HARDWARE: (
        r"^s? (?:GPU|chip|accelerator|processor|cluster|system|card|node)s?\b|"
        r"^(?:チップ|搭載|プロセッサ|GPU)"
    ),
    EntityType.BENCHMARK: r"^ (?:benchmark|leaderboard|test|exam)s?\b|^(?:ベンチマーク|テスト)",
}
_HINTS = {kind: (re.compile(_BEFORE.get(kind, r"(?!)")), re.compile(_AFTER.get(kind, r"(?!)"))) for kind in EntityType}


def is_hinted(text: str, start: int, end: int, kind: EntityType) -> bool:
    """Whether the words right beside the span want a name of this type there."""
    before, after = _HINTS[kind]
    return bool(before.search(text[max(0, start - _REACH) : start]) or after.search(text[end : end + _REACH]))


# A capital in the middle of a sentence, by itself; behind it no number ("Figure 3") and no further capital.
_INSIDE = re.compile(r"(?:[a-z0-9,;’'”%)] |[a-z][-—–/(] ?|\b[a-z]+ [\"“‘])$")
_BESIDE = re.compile(r"(?:['’]s)?(?: [A-Z0-9]|-[A-Za-z0-9]|\.\w| (?:of|and) [A-Z])")
_WORDS_INSIDE = re.compile(r"[A-Za-z][\w’'-]*")
# Latin among kana and kanji is a name of itself, but for a part of a longer one.
_LATIN_BEFORE, _LATIN_BEHIND = re.compile(r"[A-Za-z0-9] $"), re.compile(r" ?[A-Za-z0-9]")
_JAPANESE = re.compile(r"[ぁ-ヶー一-龠々]")
_SHORTEST = 2
_HEADLINE = 0.6
_HEAD = re.compile(r"(?:^|[.!?:;|•\n])[\s\"“‘'*#>(\[-]*$|[\"“‘][*]*$")
_FORENAME = re.compile(r"(?P<word>[A-ZÀ-Þ][a-zà-ÿ’'-]+|[A-Z]\.) $")
# "Nvidia's Huang" and "Taiwan-born Huang" name no other Huang.
_NO_FORENAME = re.compile(r"['’]s$|-[a-zà-ÿ]")
# Words with a capital that stand before a surname and are no forename.
_BEFORE_SURNAME = frozenset([
    "Mr", "Ms", "Mrs", "Dr", "Prof", "Professor", "President", "Vice", "Senator", "Sen", "Rep", "Secretary", "Minister",
    "Governor", "Gov", "Chairman", "Chairwoman", "Judge", "Justice", "Chief", "Chancellor", "Premier", "Sir", "Lord",
    "Lady", "General", "Director", "Commissioner", "Founder", "Co-founder", "Attorney", "The", "But", "And", "If",
    "When", "As", "While", "After", "Before", "Since", "Because", "With", "For", "In", "On", "At", "By", "From", "To",
    "Of", "Both", "Neither", "Then", "Now", "Yet", "So", "Or", "That", "This", "Only", "Even", "Like", "Unlike", "Did",
    "Does", "Is", "Was", "Will", "Can", "Could", "Would", "Should", "Has", "Had", "Why", "How", "What", "Where",
    "Though", "Although", "However", "Meanwhile", "Later", "Today", "Yesterday", "Monday", "Tuesday", "Wednesday",
    "Thursday", "Friday", "Saturday", "Sunday", "Says", "Said", "CEO", "CTO",
])  # fmt: skip


def stands_out(text: str, start: int, end: int) -> bool:
    """Whether a spelling of an ordinary word stands with a capital where only a name has one."""
    surface = text[start:end]
    if not surface.isascii() or end - start < _SHORTEST or not any(char.isupper() for char in surface):
        return False
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    if _is_japanese(text) and (not around.strip(" 、。「」（）()") or _JAPANESE.search(around)):
        return not find_before(_LATIN_BEFORE, text, start) and not _LATIN_BEHIND.match(text, end)
    if not surface[0].isupper() or not find_before(_INSIDE, text, start) or _BESIDE.match(text, end):
        return False
    return not is_headline(text)


def opens_sentence(text: str, start: int) -> bool:
    """Whether a place is the head of a sentence, a quote or a list item, where any word has a capital."""
    return bool(find_before(_HEAD, text, start)) and not _is_japanese(text)


@lru_cache(maxsize=1)  # the same text for each name in it
def is_headline(text: str) -> bool:
    """Whether most words of a text have a capital."""
    words = _WORDS_INSIDE.findall(text)
    return sum(word[0].isupper() for word in words) >= _HEADLINE * len(words) and not _is_japanese(text)


@lru_cache(maxsize=1)
def _is_japanese(text: str) -> bool:
    return _JAPANESE.search(text) is not None


def has_other_forename(text: str, start: int, end: int, name: str) -> bool:
    """Whether a bare surname follows somebody else's forename (`Kimbal Musk` is not Elon Musk)."""
    before = find_before(_FORENAME, text, start)
    if before is None or " " in text[start:end] or not text[start:end].isascii():
        return False
    return (
        before["word"] not in _BEFORE_SURNAME
        and not _NO_FORENAME.search(before["word"])
        and before["word"] not in name.split(" ")
        and not before["word"].isupper()
    )
