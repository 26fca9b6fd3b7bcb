"""Sentences that only credit the one before: …した。ロイターが関係者の話として報じた。"""

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.records import ClaimType, Cue, CueKind, Modality, Polarity
from ingest.nlp.document import Draft
from ingest.nlp.ja.acts import ACTS, Act
from ingest.nlp.ja.attribution import Speaker, make_speaker
from ingest.nlp.ja.coreference import Memory
from ingest.nlp.ja.endings import is_negated
from ingest.nlp.ja.links import Link, find_link
from ingest.nlp.ja.modality import read_standing
from ingest.nlp.ja.phrases import Clauses, Phrase
from ingest.nlp.ja.standing import Unusable

_REPORTING = re.compile(r"(?:報じる|伝える|報道|述べる|語る|話す|明かす|明らか|スクープ)$")
# What a sentence that only credits may hold beside its verbs and speakers.
_BESIDE = frozenset({"が", "は", "として", "に", "で", "", "の", "から", "に対して"})


def find_credits(clauses: Clauses, memory: Memory) -> tuple[Speaker, ...]:
    """The speakers of a sentence that says nothing but who reported it, outermost first; empty for any other."""
    verb = next((phrase for phrase in clauses.phrases if phrase.verbal), None)
    if verb is None or not all(_credits(phrase, clauses) for phrase in clauses.phrases):
        return ()
    subjects = [child for child in clauses.children(verb.number) if child.case in ("が", "は")]
    speaker = make_speaker(clauses, subjects[-1], verb, memory) if subjects else None
    if speaker is None:
        return ()
    try:
        standing = read_standing(clauses, verb, memory)
    except Unusable:
        return ()
    known = {speaker.claimant.party.name}
    others = [other for other in standing.speakers if other.claimant.party.name not in known]
    inner = [other for other in others if other.phrase.case == "として"]
    return (*(other for other in others if other not in inner), speaker, *inner)


def _credits(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a phrase is part of crediting: a reporting verb in a chain of such, or a speaker beside it."""
    if not phrase.verbal:
        return phrase.case in _BESIDE
    if is_negated(phrase) or phrase.is_passive or ACTS.find_verb(phrase) is not Act.SAYS:
        return False
    return bool(_REPORTING.search(phrase.core)) and find_link(clauses, phrase) in (Link.QUOTE, Link.END)


def credit_drafts(drafts: Sequence[Draft], speakers: Sequence[Speaker]) -> list[Draft]:
    """The claims of the sentence before with those speakers around their own; what they accuse of is alleged."""
    return [_credit(draft, speakers) for draft in drafts]


def _credit(draft: Draft, speakers: Sequence[Speaker]) -> Draft:
    named = {claimant.party.name for claimant in draft.claimants}
    outer = tuple(s.claimant for s in speakers if s.claimant.party.name not in named)
    cues = tuple(Cue(CueKind.ATTRIBUTION, phrase.span, phrase.text) for s in speakers if (phrase := s.cue or s.phrase))
    accuses = draft.type is ClaimType.ALLEGATION and draft.polarity is Polarity.AFFIRMED
    alleged = accuses and draft.modality in (Modality.ASSERTED, Modality.REPORTED)
    modality = Modality.ALLEGED if alleged else draft.modality
    return replace(draft, claimants=(*outer, *draft.claimants), cues=(*draft.cues, *cues), modality=modality)
