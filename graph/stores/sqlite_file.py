"""Connections to one store file: opened, checked, lent to one caller at a time; SQLite's errors told in our words."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from graph.errors import NoStore, StoreError, StoreUnavailable
from graph.stores.migrations import SCHEMA_VERSION, migrate, read_format
from graph.unwritable import connect_reading

APPLICATION_ID = 0x434C4D53  # "CLMS", as schema.sql writes it
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables

# A batch of 16 articles commits in well under a second; a minute means that a writer hangs.
BUSY_SECONDS = 30.0
_RETRY_SECONDS = 0.01
CACHE_KIB = 16_384
# A writer touches a page of every index for each claim; there is one writer and many readers.
WRITER_CACHE_KIB = 65_536

_SCHEMA = Path(__file__).with_name("schema.sql")


class StoreFile:
    """Lends connections to the file at `path`. Safe with threads, and in a child after fork."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._write_lock = threading.Lock()
        self._process = os.getpid()
        self._inherited: list[sqlite3.Connection] = []
        self._closed = False
        self._keeps = True
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for this caller alone that shows one state of the file, whoever writes to it meanwhile."""
        with self._lending() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:  # a failed disk has ended it
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a write transaction: committed at the end, rolled back on any error."""
        if self.read_only:
            raise StoreError(f"store {self.path} was opened for reading only", subject=str(self.path))
        with self._write_lock, self._lending() as connection:
            connection.execute(f"PRAGMA cache_size=-{WRITER_CACHE_KIB}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Closes idle connections now and lent ones when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        if os.getpid() == self._process:
            for connection in idle:
                connection.close()

    @contextmanager
    def _lending(self) -> Iterator[sqlite3.Connection]:
        with _translated(self.path):
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreError(f"store {self.path} is closed", subject=str(self.path))
            self._leave_inherited()
            if self._idle:
                return self._idle.pop()
        return self._connect("ro" if self.read_only else "rwc")

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if self._keeps and not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _leave_inherited(self) -> None:
        """After a fork the parent's connections are neither used nor closed here: SQLite allows neither."""
        if os.getpid() != self._process:
            self._inherited += self._idle
            self._idle = []
            self._process = os.getpid()
            self._write_lock = threading.Lock()

    def _connect(self, mode: str) -> sqlite3.Connection:
        if mode == "ro":
            connection, unchanging = connect_reading(self.path, timeout=BUSY_SECONDS, check_same_thread=False)
            self._keeps = not unchanging
        else:
            connection = sqlite3.connect(
                f"file:{quote(str(self.path))}?mode={mode}",
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
        connection.row_factory = sqlite3.Row
        # FULL: what a caller was told is stored survives a power cut; costs nothing measurable in batches (bench/).
        for setting in ("foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY", f"cache_size=-{CACHE_KIB}"):
            connection.execute(f"PRAGMA {setting}")
        return connection

    def _prepare(self) -> None:
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise StoreUnavailable(f"SQLite {sqlite3.sqlite_version} is too old; 3.37 or newer is needed")
        if self.path.is_dir():
            raise StoreUnavailable(f"{self.path} is a folder; name a file", subject=str(self.path))
        if not self.path.exists():
            self._make_folder()
        with self.reading() as connection:
            needs_schema = self._needs_schema(connection)
            is_older = not needs_schema and read_format(connection) < SCHEMA_VERSION
        if needs_schema:
            with self._lending() as connection:
                _make_schema(connection)
        if is_older:
            self._migrate()

    def _migrate(self) -> None:
        """On a connection of its own: who opens the store for reading brings it to the present format as well."""
        with _translated(self.path):
            connection = self._connect("rw")
            try:
                migrate(self.path, connection)
            finally:
                connection.close()

    def _make_folder(self) -> None:
        if self.read_only:
            raise make_no_store(self.path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(f"cannot make {self.path.parent}: {error}", subject=str(self.path)) from error

    def _needs_schema(self, connection: sqlite3.Connection) -> bool:
        """Whether the file is still empty. NoStore, StoreUnavailable when it is not ours or newer."""
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        version = read_format(connection)
        if owner == APPLICATION_ID and version <= SCHEMA_VERSION:
            return False
        if owner == APPLICATION_ID:
            raise StoreUnavailable(
                f"store {self.path} has format {version} and this version reads up to {SCHEMA_VERSION}; "
                "install a newer claimgraph, or name another file with --store",
                subject=str(self.path),
            )
        if owner or version or connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise StoreUnavailable(
                f"{self.path} is the database of another program; name another file", subject=str(self.path)
            )
        if self.read_only:
            raise NoStore(f"store {self.path} is empty; add an article first", subject=str(self.path))
        return True


def make_no_store(path: Path) -> NoStore:
    """The error of who asks a file that is not there."""
    return NoStore(f"no store at {path}; check the address, or add an article to make one", subject=str(path))


def _make_schema(connection: sqlite3.Connection) -> None:
    """Tries again while another process does the same: SQLite does not wait when the journal's kind changes."""
    deadline = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA page_size=8192")
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(_SCHEMA.read_text(encoding="utf-8"))
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise make_store_error(path, error) from error


_REASONS: dict[int, tuple[type[StoreError], str, str]] = {
    sqlite3.SQLITE_BUSY: (
        StoreUnavailable,
        "busy",
        f"another process has been writing for more than {BUSY_SECONDS:.0f} s; try again when it is done",
    ),
    sqlite3.SQLITE_CORRUPT: (StoreUnavailable, "damaged", "the file is damaged; restore a backup"),
    sqlite3.SQLITE_NOTADB: (StoreUnavailable, "not_a_store", "this is not a store; name another file"),
    sqlite3.SQLITE_CANTOPEN: (
        StoreUnavailable,
        "cannot_open",
        "check that the folder exists and that you may read and write there",
    ),
    sqlite3.SQLITE_READONLY: (
        StoreUnavailable,
        "read_only",
        "the file or its folder may not be written to; ask its owner, or copy all files of this name to a folder of "
        "yours",
    ),
    sqlite3.SQLITE_FULL: (StoreError, "disk_full", "the disk is full; what was not committed is not kept"),
    sqlite3.SQLITE_IOERR: (StoreUnavailable, "io_error", "the disk failed or is full; check it, then run again"),
}


def make_store_error(path: Path, error: sqlite3.Error) -> StoreError:
    """SQLite's error in our tree, with what to do about it."""
    code = getattr(error, "sqlite_errorcode", None)
    # The low byte is the primary code; the rest says more of it.
    known = _REASONS.get(code & 0xFF) if isinstance(code, int) else None
    if known is None:
        return StoreError(f"store {path}: {error}", subject=str(path), reason="failed")
    kind, reason, advice = known
    return kind(f"store {path}: {error}; {advice}", subject=str(path), reason=reason)
