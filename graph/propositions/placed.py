"""A signature on its way into a proposition: the record that dividing moves about."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from graph.propositions.signatures import Signature

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Placed:
    """A signature in its proposition: how surely (0 to 1), and why, for people."""

    signature: Signature
    score: float
    reason: str


def bucket(part: Iterable[_T], key: Callable[[_T], Hashable]) -> list[list[_T]]:
    """Those of one key together, in the order in which keys were met."""
    found: dict[Hashable, list[_T]] = {}
    for one in part:
        found.setdefault(key(one), []).append(one)
    return list(found.values())
