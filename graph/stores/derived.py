"""What every store makes of a proposition: a digest that tells whether it has changed, and its place in pages."""

import hashlib
import re
from typing import NamedTuple

from graph.errors import QueryError
from graph.records import Proposition
from graph.stores.encoding import to_moment


def make_digest(proposition: Proposition) -> str:
    """A digest of all that the record says. Plain values: half the time of the record's own repr."""
    one = proposition
    said = (
        (one.id, one.label_en, one.label_ja, str(one.type), str(one.predicate), str(one.status)),
        (to_moment(one.first_reported_at), to_moment(one.last_reported_at), one.articles, one.origins),
        [(link.claim, link.score, link.reason) for link in one.links],
        [(str(e.status), to_moment(e.valid_from), to_moment(e.recorded_at), e.basis) for e in one.events],
        one.part_of,
    )
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class PageEnd(NamedTuple):
    """Where a page of propositions ends: what they are ordered by, and the id."""

    value: int
    id: str


def format_place(place: PageEnd) -> str:
    return f"{place.value:x}.{place.id}"


def parse_place(cursor: str) -> PageEnd:
    """QueryError when the cursor is none of ours."""
    if not (found := re.fullmatch(r"(-?[0-9a-f]{1,15})\.(\w{1,40})", cursor)):
        raise QueryError(
            f"cursor {cursor[:40]!r} is not one of ours; start from the first page", subject=cursor, reason="refused"
        )
    return PageEnd(int(found[1], 16), found[2])
