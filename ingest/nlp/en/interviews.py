"""Interviews and conversations: who answers, for which firm, and which sentences are his.

Questions stand in lines of their own (bold, "Q:"), speakers before a colon, or nothing marks them, as in transcripts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from graph.records import EntityType, Party
from ingest.nlp.document import Name, Sentence

_QUESTION = re.compile(r"\s*(?:\*\*(?!.{0,40}:\*\*)[^*]{8,}\*\*\s*$|(?:\*\*)?Q(?:uestion)?[:.]\s?)")
# Bold lines that ask nobody are headings.
_ASKS = re.compile(r"\?|\byou(?:r|rs|’re|'re)?\b", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:\*\*|_)?(?P<name>[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,2}):(?:\*\*|_)?\s")
_TALK = re.compile(
    r"\b(?:with (?:me|us) (?:today )?is|my guest|our guest|joined (?:today )?by|thanks? (?:so much )?for having me|"
    r"welcome (?:back )?to the (?:show|podcast|programme|program)|this is episode)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:we|we’re|we're|our|us|i|my)\b", re.IGNORECASE)
_LEAST_QUESTIONS = 3
_LEAST_TURNS = 4
# A guest is introduced this early.
_OPENING = 8
_FIRMS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION, EntityType.PRODUCT})


@dataclass(frozen=True, slots=True)
class Interview:
    """Who answers and for whom; `answers` are the spans of the guest's lines, None where nothing marks the turns."""

    guest: Party
    firm: Party
    answers: tuple[tuple[int, int], ...] | None

    def is_answer(self, sentence: Sentence) -> bool:
        """Whether a sentence is the guest's; without marks, whether it speaks of "us"."""
        if self.answers is None:
            return bool(_OWN.search(sentence.text)) and not sentence.text.rstrip().endswith("?")
        return any(start <= sentence.span[0] < end for start, end in self.answers)


def find_interview(text: str, sentences: Sequence[Sentence]) -> Interview | None:
    """The interview that a story is, None where it is none or its guest is not known."""
    lines = [(match.start(), match.end(), match.group()) for match in re.finditer(r"[^\n]+", text)]
    asked = [start for start, _, line in lines if _QUESTION.match(line)]
    turned = sum(bool(_QUESTION.match(line) and _ASKS.search(line)) for _, _, line in lines)
    labels = [match["name"] for _, _, line in lines if (match := _LABEL.match(line))]
    if len(asked) >= _LEAST_QUESTIONS and 3 * turned >= 2 * len(asked):
        opening = [s for s in sentences if s.span[0] < asked[0]]
        answers = tuple((a, b) for a, b, line in lines if a > asked[0] and not _QUESTION.match(line))
        return _make(opening[:_OPENING] or sentences[:1], answers)
    if len(labels) >= _LEAST_TURNS and 1 < len(set(labels)) <= len(labels) // 2:
        found = _make(sentences[:_OPENING], None)
        turns = tuple((a, b) for a, b, line in lines if found and _is_by(line, found.guest))
        return Interview(found.guest, found.firm, turns) if found and turns else None
    opening = list(takewhile(lambda s: s.span[0] < 1500, sentences))[:_OPENING]
    return _make(opening, None) if any(_TALK.search(s.text) for s in opening) else None


def _make(opening: Sequence[Sentence], answers: tuple[tuple[int, int], ...] | None) -> Interview | None:
    """The interview with the first person whom the opening names beside a firm."""
    for sentence in opening:
        for person, firm in _iter_pairs(sentence):
            return Interview(_to_party(person), _to_party(firm), answers)
    return None


def _iter_pairs(sentence: Sentence) -> Iterator[tuple[Name, Name]]:
    for name in sentence.names:
        if name.entity.type is not EntityType.PERSON:
            continue
        firms = [other for other in sentence.names if other.entity.type in _FIRMS]
        after = [firm for firm in firms if firm.span[0] > name.span[1]]
        before = [firm for firm in firms if 0 <= name.span[0] - firm.span[1] <= 6]
        near = before or after
        if near:
            yield name, near[0]


def _is_by(line: str, guest: Party) -> bool:
    label = _LABEL.match(line)
    own = set(guest.name.split())
    return label is not None and (
        bool(own & set(label["name"].split())) or label["name"].strip(".") == "".join(part[0] for part in own)
    )


def _to_party(name: Name) -> Party:
    return Party(name.entity.name, name.entity.id)
