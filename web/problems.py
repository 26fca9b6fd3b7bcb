"""What is answered when a request fails: a page for people, a problem document (RFC 9457) for programs."""

import logging
from http import HTTPStatus

from flask import Flask, Response, current_app, json, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from graph.errors import ClaimGraphError, JudgementRefused, NoStore, NotFound, QueryError, StoreError, StoreUnavailable
from web.language.wording import Words, get_words
from web.languages import get_page_words
from web.moved import find_new_address

_log = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[ClaimGraphError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (JudgementRefused, HTTPStatus.CONFLICT),
    (StoreUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreError, HTTPStatus.INTERNAL_SERVER_ERROR),
    (QueryError, HTTPStatus.BAD_REQUEST),
)

_BY_REASON = {"busy": HTTPStatus.SERVICE_UNAVAILABLE, "closed": HTTPStatus.FORBIDDEN, "read_only": HTTPStatus.FORBIDDEN}

_FOR_PROGRAMS = ("/api/", "/openapi.json", "/healthz", "/readyz", "/metrics")
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
    if isinstance(error, NotFound) and (address := find_new_address()):
        return Response(status=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": address})
    status = get_status(error)
    if isinstance(error, NoStore):
        return _answer_beginning(status)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s: %s", request.path, error)
        return _answer(status, "the store failed; the log says why", error.reason)
    return _answer(status, str(error), error.reason)


def _answer_beginning(status: HTTPStatus) -> Response:
    """What to type to make a store; at the first page that is the answer, elsewhere there will be another one."""
    if request.path.startswith(_FOR_PROGRAMS):
        return _answer(status, "there is no store yet: nothing has been read", "no_store")
    found = HTTPStatus.OK if request.path == "/" else status
    return _keep_waiting(Response(render_template("start/show.html"), found))


def _answer_http_error(error: HTTPException) -> Response:
    detail = error.description or ""
    if isinstance(error, RequestEntityTooLarge):
        detail = f"At most {current_app.config['MAX_CONTENT_LENGTH']:,} bytes are taken at once."
    answer = _answer(HTTPStatus(error.code or 500), detail, "")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After", "WWW-Authenticate"):
            answer.headers.add(name, value)
    return answer


def _answer_wrong_host(error: SecurityError) -> Response:
    # Without a host there are no addresses to put into a page.
    detail = "This server does not answer under that host name."
    if request.path.startswith(_FOR_PROGRAMS):
        return _make_document(HTTPStatus.BAD_REQUEST, detail, "wrong_host")
    return Response(detail, HTTPStatus.BAD_REQUEST, mimetype="text/plain")


def _answer_surprise(error: Exception) -> Response:
    _log.error("%s: unexpected %s", request.path, type(error).__name__, exc_info=error)
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, "", "")


def _answer(status: HTTPStatus, detail: str, reason: str) -> Response:
    is_program = request.path.startswith(_FOR_PROGRAMS)
    return _keep_waiting(_make_document(status, detail, reason) if is_program else _make_page(status, detail))


def _keep_waiting(answer: Response) -> Response:
    """Says when to ask again where that may help."""
    if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = _BUSY_AFTER_SECONDS
    return answer


def _make_document(status: HTTPStatus, detail: str, reason: str) -> Response:
    """In English whatever the reader speaks: programs compare texts."""
    title, text = _say(status, get_words())
    problem: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status.value,
        "detail": detail or text,
    }
    if reason:
        problem["reason"] = reason
    return Response(json.dumps(problem), status, mimetype="application/problem+json")


def _make_page(status: HTTPStatus, detail: str) -> Response:
    title, text = _say(status, get_page_words())
    page = render_template("errors/show.html", status=status.value, title=title, text=text, detail=detail)
    return Response(page, status)


def _say(status: HTTPStatus, words: Words) -> tuple[str, str]:
    """What happened in few words, and what to do next."""
    told = words.tables["problem"].get(str(status.value), {})
    return told.get("title", words.find("problem.other")), told.get("text", words.find("problem.other_text"))
