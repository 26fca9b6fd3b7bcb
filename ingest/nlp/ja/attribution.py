"""Who says it: the speakers that a clause is put in the mouth of, outermost first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.records import Claimant, EntityType, Party
from ingest.nlp.ja.acts import ACTS
from ingest.nlp.ja.coreference import Memory
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.links import Link, find_link
from ingest.nlp.ja.parties import Filler, find_descriptor, find_fillers, find_head_name
from ingest.nlp.ja.phrases import Clauses, Phrase

# A country speaks too (米国は…と主張した); a city or a region hardly ever stands before は with a verb of saying.
SPEAKERS = frozenset(
    {EntityType.PERSON, EntityType.COMPANY, EntityType.INSTITUTION, EntityType.PUBLICATION, EntityType.PLACE}
)
_BODIES = SPEAKERS - {EntityType.PERSON, EntityType.PLACE}
_DOCUMENT_KINDS = SPEAKERS | {EntityType.MODEL, EntityType.PRODUCT}
# What its owner has found out or written, before では or によって.
_SHOWING = (
    "報道", "報告", "報告書", "レポート", "論文", "調べ", "調査", "試算", "取材", "分析", "検証", "試験", "実験",
    "テスト", "計測", "測定", "集計", "推計", "見積もり", "説明", "見立て", "研究", "統計", "評価", "見方", "見解",
    "話", "推測",
)  # fmt: skip
_QUOTH = ("いわく", "曰く", "言わく")
_SOME_OF = re.compile(r"(?:[一二三四五数1-9１-９]人|ひとり|ふたり|多く|一部|大半)")
# A phrase in these cases brings the speaker of a passive (…に報じられた would be the one told).
_AGENT_CASES = ("によって", "から")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A claimant, the phrase that names him, and the one that credits him (語った, によると) when known."""

    claimant: Claimant
    phrase: Phrase
    cue: Phrase | None = None


def find_speaker(clauses: Clauses, verb: Phrase, clause: Phrase, memory: Memory) -> Speaker | None:
    """Who utters what a verb of saying embeds; None when nobody can be told.

    clause  the embedded clause, whose own subject is not the speaker
    """
    if verb.is_passive:
        return _find_agent(clauses, verb, memory)
    for subject in _iter_subjects(clauses, verb, clause):
        speaker = make_speaker(clauses, subject, verb, memory)
        if speaker:
            return speaker
    return _find_unspoken(clauses, verb, clause, memory)


def find_sources(clauses: Clauses, clause: Phrase, memory: Memory) -> list[Speaker]:
    """The sources that によると and として name before a clause, outermost first."""
    found = []
    for phrase in clauses.phrases[: clause.number]:
        if not _names_source(phrase, clauses):
            continue
        speaker = make_speaker(clauses, phrase, phrase, memory)
        if speaker:
            found.append(Speaker(speaker.claimant, phrase, phrase))
    return found


def make_speaker(clauses: Clauses, phrase: Phrase, cue: Phrase, memory: Memory) -> Speaker | None:
    """The claimant that a phrase makes: a name, the organisation of a spokesman, a document's owner, or its words."""
    if is_spokesman(phrase):
        return _make_represented(clauses, phrase, cue, memory)
    owner = _find_group(clauses, phrase) if _SOME_OF.fullmatch(phrase.core) else None
    if owner:
        start, end = owner.span[0] - clauses.sentence.span[0], phrase.span[1] - clauses.sentence.span[0]
        group = clauses.sentence.text[start:end].rstrip("、。 ").removesuffix(phrase.tail)
        return Speaker(Claimant(Party(group), cue.text), phrase, cue)
    if LEXICON.has("agent_nouns", phrase.core.removesuffix("ら").removesuffix("たち")) and not find_head_name(
        phrase, clauses, SPEAKERS
    ):
        words = find_descriptor(phrase, clauses)
        return Speaker(Claimant(_name_or_words(words), cue.text), phrase, cue) if words else None
    fillers = find_fillers(clauses, phrase, SPEAKERS, memory)
    whole = [filler for filler in fillers if filler.whole]
    if whole:
        return Speaker(Claimant(whole[0].party, cue.text), phrase, cue)
    if is_document(phrase):
        return _make_document(clauses, phrase, cue, memory)
    return None


def _find_group(clauses: Clauses, phrase: Phrase) -> Phrase | None:
    """The people of whom some speak (関係者の|一人)."""
    owners = (child for child in clauses.children(phrase.number) if child.case == "の" and not child.names)
    return next((child for child in owners if LEXICON.has("agent_nouns", child.core)), None)


def is_document(phrase: Phrase) -> bool:
    """Whether a phrase is a text or an act of saying: its owner is the one who speaks."""
    return LEXICON.has("documents", phrase.core)


def is_spokesman(phrase: Phrase) -> bool:
    return LEXICON.has("spokespeople", re.sub(r"(?:ら|たち)$", "", phrase.core))


def _iter_subjects(clauses: Clauses, verb: Phrase, clause: Phrase) -> Iterator[Phrase]:
    """Phrases that may be the verb's subject, best first: its own, those of the verbs it is chained with."""
    own = [
        child for child in clauses.children(verb.number) if child.case in ("が", "は") and child.number != clause.number
    ]
    below = [child for child in clauses.children(clause.number) if child.case in ("が", "は")]
    yield from (child for child in own if child.case == "が" and child.number > clause.number)
    topics = [child for child in (*own, *below) if child.case == "は"]
    if topics and own and own[-1].case == "が" and topics[0].number < own[-1].number and len(own) + len(below) == 2:
        yield topics[0]
    yield from sorted(own, key=lambda child: child.case != "が")
    if len(below) > 1 or (below and below[0].case == "は"):
        yield from (child for child in below if child.case == "は")
    if sum(child.case == "が" for child in below) > 1:
        yield next(child for child in below if child.case == "が")
    for other in clauses.children(clause.number):
        if other.verbal and find_link(clauses, other) is Link.SERIAL and below and other.number < below[0].number:
            yield from (child for child in clauses.children(other.number) if child.case in ("が", "は"))
    if find_link(clauses, verb) is Link.ADNOMINAL:
        upper = clauses.governor(verb)
        if upper is not None:
            yield upper
    yield from _iter_chained(clauses, verb)


def _iter_chained(clauses: Clauses, verb: Phrase) -> Iterator[Phrase]:
    """Subjects of earlier clauses of the chain, then of later ones; は holds for the whole sentence."""
    for other in clauses.phrases[: verb.number][::-1]:
        if other.verbal and other.governor == verb.number and find_link(clauses, other) in (Link.SERIAL, Link.BREAK):
            yield from (child for child in clauses.children(other.number) if child.case in ("が", "は"))
    for upper in clauses.ancestors(verb):
        yield from (
            child for child in clauses.children(upper.number) if child.case == "は" and child.number < verb.number
        )


def _find_unspoken(clauses: Clauses, verb: Phrase, clause: Phrase, memory: Memory) -> Speaker | None:
    """The topic of the sentence, then of the paragraph, when the verb has no subject of its own."""
    for phrase in clauses.phrases[: verb.number]:
        if phrase.case == "は" or (phrase.case == "が" and phrase.governor != clause.number and phrase.names):
            speaker = make_speaker(clauses, phrase, verb, memory)
            if speaker:
                return speaker
    topic = memory.find_topic(SPEAKERS, clauses)
    return Speaker(Claimant(Party(topic.name, topic.id), verb.text), verb, verb) if topic else None


def _find_agent(clauses: Clauses, verb: Phrase, memory: Memory) -> Speaker | None:
    for child in clauses.children(verb.number):
        if child.case in _AGENT_CASES or (child.case == "に" and ACTS.find_verb(verb) is not None and child.names):
            speaker = make_speaker(clauses, child, verb, memory)
            if speaker:
                return speaker
    return None


def _names_source(phrase: Phrase, clauses: Clauses) -> bool:
    if phrase.case == "によると" or phrase.core.endswith(_QUOTH):
        return True
    above = clauses.governor(phrase)
    if phrase.case == "に" and above is not None and above.core in ("言う", "いう") and "せれば" in above.text:
        return True  # …に|言わせれば
    if phrase.case == "として" and phrase.core.endswith(("話", "情報", "証言", "見方", "コメント")):
        return True
    if phrase.case in ("で", "によって") and is_document(phrase):
        owned = any(
            child.case in ("の", "による") and (child.names or LEXICON.has("agent_nouns", child.core))
            for child in clauses.children(phrase.number)
        )
        return owned and phrase.core.endswith(_SHOWING)
    return False


def _make_document(clauses: Clauses, phrase: Phrase, cue: Phrase, memory: Memory) -> Speaker | None:
    """The owner of a document: who stands before の, whose act it is, else the document's own words."""
    for child in clauses.children(phrase.number):
        if child.case in ("の", "による", "が", "は", "", "からの") and not child.action:
            owner = make_speaker(clauses, child, cue, memory)
            if owner:
                return owner
        if child.verbal and child.adnominal and not child.tail.endswith(("という", "との", "といった", "とする")):
            for below in clauses.children(child.number):
                owner = make_speaker(clauses, below, cue, memory) if below.case in ("が", "は") else None
                if owner:
                    return owner
    if phrase.names:
        name = next((name for name in phrase.names if name.entity.type in _DOCUMENT_KINDS), None)
        if name:
            return Speaker(Claimant(Party(name.entity.name, name.entity.id), cue.text), phrase, cue)
    if phrase.core in ("報道", "話", "情報", "調査", "発表", "説明", "主張"):
        return None
    return Speaker(Claimant(Party(phrase.core), cue.text), phrase, cue)


def _make_represented(clauses: Clauses, phrase: Phrase, cue: Phrase, memory: Memory) -> Speaker | None:
    """A spokesman: the organisation is the claimant, he its speaker."""
    for name in phrase.names:
        if name.entity.type in _BODIES:
            return Speaker(
                Claimant(Party(name.entity.name, name.entity.id), cue.text, speaker=phrase.core), phrase, cue
            )
    for child in clauses.children(phrase.number):
        owners: tuple[Filler, ...] = ()
        if child.case in ("の", "による", ""):
            owners = find_fillers(clauses, child, _BODIES, memory)
        if owners:
            return Speaker(Claimant(owners[0].party, cue.text, speaker=phrase.core), phrase, cue)
    return Speaker(Claimant(Party(phrase.core), cue.text), phrase, cue)


def _name_or_words(words: Party | None) -> Party:
    return words if words else Party("")
