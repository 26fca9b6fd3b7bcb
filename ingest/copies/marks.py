"""What of a text is the same in another language: names and figures as written, how names sound, what numbers say."""

import re
from collections.abc import Iterator
from functools import lru_cache

from graph.spelling.sounding import list_sounds

# How far into a text names and figures are looked for, in characters.
_MARKED = 20_000
# A text is Japanese by what it begins with.
_BEGINNING = 300
# Smaller numbers stand everywhere.
_LEAST_VALUE = 10
_SOUND = "~"
_VALUE = "="
_WORD = "_"
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# Names in Latin letters and figures of two digits and more stand in both languages alike.
_MARKS = re.compile(r"[A-Z][A-Za-z]*(?:[-.]?[A-Za-z0-9]+)*|\d[\d,.]*\d")
_SMALL = re.compile(r"\b[a-z]+\b")
# What is left out when an agency is named, or written small.
_AGENCIES = frozenset({"agency", "news", "newswire", "press", "wire"})
_KANA_NAME = re.compile(r"[ァ-ヴー]+")
_LATIN_NAME = re.compile(r"\b[A-Z][a-z]{2,}\w*")
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_ENGLISH_VALUE = re.compile(rf"({_FIGURE})(?:[ -](thousand|million|billion|trillion))?")
_JAPANESE_VALUE = re.compile(rf"(?:{_FIGURE}[兆億万千]?)+")
_SCALED = re.compile(rf"({_FIGURE})([兆億万千]?)")
_SCALES = {
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "千": 1e3,
    "万": 1e4,
    "億": 1e8,
    "兆": 1e12,
}


def find_marks(text: str) -> frozenset[str]:
    """Names and figures as written; with ~ before them sounds of names, with = values of numbers, with _ words that are
    written with a capital and small."""
    text = text[:_MARKED]
    plain = {mark.casefold().replace(",", "") for mark in _MARKS.findall(text)}
    # What is also written small mostly is no name but a word that begins a sentence.
    words = plain & set(_SMALL.findall(text))
    japanese = bool(_CJK.search(text[:_BEGINNING]))
    names = (_KANA_NAME if japanese else _LATIN_NAME).findall(text)
    sounds = {_SOUND + sound for name in set(names) for sound in list_sounds(name)}
    values = {f"{_VALUE}{value:.6g}" for value in _list_values(text, japanese) if value >= _LEAST_VALUE}
    return frozenset({*(plain - words), *(_WORD + word for word in words), *sounds, *values})


def take_plain(marks: frozenset[str]) -> frozenset[str]:
    """Of the marks what is written so, words with a capital among it."""
    return frozenset(mark.removeprefix(_WORD) for mark in marks if mark[0] not in (_SOUND, _VALUE))


def take_names(marks: frozenset[str]) -> frozenset[str]:
    """Of the marks names and figures as written."""
    return frozenset(mark for mark in marks if mark[0] not in (_SOUND, _VALUE, _WORD))


def take_told(marks: frozenset[str]) -> frozenset[str]:
    """Of the marks sounds of names and what numbers say."""
    return frozenset(mark for mark in marks if mark[0] in (_SOUND, _VALUE))


def take_values(marks: frozenset[str]) -> frozenset[str]:
    """Of the marks what numbers say."""
    return frozenset(mark for mark in marks if mark[0] == _VALUE)


def names_source(marks: frozenset[str], source: str) -> bool:
    """Whether a text of these marks names a source: Meadow Wire, or the Meadow agency."""
    words = _find_called(source)
    return bool(words) and all(word in marks or _WORD + word in marks for word in words)


def list_callings(source: str) -> frozenset[str]:
    """Marks of which every text that names the source has one."""
    return frozenset(mark for word in sorted(_find_called(source))[:1] for mark in (word, _WORD + word))


@lru_cache(10_000)
def _find_called(source: str) -> frozenset[str]:
    """The words by which a source is named, folded; none where it has no name in Latin letters."""
    words = {mark.casefold() for mark in _MARKS.findall(source) if mark[0].isalpha()} - {"the"}
    return frozenset(words - _AGENCIES or words)


def _list_values(text: str, japanese: bool) -> Iterator[float]:
    """The numbers of a text: 3.1 million and 310万 are one."""
    if japanese:
        for number in _JAPANESE_VALUE.findall(text):
            yield sum(_scale(figure, unit) for figure, unit in _SCALED.findall(number))
    else:
        for figure, unit in _ENGLISH_VALUE.findall(text):
            yield _scale(figure, unit)


def _scale(figure: str, unit: str) -> float:
    return float(figure.replace(",", "")) * _SCALES.get(unit, 1.0)
