"""What plain words of a search text mean: names under any spelling and measures, longest first; the rest stays words.

Pure: who is spelled how is asked once, for all runs of words that could be a spelling. Japanese is cut where its
scripts change, so that ディープシークの学習費用 is a name and a measure.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from graph.ids import fold_name
from graph.records import Entity
from graph.searching.language import Term

FindSpelled = Callable[[Sequence[str]], Mapping[str, Entity]]

# The longest names of the tables have six words; more pieces come of names that mix scripts.
_MOST_PIECES = 8
_SHORTEST = 2
_SCRIPTS = re.compile(r"[ァ-ヺー・]+|[ぁ-ゖ]+|[㐀-鿿々〆]+|[^ァ-ヺー・ぁ-ゖ㐀-鿿々〆]+")
# What stands between two pieces that were read, and says nothing by itself.
_PARTICLES = frozenset("の は が を に へ と も や で から まで より など について による".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Meant:
    """A run of the text and what it means: an entity, a measure, or, with neither, words as they stand.

    place  in the text, end exclusive
    """

    text: str
    place: tuple[int, int]
    entity: Entity | None = None
    measure: str = ""

    @property
    def is_read(self) -> bool:
        return self.entity is not None or bool(self.measure)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or a part of one in a single script."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_meaning(
    text: str, words: Sequence[Term], find_spelled: FindSpelled, measures: Mapping[str, str]
) -> tuple[Meant, ...]:
    """What neighbouring plain words of a text mean, in their order.

    measures  the measure of each folded spelling
    """
    pieces = [piece for word in words for piece in _cut(word)]
    runs = {fold_name(text[a.start : b.end]) for a, b in _iter_runs(pieces)}
    spelled = find_spelled(sorted(run for run in runs if len(run) >= _SHORTEST)) if runs else {}
    found: list[Meant] = []
    at = 0
    while at < len(pieces):
        size, meant = _read_longest(text, pieces, at, spelled, measures)
        found.append(meant)
        at += size
    return tuple(_join_rest(text, found, words))


def _cut(word: Term) -> Iterator[_Piece]:
    for match in _SCRIPTS.finditer(word.value):
        yield _Piece(match.group(), word.place[0] + match.start())


def _iter_runs(pieces: Sequence[_Piece]) -> Iterator[tuple[_Piece, _Piece]]:
    for start in range(len(pieces)):
        for end in range(start, min(start + _MOST_PIECES, len(pieces))):
            yield pieces[start], pieces[end]


def _read_longest(
    text: str, pieces: Sequence[_Piece], at: int, spelled: Mapping[str, Entity], measures: Mapping[str, str]
) -> tuple[int, Meant]:
    """How many pieces from here mean something, and what; one piece that means nothing where none do."""
    for size in range(min(_MOST_PIECES, len(pieces) - at), 0, -1):
        place = pieces[at].start, pieces[at + size - 1].end
        run = text[slice(*place)]
        folded = fold_name(run)
        if folded in spelled:
            return size, Meant(run, place, entity=spelled[folded])
        if folded in measures:
            return size, Meant(run, place, measure=measures[folded])
    return 1, Meant(pieces[at].text, (pieces[at].start, pieces[at].end))


def _join_rest(text: str, found: Sequence[Meant], words: Sequence[Term]) -> Iterator[Meant]:
    """The pieces of a word that mean nothing, joined again; particles between what was read are left out."""
    bounds = {word.place for word in words}
    is_bare = {place: not any(m.is_read and place[0] <= m.place[0] < place[1] for m in found) for place in bounds}

    def find_word(meant: Meant) -> tuple[int, int]:
        return next(place for place in bounds if place[0] <= meant.place[0] < place[1])

    for (is_read, word), group in groupby(found, key=lambda meant: (meant.is_read, find_word(meant))):
        run = list(group)
        if is_read:
            yield from run
            continue
        place = run[0].place[0], run[-1].place[1]
        rest = text[slice(*place)]
        if is_bare[word] or rest not in _PARTICLES:
            yield Meant(rest, place)
