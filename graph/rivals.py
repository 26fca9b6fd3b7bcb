"""Who competes with whom, as articles say in passing: "A, which competes with B", "its rival A"; as results compare."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.background import Background
from graph.records import Article, ArticleId, Entity, EntityId, EntityType, Predicate, Relation, Tie
from graph.utterances import Utterance

_RIVALS = (EntityType.COMPANY, EntityType.MODEL, EntityType.PRODUCT, EntityType.INSTITUTION)
_COMPARING = (Predicate.OUTPERFORMS, Predicate.UNDERPERFORMS, Predicate.MATCHES)
# Words between two that compete, and words before one that competes with whom the article is about.
_BETWEEN = re.compile(
    r"\b(?:compet(?:es?|ed|ing) (?:directly )?(?:with|against)|(?:rival|competitor) (?:of|to))\b"
    r"|と(?:競合する|競争する|競う|競り合う)"
)
_KIND = r"(?:(?!(?:of|and|or|no|not|to|without|for|never|former|old|past|one-time|erstwhile)\b)[\w-]+ ){0,3}?"
_BEFORE = re.compile(
    rf"\b(?:rival|competitor)s? (?=[A-Z])|\b(?:an?|the|its|their) {_KIND}(?:rival|competitor), (?=[A-Z])"
    r"|競合(?:する|の|他社の|企業の)?「?|ライバル(?:の|企業の)?「?"
)
# Words right behind one that competes with somebody of the article, or with whom they name, and nothing behind them but
# a pause: "A, B's main competitor in cards, …".
_BEHIND = re.compile(
    r"(?:,| is) (?:(?:an?|the) |(?P<whose>[A-Z][\w .&-]{1,30})['’]s )"
    rf"{_KIND}(?:rival|competitor)(?: (?:in|for) [\w ]{{2,30}}?)?(?=[,;.)])"
)
# Characters from such words to a name, and to the comma that ends what is said there.
_REACH = 40
# A shorter name is in too many words.
_SHORTEST_NAME = 3
_SENTENCE_ENDS = re.compile(r"[.。!?！？\n]\s*")


def find_rivals(told: Iterable[Utterance], background: Background) -> tuple[Tie, ...]:
    """Ties `COMPETES_WITH` that articles with texts say, by their addresses, and those between things of which a claim
    compares the results, and between their makers, by its id; among parties of the utterances, and the same for any
    order of them."""
    known = sorted({one.id: one for one in told}.values(), key=lambda one: one.id)
    found = [*_find_compared(known, background), *_find_said(known, background)]
    return tuple(dict.fromkeys(sorted(found, key=lambda tie: (tie.subject, tie.object, tie.source))))


def _find_compared(told: Iterable[Utterance], background: Background) -> Iterator[Tie]:
    for one in told:
        first, second = one.claim.subject.entity, one.claim.object.entity if one.claim.object else None
        if one.claim.predicate in _COMPARING and first and second and first != second and second != _ground(one):
            yield Tie(first, Relation.COMPETES_WITH, second, one.id)
            makers = [id for side in (first, second) for id in background.list_above(side)[:1]]
            if len(makers) == 2 and background.find_root(first) != background.find_root(second):
                yield Tie(makers[0], Relation.COMPETES_WITH, makers[1], one.id)


def _ground(one: Utterance) -> EntityId | None:
    return one.claim.benchmark.entity if one.claim.benchmark else None


def _find_said(told: Iterable[Utterance], background: Background) -> Iterator[Tie]:
    topics: dict[ArticleId, Counter[EntityId]] = defaultdict(Counter)
    articles: dict[ArticleId, Article] = {}
    parties: dict[EntityId, None] = {}
    for one in told:
        articles[one.article.id] = one.article
        if one.claim.subject.entity:
            topics[one.article.id][background.find_root(one.claim.subject.entity)] += 1
        parties |= {party.entity: None for party in one.claim.parties if party.entity}
    entities = [background.entities[id] for id in parties if id in background.entities]
    names = {name: entity.id for entity in entities if entity.type in _RIVALS for name in _list_names(entity)}
    for id, article in articles.items():
        topic = min(topics[id], key=lambda entity: (-topics[id][entity], entity), default=None)
        for pair in _read_pairs(article.text, names, topic):
            if background.find_root(pair[0]) != background.find_root(pair[1]):
                yield Tie(pair[0], Relation.COMPETES_WITH, pair[1], article.url)


def _read_pairs(
    text: str, names: Mapping[str, EntityId], topic: EntityId | None
) -> Iterator[tuple[EntityId, EntityId]]:
    taken = []
    for found in _BETWEEN.finditer(text):
        taken.append(found.span())
        before = _find_last(_cut_before(text, found.start()), names)
        after = _find_first(_cut_after(text, found.end()), names)
        if before and after and before != after:
            yield before, after
    for found in _BEFORE.finditer(text):
        if any(start <= found.start() < end for start, end in taken):
            continue
        after = next((names[n] for n in _longest_first(names) if text.startswith(n, found.end())), None)
        if after and topic and after != topic:
            yield after, topic
    for found in _BEHIND.finditer(text):
        before = _find_ending(_cut_before(text, found.start()), names)
        whom = _find_last(found["whose"], names) if found["whose"] else topic
        if before and whom and before != whom:
            yield before, whom


def _cut_before(text: str, end: int) -> str:
    return _SENTENCE_ENDS.split(text[max(end - _REACH, 0) : end])[-1]


def _cut_after(text: str, start: int) -> str:
    return _SENTENCE_ENDS.split(text[start : start + _REACH])[0]


def _find_last(words: str, names: Mapping[str, EntityId]) -> EntityId | None:
    places = [(words.rfind(name) + len(name), len(name), name) for name in names if name in words]
    return names[max(places)[2]] if places else None


def _find_ending(words: str, names: Mapping[str, EntityId]) -> EntityId | None:
    """Whose name the words end with."""
    return next((names[name] for name in _longest_first(names) if words.endswith(name)), None)


def _find_first(words: str, names: Mapping[str, EntityId]) -> EntityId | None:
    places = [(words.find(name), -len(name), name) for name in names if name in words]
    return names[min(places)[2]] if places else None


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _list_names(entity: Entity) -> list[str]:
    names = {entity.name, entity.name_ja or "", *entity.aliases}
    return [name for name in names if len(name) >= _SHORTEST_NAME]
