"""A user's Cypher on a Neo4j server: in a read transaction, with a time-out on both sides, answers as plain values."""

import json
import math
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from neo4j.exceptions import DriverError, Neo4jError
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time

from graph.cypher.tokens import Kind, tokenise
from graph.errors import ClaimGraphError, QueryError
from graph.schema import LABELS
from graph.store import QueryLimits, Table
from graph.stores.neo4j_bounds import check_bounds
from graph.stores.neo4j_server import Server

# The server ends a query by itself some 0.1 to 1.3 s after its time-out. What does not even look at the clock is left.
GRACE_SECONDS = 1.5
# Each holds a thread of the server. One that was left keeps its place until the server is done with it.
MAX_QUERIES = 4
MAX_REQUEST = 4 << 20
# Rows come in portions, so that a query for ten million costs no more than its limit.
_PORTION = 500

_DURATION = ("months", "days", "seconds", "nanoseconds")
_KEPT = frozenset(key for label in LABELS for key in label.kept)


class Asker:
    """Asks one server. Safe with threads."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._places = threading.BoundedSemaphore(MAX_QUERIES)

    def ask(self, query: str, parameters: Mapping[str, object], limits: QueryLimits) -> Table:
        """The answer. The query is run as it is: guard it first. QueryError when it fails or hits a limit."""
        values = _encode(parameters)
        check_bounds(query, values)
        if not self._places.acquire(timeout=limits.seconds):
            raise QueryError(
                f"{MAX_QUERIES} other queries ran for {limits.seconds:g} s; try again in a moment", reason="timeout"
            )
        run = _Run(self._server, query, values, limits, self._places)
        run.start()
        run.join(limits.seconds + GRACE_SECONDS)
        if run.error is not None:
            raise run.error
        if run.table is None:
            raise _too_slow(limits)
        return run.table


class _Run(threading.Thread):
    """One query in a thread of its own, which can be left when the server does not come back."""

    def __init__(
        self,
        server: Server,
        query: str,
        values: dict[str, Any],
        limits: QueryLimits,
        places: threading.BoundedSemaphore,
    ) -> None:
        super().__init__(name="claimgraph-query", daemon=True)
        self._server, self._query, self._values, self._limits = server, query, values, limits
        self._places = places
        self._hidden = _KEPT.difference(_iter_written(query), _iter_keys(values))
        self.table: Table | None = None
        self.error: ClaimGraphError | None = None

    def run(self) -> None:
        try:
            self.table = self._ask()
        except (Neo4jError, DriverError, OSError) as error:
            self.error = _explain(self._server, error, self._limits)
        except ClaimGraphError as error:
            self.error = error
        except (UnicodeEncodeError, OverflowError) as error:
            self.error = QueryError(f"a parameter cannot be sent: {error}", reason="refused")
        finally:
            self._places.release()

    def _ask(self) -> Table:
        started = time.perf_counter()
        with (
            self._server.session(portion=_PORTION) as session,
            session.begin_transaction(timeout=self._limits.seconds) as transaction,
        ):
            result = transaction.run(self._query, self._values)
            columns = tuple(result.keys())
            rows: list[tuple[object, ...]] = []
            for record in result:
                if len(rows) == self._limits.rows:
                    return self._table(columns, rows, started, truncated=True)
                rows.append(tuple(_plain(value, self._hidden) for value in record.values()))
        return self._table(columns, rows, started, truncated=False)

    def _table(
        self, columns: tuple[str, ...], rows: list[tuple[object, ...]], started: float, *, truncated: bool
    ) -> Table:
        return Table(columns, tuple(rows), truncated, (time.perf_counter() - started) * 1000)


def _encode(parameters: Mapping[str, object]) -> dict[str, Any]:
    """The parameters as JSON has them, so that every store takes the same."""
    try:
        body = json.dumps(dict(parameters), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise QueryError(f"a parameter cannot be sent: {error}", reason="refused") from error
    if len(body) > MAX_REQUEST:
        raise QueryError(f"the parameters have {len(body)} bytes; at most {MAX_REQUEST} are taken", reason="refused")
    values: dict[str, Any] = json.loads(body)
    return values


def _explain(server: Server, error: Exception, limits: QueryLimits) -> ClaimGraphError:
    code = getattr(error, "code", None) or ""
    if "TransactionTimedOut" in code or "Transaction.Terminated" in code:
        return _too_slow(limits)
    if "OutOfMemory" in code or "StackOverFlow" in code:
        return QueryError(
            "the query needs more memory than the server gives one and was stopped; ask for fewer rows or columns",
            reason="memory",
        )
    # A start below zero in `substring` is a `DatabaseError.Statement` to it.
    if code.startswith(("Neo.ClientError.", "Neo.DatabaseError.Statement.")) and ".Security." not in code:
        message = (getattr(error, "message", None) or str(error)).strip()
        return QueryError(message, reason="failed")
    return server.explain(error)


def _too_slow(limits: QueryLimits) -> QueryError:
    return QueryError(
        f"the query took more than {limits.seconds:g} s and was stopped; ask for less, or name what it starts from",
        reason="timeout",
    )


def _iter_written(query: str) -> Iterator[str]:
    """Names that the query writes itself: what it calls so in a map is its own, not the store's."""
    return (token.text.strip("`") for token in tokenise(query) if token.kind in (Kind.WORD, Kind.QUOTED))


def _iter_keys(value: object) -> Iterator[str]:
    """Keys of all maps in a parameter."""
    if isinstance(value, Mapping):
        yield from value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from _iter_keys(item)


def _plain(value: object, hidden: Set[str]) -> object:
    """A value as JSON has it: nodes and relationships as maps of their properties, times as ISO text.

    hidden  what a map does not show: a node's properties that the store keeps for itself, unless the query names them
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None  # JSON has no such number
    if isinstance(value, Node):
        labels = sorted(value.labels, key=lambda label: (label != "Entity", label))
        return {"_labels": labels, **_shown(value, _KEPT)}
    if isinstance(value, Relationship):
        return {"_type": value.type, **_shown(value, _KEPT)}
    if isinstance(value, Path):
        return {"nodes": _list(value.nodes, hidden), "relationships": _list(value.relationships, hidden)}
    if isinstance(value, Mapping):
        return _shown(value, hidden)
    if isinstance(value, Duration):  # a tuple too
        return {name: part for name in _DURATION if (part := getattr(value, name)) or name != "nanoseconds"}
    if isinstance(value, list | tuple | set | frozenset):
        return _list(value, hidden)
    if isinstance(value, Date | DateTime | Time):
        return _iso(value)
    return str(value)


def _list(values: Iterable[object], hidden: Set[str]) -> list[object]:
    return [_plain(value, hidden) for value in values]


def _shown(value: Mapping[str, Any] | Node | Relationship, hidden: Set[str]) -> dict[str, object]:
    return {key: _plain(item, hidden) for key, item in value.items() if key not in hidden}


def _iso(value: Date | DateTime | Time) -> str:
    """Nine digits of a second become as many as are set."""
    text = value.iso_format()
    if isinstance(value, Date):
        return text
    clock, sign, fraction = text.partition(".")
    digits = len(fraction) - len(fraction.lstrip("0123456789"))
    shown = fraction[:digits].rstrip("0")
    zone = fraction[digits:].replace("+00:00", "Z")
    return clock.replace("+00:00", "Z") if not sign else f"{clock}{'.' if shown else ''}{shown}{zone}"
