"""The claims of a Japanese story, sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.readers import RULES
from graph.records import ClaimType, Cue, CueKind, Modality, PartialDate, Polarity, Predicate
from ingest.nlp.document import Amount, Draft, Sentence, Story
from ingest.nlp.ja.acts import ACTS, Act
from ingest.nlp.ja.attachment import is_credited, settle
from ingest.nlp.ja.attribution import find_speaker
from ingest.nlp.ja.beside import iter_beside
from ingest.nlp.ja.coreference import Memory, Voice
from ingest.nlp.ja.credits import credit_drafts, find_credits
from ingest.nlp.ja.dates import When, find_dates
from ingest.nlp.ja.endings import is_negated
from ingest.nlp.ja.events import Event, iter_events
from ingest.nlp.ja.matching import Match, Matcher
from ingest.nlp.ja.measured import iter_measured
from ingest.nlp.ja.modality import read_standing
from ingest.nlp.ja.phrases import Clauses, Phrase, make_clauses
from ingest.nlp.ja.quantities import find_amounts
from ingest.nlp.ja.restated import find_deal, iter_restated
from ingest.nlp.ja.scores import find_listed
from ingest.nlp.ja.sections import advance
from ingest.nlp.ja.standing import Standing, Unusable
from ingest.nlp.ja.unsaid import iter_unsaid

# Negating one gives the other: 劣らない, できない.
_OPPOSITES = {Predicate.CAN: Predicate.CANNOT, Predicate.CANNOT: Predicate.CAN}
# Deeds done once; said in the present they are still to come.
_DEEDS = frozenset(
    {
        Predicate.RELEASED,
        Predicate.ANNOUNCED,
        Predicate.UPDATED,
        Predicate.OPEN_SOURCED,
        Predicate.WITHDREW,
        Predicate.INVESTED_IN,
        Predicate.ACQUIRED,
        Predicate.PARTNERED_WITH,
        Predicate.RAISED,
        Predicate.FOUNDED,
        Predicate.JOINED,
        Predicate.LEFT,
        Predicate.SUED,
        Predicate.BANNED,
        Predicate.FINED,
        Predicate.INVESTIGATES,
    }
)
# Frames whose present tells a line of business, no deed (世界モデルを手がける企業).
_PAST_ONLY = frozenset({"made"})
# Types of amounts that may be aimed at or foreseen (4兆ドルを目指す).
_OF_AMOUNTS = frozenset({ClaimType.MARKET, ClaimType.COST})
# Risks that somebody points out are charges.
_CHARGED = frozenset({"leak risk"})
# Deals that are only talked about.
_TALKED_OF = frozenset({"talks"})
_DONE = re.compile(r"^(?:し|さ)?(?:まし|れ|せ)?た|^だ")
_PRESENT = re.compile(r"(?:する|します|される|されます|れる|られる|ます)")
# Behind a deed to come: 買う|らしい.
_SEEMING = re.compile(r"(?:らしい|ようだ|ようです|みたいだ|みたいです)$")
_PAST = re.compile(r"た(?!い)|だ(?!ろう)|て|で(?!しょう)|おり|ず|ない|なく|なかっ|ません|ん$")
_TURNED_OUT_WRONG = re.compile(r"^(?:誤り|誤報|虚偽|デマ|うそ|嘘|事実無根)(?:だ|で|と)")
_RETRACTABLE = frozenset({Modality.PREDICTED, Modality.REPORTED, Modality.SPECULATED})
# Types whose statements accuse nobody: 主張 leaves them a plain claim of whoever makes it.
_NEUTRAL = frozenset({ClaimType.BENCHMARK, ClaimType.COST, ClaimType.CAPABILITY, ClaimType.MARKET, ClaimType.RELEASE})
_ACCUSATIONS = frozenset({ClaimType.ALLEGATION})
_SOFT = frozenset({Modality.ASSERTED, Modality.REPORTED})


def read_story(story: Story, matcher: Matcher) -> Iterator[Draft]:
    """The claims in the order of the text."""
    memory = Memory(story)
    last_date: PartialDate | None = None
    held: list[Draft] = []
    for sentence in story.sentences:
        clauses = settle(make_clauses(sentence))
        dates = find_dates(sentence.text, story.article.published_at.date(), last_date)
        drafts = list(_drop_echoes(list(_read_sentence(clauses, matcher, memory, dates))))
        drafts += iter_unsaid(clauses, memory, drafts)
        speakers = () if drafts or not held else find_credits(clauses, memory)
        yield from credit_drafts(held, speakers) if speakers else held
        held = drafts
        memory.remember(clauses, [draft.subject for draft in drafts])
        memory.enter(advance(memory.section, clauses, memory.seen[-1].topics, drafts), drafts)
        _remember_voice(memory, sentence, drafts)
        _remember_deal(memory, drafts)
        last_date = dates[-1].value if dates else last_date
    yield from held


def _read_sentence(clauses: Clauses, matcher: Matcher, memory: Memory, dates: Sequence[When]) -> Iterator[Draft]:
    sentence = clauses.sentence
    taken = [(name.span[0] - sentence.span[0], name.span[1] - sentence.span[0]) for name in sentence.names]
    taken += [when.span for when in dates]
    amounts = [_shift(amount, sentence.span[0]) for amount in find_amounts(sentence.text, taken)]
    listed = any(find_listed(clauses, amounts))
    yield from iter_beside(clauses, amounts, memory)
    told: list[Draft] = []
    denied: set[int] = set()
    for event in iter_events(clauses):
        if event.number in denied and not event.denial:
            continue
        for match in _drop_denials(matcher.match(event, clauses, amounts, memory), event):
            if listed and match.frame.predicate is Predicate.SCORES:
                continue
            draft = _make_draft(match, clauses, memory, dates)
            if draft:
                denied |= {event.number} if event.denial else set()
                told.append(draft)
    told += iter_measured(clauses, amounts, memory, told, dates)
    yield from told
    yield from iter_restated(clauses, amounts, memory, told)


def _make_draft(match: Match, clauses: Clauses, memory: Memory, dates: Sequence[When]) -> Draft | None:
    try:
        standing = read_standing(clauses, match.event.phrase, memory)
    except Unusable:
        return None
    plain = standing.modality in _SOFT and not standing.denied
    if match.frame.name in _PAST_ONLY and not _DONE.search(match.event.phrase.tail):
        return None
    guessed = standing.modality is Modality.SPECULATED and _SEEMING.search(match.event.phrase.text.rstrip("、。」』 "))
    if (plain or guessed) and match.frame.predicate in _DEEDS and _is_to_come(match.event.phrase):
        standing.weaken(Act.PREDICTS, match.event.phrase)
    if is_credited(match.event.phrase, clauses):
        standing.weaken(Act.REPORTED, clauses.phrases[-1])
    aimed = ACTS.find_verb(match.event.phrase) is Act.PREDICTS and match.event.noun is None
    if aimed and match.frame.type in _OF_AMOUNTS and match.event.phrase.verbal:
        standing.weaken(Act.PREDICTS, match.event.phrase)
    if match.frame.name in _CHARGED:
        standing.weaken(Act.ACCUSES, match.event.phrase)
    if match.frame.name in _TALKED_OF:
        standing.weaken(Act.PREDICTS, match.event.phrase)
    voiced = match.frame.type is ClaimType.STANCE and match.event.phrase.core == "表明"
    if match.event.planned and not match.event.denial and not voiced:
        standing.weaken(Act.PREDICTS, match.event.phrase)
    if match.event.denial and match.event.noun:
        speaker = find_speaker(clauses, match.event.phrase, match.event.noun, memory)
        standing.speakers += [speaker] if speaker else []
        standing.denied = not standing.denied
    if standing.modality in _RETRACTABLE and _is_given_up(match.event.phrase, clauses):
        return None
    if match.trigger.negated:
        standing.denied = not standing.denied
    predicate = match.frame.predicate
    if standing.denied and predicate in _OPPOSITES:
        predicate, standing.denied = _OPPOSITES[predicate], False
    if _accuses_itself(match, standing, clauses):
        return None
    if match.frame.type is ClaimType.STANCE:
        _own_stance(standing, match)
    return Draft(
        lang="ja",
        span=clauses.sentence.span,
        type=match.frame.type,
        predicate=predicate,
        subject=match.subject,
        object=match.object,
        quantity=match.quantity,
        benchmark=match.benchmark,
        claimants=standing.claimants,
        modality=_find_modality(match, standing),
        polarity=standing.polarity,
        date=_find_date(match.event, clauses, dates),
        cues=(*standing.cues, _cue_of(match.event)),
        reader=RULES,
        rule=match.frame.name,
    )


def _accuses_itself(match: Match, standing: Standing, clauses: Clauses) -> bool:
    """Whether an accusation got its accuser for its subject, for want of another (Xは…を無断で使わないよう求めた)."""
    if match.frame.type not in _ACCUSATIONS or match.explicit:
        return False
    phrase, noun = match.event.phrase, clauses.governor(match.event.phrase)
    before_noun = phrase.adnominal and noun is not None and not standing.claimants
    if before_noun and noun and ACTS.find_noun(noun.head) in (None, Act.NEUTRAL):
        return True  # 権利を侵害する|もの is nobody in particular
    if before_noun and noun and standing.denied and noun.core == "よう":
        return True  # 使わない|よう申し入れる asks for something
    if phrase.kind == "名詞" and phrase.tail == "で":
        return True  # 著作権侵害で|提訴 is the charge, not a deed of whoever sues
    if standing.denied:
        return standing.modality is Modality.PREDICTED
    return any(claimant.party.name == match.subject.name for claimant in standing.claimants)


def _is_given_up(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a later clause takes back what was planned or rumoured (検討したが|見送った, とされたが|誤りだった)."""
    later = clauses.phrases[phrase.number + 1 :]
    return any(
        (upper.verbal and upper.core in ACTS.abandons and not is_negated(upper)) or _TURNED_OUT_WRONG.search(upper.text)
        for upper in later
    )


def _is_to_come(phrase: Phrase) -> bool:
    """Whether a clause stands in the plain present (公開する): of a single deed that means it is still to come."""
    words = _SEEMING.sub("", phrase.text.rstrip("、。」』 "))
    if not phrase.verbal or _PAST.search(phrase.tail):
        return False
    return bool(_PRESENT.match(phrase.tail)) or (
        phrase.kind == "動詞" and bool(re.search(r"[うくぐすつぬぶむる]$", words))
    )


def _drop_denials(matches: Sequence[Match], event: Event) -> Sequence[Match]:
    """A stance is no action that could be denied, and a court that turns somebody down denies nothing."""
    said = (ClaimType.STANCE, ClaimType.LEGAL) if event.phrase.core == "退ける" else (ClaimType.STANCE,)
    return [m for m in matches if m.frame.type not in said] if event.denial else matches


def _own_stance(standing: Standing, match: Match) -> None:
    """Who holds a stance is its subject: he is not its claimant as well."""
    standing.speakers = [s for s in standing.speakers if s.claimant.party.name != match.subject.name]


def _find_modality(match: Match, standing: Standing) -> Modality:
    """An accusation that somebody makes, or that is hearsay, is alleged whatever its verb (claims.md, section 2)."""
    modality = standing.modality
    if modality is Modality.ALLEGED and match.frame.type in _NEUTRAL:
        modality = Modality.ASSERTED if standing.claimants else Modality.REPORTED
    accused_by_others = bool(standing.claimants) or modality is Modality.REPORTED
    if match.frame.type in _ACCUSATIONS and modality is Modality.SPECULATED and standing.claimants:
        return modality if standing.denied else Modality.ALLEGED
    if match.frame.type in _ACCUSATIONS and modality in _SOFT and accused_by_others:
        return Modality.ASSERTED if standing.polarity is Polarity.DENIED else Modality.ALLEGED
    return modality


def _find_date(event: Event, clauses: Clauses, dates: Sequence[When]) -> PartialDate | None:
    """The date that stands in the event's own clause, or heads the sentence's first."""
    offset = clauses.sentence.span[0]
    for when in dates:
        phrase = next((p for p in clauses.phrases if p.span[0] <= offset + when.span[0] < p.span[1]), None)
        while phrase is not None and phrase.number != event.number and not phrase.verbal:
            phrase = clauses.governor(phrase)
        if phrase is not None and phrase.number == event.number:
            return when.value
    return None


def _cue_of(event: Event) -> Cue:
    phrase = event.noun or event.phrase
    return Cue(CueKind.TRIGGER, phrase.span, phrase.text)


def _drop_echoes(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Each statement once: the same parties and predicate in one sentence count as one."""
    seen: set[tuple[object, ...]] = set()
    for draft in drafts:
        key = (draft.predicate, draft.subject, draft.object, draft.benchmark, draft.quantity and draft.quantity.value)
        if key not in seen:
            seen.add(key)
            yield draft


def _remember_deal(memory: Memory, drafts: Sequence[Draft]) -> None:
    deal = find_deal(drafts)
    if deal:
        memory.deal, memory.deal_at = deal, len(memory.seen)


def _remember_voice(memory: Memory, sentence: Sentence, drafts: Sequence[Draft]) -> None:
    spoken = next((draft.claimants for draft in reversed(drafts) if draft.claimants), None)
    if spoken:
        memory.voice = Voice(spoken, sentence.paragraph, len(memory.seen) - 1)


def _shift(amount: Amount, offset: int) -> Amount:
    return replace(amount, span=(amount.span[0] + offset, amount.span[1] + offset))
