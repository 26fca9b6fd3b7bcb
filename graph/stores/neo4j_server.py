"""The way to one Neo4j server: who asks, transactions that are tried again, and its errors told in our words."""

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import neo4j
from neo4j.api import BookmarkManager
from neo4j.exceptions import AuthError, DriverError, IncompleteCommit, Neo4jError

from graph.errors import ConfigError, StoreError, StoreUnavailable

_USER, _PASSWORD, _FILE = (f"CLAIMGRAPH_NEO4J_{name}" for name in ("USER", "PASSWORD", "PASSWORD_FILE"))

CONNECT_SECONDS = 5.0
# A restart takes 5 to 20 s; a load waits for it. Whoever only reads does not wait that long.
WRITE_PATIENCE_SECONDS = 120.0
READ_PATIENCE_SECONDS = 5.0

Read = Callable[..., list[dict[str, Any]]]
Work = Callable[[neo4j.ManagedTransaction], Any]
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks the server; the password is in no representation."""

    user: str
    password: str = field(repr=False)


def read_account(environment: Mapping[str, str]) -> Account:
    """The account in the environment. StoreUnavailable says which variable is missing."""
    user, password, file = (environment.get(name, "") for name in (_USER, _PASSWORD, _FILE))
    if not user or not (password or file):
        raise StoreUnavailable(
            f"Neo4j asks for an account: set {_USER} and {_PASSWORD}, or {_FILE} to a file that holds the password",
            reason="no_account",
        )
    return Account(user, password or _read_password(Path(file)))


def check_address(address: str) -> str:
    """The address, if it is a scheme, a host and a port. ConfigError, which shows none of it, when it is more."""
    try:
        parts = urlsplit(address)
        plain = parts.hostname and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        plain = False
    if not plain or parts.path.strip("/") or parts.query or parts.fragment:
        raise ConfigError(
            f"a Neo4j address is SCHEME://HOST or SCHEME://HOST:PORT and no more; the account goes into {_USER} and "
            f"{_PASSWORD} or {_FILE}",
            subject=parts.scheme if plain else "",
        )
    return address


class Server:
    """Transactions on one server. Safe with threads, and in a child after fork. StoreUnavailable when out of reach.

    Whatever one transaction of this process has seen at an address, committed by itself or by others, the next one sees
    too, whichever member of a cluster answers it.
    """

    def __init__(self, address: str) -> None:
        self.address = check_address(address)
        self._account = read_account(os.environ)
        self._lock = threading.Lock()
        self._drivers: dict[float, neo4j.Driver] = {}
        self._process = os.getpid()
        self._closed = False
        try:
            with self._translated():
                self._driver(READ_PATIENCE_SECONDS).verify_connectivity()
        except BaseException:
            self.close()
            raise

    def read(self, work: Callable[[neo4j.ManagedTransaction], _Result]) -> _Result:
        """What the work reads in one transaction."""
        with self._translated(), self.session() as session:
            return session.execute_read(work)

    def write(self, work: Callable[[neo4j.ManagedTransaction], _Result]) -> _Result:
        """What the work gives, committed. It may run several times: while the server is away, or others hold a lock.

        When the answer to a commit is lost, nobody knows whether it holds: the work runs once more and must see that
        what it did is there.
        """
        with self._translated(), self.session(WRITE_PATIENCE_SECONDS, neo4j.WRITE_ACCESS) as session:
            while True:
                try:
                    return session.execute_write(work)
                except IncompleteCommit:
                    continue

    def run(self, query: str, **parameters: object) -> None:
        """Runs one statement by itself, as changes of the schema must be."""
        with self._translated(), self.session(WRITE_PATIENCE_SECONDS, neo4j.WRITE_ACCESS) as session:
            session.run(query, parameters).consume()

    def read_bookmark(self) -> str:
        """What the server calls its last commit, whoever made it; it gives it with every answer."""
        with self._translated(), self.session() as session:
            session.execute_read(lambda transaction: transaction.run("RETURN 1").consume())
            return " ".join(sorted(session.last_bookmarks().raw_values))

    def session(
        self, patience: float = READ_PATIENCE_SECONDS, mode: str = neo4j.READ_ACCESS, portion: int = 1000
    ) -> neo4j.Session:
        """A session that tries again for so many seconds, takes so many rows at once, sees what others have seen."""
        return self._driver(patience).session(
            default_access_mode=mode, fetch_size=portion, bookmark_manager=get_bookmarks(self.address)
        )

    def _driver(self, patience: float) -> neo4j.Driver:
        """The driver that tries again for so many seconds. A child after fork makes its own."""
        with self._lock:
            if self._closed:
                raise StoreError(f"store {self.address} is closed", subject=self.address)
            if os.getpid() != self._process:
                self._drivers, self._process = {}, os.getpid()
            if patience not in self._drivers:
                self._drivers[patience] = self._connect(patience)
            return self._drivers[patience]

    def close(self) -> None:
        with self._lock:
            self._closed = True
            drivers, self._drivers = self._drivers, {}
        if os.getpid() == self._process:
            for driver in drivers.values():
                driver.close()

    def explain(self, error: Exception) -> StoreError:
        """The driver's error in our tree, with what to do about it; nothing of the account is in it."""
        if isinstance(error, AuthError):
            return StoreUnavailable(
                f"store {self.address} refused the account of {_USER}; check the user and the password",
                subject=self.address,
                reason="refused_account",
            )
        if "Bookmark" in (getattr(error, "code", None) or ""):
            # Data put back from a backup is older than what was seen: asked for it, the server would wait for good.
            _BOOKMARKS.pop((self.address, os.getpid()), None)
        if isinstance(error, DriverError | OSError) or _is_away(error):
            return StoreUnavailable(
                f"store {self.address} does not answer; check that Neo4j runs there and takes Bolt connections "
                f"({_first_line(error)})",
                subject=self.address,
                reason="unreachable",
            )
        return StoreError(f"store {self.address}: {_first_line(error)}", subject=self.address, reason="failed")

    def _connect(self, patience: float) -> neo4j.Driver:
        logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what matters comes as an error
        return neo4j.GraphDatabase.driver(
            self.address,
            auth=(self._account.user, self._account.password),
            user_agent="claimgraph",
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=CONNECT_SECONDS + patience,
            max_transaction_retry_time=patience,
            retry_delay_multiplier=1.0,  # doubled, the waits grow longer than a restart
            # It has a note for every label that no node has yet.
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (Neo4jError, DriverError, OSError) as error:
            raise self.explain(error) from error


# By address and process. One for all stores that a process opens there: what reads sees what the one that writes wrote.
# A child after fork has its own, for another thread may have held the lock of this one.
_BOOKMARKS: dict[tuple[str, int], BookmarkManager] = {}


def get_bookmarks(address: str) -> BookmarkManager:
    """What this process has seen there."""
    key = address, os.getpid()
    return _BOOKMARKS.get(key) or _BOOKMARKS.setdefault(key, neo4j.GraphDatabase.bookmark_manager())


def _is_away(error: Exception) -> bool:
    """Whether the server stops, starts or has no leader just now."""
    code = getattr(error, "code", None) or ""
    return "DatabaseUnavailable" in code or "NotALeader" in code or "DatabaseNotFound" in code


def _first_line(error: Exception) -> str:
    message = getattr(error, "message", None) or str(error)
    return message.strip().partition("\n")[0][:300] or type(error).__name__


def _read_password(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise StoreUnavailable(f"{_FILE} {file}: {reason}", subject=str(file), reason="no_account") from error
