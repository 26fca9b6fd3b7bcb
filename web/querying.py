"""Running a reader's query: within the limits, in its turn, and only as long as somebody waits for the answer."""

import socket
from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import json, request

from graph.errors import QueryError
from graph.store import QueryLimits, Table
from web.services import Services, get_services

LIMITS = QueryLimits()
MAX_QUERY = 10_000
# Who waits for a place holds a thread that pages need: at 1 s a page behind sixteen queries waited 1.5 to 2.3 s, at
# 0.5 s 1.1 to 1.4 s.
_WAIT_SECONDS = 0.5


def run_query(query: str, parameters: Mapping[str, object]) -> Table:
    """The store's answer, as long as the reader of this request waits for it. QueryError as `ask` raises it."""
    return ask(get_services(), query, parameters, _watch_reader())


def ask(
    services: Services,
    query: str,
    parameters: Mapping[str, object],
    abandoned: Callable[[], bool] | None = None,
) -> Table:
    """The store's answer within the limits. QueryError, with reason `busy` when too many run at once."""
    if len(query) > MAX_QUERY:
        raise QueryError(f"the query is longer than {MAX_QUERY} characters; shorten it", reason="refused")
    if services.closed:
        raise QueryError(services.closed, reason="closed")
    if not services.consoles.acquire(timeout=_WAIT_SECONDS):
        raise QueryError("too many queries run just now; try again in a moment", reason="busy")
    try:
        return services.store.cypher(query, parameters, replace(LIMITS, abandoned=abandoned))
    finally:
        services.consoles.release()


def parse_parameters(text: str) -> dict[str, object]:
    """Parameters from a JSON object; none from an empty text. QueryError."""
    if not text:
        return {}
    try:
        parameters = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise QueryError('the parameters are not JSON; write {"name": "DeepSeek"}', reason="refused") from error
    return check_parameters(parameters)


def check_parameters(parameters: object) -> dict[str, object]:
    """The parameters when they are an object with names as keys. QueryError."""
    if not isinstance(parameters, dict):
        raise QueryError('the parameters must be a JSON object such as {"name": "DeepSeek"}', reason="refused")
    return {str(key): value for key, value in parameters.items()}


def list_fields(table: Table) -> dict[str, object]:
    """The answer as programs read it."""
    return {"columns": table.columns, "rows": table.rows, "truncated": table.truncated, "ms": table.ms}


def _watch_reader() -> Callable[[], bool] | None:
    """Tells whether the reader of this request has gone away; None where the server does not show its connection."""
    connection: socket.socket | None = request.environ.get("gunicorn.socket")
    if connection is None or not hasattr(socket, "MSG_DONTWAIT"):
        return None

    def has_left() -> bool:
        try:
            return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    return has_left
