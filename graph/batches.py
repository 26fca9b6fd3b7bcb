"""Many things, a few at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")


def iter_batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """All of them in their order, so many together; the last may be fewer."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
