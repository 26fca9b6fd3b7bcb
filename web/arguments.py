"""Arguments of a request as values within bounds."""

from flask import request

from graph.errors import QueryError

_MAX_CURSOR = 500


def get_limit(default: int = 20) -> int:
    """How many records are asked for, 1 to 100; the default when it is no number."""
    text = request.args.get("limit", "")
    if not (text.isascii() and text.removeprefix("-").isdigit()):
        return default
    # Python refuses to read numbers of thousands of digits.
    return max(1, min(100, int(text[:9])))


def get_cursor(name: str = "after") -> str | None:
    """The cursor of the page asked for; None for the first page. QueryError for one that cannot be ours."""
    cursor = request.args.get(name)
    if cursor and len(cursor) > _MAX_CURSOR:
        raise QueryError(f"{name}: this is not a place in the list; start again from its first page", reason="refused")
    return cursor or None
