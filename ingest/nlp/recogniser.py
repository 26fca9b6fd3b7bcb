"""Names by a trained sequence model: what no table lists and no pattern introduces, told by shape and surroundings.

A conditional random field over the words of a parsed sentence. `python -m ingest.nlp.train` makes its file.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import pycrfsuite
from spacy.tokens import Doc, Token

from graph.errors import ConfigError
from graph.records import EntityType
from ingest.nlp.document import FreeName, Sentence, Strength

OUTSIDE = "O"
# How sure of each word of a name: below it more is wrong than right on real pages (bench/accuracy.py).
_SURE = 0.85
_SHAPES_KEPT = 4096
_NEAR = (-3, -2, -1, 1, 2, 3)
_SHAPES = (
    (re.compile(r"[A-Z]"), "X"),
    (re.compile(r"[a-z]"), "x"),
    (re.compile(r"\d"), "d"),
    (re.compile(r"[\u30a0-\u30ff]"), "K"),
    (re.compile(r"[\u3040-\u309f]"), "h"),
    (re.compile(r"[\u4e00-\u9fff]"), "C"),
    (re.compile(r"(.)\1{2,}"), r"\1\1"),
)
_TAIL = re.compile(r"(?:['’]s|['’]|[\s,.;:、。]+)$")


class Recogniser:
    """Finds further names of one language."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _tagger(self) -> pycrfsuite.Tagger:
        tagger = pycrfsuite.Tagger()
        try:
            tagger.open(str(self._path))
        except OSError as error:
            message = f"{self._path}: no trained names ({error}); `python -m ingest.nlp.train` makes the file"
            raise ConfigError(message, subject=str(self._path)) from error
        return tagger

    def find(self, sentence: Sentence) -> Iterator[FreeName]:
        """The names that the model sees in a sentence, in order."""
        labels = self._tagger.tag(describe_words(sentence.doc, mark_known(sentence)))
        for first, last, kind in iter_runs(labels):
            if min(self._tagger.marginal(labels[place], place) for place in range(first, last + 1)) < _SURE:
                continue
            start = sentence.doc[first].idx
            end = sentence.doc[last].idx + len(sentence.doc[last].text)
            name = _TAIL.sub("", sentence.text[start:end])
            if name:
                offset = sentence.span[0] + start
                yield FreeName((offset, offset + len(name)), name, EntityType(kind), Strength.SHAPED)


def mark_known(sentence: Sentence) -> list[str]:
    """For each word the type of the known name it lies in, `-` outside."""
    marks = ["-"] * len(sentence.doc)
    for name in sentence.names:
        start, end = name.span[0] - sentence.span[0], name.span[1] - sentence.span[0]
        for token in sentence.doc.char_span(start, end, alignment_mode="expand") or ():
            marks[token.i] = name.entity.type.value
    return marks


def describe_words(doc: Doc, known: Sequence[str]) -> list[list[str]]:
    """The features of each word: its own, its head's, and those of the words around it."""
    tagged = {place: entity.label_ for entity in doc.ents for place in range(entity.start, entity.end)}
    tokens = list(doc)  # each walk over a Doc makes its tokens anew
    own = [_describe_word(token, known[place], tagged.get(place, "-")) for place, token in enumerate(tokens)]
    below: list[list[int]] = [[] for _ in own]
    for place, word in enumerate(own):
        if word.head != place:
            below[word.head].append(place)
    return [[*word.own, *_describe_place(place, own, below[place])] for place, word in enumerate(own)]


def iter_runs(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Names as (first word, last word, type) from labels like B-company, I-company, O."""
    first = -1
    for place, label in enumerate([*labels, OUTSIDE]):
        if first >= 0 and label != f"I-{labels[first][2:]}":
            yield first, place - 1, labels[first][2:]
            first = -1
        if label.startswith("B-"):
            first = place


class _Word(NamedTuple):
    """What a word shows by itself: all its features, those its neighbours share, and how it hangs on another."""

    own: tuple[str, ...]
    word: str
    shape: str
    pos: str
    known: str
    lemma: str
    dep: str
    head: int


def _describe_word(token: Token, known: str, tagged: str) -> _Word:
    lower = token.lower_
    word, shape, pos = f"w={lower}", f"sh={_find_shape(token.text)}", f"pos={token.pos_}"
    mark, lemma = f"g={known}", f"l={token.lemma_.lower()}"
    ends = f"p3={lower[:3]}", f"s3={lower[-3:]}", f"s2={lower[-2:]}"
    own = (word, shape, pos, f"tag={token.tag_}", mark, f"e={tagged}", lemma, *ends)
    return _Word(own, word, shape, pos, mark, lemma, token.dep_, token.head.i)


def _describe_place(place: int, own: Sequence[_Word], below: Sequence[int]) -> Iterator[str]:
    word = own[place]
    head = own[word.head]
    yield f"dep={word.dep}"
    yield f"h{head.lemma}"
    yield f"h{head.pos}:{word.dep}"
    for child in below:
        yield f"c{own[child].dep}{own[child].lemma}"
    for step in _NEAR:
        if not 0 <= place + step < len(own):
            yield f"{step}=edge"
            continue
        near = own[place + step]
        yield f"{step}{near.word}"
        yield f"{step}{near.known}"
        if abs(step) < 3:
            yield f"{step}{near.shape}"
            yield f"{step}{near.pos}"
    if place:
        before = own[place - 1]
        yield f"{before.shape}|{word.shape}"
        yield f"{before.word}|{word.word}"
    if place + 1 < len(own):
        after = own[place + 1]
        yield f"{word.shape}|{after.shape}|{after.word}"


@lru_cache(maxsize=_SHAPES_KEPT)
def _find_shape(text: str) -> str:
    for pattern, sign in _SHAPES:
        text = pattern.sub(sign, text)
    return text
