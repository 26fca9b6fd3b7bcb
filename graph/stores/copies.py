"""Copies on their way into any store."""

from collections.abc import Iterable

from graph.records import ArticleId, Copy

Pair = frozenset[ArticleId]

TOGETHER = 1_000
"""Records that one transaction takes."""


def pick_last(copies: Iterable[Copy]) -> dict[Pair, Copy]:
    """The last copy of each pair of articles; none of an article by itself."""
    return {pair: copy for copy in copies if len(pair := frozenset((copy.article, copy.original))) == 2}
