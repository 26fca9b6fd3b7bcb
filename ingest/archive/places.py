"""Where an archive may be, a file or a database on a server, and how either is opened and held by one run alone."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import ConfigError
from ingest.archive.database import Database
from ingest.archive.sqlite import SqliteDatabase
from ingest.sources.schedule import RunLock

if TYPE_CHECKING:
    from ingest.archive.postgres import PostgresDatabase


@dataclass(frozen=True, slots=True)
class Server:
    """A database of PostgreSQL, `postgresql://HOST/DB`. The account is not in the address, the password in no text.

    user  empty for the name and the means that libpq finds by itself: a socket's peer, a client certificate
    """

    address: str
    user: str = ""
    password: str = field(default="", repr=False)


Place = Path | Server


def open_database(place: Place) -> Database:
    """The database at a place, in the present format. StoreUnavailable when it cannot be used.

    ConfigError when it is a server and the client for it is not installed.
    """
    return SqliteDatabase(place) if isinstance(place, Path) else open_server(place)


@contextmanager
def holding(place: Place, work: str = "run") -> Iterator[bool]:
    """Whether the archive is ours now to do this work on; False at once when another process does.

    On one machine by a file beside it, so that nothing is opened or made for it: one work at a time. On a server by its
    session there.
    """
    if isinstance(place, Path):
        with RunLock(place.with_name(f"{place.name}.lock")) as lock:
            yield lock.acquire()
        return
    with closing(open_server(place)) as database, database.holding(work) as free:
        yield free


def open_server(server: Server) -> "PostgresDatabase":
    """The database on a server, and a session there; as `open_database`."""
    try:
        from ingest.archive.postgres import PostgresDatabase
    except ImportError as error:
        message = f"archive {server.address}: needs psycopg: pip install 'claimgraph[cluster]'"
        raise ConfigError(message, subject="psycopg") from error
    return PostgresDatabase(server.address, server.user, server.password)
