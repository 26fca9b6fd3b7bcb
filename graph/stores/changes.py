"""The change log: what changed in a store, for those who keep something made from it. Nothing here commits.

Every changed record is one row, in the transaction that changed it; SQLite has one writer, so the order of numbers is
the order of commits. Each row has a random stamp, for numbers alone do not tell two histories apart: after a restore
the same number may be another change. A reader that finds its row gone starts anew.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from graph.stores.encoding import to_moment

# The newest rows stay though nobody has told that he reads them; reading as many takes three seconds (bench/stores.py).
KEPT = 20_000
# Beyond this, building anew is quicker than following.
MOST = 200_000
# Rows are taken out by so many, so that few transactions pay for it.
STEP = 5_000
# A consumer not seen for so long has left: its folder was removed, or nobody asks any more.
ABSENCE = timedelta(days=30)


class Version(NamedTuple):
    """A state of a store: the last change in it."""

    seq: int
    stamp: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the records of one kind.

    keys  records to read again
    gone  ids of records that were deleted, though one of the keys may have come in the place of one
    """

    keys: list[int] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def read_version(connection: sqlite3.Connection) -> Version:
    return Version(*connection.execute("SELECT seq, stamp FROM change ORDER BY seq DESC LIMIT 1").fetchone())


def log_changes(connection: sqlite3.Connection, kind: str, records: Iterable[tuple[int, str]], op: str = "put") -> None:
    """Notes that these records (key, id) of a kind were written, or deleted when `op` is `del`."""
    rows = ((kind, key, id, op) for key, id in records)
    connection.executemany("INSERT INTO change (kind, key, id, op) VALUES (?, ?, ?, ?)", rows)


def follows(connection: sqlite3.Connection, version: Version) -> bool:
    """Whether the store has come from that state and still knows all that changed since."""
    row = connection.execute("SELECT stamp FROM change WHERE seq = ?", (version.seq,)).fetchone()
    return row is not None and row[0] == version.stamp


def count_changes(connection: sqlite3.Connection, since: Version, most: int) -> int:
    """How many changes there were, counted up to `most`."""
    counted = "SELECT count(*) FROM (SELECT 1 FROM change WHERE seq > ? LIMIT ?)"
    return int(connection.execute(counted, (since.seq, most)).fetchone()[0])


def read_changes(connection: sqlite3.Connection, since: Version) -> dict[str, Changed]:
    """The changes since then by kind of record, each record once."""
    changes: dict[str, Changed] = defaultdict(Changed)
    deleted = "SELECT DISTINCT kind, id FROM change WHERE seq > ? AND op = 'del'"
    for kind, id in connection.execute(deleted, (since.seq,)):
        changes[kind].gone.append(id)
    # SQLite takes the other columns from the row that has the maximum.
    latest = "SELECT kind, key, op, max(seq) FROM change WHERE seq > ? GROUP BY kind, key ORDER BY kind, key"
    for kind, key, op, _ in connection.execute(latest, (since.seq,)):
        if op == "put":
            changes[kind].keys.append(key)
    return changes


def note_consumer(connection: sqlite3.Connection, name: str, seq: int, now: datetime) -> None:
    """Tells writers to keep what changed after `seq` for the reader of this name."""
    connection.execute(
        "INSERT INTO consumer (name, seq, seen_at) VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, seen_at = excluded.seen_at",
        (name, seq, to_moment(now)),
    )


def prune(connection: sqlite3.Connection, now: datetime) -> None:
    """Takes out what every present consumer has read, but for the newest rows."""
    # Apart, for asked for both at once SQLite looks at every row.
    ends = "SELECT (SELECT min(seq) FROM change), (SELECT max(seq) FROM change)"
    first, last = connection.execute(ends).fetchone()
    if last - first < KEPT + STEP:
        return
    seen_since = to_moment(now - ABSENCE)
    oldest = connection.execute("SELECT min(seq) FROM consumer WHERE seen_at > ?", (seen_since,)).fetchone()[0]
    floor = last - KEPT if oldest is None else max(min(oldest, last - KEPT), last - MOST)
    if floor - first >= STEP:
        connection.execute("DELETE FROM change WHERE seq < ?", (floor,))
