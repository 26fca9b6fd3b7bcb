"""Copies on their way into any store."""

from collections.abc import Iterable, Iterator
from itertools import islice

from graph.records import ArticleId, Copy

Pair = frozenset[ArticleId]

_BATCH = 1_000


def pick_last(copies: Iterable[Copy]) -> dict[Pair, Copy]:
    """The last copy of each pair of articles; none of an article by itself."""
    return {pair: copy for copy in copies if len(pair := frozenset((copy.article, copy.original))) == 2}


def iter_batches(copies: Iterable[Copy]) -> Iterator[list[Copy]]:
    """As many as one transaction takes."""
    rest = iter(copies)
    while batch := list(islice(rest, _BATCH)):
        yield batch
