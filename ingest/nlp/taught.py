"""Whose outputs taught whom: "used answers of Vela's models to train Tern-2", 「Velaの出力でTern-2を訓練した」."""

import re
from dataclasses import replace

from graph.records import BODIES, MADE, EntityType, Predicate
from ingest.nlp.beside import find_before
from ingest.nlp.document import Name, Sentence, Span
from ingest.nlp.finder import Found
from ingest.nlp.parties import Parties

_LEARNING = frozenset({Predicate.DISTILLED_FROM, Predicate.TRAINED_WITH})
_TEACHERS = BODIES | {EntityType.MODEL, EntityType.PRODUCT}
_OWNING = re.compile(r"['’]s? |の")


def settle_teacher(found: Found, sentence: Sentence, parties: Parties) -> Found:
    """The claim with who learned as its subject and whose outputs these were as its other side, where the words right
    beside their names tell both."""
    if found.predicate not in _LEARNING or found.object is None:
        return found
    teacher = _find_teacher(sentence, parties)
    if teacher is None or parties.find_name(teacher) is None:
        return found
    subject = _find_learner(sentence, parties) or found.subject
    told = found.predicate is Predicate.DISTILLED_FROM or _is_beside(found.object, teacher, sentence)
    if subject is None or not told or parties.find_name(subject) == parties.find_name(teacher):
        return found
    return replace(found, predicate=Predicate.DISTILLED_FROM, subject=subject, object=teacher)


def _find_teacher(sentence: Sentence, parties: Parties) -> Span | None:
    """Whose outputs the sentence speaks of; a model goes before its maker."""
    text, lexicon = parties.text, parties.lexicon
    names = [name for name in sentence.names if name.entity.type in _TEACHERS]
    for name in names:
        if lexicon.outputs_behind.match(text, name.span[1]):
            return name.span
    for place, name in enumerate(names):
        if find_before(lexicon.outputs_before, text, name.span[0]):
            behind = names[place + 1 : place + 2]
            return behind[0].span if behind and _owns(name, behind[0], sentence) else name.span
    return None


def _owns(name: Name, behind: Name, sentence: Sentence) -> bool:
    return bool(_OWNING.fullmatch(sentence.read((name.span[1], max(name.span[1], behind.span[0])))))


def _find_learner(sentence: Sentence, parties: Parties) -> Span | None:
    """What the sentence says was trained, by its name."""
    text, lexicon = parties.text, parties.lexicon
    for name in sentence.names:
        ahead = find_before(lexicon.learner_before, text, name.span[0])
        if name.entity.type in MADE and (ahead or lexicon.learner_behind.match(text, name.span[1])):
            return name.span
    return None


def _is_beside(words: Span, teacher: Span, sentence: Sentence) -> bool:
    """Whether words hold the name, or end where the words for its outputs stand before it."""
    if words[0] <= teacher[0] and teacher[1] <= words[1]:
        return True
    return words[1] <= teacher[0] and len(sentence.read((words[1], teacher[0])).split()) <= 2
