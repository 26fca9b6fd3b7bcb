"""What every store makes of a proposition: ids of its events, and a digest that tells whether it has changed."""

import hashlib
import re
from collections import Counter
from typing import NamedTuple

from graph.errors import QueryError
from graph.ids import make_event_id
from graph.records import Proposition


def list_event_ids(proposition: Proposition) -> list[str]:
    """The id of each event, in their order; of equal ones a second has another id than the first."""
    met: Counter[str] = Counter()
    ids = []
    for event in proposition.events:
        id = make_event_id(proposition.id, event.status, event.valid_from, event.recorded_at, event.basis)
        ids.append(f"{id}-{met[id]}" if met[id] else id)
        met[id] += 1
    return ids


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
