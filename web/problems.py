"""What is answered when a request fails: a page for people, a problem document (RFC 9457) for programs."""

import logging
from http import HTTPStatus

from flask import Flask, Response, json, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError

from graph.errors import ClaimGraphError, NotFound, QueryError, StoreError, StoreUnavailable

_log = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[ClaimGraphError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (StoreUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreError, HTTPStatus.INTERNAL_SERVER_ERROR),
    (QueryError, HTTPStatus.BAD_REQUEST),
)

_BY_REASON = {"busy": HTTPStatus.SERVICE_UNAVAILABLE, "closed": HTTPStatus.FORBIDDEN}

_TITLES: dict[HTTPStatus, str] = {
    HTTPStatus.BAD_REQUEST: "This cannot be answered",
    HTTPStatus.FORBIDDEN: "Not allowed",
    HTTPStatus.NOT_FOUND: "Nothing here",
    HTTPStatus.METHOD_NOT_ALLOWED: "Not this way",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Too long",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "JSON is needed",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke on our side",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not available just now",
}

_FOR_PROGRAMS = ("/api/", "/healthz", "/readyz", "/metrics")
_BUSY_AFTER_SECONDS = "5"


def handle_problems(app: Flask) -> None:
    """Answers every failure of the application; nothing of a traceback reaches the reader."""
    app.register_error_handler(ClaimGraphError, _answer_our_error)
    app.register_error_handler(SecurityError, _answer_wrong_host)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(Exception, _answer_surprise)


def get_status(error: ClaimGraphError) -> HTTPStatus:
    """The HTTP status that tells a program what kind of failure it was."""
    if error.reason in _BY_REASON:
        return _BY_REASON[error.reason]
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer_our_error(error: ClaimGraphError) -> Response:
    status = get_status(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s: %s", request.path, error)
        return _answer(status, "The store failed; the log says why.", error.reason)
    return _answer(status, str(error), error.reason)


def _answer_http_error(error: HTTPException) -> Response:
    answer = _answer(HTTPStatus(error.code or 500), error.description or "", "")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _answer_wrong_host(error: SecurityError) -> Response:
    # Without a host there are no addresses to put into a page.
    detail = "This server does not answer under that host name."
    if request.path.startswith(_FOR_PROGRAMS):
        return _make_document(HTTPStatus.BAD_REQUEST, _TITLES[HTTPStatus.BAD_REQUEST], detail, "wrong_host")
    return Response(detail, HTTPStatus.BAD_REQUEST, mimetype="text/plain")


def _answer_surprise(error: Exception) -> Response:
    _log.error("%s: unexpected %s", request.path, type(error).__name__, exc_info=error)
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, "It has been logged. Try again, or go back to the first page.", "")


def _answer(status: HTTPStatus, detail: str, reason: str) -> Response:
    title = _TITLES.get(status, status.phrase)
    make = _make_document if request.path.startswith(_FOR_PROGRAMS) else _make_page
    answer = make(status, title, detail, reason)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = _BUSY_AFTER_SECONDS
    return answer


def _make_document(status: HTTPStatus, title: str, detail: str, reason: str) -> Response:
    problem: dict[str, object] = {"type": "about:blank", "title": title, "status": status.value, "detail": detail}
    if reason:
        problem["reason"] = reason
    return Response(json.dumps(problem), status, mimetype="application/problem+json")


def _make_page(status: HTTPStatus, title: str, detail: str, reason: str) -> Response:
    return Response(render_template("errors/show.html", status=status.value, title=title, detail=detail), status)
