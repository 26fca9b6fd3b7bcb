"""Copies, and records that come many at a time, on their way into any store."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from graph.records import ArticleId, Copy

Pair = frozenset[ArticleId]
_Record = TypeVar("_Record")

_BATCH = 1_000


def pick_last(copies: Iterable[Copy]) -> dict[Pair, Copy]:
    """The last copy of each pair of articles; none of an article by itself."""
    return {pair: copy for copy in copies if len(pair := frozenset((copy.article, copy.original))) == 2}


def iter_batches(records: Iterable[_Record]) -> Iterator[list[_Record]]:
    """As many as one transaction takes."""
    rest = iter(records)
    while batch := list(islice(rest, _BATCH)):
        yield batch
