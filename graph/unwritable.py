"""SQLite files opened for reading alone, those included that lie where nothing may be written."""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

_NO_WRITING = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def connect_reading(path: Path, **options: Any) -> tuple[sqlite3.Connection, bool]:
    """A connection that only reads, and whether it takes the file as one that does not change meanwhile.

    With a write-ahead log, SQLite needs to make a file beside the database even to read it. Where it may not, and no
    commit waits in the log, it reads when told that nobody writes; such a connection is for one question, not to keep.
    """
    connection = _connect(path, "mode=ro", options)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
        return connection, False
    except sqlite3.Error as error:
        connection.close()
        if not may_not_write(error) or not path.is_file() or _has_log(path):
            raise
    return _connect(path, "immutable=1", options), True


def may_not_write(error: sqlite3.Error) -> bool:
    """Whether SQLite failed since it may not write to the file or its folder, or not open it at all."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF in _NO_WRITING


def _connect(path: Path, how: str, options: dict[str, Any]) -> sqlite3.Connection:
    connection: sqlite3.Connection = sqlite3.connect(
        f"file:{quote(str(path))}?{how}", uri=True, isolation_level=None, **options
    )
    return connection


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0
