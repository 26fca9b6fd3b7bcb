"""Arguments of a request as values within bounds."""

from flask import request

from graph.errors import QueryError
from graph.queries import Place

_MAX_CURSOR = 500


def get_limit(default: int = 20, most: int = 100) -> int:
    """How many records are asked for, 1 to `most`; the default when it is no number."""
    text = request.args.get("limit", "")
    if not (text.isascii() and text.removeprefix("-").isdigit()):
        return default
    # Python refuses to read numbers of thousands of digits.
    return max(1, min(most, int(text[:9])))


def get_place(prefix: str = "") -> Place:
    """The page asked for by `after` or `before`, behind the prefix; the first page when by neither."""
    return Place(_get_cursor(f"{prefix}after"), _get_cursor(f"{prefix}before"))


def _get_cursor(name: str) -> str | None:
    """QueryError for a cursor that cannot be ours."""
    cursor = request.args.get(name)
    if cursor and len(cursor) > _MAX_CURSOR:
        raise QueryError(f"{name}: this is not a place in the list; start again from its first page", reason="refused")
    return cursor or None
