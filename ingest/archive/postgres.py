"""The archive on a PostgreSQL server: one connection, autocommit but for whole transactions, errors in our words."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from graph.errors import ConfigError, StoreError, StoreUnavailable
from ingest.archive.database import Dialect, Result, Transaction
from ingest.archive.postgres_steps import migrate

# A rollback that finds no connection is said as a warning; the error that led to it says more.
logging.getLogger("psycopg").setLevel(logging.ERROR)

_DIALECT = Dialect(
    texts="SELECT json_array_elements_text(?::json)",
    seconds="floor(extract(epoch FROM {}::timestamptz))::bigint",
    columns="SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped",
    now="to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
    last_number=(
        "SELECT greatest(max({column}), pg_sequence_last_value(pg_get_serial_sequence('{table}', '{column}')), 0)"
        " FROM {table}"
    ),
    number_on="SELECT setval(pg_get_serial_sequence('{table}', '{column}'), ?)",
)
# What the address does not say. That the server's machine is lost, or a firewall forgot us, is noticed within a minute;
_USUAL: dict[str, Any] = {
    "application_name": "claimgraph",
    "client_encoding": "UTF8",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
# and so the server notices that ours is lost, and frees the lock that it held. No statement is compiled: each touches
# few rows, and with ten million entries compiling took half a second of a question that took 1.2.
_SETTINGS = (
    "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;"
    " SET tcp_user_timeout = 30000; SET jit = off"
)
_ACCOUNT = "CLAIMGRAPH_ARCHIVE_USER and CLAIMGRAPH_ARCHIVE_PASSWORD_FILE"
# What another try may find gone: lost deadlocks, a standby that still only reads, no more memory or connections.
_PASSING = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.ReadOnlySqlTransaction,
    psycopg.errors.InsufficientResources,
    psycopg.errors.TooManyConnections,
    psycopg.errors.OutOfMemory,
)


class PostgresDatabase:
    """Connects and makes the tables where there are none. StoreUnavailable when it cannot be used.

    A connection that breaks stays broken, and with it the lock that it held: whoever works on goes on from what was
    committed by opening anew.
    """

    dialect = _DIALECT

    def __init__(self, address: str, user: str = "", password: str = "") -> None:
        self.name = address
        self._db = _connect(address, user, password)
        try:
            self._check_encoding()
            with self._translated():
                self._db.execute(_SETTINGS)
            migrate(self)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._db.close()

    def rows(self, query: str, *arguments: object) -> list[Any]:
        with self._translated():
            return _execute(self._db, query, arguments).fetchall()

    @contextmanager
    def reading(self) -> Iterator[Callable[[str], Iterator[Any]]]:
        """Rows one by one, some on their way at a time; the first question fixes the state of the database."""
        with self.writing() as db:
            db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield self._stream

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One transaction. Writers at the same time wait for each other only where they change the same row."""
        with self._translated(), self._db.transaction():
            yield _Transaction(self._db)

    @contextmanager
    def holding(self, name: str) -> Iterator[bool]:
        """Whether the lock of that name is ours now; False at once when another session has it.

        The server frees it when this session ends, a killed process' too. StoreUnavailable at the end when the session
        was lost meanwhile: somebody else may have worked at the same time.
        """
        free = self.take(name)
        try:
            yield free
        except BaseException:
            with suppress(StoreError):
                self._release(name, free)
            raise
        self._release(name, free)

    def take(self, name: str) -> bool:
        """Whether the lock of that name is ours now, until it is freed or this session ends; what is taken twice must
        be freed twice."""
        [[free]] = self.rows("SELECT pg_try_advisory_lock(hashtextextended(?, 0))", f"claimgraph {name}")
        return bool(free)

    def free(self, name: str) -> None:
        """Another session may take the lock of that name."""
        self.rows("SELECT pg_advisory_unlock(hashtextextended(?, 0))", f"claimgraph {name}")

    def _stream(self, query: str) -> Iterator[Any]:
        with self._db.cursor(name="claimgraph") as cursor:
            yield from cursor.execute(query)

    def _release(self, name: str, held: bool) -> None:
        if held:
            self.free(name)

    def _check_encoding(self) -> None:
        encoding = self._db.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise StoreUnavailable(
                f"archive {self.name}: its encoding is {encoding}, which cannot hold every text; make another with "
                "createdb --encoding=UTF8 --template=template0",
                subject=self.name,
                reason="encoding",
            )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except psycopg.errors.DiskFull as error:
            raise StoreUnavailable(
                f"archive {self.name}: the server's disk is full; make room and run again, what was fetched is kept",
                subject=self.name,
                reason="disk_full",
            ) from error
        except _PASSING as error:
            raise StoreUnavailable(
                f"archive {self.name}: not now ({_shorten(str(error))}); run again, what was fetched is kept",
                subject=self.name,
                reason="unavailable",
            ) from error
        except psycopg.Error as error:
            told = _shorten(str(error))
            if self._db.closed:
                raise StoreUnavailable(
                    f"archive {self.name}: the connection was lost ({told}); run again, what was fetched is kept",
                    subject=self.name,
                    reason="unavailable",
                ) from error
            if isinstance(error, psycopg.errors.InsufficientPrivilege):
                told += "; the account must own the database, or be let make tables in it"
            raise StoreError(f"archive {self.name}: {told}", subject=self.name, reason="failed") from error


class _Transaction:
    """Statements of one transaction, spelled as the other databases take them."""

    def __init__(self, db: psycopg.Connection[Any]) -> None:
        self._db = db

    def execute(self, query: str, arguments: Sequence[object] = (), /) -> Result:
        return _execute(self._db, query, arguments)

    def executemany(self, query: str, arguments: Iterable[Sequence[object]], /) -> None:
        with self._db.cursor() as cursor:
            cursor.executemany(_spell(query), map(_fit, arguments))


def _execute(db: psycopg.Connection[Any], query: str, arguments: Sequence[object]) -> psycopg.Cursor[Any]:
    # Without arguments a text may hold several statements.
    return db.execute(_spell(query), _fit(arguments)) if arguments else db.execute(query)


@cache
def _spell(query: str) -> str:
    return query.replace("%", "%%").replace("?", "%s")


def _fit(arguments: Sequence[object]) -> list[object]:
    """The arguments as the columns take them: flags are numbers, and no text holds a NUL here."""
    return [_fit_one(one) for one in arguments]


def _fit_one(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    return int(value) if isinstance(value, bool) else value


def _connect(address: str, user: str, password: str) -> psycopg.Connection[Any]:
    try:
        asked = {**_USUAL, **conninfo_to_dict(address)}
    except psycopg.ProgrammingError as error:
        raise ConfigError(f"archive {address}: {_shorten(str(error))}", subject=address) from error
    account = {name: value for name, value in (("user", user), ("password", password)) if value}
    try:
        return psycopg.connect(autocommit=True, **{**asked, **account})
    except psycopg.Error as error:
        told = _shorten(str(error).rpartition("failed: ")[2])
        advice, reason = _advise(told, needs_password=bool(error.pgconn and error.pgconn.needs_password))
        message = f"archive {address}: {told.removeprefix('FATAL: ')}; {advice}"
        raise StoreUnavailable(message, subject=address, reason=reason) from error


def _advise(told: str, *, needs_password: bool) -> tuple[str, str]:
    """What to do about a connection that was refused, and the reason by which programs know it.

    The server's words are English unless its administrator set another language; then the last lines hold.
    """
    if needs_password or "authentication failed" in told or "role " in told:
        return f"look at {_ACCOUNT}", "no_account"
    if told.startswith("FATAL: database") and "not exist" in told:
        return "make it with createdb", "no_database"
    if told.startswith("FATAL"):
        return f"the server refuses; look at {_ACCOUNT}, and at its log", "refused"
    return "is the server running, and is the address right?", "unavailable"


def _shorten(told: str) -> str:
    """The first line of what libpq or the server says."""
    lines = told.strip().splitlines()
    return " ".join(lines[0].split())[:300] if lines else "no answer"
