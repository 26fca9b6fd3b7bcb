"""When a reader was here before: kept in a cookie, so that nobody is known by anything else.

A visit goes on until four hours pass without a request; what is new is new since the visit before began.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Response, request

COOKIE = "visit"

_PAUSE = timedelta(hours=4)
_LONGEST = timedelta(days=14)
_WRITTEN = re.compile(r"(\d{1,10})\.(\d{1,10})\.(\d{1,10})")


@dataclass(frozen=True, slots=True)
class Visit:
    """This visit: when it began, its last request, and when the one before began; None for the first."""

    before: datetime | None
    start: datetime
    last: datetime


def continue_visit(kept: str, now: datetime) -> Visit:
    """The visit that a request now belongs to; what was kept counts only where it can have been written by then."""
    visit = _read(kept)
    if visit is None or visit.last > now + _PAUSE:
        return Visit(None, now, now)
    if now - visit.last > _PAUSE:
        return Visit(max(visit.start, now - _LONGEST), now, now)
    return Visit(max(visit.before, now - _LONGEST) if visit.before else None, visit.start, max(now, visit.last))


def write_visit(visit: Visit) -> str:
    """What is kept of it: three times in seconds, 0 where there was no visit before."""
    before = _count_seconds(visit.before) if visit.before else 0
    return f"{before}.{_count_seconds(visit.start)}.{_count_seconds(visit.last)}"


def find_visit(now: datetime) -> Visit:
    """The visit of the current request."""
    return continue_visit(request.cookies.get(COOKIE, ""), now)


def keep_visit(answer: Response, visit: Visit) -> Response:
    """The answer with the visit in its cookie."""
    answer.set_cookie(
        COOKIE,
        write_visit(visit),
        max_age=_LONGEST,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/",
    )
    return answer


def _read(kept: str) -> Visit | None:
    found = _WRITTEN.fullmatch(kept)
    if not found:
        return None
    before, start, last = map(int, found.groups())
    if not before <= start <= last:
        return None
    return Visit(_make_moment(before) if before else None, _make_moment(start), _make_moment(last))


def _make_moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _count_seconds(moment: datetime) -> int:
    return int(moment.timestamp())
