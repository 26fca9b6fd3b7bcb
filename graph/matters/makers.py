"""Who makes a thing that no table and no claim gives a maker, as articles say in passing: "A's model B", AのモデルB."""

import re
from collections.abc import Iterable, Iterator

from graph.background import Background
from graph.matters.ties import find_makers
from graph.matters.witnesses import is_own_page, publishes
from graph.naming import list_names, match_names
from graph.records import ArticleId, EntityId, EntityType, Relation, Tie
from graph.utterances import Utterance

_THINGS = (EntityType.MODEL, EntityType.PRODUCT, EntityType.HARDWARE)
_MAKERS = (EntityType.COMPANY, EntityType.INSTITUTION)
# What a thing is: the last word between its maker's name and its own; whoever has else to do with one is no maker.
_KIND = r"(?:model|chip|processor|accelerator|system|assistant|chatbot|service|robot|app|platform|engine|device)\b"
_WORD = (
    r"(?!(?:rival|competitor|competing|customer|client|user|partner|supplier|favou?rite|preferred)s?\b"
    r"|(?:of|to|for|with|on|from|in|by|and|or|than|against|over|use[ds]?|that|is|was|has|beats?|beat)\b)[a-z][a-z-]*"
    r"(?<!ed)(?<!says)"
)
_KIND_JA = r"(?:モデル|半導体|チップ|システム|アシスタント|サービス|ロボット|アプリ|装置|AI)"
_OTHERS = "競合|ライバル|対抗|顧客|利用|使|採用|株主|提携|取引|比"
_FAR_JA = rf"(?:(?!{_OTHERS})[^、。「」のはがでをとも]){{0,12}}"
_QUOTE = r"[\"“‘'«「『]?"
# From the maker to the thing: "A's driving system B", Aの半導体「B」, Aが開発したB.
_BEFORE = re.compile(
    rf"['’]s? (?:new |latest )?(?:(?:{_WORD} )?{_KIND} )?{_QUOTE}"
    rf"|社?の(?:{_FAR_JA}{_KIND_JA})?{_QUOTE}"
    rf"|が(?:開発|製造|設計)(?:し|する|した|している)(?:{_FAR_JA}{_KIND_JA})?{_QUOTE}"
)
# What is said of the thing under its name is not the thing: "A's B scores", nor is a use of it.
_BEHIND = re.compile(
    r"['’]s?\b| (?:tests?|scores?|results?|reviews?|evaluations?|runs?|figures?|rivals?|customers?|users?)\b"
    r"|[」』]?の?(?:利用|使用|採用|導入|競合|対抗|試験|テスト|評価)"
)
# From the thing to the maker: "B, made by A", Bを開発したA.
_AFTER = re.compile(
    r",? (?:which (?:is|was) |is |was )?(?:made|developed|built|designed) by (?:the )?(?:[A-Z][\w.-]*['’]s? ){0,2}"
    r"|[」』]?を(?:(?:開発|製造|設計)(?:する|した|している)|手(?:が|掛)ける)(?:[^、。「」のはがでをとも]{0,12}の)?"
)
# "B, A's driving system, leads", "B, the model of A, leads"; "unlike B, A's model" is another, and so it is in a list.
_APPOSED = re.compile(rf"['’]s? (?:new |latest )?(?:{_WORD} )?{_KIND}(?=, (?!and\b|or\b)[a-z])")
_APPOSED_OF = re.compile(rf", (?:the|an?) (?:{_WORD} )?{_KIND} (?:of|by|from) (?:[A-Z][\w-]*['’]s? ){{0,2}}")
_GOES_ON = re.compile(r", (?!and\b|or\b)[a-z]|\.")
_SET_BESIDE = re.compile(
    r"(?:\b(?:like|unlike|than|with|against|from|to|besides?|after|before|and|or)|,) $", re.IGNORECASE
)
# The same on the maker's own page: "our model B", "B, our model", 当社の「B」.
_OURS_BEFORE = re.compile(
    rf"(?:\b[Oo]ur (?:new |latest )?(?:(?:{_WORD} )?{_KIND} )?|[当弊]社の(?:{_FAR_JA}{_KIND_JA})?){_QUOTE}$"
)
_OURS_BEHIND = re.compile(rf", our (?:{_WORD} )?{_KIND}(?=[,.;])")
# Characters between the two names.
_REACH = 60


def find_named_makers(told: Iterable[Utterance], background: Background) -> tuple[Tie, ...]:
    """Ties `MAKES` that articles with texts say, by their addresses, among those whom the utterances name, in order;
    none of a thing that has a maker, or that is said to be two firms'."""
    known: dict[ArticleId, list[Utterance]] = {}
    for one in told:
        known.setdefault(one.article.id, []).append(one)
    firms = background.list_typed((id for said in known.values() for one in said for id in one.claim.named), _MAKERS)
    names = {name: firm.id for firm in firms for name in list_names(firm)}
    pattern = match_names(names)
    makers: dict[EntityId, dict[EntityId, str]] = {}
    for _, said in sorted(known.items()):
        article = said[0].article
        own = [firm.id for firm in firms if publishes(said[0], firm.id, background)] if is_own_page(said[0]) else []
        for thing in background.list_typed((id for one in said for id in one.claim.named), _THINGS):
            if find_makers(background, thing.id):
                continue
            for span in (found.span() for found in match_names(list_names(thing)).finditer(article.text)):
                told_by = [names[name] for name in _find_makers(article.text, span, pattern)]
                for maker in (*told_by, *(own if _is_ours(article.text, span) else ())):
                    makers.setdefault(thing.id, {}).setdefault(maker, article.url)
    return tuple(
        Tie(maker, Relation.MAKES, thing, url)
        for thing, found in sorted(makers.items())
        if len(found) == 1
        for maker, url in found.items()
    )


def _is_ours(text: str, thing: tuple[int, int]) -> bool:
    start, end = thing
    before = text[max(start - _REACH, 0) : start]
    return bool(_OURS_BEFORE.search(before) or (not _SET_BESIDE.search(before) and _OURS_BEHIND.match(text, end)))


def _find_makers(text: str, thing: tuple[int, int], names: re.Pattern[str]) -> Iterator[str]:
    """The names beside that of the thing whose bearers make it, as the words between the two say."""
    start, end = thing
    before = list(names.finditer(text, max(start - _REACH, 0), start))
    if before and _BEFORE.fullmatch(text, before[-1].end(), start) and not _BEHIND.match(text, end):
        yield before[-1][0]
    after = names.search(text, end, end + _REACH)
    if after is None:
        return
    own = text[end : after.start()] == ", " and _APPOSED.match(text, after.end())
    of = _APPOSED_OF.fullmatch(text, end, after.start()) and _GOES_ON.match(text, after.end())
    apposed = (own or of) and not _SET_BESIDE.search(text[max(start - _REACH, 0) : start])
    if apposed or _AFTER.fullmatch(text, end, after.start()):
        yield after[0]
