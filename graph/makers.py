"""Who makes a thing that no table and no claim gives a maker, as articles say in passing: "A's model B", AのモデルB."""

import re
from collections.abc import Iterable, Iterator

from graph.background import Background
from graph.naming import list_names, match_names
from graph.records import ArticleId, Entity, EntityId, EntityType, Party, Relation, Tie
from graph.ties import find_makers
from graph.utterances import Utterance
from graph.witnesses import is_own_page, publishes

_THINGS = (EntityType.MODEL, EntityType.PRODUCT, EntityType.HARDWARE)
_MAKERS = (EntityType.COMPANY, EntityType.INSTITUTION)
# What a thing is, between its maker's name and its own; who else has to do with one is no maker.
_WORD = (
    r"(?!(?:rival|competitor|customer|client|user|partner|supplier)s?\b"
    r"|(?:of|to|for|with|on|from|in|by|and|or|than|against|over|use|that|is|was|has)\b)[\w-]+"
)
_OTHERS = "競合|ライバル|対抗|顧客|利用|株主|提携|取引"
_QUOTE = r"[\"“‘'«「『]?"
# From the maker to the thing: "A's driving system B", Aの半導体「B」, Aが開発したB.
_BEFORE = re.compile(
    rf"['’]s? (?:{_WORD} ){{0,4}}{_QUOTE}"
    rf"|社?の(?:(?!{_OTHERS})[^、。「」の]){{0,14}}{_QUOTE}"
    rf"|が(?:開発|製造|設計)(?:し|する|した|している)(?:(?!{_OTHERS})[^、。「」]){{0,14}}{_QUOTE}"
)
# What is said of the thing under its name is not the thing: "A's B scores".
_BEHIND = re.compile(r"['’]s?\b| (?:tests?|scores?|results?|reviews?|evaluations?|runs?|figures?)\b")
# From the thing to the maker: "B, made by A", "B, the model of A", Bを開発したA.
_AFTER = re.compile(
    r",? (?:which (?:is|was) |is |was )?(?:made|developed|built|designed) by (?:the )?(?:[\w.'’-]+ ){0,2}"
    rf"|, (?:the|an?) (?:{_WORD} ){{1,5}}(?:of|by|from) (?:[A-Z][\w-]*['’]s? ){{0,2}}"
    r"|[」』]?を(?:開発|製造|設計)(?:する|した|している)(?:[^、。「」のを]{0,12}の)?"
)
# "B, A's driving system,": what follows the maker's name then.
_APPOSED = re.compile(rf"['’]s? {_WORD}(?: {_WORD}){{0,3}}(?=[,.;)])")
# The same on the maker's own page: "our model B", "B, our model", 当社の「B」.
_OURS_BEFORE = re.compile(
    rf"(?:\b[Oo]ur (?:{_WORD} ){{0,4}}|[当弊]社の(?:(?!{_OTHERS})[^、。「」の]){{0,14}}){_QUOTE}$"
)
_OURS_BEHIND = re.compile(rf", our {_WORD}")
# Characters between the two names.
_REACH = 60


def find_named_makers(told: Iterable[Utterance], background: Background) -> tuple[Tie, ...]:
    """Ties `MAKES` that articles with texts say, by their addresses, among those whom the utterances name, in order;
    none of a thing that has a maker, or that is said to be two firms'."""
    known: dict[ArticleId, list[Utterance]] = {}
    for one in told:
        known.setdefault(one.article.id, []).append(one)
    firms = _list_named((one for said in known.values() for one in said), _MAKERS, background)
    names = {name: firm.id for firm in firms for name in list_names(firm)}
    pattern = match_names(names)
    makers: dict[EntityId, dict[EntityId, str]] = {}
    for _, said in sorted(known.items()):
        article = said[0].article
        own = [firm.id for firm in firms if publishes(said[0], firm.id, background)] if is_own_page(said[0]) else []
        for thing in _list_named(said, _THINGS, background):
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


def _list_named(said: Iterable[Utterance], types: Iterable[EntityType], background: Background) -> list[Entity]:
    """Those of some types whom utterances name, in order."""
    ids = {party.entity for one in said for party in _list_parties(one) if party.entity}
    found = (background.entities[id] for id in sorted(ids) if id in background.entities)
    return [one for one in found if one.type in types]


def _list_parties(one: Utterance) -> tuple[Party, ...]:
    return (*one.claim.parties, *(claimant.party for claimant in one.claim.claimants))


def _is_ours(text: str, thing: tuple[int, int]) -> bool:
    start, end = thing
    return bool(_OURS_BEFORE.search(text[max(start - _REACH, 0) : start]) or _OURS_BEHIND.match(text, end))


def _find_makers(text: str, thing: tuple[int, int], names: re.Pattern[str]) -> Iterator[str]:
    """The names beside that of the thing whose bearers make it, as the words between the two say."""
    start, end = thing
    before = list(names.finditer(text, max(start - _REACH, 0), start))
    if before and _BEFORE.fullmatch(text, before[-1].end(), start) and not _BEHIND.match(text, end):
        yield before[-1][0]
    after = names.search(text, end, end + _REACH)
    if after is None:
        return
    apposed = text[end : after.start()] == ", " and _APPOSED.match(text, after.end())
    if apposed or _AFTER.fullmatch(text, end, after.start()):
        yield after[0]
