"""Copies of a database in use, checked before they count, and their way back, in one transaction.

SQLite's own backup interface does both: a copy is one state of the database though others write to it, and readers of a
database that is being restored see all of the old state or all of the new one, in whichever process they are.
"""

import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from graph.errors import StoreError, StoreUnavailable
from graph.files import replacing
from graph.stores.changes import log_changes
from graph.stores.sqlite_file import BUSY_SECONDS, StoreFile, make_store_error
from graph.unwritable import connect_reading

Counts = dict[str, int]

# What goes wrong with the copy alone: the source is only read.
_WRITING = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
)

_NULL = re.compile(r"NULL value in (\w+)\.(\w+)")
# All there are: an untrue one is told of each row, and one behind them may be true.
_MOST_FAULTS = 2**31 - 1


def back_up(database: Path, target: Path) -> Counts:
    """Writes a copy and returns how many rows each table has. The file appears when it is whole, checked and safe."""
    if not target.parent.is_dir():
        raise StoreError(f"{target}: there is no folder {target.parent}; make it, or choose another place")
    with _told(database, target):
        with replacing(target) as unfinished:
            with closing(_open_reading(database)) as reader:
                reader.execute("BEGIN")
                counts = _count_rows(reader)
                _copy(reader, unfinished)
            _check(unfinished, counts, database)
        _sync_folder(target.parent)
    return counts


def restore(backup: Path, target: Path, prepare: Callable[[Path], None]) -> Counts:
    """Puts a copy's content in the place of the target's and returns how many rows each table has.

    prepare  checks a copy, or raises StoreError, and brings it to the present format
    What the target held is kept beside it as NAME.before-restore.
    """
    if not backup.is_file():
        raise StoreUnavailable(f"no backup at {backup}; check the name", subject=str(backup))
    with _told(backup, target), tempfile.TemporaryDirectory(prefix=".restore-", dir=target.parent) as folder:
        copy = Path(folder) / backup.name
        counts = back_up(backup, copy)
        try:
            prepare(copy)
        except StoreError as error:
            raise type(error)(
                str(error).replace(str(copy), str(backup)), subject=str(backup), reason=error.reason
            ) from error
        if target.exists():
            back_up(target, target.with_name(f"{target.name}.before-restore"))
        with closing(_open_reading(copy)) as reader:
            counts = _count_rows(reader)
            _copy(reader, target)
        _check(target, counts, backup)
    return counts


def prepare_store(copy: Path) -> None:
    """Makes a copy of a store the next state of another, which whoever follows its changes can tell from the last."""
    StoreFile(copy, read_only=True).close()  # refuses what is no store, or newer; an older one is brought along
    file = StoreFile(copy)
    with file.writing() as connection:
        log_changes(connection, "store", [(0, "")])
    file.close()


def _copy(reader: sqlite3.Connection, target: Path) -> None:
    with closing(_open(target, "rwc")) as writer:
        writer.execute("PRAGMA synchronous=FULL")
        reader.backup(writer)


def _check(copy: Path, counts: Counts, origin: Path) -> None:
    with closing(_open(copy, "rw")) as connection:
        found = _find_damage(connection)
        if found or _count_rows(connection) != counts:
            why = found or "rows are missing"
            raise StoreError(
                f"the copy of {origin} is not whole ({why}); nothing was replaced. Check the disk, then run again",
                subject=str(origin),
                reason="damaged",
            )


def _find_damage(connection: sqlite3.Connection) -> str:
    """The first fault that SQLite finds and that is one; empty when the database is whole."""
    messages = dict.fromkeys(text for (text,) in connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})"))
    return next((text for text in messages if text != "ok" and not _is_untrue(connection, text)), "")


def _is_untrue(connection: sqlite3.Connection, message: str) -> bool:
    """Whether a column said to hold a NULL holds none: SQLite 3.40 says so of one between those of a key."""
    told = _NULL.fullmatch(message)
    if told is None:
        return False
    table, column = told.groups()
    # typeof: IS NULL is always false to SQLite where the column is NOT NULL.
    query = f'SELECT 1 FROM "{table}" WHERE typeof("{column}") = \'null\' LIMIT 1'  # noqa: S608 - names of the schema
    return connection.execute(query).fetchone() is None


def _count_rows(connection: sqlite3.Connection) -> Counts:
    """Rows by table, without those that SQLite keeps for itself or the full-text index."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    names = [name for (name,) in connection.execute(query) if not name.startswith("sqlite_")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - names of tables


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )


def _open_reading(path: Path) -> sqlite3.Connection:
    return connect_reading(path, timeout=BUSY_SECONDS)[0]


def _sync_folder(folder: Path) -> None:
    """A name survives a power cut when its folder is on the disk."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def _told(source: Path, target: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        is_written = getattr(error, "sqlite_errorcode", None) in _WRITING
        raise make_store_error(target if is_written else source, error) from error
    except OSError as error:
        raise StoreError(
            f"{error.filename or target}: {error.strerror}; choose another place", subject=str(target)
        ) from error
