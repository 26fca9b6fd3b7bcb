"""Whom words name: a party by any of its names, not only its rivals or users; and whose name a page bears."""

import re
from collections.abc import Iterable
from functools import lru_cache

from graph.background import Background
from graph.ids import fold_name
from graph.records import Entity, EntityId, EntityType
from graph.spelling.forms import drop_form
from graph.utterances import fold_outlet

# "News", "Blog": what a body adds to its own name for its pages.
_PAGES = re.compile(
    r"(?:['’]s)?\s{0,3}(?:news(?:room)?|blog|press(?: releases?)?|公式(?:サイト|ブログ)?|ニュース(?:ルーム)?|ブログ)$",
    re.I,
)
# "Critics of X", "X users", Xを装う: others than X, by whom they are to it.
_NOT_IT = (
    re.compile(
        r"(?:\b(?:critics?|opponents?|rivals?|competitors?|customers?|clients?|users?|victims?|"
        r"imitat(?:ions?|ors?)) of|"
        r"\b(?:posing|masquerading) as|\bimpersonat(?:ed|ing)|\b(?:attack|target|breach|hack|critici[sz])(?:ed|ing)|"
        r"\bother than) (?:(?!(?:at|by|for|from|in|with|linked)\b)[\w.,-]{1,20} ){0,4}$",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:['’]s?)? (?:rival|competitor|critic|customer|client|user|victim)s?\b|"
        r"(?:の|に対する)?(?:ライバル|競合|競争相手|顧客|利用者|ユーザー|批判者|被害者|模倣)|を(?:装|騙|かた|攻撃|批判|模倣)|"
        r"になりすま|以外",
        re.IGNORECASE,
    ),
)
_FORMER = re.compile(r"\b(?:former|ex)[- ]|元", re.IGNORECASE)
_ACTORS = (EntityType.COMPANY, EntityType.PERSON, EntityType.INSTITUTION, EntityType.MODEL, EntityType.PRODUCT)
_LATIN = re.compile(r"[A-Za-z0-9]")
# A shorter name is in too many words.
_SHORTEST_NAME = 3


def is_named_in(words: str, id: EntityId, background: Background) -> bool:
    """Whether words have a name of an actor, whom no "former" before it makes another."""
    entity = background.entities.get(id)
    if entity is None or entity.type not in _ACTORS:
        return False
    # Of thousands of entities hardly any is among a few words, which is soon seen without patterns.
    if not any(name in words for name in (entity.name, entity.name_ja or entity.name, *entity.aliases)):
        return False
    found = _match_names(entity).search(words)
    return found is not None and not _FORMER.search(words[: found.start()])


def is_meant_in(words: str, id: EntityId, background: Background) -> bool:
    """Whether words for somebody name it, and not only those who have to do with it: its rivals, users or critics."""
    before, behind = _NOT_IT
    return is_named_in(words, id, background) and any(
        not before.search(words[: found.start()]) and not behind.match(words, found.end())
        for found in _match_names(background.entities[id]).finditer(words)
    )


def list_own_names(outlet: str) -> frozenset[str]:
    """What a party may be called whose pages bear this name, folded: as it is, without "The", "Blog" or "Inc."."""
    page = _PAGES.sub("", outlet)
    return frozenset({fold_name(outlet), fold_outlet(outlet), fold_name(page), fold_name(drop_form(page))})


def list_names(entity: Entity) -> list[str]:
    """Its names that are long enough to be told from other words, in order."""
    return sorted(name for name in {entity.name, entity.name_ja or "", *entity.aliases} if len(name) >= _SHORTEST_NAME)


def match_names(names: Iterable[str]) -> re.Pattern[str]:
    """What finds any of the names, a longer one first, where it is no part of another word."""
    listed = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(_bound, listed)) or "(?!)")


def _bound(name: str) -> str:
    """A name where no word goes on; of kana and kanji none does: CEOサム・アルトマン."""
    before = r"(?<![A-Za-z0-9])" if _LATIN.match(name[:1]) else ""
    behind = r"(?![A-Za-z0-9])" if _LATIN.match(name[-1:]) else ""
    return f"{before}{re.escape(name)}{behind}"


@lru_cache(10_000)  # the same parties of one story again and again
def _match_names(entity: Entity) -> re.Pattern[str]:
    return match_names(list_names(entity))
