"""What whoever asks is watching: on this machine one list for all; elsewhere that of a cookie.

Where the server may write, the cookie holds the id of a list, which the first act makes; where it may not, the list
itself.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, g, request
from werkzeug import Response as WerkzeugResponse

from graph.errors import StoreError
from graph.records import Watched
from web.requests.rights import is_here
from web.services import get_services
from web.watchlists import ListFull, format_list, parse_list

COOKIE = "list"
LOCAL = "local"
"""The id of the list of this machine."""

MOST_IN_COOKIE = 40
# Browsers keep 4,096 bytes of a cookie, its name and attributes among them.
_LONGEST = 3_800
_YEAR_SECONDS = 365 * 24 * 3600
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)

Items = tuple[Watched, ...]


@dataclass(frozen=True, slots=True)
class OwnList:
    """A list, and the id it lies under; empty while there is none, or where the cookie holds it."""

    id: str
    items: Items


def find_own_list() -> OwnList:
    """The list of whoever asks. StoreError when the archive cannot be read."""
    if "own_list" not in g:
        g.own_list = _find(get_own_id())
    found: OwnList = g.own_list
    return found


def find_own_items() -> Items:
    """What whoever asks is watching; nothing where that cannot be told: pages say other things too."""
    if "list_failed" in g:  # each star of a page asks
        return ()
    try:
        return find_own_list().items
    except StoreError:
        g.list_failed = True
        return ()


def find_list(id: str) -> Items | None:
    """The list that lies under an id; None where there is none, or where it is not for whoever asks."""
    lists = get_services().lists
    if lists is None or not (_ID.fullmatch(id) or (id == LOCAL and is_here())):
        return None
    text = lists.find(id)
    # On this machine the list is there before anything lies in it.
    return parse_list(text or "") if text is not None or id == LOCAL else None


def change_own_list(change: Callable[[Items], Items], answer: WerkzeugResponse) -> None:
    """Keeps what is made of the list of whoever asks, and lets the answer carry where it lies. ListFull."""
    lists = get_services().lists
    if lists is None:
        items = change(_read_cookie())
        text = format_list(items)
        if len(items) > MOST_IN_COOKIE or len(text) > _LONGEST:
            raise ListFull
        return _set_cookie(answer, text)
    id = find_own_list().id or secrets.token_hex(16)
    lists.change(id, lambda text: format_list(change(parse_list(text))))
    return keep_list(answer, id)


def keep_list(answer: WerkzeugResponse, id: str) -> None:
    """Makes the list of that id the one of whoever asks."""
    if id != LOCAL:
        _set_cookie(answer, id)


def get_own_id() -> str:
    """The id of the list of whoever asks, there or not; empty where the cookie holds the list itself, or nothing."""
    if get_services().lists is None:
        return ""
    if is_here():
        return LOCAL
    kept = request.cookies.get(COOKIE, "")
    return kept if _ID.fullmatch(kept) else ""


def _find(id: str) -> OwnList:
    if get_services().lists is None:
        return OwnList("", _read_cookie())
    items = find_list(id)
    # An id that leads to nothing is given up: whoever chose it might know it.
    return OwnList(id, items) if items is not None else OwnList("", ())


def _read_cookie() -> Items:
    return parse_list(request.cookies.get(COOKIE, ""))[:MOST_IN_COOKIE]


def _set_cookie(answer: WerkzeugResponse, value: str) -> None:
    assert isinstance(answer, Response)
    answer.set_cookie(
        COOKIE, value, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
