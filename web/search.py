"""Search: a text in, claims out, with counts to narrow by."""

from flask import Blueprint, render_template, request, url_for

from graph.errors import QueryError
from graph.queries import search
from graph.search import format_terms, parse_terms
from graph.views import SearchView
from web.arguments import get_cursor, get_limit
from web.services import get_services

pages = Blueprint("search", __name__)

# Longer texts are refused anyway; the box need not carry them back.
_SHOWN = 1000


@pages.get("/search")
def show() -> tuple[str, int]:
    text = request.args.get("q", "").strip()
    services = get_services()
    try:
        view = search(services.store, text, services.now(), get_limit(), get_cursor())
    except QueryError as error:
        return _render(SearchView(text[:_SHOWN], (), {}, None), error=str(error)), 400
    return _render(view, wider=() if view.claims else make_wider(text)), 200


def make_wider(text: str) -> tuple[tuple[str, str], ...]:
    """For each term of a text with several: the term, and the text without it."""
    terms = parse_terms(text)
    if len(terms) < 2:
        return ()
    return tuple((format_terms([term]), format_terms(other for other in terms if other is not term)) for term in terms)


def _render(view: SearchView, error: str = "", wider: tuple[tuple[str, str], ...] = ()) -> str:
    json_url = url_for("api.search_claims", q=view.query, after=get_cursor_text())
    return render_template("search/show.html", view=view, error=error, wider=wider, json_url=json_url)


def get_cursor_text() -> str | None:
    """The cursor of this request when it is short enough to be repeated in a link."""
    cursor = request.args.get("after")
    return cursor if cursor and len(cursor) < _SHOWN else None
