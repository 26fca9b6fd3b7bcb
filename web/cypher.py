"""The Cypher console: a query in the address, a table back, the limits in plain sight."""

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, json, render_template, request, url_for

from graph import schema
from graph.errors import ClaimGraphError, QueryError
from graph.guard import find_unknown_names
from graph.store import QueryLimits, Table
from web.formatting import format_cell
from web.problems import get_status
from web.questions import QUESTIONS
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("cypher", __name__)

LIMITS = QueryLimits()
MAX_QUERY = 10_000
_WAIT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows below the form; `error` is empty when the query was answered.

    unknown  labels and properties in the query that the graph does not have
    """

    table: Table | None = None
    unknown: tuple[str, ...] = ()
    error: str = ""
    status: int = 200


@pages.get("/cypher")
def show() -> tuple[str, int]:
    query = request.args.get("q", "").strip()
    parameters = request.args.get("parameters", "").strip()
    answer = _answer(query, parameters) if query else Answer(error=get_services().closed)
    page = render_template(
        "cypher/show.html",
        query=query[:MAX_QUERY],
        parameters=parameters[:MAX_QUERY],
        answer=answer,
        numeric=find_numeric(answer.table) if answer.table else (),
        limits=LIMITS,
        questions=QUESTIONS,
        schema=schema,
        cell=format_cell,
        twins=make_twins(
            url_for("api.run_query_in_address", q=query[:MAX_QUERY], parameters=parameters[:MAX_QUERY] or None)
        ),
    )
    return page, answer.status


def run_query(query: str, parameters: Mapping[str, object]) -> Table:
    """The store's answer within the limits. QueryError, with reason `busy` when too many run at once."""
    if len(query) > MAX_QUERY:
        raise QueryError(f"the query is longer than {MAX_QUERY} characters; shorten it", reason="refused")
    services = get_services()
    if services.closed:
        raise QueryError(services.closed, reason="closed")
    if not services.consoles.acquire(timeout=_WAIT_SECONDS):
        raise QueryError("too many queries run just now; try again in a moment", reason="busy")
    try:
        return services.store.cypher(query, parameters, replace(LIMITS, abandoned=_watch_reader()))
    finally:
        services.consoles.release()


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


def find_numeric(table: Table) -> tuple[int, ...]:
    """The places of the columns that hold numbers alone, to be set flush right."""
    columns = [[value for value in column if value is not None] for column in zip(*table.rows, strict=True)]
    return tuple(place for place, values in enumerate(columns) if values and all(map(_is_number, values)))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _answer(query: str, parameters: str) -> Answer:
    try:
        return Answer(run_query(query, parse_parameters(parameters)), find_unknown_names(query))
    except ClaimGraphError as error:
        return Answer(error=str(error), status=get_status(error).value)
