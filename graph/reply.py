"""The right of reply: what the accused answered to an accusation, or did not, and after how long."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from graph.background import Background
from graph.records import ArticleId, ClaimId, EntityId, Polarity
from graph.status import find_accusation
from graph.utterances import Utterance, sort_utterances
from graph.witnesses import find_accused, speaks_for


class Answer(StrEnum):
    """What the accused did, as far as the articles say."""

    DENIED = "denied"
    ANSWERED = "answered"
    DECLINED = "declined to comment"
    NO_RESPONSE = "did not respond"
    ASKED = "asked"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, or the lack of one.

    by        the name that the sentence gives
    hours     since the accusation was first reported
    sentence  that shows it; empty when nothing was found at all
    span      where it stands in the article
    claims    a denial or answer that is a claim
    """

    answer: Answer
    by: str
    hours: float
    at: datetime
    article: ArticleId | None = None
    sentence: str = ""
    span: tuple[int, int] | None = None
    claims: tuple[ClaimId, ...] = ()


_ASKED = r"(?:request|question|inquir|enquir|e-?mail|call|message|comment)"
_PHRASES: tuple[tuple[Answer, re.Pattern[str]], ...] = (
    (
        Answer.DECLINED,
        re.compile(
            r"declin\w+ (?:to )?(?:comment|be interviewed|answer|discuss)|(?:refused|would not|no) (?:to )?comment"
            r"|(?:コメント|取材|回答)(?:を|は|に|には)?(?:控え|拒否|拒ん|断っ|応じ(?:てい)?な|差し控え)|ノーコメント",
            re.IGNORECASE,
        ),
    ),
    (
        Answer.NO_RESPONSE,
        re.compile(
            rf"(?:did|do|does|has|have|had) not (?:immediately |yet )*(?:respond|repl|answer|return)\w*"
            rf"|(?:didn|hasn|haven)['’]t (?:immediately |yet )*(?:respond|repl|answer|return)\w*"
            rf"|could not (?:immediately )?be reached|not (?:immediately )?available for comment"
            rf"|no (?:immediate )?(?:response|reply|answer) to (?:a |our |its )?{_ASKED}"
            r"|(?:has|have) not commented|has said nothing|declined? to respond"
            r"|(?:回答|返答|応答|返信|コメント)(?:が|は|を|も|して)*(?:得られ|なかった|いない|していない|して(?:い)?ない|しなかった|寄せ(?:られ)?て(?:い)?ない)",
            re.IGNORECASE,
        ),
    ),
    (
        Answer.ASKED,
        re.compile(
            r"(?:asked|approached|contacted) (?:\w+ ){0,3}for (?:a )?(?:comment|response)|"
            r"(?:コメント|取材)を(?:求め|申し入れ|依頼)",
            re.IGNORECASE,
        ),
    ),
)
_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？]+(?=[\s\"”’」]|$|(?<=[。！？]))[\"”’」]*|(?=\n)|$)")
# "DeepSeek did not immediately respond": characters between the one who was asked and the phrase.
_SUBJECT_REACH = 60
_POSSESSIVE = re.compile(r"['’]s\b|の")
# A reply stands in the story of the accusation, not at the other end of a long digest.
_NEAR = 2000


def find_replies(utterances: Iterable[Utterance], background: Background) -> tuple[Reply, ...]:
    """What the accused answered to the accusation that the utterances make, oldest first; one SILENT when nothing.

    Given are the utterances of one accusation, denials included. Empty when nobody is accused by name. An answer before
    the first accusation that is known is none to it.
    """
    told = sort_utterances(utterances)
    first = find_accusation(told)
    if first is None or first.claim.subject.entity is None:
        return ()
    accused = frozenset().union(*(find_accused(one.claim, background) for one in told))
    replies = [*_find_denials(told, accused, background, first.at), *_find_phrases(told, accused, background, first.at)]
    replies.sort(key=lambda reply: (reply.at, reply.answer, reply.sentence))
    last = told[-1].at
    silence = Reply(Answer.SILENT, first.claim.subject.name, _count_hours(last - first.at), last)
    return tuple(_keep_first(replies)) or (silence,)


def _count_hours(time: timedelta) -> float:
    return time / timedelta(hours=1)


def _find_denials(
    told: Iterable[Utterance], accused: frozenset[EntityId], background: Background, since: datetime
) -> Iterator[Reply]:
    for one in told:
        if one.at < since or not one.speaker or not speaks_for(one, accused, background):
            continue
        answer = Answer.DENIED if one.claim.polarity is Polarity.DENIED else Answer.ANSWERED
        claim = one.claim
        yield Reply(
            answer, one.voice, _count_hours(one.at - since), one.at, one.article.id, claim.text, claim.span, (one.id,)
        )


def _find_phrases(
    told: Iterable[Utterance], accused: frozenset[EntityId], background: Background, since: datetime
) -> Iterator[Reply]:
    """Sentences near the accusation that name the accused and say that there was no answer."""
    names = sorted({name for id in accused for name in _list_names(id, background)}, key=len, reverse=True)
    seen: set[tuple[ArticleId, tuple[int, int]]] = set()
    for one in told:
        for span, sentence in _iter_near(one):
            name, found = _read_phrase(sentence, names)
            if found and (one.article.id, span) not in seen:
                seen.add((one.article.id, span))
                yield Reply(found, name, max(_count_hours(one.at - since), 0.0), one.at, one.article.id, sentence, span)


def _iter_near(one: Utterance) -> Iterator[tuple[tuple[int, int], str]]:
    start, end = one.claim.span
    for found in _SENTENCE.finditer(one.article.text):
        sentence = found[0].strip()
        if sentence and start - _NEAR <= found.start() <= end + _NEAR:
            offset = found.start() + found[0].index(sentence)
            yield (offset, offset + len(sentence)), sentence


def _read_phrase(sentence: str, names: list[str]) -> tuple[str, Answer | None]:
    """Who did not answer and how, when one of the names is the subject: it stands right before, not as somebody's."""
    for answer, pattern in _PHRASES:
        if found := pattern.search(sentence):
            before = sentence[: found.start()]
            for name in names:
                rest = before.rpartition(name)[2] if name in before else None
                if rest is not None and len(rest) <= _SUBJECT_REACH and not _POSSESSIVE.match(rest):
                    return name, answer
    return "", None


def _list_names(id: EntityId, background: Background) -> list[str]:
    entity = background.entities.get(id)
    if entity is None:
        return []
    return [name for name in (entity.name, entity.name_ja or "", *entity.aliases) if len(name) > 2]


def _keep_first(replies: Iterable[Reply]) -> Iterator[Reply]:
    """A denial once by each who denies, each kind of silence of an article once, a sentence that others copy once."""
    seen: set[tuple[Answer, object]] = set()
    for reply in replies:
        keys = {(reply.answer, reply.by if reply.claims else reply.article), (reply.answer, reply.sentence)}
        if not keys & seen:
            yield reply
        seen |= keys
