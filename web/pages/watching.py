"""What a reader watches: the page of what is new about it, and its feed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Flask, Response, abort, redirect, render_template, url_for
from werkzeug import Response as WerkzeugResponse

from graph.records import News
from graph.views import ClaimView
from web.changes import ChangesView, ChangeView
from web.documents import RSS_ITEMS, answer_items
from web.languages import get_page_words
from web.noticing import find_news, list_items, say_asked, say_news, tell
from web.own_list import LOCAL, Items, find_list, find_own_list, get_own_id, keep_list
from web.pages.starring import find_most
from web.services import get_services
from web.twins import make_twins
from web.visits import find_visit
from web.watched import WatchedView, make_watched_url, say_watched, view_watched

pages = Blueprint("watching", __name__)

# As long as a visit is remembered.
_LOOKED_BACK = timedelta(days=14)
_TOLD, _LINES = 12, 18


@dataclass(frozen=True, slots=True)
class WatchingView:
    """A list, and what is new about it.

    list     its id; empty while there is none, or where a cookie holds it
    watched  what is on it, the first watched first
    since    what was fetched from then on is told of
    changes  by matter, the newest first; claims: that brought them, by id
    """

    list: str
    watched: tuple[WatchedView, ...]
    since: datetime
    changes: tuple[ChangeView, ...]
    claims: Mapping[str, ClaimView]


@pages.get("/watching")
def show() -> str:
    own = find_own_list()
    return _render(own.id, own.items, is_own=True)


@pages.get("/watching/<list_id>")
def show_list(list_id: str) -> str:
    return _render(list_id, _get_list(list_id), is_own=list_id == get_own_id())


@pages.post("/watching/<list_id>")
def take_over(list_id: str) -> WerkzeugResponse:
    """Makes a list the one of whoever asks."""
    _get_list(list_id)
    answer = redirect(url_for("watching.show"), 303)
    keep_list(answer, list_id)
    return answer


@pages.get("/watching/<list_id>.rss")
def show_rss(list_id: str) -> Response:
    words, found = get_page_words(), _look_back(_get_list(list_id))
    return answer_items(
        list(list_items(found))[:RSS_ITEMS],
        str(words.say("feed_document.title", what=words.say("watching.title"))),
        str(words.find("watching.feed")),
        url_for("watching.show_list", list_id=list_id),
        words,
    )


def find_watching(list_id: str) -> WatchingView:
    """A list with what is new about it; without an id that of whoever asks. 404 for one that is not there."""
    own = find_own_list()
    id, items = (list_id, _get_list(list_id)) if list_id else (own.id, own.items)
    found, watched = _look_back(items), view_watched(get_services().store, items)
    return WatchingView(id, watched, found.since, found.changes, found.claims)


def prepare_templates(app: Flask) -> None:
    """What the page of a list asks."""
    app.jinja_env.globals.update(
        say_watched=lambda view: say_watched(view, get_page_words()),
        say_news=lambda news: say_news(news, get_page_words()),
        say_asked=lambda news: say_asked(news, get_page_words()),
        watched_url=make_watched_url,
    )


def _look_back(items: Items) -> ChangesView:
    return find_news(items, get_services().now() - _LOOKED_BACK)


def _get_list(id: str) -> Items:
    """404 for a list that is not there, or not for whoever asks."""
    items = find_list(id)
    if items is None:
        abort(404, str(get_page_words().say("watching.no_list")))
    return items


def _render(id: str, items: Items, *, is_own: bool) -> str:
    services = get_services()
    # Where nothing is watched no store is needed to say so.
    found = _look_back(items) if items else ChangesView(services.now() - _LOOKED_BACK, (), {})
    told = tell(found, items, _TOLD + _LINES)
    before = find_visit(services.now()).before
    return render_template(
        "watching/show.html",
        list_id=id,
        is_own=is_own,
        is_local=id == LOCAL,
        is_kept=services.lists is not None,
        most=find_most(),
        watched=view_watched(services.store, items) if items else (),
        every_news=list(News),
        found=found,
        told=told[:_TOLD],
        lines=told[_TOLD:],
        left=len(found.changes) - len(told),
        before=before,
        new=sum(one.at >= before for one in found.changes) if before else 0,
        twins=make_twins(
            url_for("api.show_watches", list=id or None),
            rss=url_for("watching.show_rss", list_id=id) if id else "",
        ),
    )
