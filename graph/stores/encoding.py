"""What records become in every store: times as numbers, keys that order by time, cursors, packed texts."""

import re
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from graph.errors import QueryError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS = 1_000_000

# A second that is full (65,536 reports) lends from the next ones; whoever reads by key checks the exact time as well.
KEY_SLACK = timedelta(seconds=60)

# Values are one number within this share of it: "4.1 million" may be 4099999.9999999995.
NEARLY = 1e-9

DAY_SECONDS = 86_400

# 65,536 claims may be reported in one second before the keys run into the next.
KEY_BITS = 16


def to_moment(moment: datetime) -> int:
    """Whole microseconds since 1970, exact for any year."""
    return (moment - _EPOCH) // _MICROSECOND


def from_moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def first_key(moment: datetime) -> int:
    """The least key of the second that holds the moment."""
    return to_moment(moment) // _MICROSECONDS << KEY_BITS


def format_cursor(key: int) -> str:
    return f"{key:x}"


def parse_cursor(cursor: str) -> int:
    """The key after which a page goes on. QueryError when the cursor is none of ours."""
    if not re.fullmatch(r"-?[0-9a-f]{1,15}", cursor):
        raise QueryError(
            f"cursor {cursor[:40]!r} is not one of ours; start from the first page", subject=cursor, reason="refused"
        )
    return int(cursor, 16)


def cut_page(
    keys: Sequence[int], limit: int, after: str | None, before: str | None
) -> tuple[slice, str | None, str | None]:
    """The part of the keys found that is the page, and the cursors of the next and the previous one.

    keys  in the order of the page, one more than `limit` when there are more that way
    """
    more = len(keys) > limit
    page = slice(1 if more and before is not None else 0, len(keys) if before is not None else limit)
    shown = keys[page]
    if not shown:
        return page, None, None
    first, last = format_cursor(shown[0]), format_cursor(shown[-1])
    if before is not None:
        return page, last, first if more else None
    return page, last if more else None, first if after is not None else None


def pack_text(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpack_text(body: bytes) -> str:
    return zlib.decompress(body).decode("utf-8", "surrogatepass")
