"""What every store makes of a proposition: a digest that tells whether it has changed, and its place in pages."""

import hashlib
import re
from typing import NamedTuple

from graph.errors import QueryError
from graph.records import Proposition


def make_digest(proposition: Proposition) -> str:
    return hashlib.sha256(repr(proposition).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Place(NamedTuple):
    """Where a page of propositions ends: what they are ordered by, and the id."""

    value: int
    id: str


def format_place(place: Place) -> str:
    return f"{place.value:x}.{place.id}"


def parse_place(cursor: str) -> Place:
    """QueryError when the cursor is none of ours."""
    if not (found := re.fullmatch(r"(-?[0-9a-f]{1,15})\.(\w{1,40})", cursor)):
        raise QueryError(
            f"cursor {cursor[:40]!r} is not one of ours; start from the first page", subject=cursor, reason="refused"
        )
    return Place(int(found[1], 16), found[2])
