"""Who competes with whom, as articles say in passing: "A, which competes with B", "its rival A"; as results compare."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.background import Background
from graph.naming import list_names, match_names
from graph.records import Article, ArticleId, EntityId, EntityType, Predicate, Relation, Tie
from graph.utterances import Utterance

_RIVALS = (EntityType.COMPANY, EntityType.MODEL, EntityType.PRODUCT, EntityType.INSTITUTION)
_COMPARING = (Predicate.OUTPERFORMS, Predicate.UNDERPERFORMS, Predicate.MATCHES)
# Words between two that compete, and words before one that competes with whom the article is about.
_BETWEEN = re.compile(
    r"\b(?:compet(?:es?|ed|ing) (?:directly )?(?:with|against)|(?:rival|competitor) (?:of|to))\b"
    r"|と(?:競合する|競争する|競う|競り合う)"
)
# The same where what stands right before is a name, else it may be a noun: "its rivals OpenAI and Google".
_DOES = re.compile(r" (?:rivals|rivalled|rivaled) (?=[A-Z])")
# In Japanese the verb ends what is said of two that stand before it: AはBと市場を争っている.
# Who fights with another before a court is no rival by that.
_JA_RIVALS = re.compile(
    r"と(?:(?:[^、。「」はがと]{1,12}[をで])?(?:競合し|競争し|競っ|競り合っ|競い合っ)|(?:市場|首位|シェア|顧客|受注)を争っ)て(?:い|お)"
)
_JA_TOPIC = re.compile(r"[はが]")
_NOT = re.compile(r"\b(?:no|not|never|cannot|neither|nor|without|hardly|\w+n['’]t)(?: \w+){0,2} $")
_KIND = r"(?:(?!(?:of|and|or|no|not|to|without|for|never|former|old|past|one-time|erstwhile)\b)[\w-]+ ){0,3}?"
_BEFORE = re.compile(
    r"\b(?:rival|competitor) (?=[A-Z])|(?:^|\b(?i:its|their|the|and|of|to|by|with|from|like|than|over|against|behind) )"
    rf"(?:rival|competitor)s (?=[A-Z])|\b(?:an?|the|its|their) {_KIND}(?:rival|competitor), (?=[A-Z])"
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
_SENTENCE = 200
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
        parties |= dict.fromkeys(one.claim.named)
    entities = [background.entities[id] for id in parties if id in background.entities]
    names = {name: entity.id for entity in entities if entity.type in _RIVALS for name in list_names(entity)}
    reading = _Reading(names)
    for id, article in articles.items():
        topic = min(topics[id], key=lambda entity: (-topics[id][entity], entity), default=None)
        for pair in reading.iter_pairs(article.text, topic):
            if background.find_root(pair[0]) != background.find_root(pair[1]):
                yield Tie(pair[0], Relation.COMPETES_WITH, pair[1], article.url)


class _Reading:
    """Finds pairs that compete, of those that have the names."""

    def __init__(self, names: Mapping[str, EntityId]) -> None:
        self._names, self._pattern = names, match_names(names)

    def iter_pairs(self, text: str, topic: EntityId | None) -> Iterator[tuple[EntityId, EntityId]]:
        """Pairs in the order of the three ways to say so; topic: whom "its rival" competes with."""
        pairs = (*self._iter_between(text), *self._iter_before(text, topic), *self._iter_behind(text, topic))
        yield from ((one, other) for one, other in pairs if one and other and one != other)

    def _iter_between(self, text: str) -> Iterator[tuple[EntityId | None, EntityId | None]]:
        for found in _BETWEEN.finditer(text):
            before = _cut_before(text, found.start())
            if not _NOT.search(before):
                yield self._find_last(before), self._find_first(_cut_after(text, found.end()))
        for found in _JA_RIVALS.finditer(text):
            before = _cut_before(text, found.start())
            yield self._find_topic(before), self._find_ending(before)
        for found in _DOES.finditer(text):
            yield self._find_ending(_cut_before(text, found.start())), self._find_at(text, found.end())

    def _iter_before(self, text: str, topic: EntityId | None) -> Iterator[tuple[EntityId | None, EntityId | None]]:
        taken = [found.span() for found in _BETWEEN.finditer(text)]
        for found in _BEFORE.finditer(text):
            if not any(start <= found.start() < end for start, end in taken):
                rival = self._find_at(text, found.end())
                # "A accused a competitor, B", where all the rest is about B.
                yield rival, self._find_first_of(text, found.start()) if rival == topic else topic

    def _iter_behind(self, text: str, topic: EntityId | None) -> Iterator[tuple[EntityId | None, EntityId | None]]:
        for found in _BEHIND.finditer(text):
            whom = self._find_last(found["whose"]) if found["whose"] else topic
            yield self._find_ending(_cut_before(text, found.start())), whom

    def _find_first(self, words: str) -> EntityId | None:
        return self._read(self._pattern.search(words))

    def _find_first_of(self, text: str, end: int) -> EntityId | None:
        """The first who is named in a sentence before a place of it."""
        return self._find_first(_SENTENCE_ENDS.split(text[max(end - _SENTENCE, 0) : end])[-1])

    def _find_last(self, words: str) -> EntityId | None:
        return self._read(max(self._pattern.finditer(words), key=lambda found: found.end(), default=None))

    def _find_topic(self, words: str) -> EntityId | None:
        """The first whose name stands right before the mark of a topic or subject."""
        marked = (found for found in self._pattern.finditer(words) if _JA_TOPIC.match(words, found.end()))
        return self._read(next(marked, None))

    def _find_at(self, text: str, start: int) -> EntityId | None:
        return self._read(self._pattern.match(text, start))

    def _find_ending(self, words: str) -> EntityId | None:
        """Whose name the words end with."""
        last = max(self._pattern.finditer(words), key=lambda found: found.end(), default=None)
        return self._read(last) if last and last.end() == len(words) else None

    def _read(self, found: re.Match[str] | None) -> EntityId | None:
        return self._names[found[0]] if found else None


def _cut_before(text: str, end: int) -> str:
    return _SENTENCE_ENDS.split(text[max(end - _REACH, 0) : end])[-1]


def _cut_after(text: str, start: int) -> str:
    return _SENTENCE_ENDS.split(text[start : start + _REACH])[0]
