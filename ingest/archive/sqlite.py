"""The archive's file: opened, brought to the present format, written in whole transactions."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.errors import StoreError, StoreUnavailable
from graph.unwritable import connect_reading, may_not_write
from ingest.archive.database import Dialect
from ingest.archive.migrations import migrate

# A file system without room says the first, a limit on the size of files (`ulimit -f`) the second, and who opens the
# archive where there is no room for the index of its log the third.
_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
# A killed process loses nothing so; a power cut may lose the last commits, and those are fetched again.
_WRITING = ("journal_mode = WAL", "synchronous = NORMAL")
_OPTIONS: dict[str, Any] = {"timeout": 10, "check_same_thread": False}
_DIALECT = Dialect(
    texts="SELECT value FROM json_each(?)",
    seconds="unixepoch({})",
    columns="SELECT name FROM pragma_table_info(?)",
    now="strftime('%Y-%m-%dT%H:%M:%SZ', 'now')",
    last_number=(
        "SELECT max(coalesce(max({column}), 0),"
        " coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0)) FROM {table}"
    ),
    # There is a row for each table that gives no number again, once it has given one.
    number_on=(
        "REPLACE INTO sqlite_sequence (rowid, name, seq)"
        " SELECT (SELECT rowid FROM sqlite_sequence WHERE name = '{table}'), name, ?"
        " FROM sqlite_master WHERE name = '{table}' AND sql LIKE '%AUTOINCREMENT%'"
    ),
)


class SqliteDatabase:
    """Opens or makes the file; raises StoreUnavailable when it cannot be used."""

    dialect = _DIALECT

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        with self._translated():
            try:
                self._db = _prepare(path, sqlite3.connect(self.name, isolation_level=None, **_OPTIONS), _WRITING)
            except sqlite3.Error as error:
                if not may_not_write(error) or not path.exists():
                    raise
                self._db = _prepare(path, connect_reading(path, **_OPTIONS)[0])

    def close(self) -> None:
        self._db.close()

    def rows(self, query: str, *arguments: object) -> list[Any]:
        with self._translated():
            return self._db.execute(query, arguments).fetchall()

    @contextmanager
    def reading(self) -> Iterator[Callable[[str], Iterator[Any]]]:
        """Rows one by one; the first question fixes the state of the file."""
        with self._ending("BEGIN"):
            yield self._db.execute

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; other writers wait for its end."""
        with self._ending("BEGIN IMMEDIATE"):
            yield self._db

    @contextmanager
    def _ending(self, begin: str) -> Iterator[None]:
        with self._translated():
            self._db.execute(begin)
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise StoreError(f"archive {self.name}: {error}", subject=self.name, reason="failed") from error
        except sqlite3.OperationalError as error:
            if "unable to open" in str(error):
                raise StoreUnavailable(
                    f"archive {self.name}: cannot be opened", subject=self.name, reason="unavailable"
                ) from error
            if may_not_write(error):
                raise StoreUnavailable(
                    f"archive {self.name}: {error}; the file or its folder may not be written to, ask its owner",
                    subject=self.name,
                    reason="read_only",
                ) from error
            if error.sqlite_errorcode in _NO_ROOM:
                raise StoreError(
                    f"archive {self.name}: the disk is full; make room and run again, what was fetched is kept",
                    subject=self.name,
                    reason="disk_full",
                ) from error
            raise StoreError(f"archive {self.name}: {error}", subject=self.name, reason="failed") from error
        except sqlite3.DatabaseError as error:
            raise StoreUnavailable(
                f"archive {self.name}: {error}; restore a backup, or move the file away to start anew",
                subject=self.name,
                reason="damaged",
            ) from error


def _prepare(path: Path, db: sqlite3.Connection, settings: Sequence[str] = ()) -> sqlite3.Connection:
    """The connection to an archive of the present format; closed when it cannot be that."""
    try:
        migrate(path, db)
        for setting in settings:
            db.execute(f"PRAGMA {setting}")
    except BaseException:
        db.close()
        raise
    return db
