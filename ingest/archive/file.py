"""The archive's file: opened, brought to the present format, written in whole transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.errors import StoreError, StoreUnavailable
from ingest.archive.migrations import migrate

# A file system without room says the one, a limit on the size of files (`ulimit -f`) the other.
_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)


class ArchiveFile:
    """Opens or makes the file; raises StoreUnavailable when it cannot be used."""

    def __init__(self, path: str | Path) -> None:
        self._path = str(path)
        with self._translated():
            self._db = sqlite3.connect(self._path, isolation_level=None, timeout=10, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def _prepare(self) -> None:
        migrate(Path(self._path), self._db)
        self._db.execute("PRAGMA journal_mode = WAL")
        # A killed process loses nothing so; a power cut may lose the last commits, and those are fetched again.
        self._db.execute("PRAGMA synchronous = NORMAL")

    def _rows(self, query: str, *arguments: object) -> list[Any]:
        with self._translated():
            return self._db.execute(query, arguments).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        with self._translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "unable to open" in str(error):
                raise StoreUnavailable(
                    f"archive {self._path}: cannot be opened", subject=self._path, reason="unavailable"
                ) from error
            if error.sqlite_errorcode in _NO_ROOM:
                raise StoreError(
                    f"archive {self._path}: the disk is full; make room and run again, what was fetched is kept",
                    subject=self._path,
                    reason="disk_full",
                ) from error
            raise StoreError(f"archive {self._path}: {error}", subject=self._path, reason="failed") from error
        except sqlite3.DatabaseError as error:
            raise StoreUnavailable(
                f"archive {self._path}: {error}; restore a backup, or move the file away to start anew",
                subject=self._path,
                reason="damaged",
            ) from error
