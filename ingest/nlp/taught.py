"""Whose outputs taught whom: "used answers of Vela's models to train Tern-2", 「Velaの出力でTern-2を訓練した」."""

import re
from dataclasses import replace

from graph.records import BODIES, MADE, EntityType, Predicate
from ingest.nlp.document import Name, Sentence, Span
from ingest.nlp.finder import Found
from ingest.nlp.parties import Parties

_LEARNING = frozenset({Predicate.DISTILLED_FROM, Predicate.TRAINED_WITH})
_TEACHERS = BODIES | {EntityType.MODEL, EntityType.PRODUCT}
_OUTPUTS = "(?:outputs?|answers?|responses?|completions?)"
# Right before the name of who put it out.
_OUTPUTS_OF = re.compile(rf"\b{_OUTPUTS} (?:of|from|by) (?:the )?\Z")
# Right behind it.
_HIS_OUTPUTS = re.compile(
    rf"['’]s? (?:(?:AI |language )?models?['’]s? )?{_OUTPUTS}\b|"
    r"の?(?:(?:AI|言語|対話)*モデル)?の?(?:出力|回答|応答|生成結果)"
)
# Around the name of what learns from it.
_TRAINING = re.compile(r"\b(?:train|teach)(?:ed|ing)? (?:(?:its|their|the|a|new|newest|latest|own|model|,) ?)*\Z")
_TRAINED = re.compile(r"[」』]?を(?:訓練|学習|開発|構築|強化)")
_OWNING = re.compile(r"['’]s? |の")


def settle_teacher(found: Found, sentence: Sentence, parties: Parties) -> Found:
    """The claim with who learned as its subject and whose outputs these were as its other side, where the words right
    beside their names tell both."""
    if found.predicate not in _LEARNING or found.object is None:
        return found
    teacher = _find_teacher(sentence)
    if teacher is None or parties.find_name(teacher) is None:
        return found
    learner = _find_learner(sentence)
    subject = learner or found.subject
    told = found.predicate is Predicate.DISTILLED_FROM or _is_beside(found.object, teacher, sentence)
    if subject is None or not told or parties.find_name(subject) == parties.find_name(teacher):
        return found
    return replace(found, predicate=Predicate.DISTILLED_FROM, subject=subject, object=teacher)


def _find_teacher(sentence: Sentence) -> Span | None:
    """Whose outputs the sentence speaks of; a model goes before its maker."""
    text, start = sentence.text, sentence.span[0]
    names = [name for name in sentence.names if name.entity.type in _TEACHERS]
    for name in names:
        if _HIS_OUTPUTS.match(text, name.span[1] - start):
            return name.span
    for place, name in enumerate(names):
        if _OUTPUTS_OF.search(text, 0, name.span[0] - start):
            behind = names[place + 1 : place + 2]
            return behind[0].span if behind and _owns(name, behind[0], sentence) else name.span
    return None


def _owns(name: Name, behind: Name, sentence: Sentence) -> bool:
    return bool(_OWNING.fullmatch(sentence.read((name.span[1], max(name.span[1], behind.span[0])))))


def _find_learner(sentence: Sentence) -> Span | None:
    """What the sentence says was trained, by its name."""
    text, start = sentence.text, sentence.span[0]
    for name in sentence.names:
        if name.entity.type not in MADE:
            continue
        if _TRAINED.match(text, name.span[1] - start) or _TRAINING.search(text, 0, name.span[0] - start):
            return name.span
    return None


def _is_beside(words: Span, teacher: Span, sentence: Sentence) -> bool:
    """Whether words hold the name, or end where the words for its outputs stand before it."""
    if words[0] <= teacher[0] and teacher[1] <= words[1]:
        return True
    return words[1] <= teacher[0] and len(sentence.read((words[1], teacher[0])).split()) <= 2
