"""Arguments of a request as values within bounds."""

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from flask import request

from graph.answers.chapters import Clock
from graph.answers.queries import Place
from graph.errors import QueryError
from web.services import get_services

_MAX_CURSOR = 500
_DAY_WRITTEN = re.compile(r"(?:19|20)\d\d-\d\d-\d\d", re.ASCII)

_Code = TypeVar("_Code", bound=StrEnum)


def get_limit(default: int = 20, most: int = 100) -> int:
    """How many records are asked for, 1 to `most`; the default when it is no number."""
    text = request.args.get("limit", "")
    if not (text.isascii() and text.removeprefix("-").isdigit()):
        return default
    # Python refuses to read numbers of thousands of digits.
    return max(1, min(most, int(text[:9])))


def get_place(prefix: str = "") -> Place:
    """The page asked for by `after` or `before`, behind the prefix; the first page when by neither."""
    return Place(_get_cursor(f"{prefix}after"), _get_cursor(f"{prefix}before"))


def get_text(name: str = "q") -> str:
    """What was typed; empty where nothing was."""
    return request.args.get(name, "").strip()


def get_day(name: str) -> datetime | None:
    """The start of the day that an argument names, in UTC; None when it names none. QueryError when it is no day."""
    return _read_start_of_day(name, request.args.get(name, ""))


def _get_cursor(name: str) -> str | None:
    """QueryError for a cursor that cannot be ours."""
    cursor = request.args.get(name)
    if cursor and len(cursor) > _MAX_CURSOR:
        raise QueryError(f"{name}: this is not a place in the list; start again from its first page", reason="refused")
    return cursor or None


def get_weak() -> bool | None:
    """Whether weak readings are shown: None where they are asked for, else False, as a condition of ClaimQuery."""
    return None if request.args.get("weak") == "show" else False


def get_clock() -> Clock:
    """The history asked for by `as_of` and `valid_at`; without them all that is known by now. QueryError for no day."""
    known_by = get_end_of_day("as_of") or get_services().now()
    return Clock(known_by, get_end_of_day("valid_at"))


def name_history() -> tuple[datetime, datetime | None]:
    """What tells the history asked for from any other. What is known by now is one for a minute: whatever is stored
    meanwhile is another state of the store, and what is dated later comes to light so much later."""
    clock = get_clock()
    return clock.known_by.replace(second=0, microsecond=0), clock.valid_by


def get_told_by() -> datetime | None:
    """The earlier of the days asked for, None where none is. QueryError for no day."""
    return min(filter(None, (get_end_of_day("as_of"), get_end_of_day("valid_at"))), default=None)


def keep_days() -> dict[str, Any]:
    """The days as they were asked for, for the addresses of other pages about the same history."""
    return {name: text for name in ("as_of", "valid_at") if (text := request.args.get(name))}


def get_end_of_day(name: str) -> datetime | None:
    """The end of the day that an argument names, in UTC; None when it names none. QueryError when it is no day."""
    return read_end_of_day(name, request.args.get(name, ""))


def read_end_of_day(name: str, text: str) -> datetime | None:
    """The end of the day that a text names, in UTC; None when it names none. QueryError when it is no day."""
    start = _read_start_of_day(name, text)
    return start + timedelta(days=1) if start else None


def _read_start_of_day(name: str, text: str) -> datetime | None:
    text = text.strip()
    if not text:
        return None
    day = read_day(text)
    if day is None:
        raise QueryError(f"{name}: a day such as 2025-01-31, not {text[:40]!r}", subject=name, reason="refused")
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def read_day(text: str) -> date | None:
    """The day of 1900 to 2099 that is written so; None for anything else."""
    try:
        return date.fromisoformat(text) if _DAY_WRITTEN.fullmatch(text) else None
    except ValueError:
        return None


def list_given(name: str) -> list[str]:
    """What an argument gives, any number of times; empty ones left out."""
    return [text.strip() for text in request.args.getlist(name) if text.strip()]


def read_codes(name: str, kind: type[_Code]) -> tuple[_Code, ...]:
    """The codes of a closed set that an argument gives, each once. QueryError for one that is none.

    What has a space may be written with `_`, as in a search.
    """
    known = {code.value: code for code in kind}
    spelled = {**{text.replace(" ", "_"): code for text, code in known.items()}, **known}
    for text in list_given(name):
        if text not in spelled:
            raise QueryError(f"{name}: one of {', '.join(known)}, not {text[:40]!r}", subject=name, reason="refused")
    return tuple(dict.fromkeys(spelled[text] for text in list_given(name)))
