"""Watching something: the form beside what can be watched, and what it does to the list of whoever sends it."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit, urlunsplit

from flask import Blueprint, Flask, abort, redirect, request
from werkzeug import Response as WerkzeugResponse

from graph.records import USUAL_NEWS, News, Watched, WatchedKind
from graph.watching.since import understand_search
from web.language.measures import spell_measures
from web.languages import find_own_path, get_page_words
from web.own_list import MOST_IN_COOKIE, Items, change_own_list, find_own_items
from web.services import get_services
from web.watched import is_there
from web.watchlists import MOST, ListFull, drop_item, find_item, put_item

pages = Blueprint("starring", __name__)


@pages.post("/watched")
def change() -> WerkzeugResponse:
    """Puts something on the list of whoever asks, takes it off, or says what counts as new about it."""
    work = _read_act()
    answer = redirect(_come_back(find_own_path(request.form.get("to", ""))), 303)
    try:
        change_own_list(work, answer)
    except ListFull:
        abort(409, str(get_page_words().say("watching.full", n=find_most())))
    return answer


def find_most() -> int:
    """How many items the list of whoever asks may have."""
    return MOST if get_services().lists else MOST_IN_COOKIE


def prepare_templates(app: Flask) -> None:
    """What templates ask about what is watched."""
    app.jinja_env.globals.update(
        is_watched=lambda kind, target: find_item(find_own_items(), WatchedKind(kind), target) is not None,
        count_watched=lambda: len(find_own_items()),
    )


def _read_act() -> Callable[[Items], Items]:
    """What the form asks to be made of a list. 400 and 404 for what cannot be."""
    text, target = (request.form.get(name, "").strip() for name in ("kind", "target"))
    if text not in set(WatchedKind) or not target:
        abort(400)
    kind = WatchedKind(text)
    if "remove" in request.form:
        return lambda items: drop_item(items, kind, target)
    if "choose" in request.form:
        return _choose_news(kind, target)
    if "add" not in request.form:
        abort(400)
    new = Watched(kind, target, USUAL_NEWS)
    _check(new)
    return lambda items: items if find_item(items, kind, target) else put_item(items, new)


def _come_back(to: str) -> str:
    """Where the form was sent from; a place on a page says what became of it."""
    parts = urlsplit(to)
    if not parts.fragment:
        return to
    starred = urlencode({"starred": request.form.get("target", "").strip()})
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, starred)))))


def _choose_news(kind: WatchedKind, target: str) -> Callable[[Items], Items]:
    chosen = tuple(news for news in News if news in request.form.getlist("news"))
    if not chosen:
        abort(400, str(get_page_words().say("watching.no_news")))
    # What was taken off the list meanwhile stays off.
    return lambda items: put_item(items, Watched(kind, target, chosen)) if find_item(items, kind, target) else items


def _check(new: Watched) -> None:
    """404 for what is not in the store, 400 for a search that cannot be understood."""
    services, words = get_services(), get_page_words()
    if new.kind is WatchedKind.SEARCH:
        if understand_search(services.store, new.target, services.now(), spell_measures()) is None:
            abort(400, str(words.say("watching.not_understood")))
    elif not is_there(services.store, new):
        abort(404, str(words.say("watching.gone")))
