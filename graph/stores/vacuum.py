"""Gives the room that deleted rows leave in an SQLite file back to the disk, while others read."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreError

# Less than a tenth is not worth writing the whole file anew for; the next rows fill it.
_LEAST_SHARE = 0.1
# Writers take turns; a batch commits in well under a second.
_BUSY_SECONDS = 30.0
_CHECKPOINT_MS = 1_000


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes of a file, and how many of them hold nothing."""

    size: int
    free: int


def vacuum(path: Path, *, loose: bool = False) -> int:
    """Bytes won; 0 when there was little to win. Readers go on, writers wait. StoreError when it cannot be done.

    loose  rows have become shorter, which leaves room in pages that count as full: done whatever the free pages

    Needs as much free disk as the file will have, and its writers' patience: some seconds a gigabyte. With a reader in
    the middle of its work the file itself gets shorter when the next checkpoint finds none.
    """
    with closing(_open(path)) as db:
        before = _measure(db, path)
        if not loose and before.free < _LEAST_SHARE * before.size:
            return 0
        try:
            db.execute("VACUUM")
            # It waits for readers, and writers for it: not for long.
            db.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_MS}")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"{path}: not vacuumed: {error}", subject=str(path), reason="failed") from error
        return before.size - _measure(db, path).size


def _open(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_BUSY_SECONDS
        )
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}", subject=str(path), reason="failed") from error


def _measure(db: sqlite3.Connection, path: Path) -> Room:
    try:
        page, pages, free = (
            int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_size", "page_count", "freelist_count")
        )
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}", subject=str(path), reason="failed") from error
    return Room(page * pages, page * free)
