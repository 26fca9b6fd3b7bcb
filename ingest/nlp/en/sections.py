"""Where a story changes its subject: headings, the lists below a line, and the paragraphs of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.nlp.document import Sentence, Zone

_HEADINGS = frozenset({Zone.TITLE, Zone.HEADING})
# A line longer than this is text that lost its stop; headings of newsletters run to a dozen words.
_LONGEST = 110
_CLOSED = re.compile(r"[.:;,]['\"”’)*_]*\s*$")
# "DIGITAL REALTY:"
_LABEL = re.compile(r"[A-Z][A-Z0-9&.' -]{2,40}:?")
_ITEM = re.compile(r"(?:^|\n)[ \t>]*(?:[-*•·–—+▪◦]|\d{1,2}[.)])[ \t]+[*_\"“']*$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands.

    section  counts the headings up to here
    block    the paragraph, or the whole list that a list item is part of
    line     the paragraph, or the item
    item     whether it opens or stands in an item of a list
    heading  whether it is the heading of its section
    """

    section: int
    block: int
    line: int
    item: bool
    heading: bool


NOWHERE = Place(0, 0, 0, False, False)


class Sections:
    """The places of a story's sentences, by where each begins."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._places = {sentence.span[0]: place for sentence, place in _iter_places(text, sentences)}

    def find(self, sentence: Sentence) -> Place:
        return self._places.get(sentence.span[0], NOWHERE)


def _iter_places(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Place]]:
    section = block = 0
    listed = False
    for paragraph in _group(sentences):
        item = paragraph[0].zone not in _HEADINGS and _is_item(text, paragraph[0])
        heading = not item and _is_heading(paragraph)
        section += heading
        block += not (item and listed)
        listed = item
        for sentence in paragraph:
            yield sentence, Place(section, block, sentence.paragraph, item, heading)


def _group(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences paragraph by paragraph."""
    held: list[Sentence] = []
    for sentence in sentences:
        if held and held[-1].paragraph != sentence.paragraph:
            yield held
            held = []
        held.append(sentence)
    if held:
        yield held


def _is_heading(paragraph: Sequence[Sentence]) -> bool:
    if paragraph[0].zone in _HEADINGS:
        return True
    if _LABEL.fullmatch(paragraph[0].text):
        return True
    length = paragraph[-1].span[1] - paragraph[0].span[0]
    return length <= _LONGEST and not _CLOSED.search(paragraph[-1].text) and paragraph[0].text[:1].isupper()


def _is_item(text: str, first: Sentence) -> bool:
    """Whether a mark of a list stands before a sentence; the splitter has left it out."""
    return _ITEM.search(text[max(0, first.span[0] - 12) : first.span[0]]) is not None
