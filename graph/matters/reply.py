"""The right of reply: what the accused answered to an accusation, or did not, and after how long."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from graph.background import Background
from graph.matters.objections import find_objections, is_to_size
from graph.matters.status import find_accusation
from graph.matters.witnesses import (
    denies_own,
    find_concerned,
    find_standing_behind,
    find_teller,
    speaks_for,
    stands_for,
)
from graph.records import Article, ArticleId, ClaimId, ClaimType, EntityId, Modality, Polarity, Predicate
from graph.utterances import Utterance, sort_utterances


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
# Who "had no answer to the new model" was not asked; nor has 3割の質問 anything to do with those of a reporter.
_END = (
    rf"(?=[^\w\s]|\s*$|\s(?:and|but|when|by|before|after|so far|yet|as of|on \w+day)\b|"
    rf" to (?:\w+[ -]){{0,3}}(?:{_ASKED}|allegation|accusation))"
)
_OURS = (
    r"(?:(?<=[はがも、])|(?:[紙誌社]|新聞|通信|編集部|記者団?|取材班?|報道陣|報道機関|メディア|ロイター|ブルームバーグ)(?:から)?の?)"
    r"(?:度重なる|再三の)?"
)
# Questions, calls and mails come from customers, too: those of a reporter say so, or nobody else is said to send them.
_LETTERS = ("質問", "問い合わせ", "電話", "メール")
_OUR_LETTERS = rf"(?:{_OURS}|コメントを求める)(?:(?:{'|'.join(_LETTERS)})(?:や|と|・|の|での)?)+"
_TO = ("に", "には", "に対して", "に対する")
_NO_LETTER = "".join(f"(?<!{letter}{to})" for letter in _LETTERS for to in _TO)
# "It does not replace the doctor", "did not return to profit" tell of no question.
_MAIL = r"(?:calls?|messages?|e-?mails?|requests?)"
_DID = rf"(?:(?:respond|reply|answer|comment)\w*|repli(?:es|ed)|return\w* (?:[\w'’-]+ ){{0,4}}{_MAIL})"
_PHRASES: tuple[tuple[Answer, re.Pattern[str]], ...] = (
    (
        Answer.DECLINED,
        re.compile(
            r"declin\w+ (?:to )?(?:comment|be interviewed|answer|discuss)|(?:refused|would not|no) (?:to )?comment"
            r"|(?:コメント|取材|回答|お答え)(?:を|は|に|には)?(?:控え|拒否|拒ん|断っ|応じな|差し控え)|ノーコメント"
            r"|コメント(?:は?し|でき)ない|(?:お答えでき|答えられ|答え)ない(?=[」』]|と(?:し|述べ|話))",
            re.IGNORECASE,
        ),
    ),
    (
        Answer.NO_RESPONSE,
        re.compile(
            rf"(?:did|do|does|has|have|had) (?:still )?not (?:immediately |yet )*{_DID}"
            rf"|(?:didn|hasn|haven)['’]t (?:immediately |yet )*{_DID}"
            rf"|could not (?:immediately )?be reached|not (?:immediately )?available for comment"
            rf"|no (?:immediate )?(?:response|reply|answer) to (?:a |our |its )?{_ASKED}"
            rf"|had no (?:immediate )?(?:reply|response|answer){_END}|has said nothing|declined? to respond"
            rf"|(?:(?:取材|コメント|インタビュー)(?:の?(?:求め|依頼|要請|申し[込入]み?れ?))?|{_OUR_LETTERS})に"
            r"(?:は|直ちには)?(?:応じ|答え)(?:なかった|てい?ない)"
            r"|連絡が(?:つか|取れ)な"
            rf"|(?:{_OUR_LETTERS}(?:{'|'.join(_TO)})|{_NO_LETTER})"
            r"(?:回答|返答|応答|返信|返事|コメント)(?:が|は|を|も|して)*(?:得られ|な(?:い|かった)|ありません|い(?:ない|ません)"
            r"|して(?:い)?ない|しなかった"
            r"|寄せ(?:られ)?て(?:い)?ない)",
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
# One of these is in whatever a pattern finds; to look for them takes a hundredth of its time.
_STEMS = (
    *("comment", "declin", "respon", "repl", "answer", "return", "be reached", "said nothing"),
    *("コメント", "取材", "回答", "返答", "応答", "返信", "返事", "応じ", "答え", "連絡が"),
)
_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？]+(?=[\s\"”’」]|$|(?<=[。！？]))[\"”’」]*|(?=\n)|$)")
# "DeepSeek did not immediately respond": characters between the one who was asked and the phrase.
_SUBJECT_REACH = 60
# Who does these answers nobody: those to whom they are done may.
_SUFFERED = frozenset(
    {Predicate.SUED, Predicate.INVESTIGATES, Predicate.FINED, Predicate.RULED_FOR, Predicate.RULED_AGAINST}
)
# Who is who is told in passing, and nobody is asked about it.
_UNANSWERED = frozenset({Predicate.LEADS, Predicate.WORKS_FOR, Predicate.FOUNDED})
# Who only passes on what is said of him answers nothing.
_OWN_WORDS = (Modality.ASSERTED, Modality.SPECULATED)
# "X, a maker of chips in whose name they were registered, did not answer." A second comma begins another's clause, but
# for that of a source.
_LONG_SUBJECT_REACH = 240
_APPOSED = re.compile(r",(?:[^.,;]|(?<=\d)[.,](?=\d))*,(?: according to [^.,;]*,)?\s*")
# "X's models" are not X; who speaks for X is.
_POSSESSIVE = re.compile(
    r"['’]s\b(?! (?:spokes|press (?:office|desk)|lawyers?\b))|の(?!広報|報道官|担当者|代理人|弁護士)", re.IGNORECASE
)
_TAKEN_UP = re.compile(r"(?:Its|Their|They|It|The (?:company|firm|start-?up|lab|maker))\b|同社", re.IGNORECASE)
# A reply stands in the story of the accusation, not at the other end of a long digest.
_NEAR = 2000


def find_replies(
    utterances: Iterable[Utterance], background: Background, beside: Iterable[Utterance] = ()
) -> tuple[Reply, ...]:
    """What those whom the utterances are about answered, oldest first; to an accusation that nobody answers one SILENT.

    Given are the utterances of one matter, denials included, and the stances in the same articles. Empty when nobody is
    spoken of by name. An answer before the first report that is known is none to it. What is no accusation is answered
    by who denies it, or says so too after somebody else did, not by silence.
    """
    told = sort_utterances(utterances)
    first = find_accusation(told)
    if first is None or (first.claim.predicate in _UNANSWERED and first.claim.modality is Modality.ASSERTED):
        return ()
    asked = _find_asked(told, first, background)
    replies = [
        *_find_answers(told, asked, background, first),
        *_find_stances(told, asked, background, first.at, beside),
        *_find_phrases(told, asked, background, first.at),
    ]
    ordered = sorted(replies, key=lambda reply: (reply.at, reply.answer, reply.sentence))
    names = {name: id for id in asked for name in _list_names(id, background)}
    return tuple(_keep_first(ordered, names)) or _find_silence(told, first)


def _find_asked(told: Sequence[Utterance], first: Utterance, background: Background) -> frozenset[EntityId]:
    """Those who may answer, not the one who says it first: of an accusation whom it is about, of a suit or a fine
    those to whom it is done, else all parties."""
    others = (one.claim.object for one in told if one.claim.type is not ClaimType.ALLEGATION)
    named = {party.entity for party in others if party and party.entity}
    if first.claim.predicate in _SUFFERED and first.claim.modality is Modality.ASSERTED:
        suffering = frozenset().union(*(find_standing_behind(id, background) for id in named))
        return suffering - {first.who, *(one.claim.subject.entity for one in told)}
    return (find_concerned(told, background) | named) - {first.who}


def _find_silence(told: Sequence[Utterance], first: Utterance) -> tuple[Reply, ...]:
    if first.claim.type is not ClaimType.ALLEGATION or first.claim.subject.entity is None:
        return ()
    last = told[-1].at
    return (Reply(Answer.SILENT, first.claim.subject.name, _count_hours(last - first.at), last),)


def _count_hours(time: timedelta) -> float:
    return time / timedelta(hours=1)


def _find_answers(
    told: Iterable[Utterance], asked: frozenset[EntityId], background: Background, first: Utterance
) -> Iterator[Reply]:
    """Denials and admissions. To tell of oneself what nobody else told before is no answer."""
    accuses = first.claim.type is ClaimType.ALLEGATION
    told_by_others = not speaks_for(first, asked, background)
    for one in told:
        denies = one.claim.polarity is Polarity.DENIED
        if one.at < first.at or not (speaks_for(one, asked, background) or (denies and denies_own(one))):
            continue
        own = one.claim.modality in _OWN_WORDS and ((accuses and one.speaker) or told_by_others)
        if denies or own:
            answer = Answer.DENIED if denies else Answer.ANSWERED
            yield _make_reply(answer, _name_teller(one, background), one, first.at)


def _name_teller(one: Utterance, background: Background) -> str:
    """Who answers, by the name that the claim gives: where it names no speaker the party that is said to tell it."""
    teller = None if one.speaker else find_teller(one, background)
    return next((party.name for party in one.claim.parties if teller and party.entity == teller), one.voice)


def _find_stances(
    told: Sequence[Utterance],
    asked: frozenset[EntityId],
    background: Background,
    since: datetime,
    beside: Iterable[Utterance],
) -> Iterator[Reply]:
    for stance, against in find_objections(told, beside):
        holder = stance.claim.subject
        disputes = stance.claim.predicate is Predicate.DISPUTES and stance.at >= since
        if disputes and holder.entity and stands_for(holder.entity, asked, background):
            answer = Answer.ANSWERED if is_to_size(stance, against) else Answer.DENIED
            yield _make_reply(answer, holder.name, stance, since)


def _make_reply(answer: Answer, by: str, one: Utterance, since: datetime) -> Reply:
    claim = one.claim
    return Reply(answer, by, _count_hours(one.at - since), one.at, one.article.id, claim.text, claim.span, (one.id,))


def _find_phrases(
    told: Iterable[Utterance], asked: frozenset[EntityId], background: Background, since: datetime
) -> Iterator[Reply]:
    """Sentences near the matter that name those who may answer and say that there was no answer."""
    names = sorted({name for id in asked for name in _list_names(id, background)}, key=len, reverse=True)
    seen: set[tuple[ArticleId, tuple[int, int]]] = set()
    told = tuple(told)
    answering = {article.id for article in {one.article.id: one.article for one in told}.values() if _may_tell(article)}
    for one in told:
        if one.article.id not in answering:
            continue
        before = ""
        for span, sentence in _iter_near(one):
            name, found = _read_phrase(sentence, names, before)
            before = sentence
            if found and (one.article.id, span) not in seen:
                seen.add((one.article.id, span))
                yield Reply(found, name, max(_count_hours(one.at - since), 0.0), one.at, one.article.id, sentence, span)


def _may_tell(article: Article) -> bool:
    """Whether some sentence of it can say that somebody did not answer."""
    text = article.text.lower()
    return any(stem in text for stem in _STEMS)


def _iter_near(one: Utterance) -> Iterator[tuple[tuple[int, int], str]]:
    start, end = one.claim.span
    for found in _SENTENCE.finditer(one.article.text):
        sentence = found[0].strip()
        if sentence and start - _NEAR <= found.start() <= end + _NEAR:
            offset = found.start() + found[0].index(sentence)
            yield (offset, offset + len(sentence)), sentence


def _read_phrase(sentence: str, names: list[str], before: str) -> tuple[str, Answer | None]:
    """Who did not answer and how, when one of the names is the subject: it stands right before, not as somebody's; or
    the sentence begins with a word for the one whom the sentence before it speaks of."""
    # Most sentences speak of others; the patterns are slow.
    if not any(name in sentence for name in names) and not _TAKEN_UP.match(sentence):
        return "", None
    for answer, pattern in _PHRASES:
        if found := pattern.search(sentence):
            start = sentence[: found.start()]
            for name in names:
                rest = start.rpartition(name)[2] if name in start else None
                if rest is not None and _is_subject(rest):
                    return name, answer
            if _TAKEN_UP.match(start) and len(start) <= _SUBJECT_REACH:
                return _find_topic(before, names), answer if _find_topic(before, names) else None
    return "", None


def _is_subject(rest: str) -> bool:
    """Whether the words from a name to the phrase leave it the one of whom that is said."""
    if len(rest) <= _SUBJECT_REACH:
        return not _POSSESSIVE.match(rest)
    return len(rest) <= _LONG_SUBJECT_REACH and bool(_APPOSED.fullmatch(rest))


def _find_topic(sentence: str, names: list[str]) -> str:
    """The name with which a sentence begins, or that of whom its writer asked."""
    for name in names:
        if sentence.startswith(name) or re.search(
            rf"\b(?:asked|wrote to|e-?mailed|called) {re.escape(name)}", sentence
        ):
            return name
    return ""


def _list_names(id: EntityId, background: Background) -> list[str]:
    entity = background.entities.get(id)
    if entity is None:
        return []
    return [
        name
        for name in (entity.name, entity.name_ja or "", *entity.aliases)
        if len(name) > (2 if name.isascii() else 1)
    ]


def _keep_first(replies: Sequence[Reply], names: Mapping[str, EntityId]) -> Iterator[Reply]:
    """A denial once by each who denies, each kind of silence of an article once, a sentence that others copy once. What
    is said after a denial is no first answer any more, and who has answered was not silent; another may be, at whose
    door the same article knocked.

    names  whose each name is: one may answer under two
    """
    denied = min((reply.at for reply in replies if reply.answer is Answer.DENIED), default=None)
    answered = min((reply.at for reply in replies if reply.claims), default=None)
    answering = {reply.by for reply in replies if reply.claims}
    seen: set[tuple[Answer, object]] = set()
    for reply in replies:
        late = denied if reply.answer is Answer.ANSWERED else None if reply.claims else answered
        beside = not reply.claims and reply.at == late and reply.by not in answering
        who = names.get(reply.by, reply.by) if reply.claims else reply.article
        keys = {(reply.answer, who), (reply.answer, reply.sentence)}
        if not keys & seen and (late is None or reply.at < late or beside):
            yield reply
        seen |= keys
