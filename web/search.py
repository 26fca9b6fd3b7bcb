"""Search: a text in, claims out, with counts to narrow by; the same as CSV and RSS."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from graph.errors import QueryError
from graph.queries import count_weak, list_claims, search
from graph.search import format_terms, parse_search, parse_terms
from graph.views import ClaimView, SearchView
from web.arguments import get_limit, get_place
from web.documents import CSV_ROWS, RSS_ITEMS, answer_csv, answer_rss
from web.languages import get_page_words
from web.paging import make_pages
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("search", __name__)

# Longer texts are refused anyway; the box need not carry them back.
_SHOWN = 1000


@pages.get("/search")
def show() -> tuple[str, int]:
    text = _get_text()
    services = get_services()
    try:
        place = get_place()
        view = search(services.store, text, services.now(), get_limit(), place.after, place.before)
    except QueryError as error:
        return _render(SearchView(text[:_SHOWN], (), {}, None), error=str(error)), 400
    query = parse_search(text, services.store.find_entities, services.now())
    hidden = count_weak(services.store, query) if query.weak is False else 0
    return _render(view, wider=() if view.claims else make_wider(text), hidden=hidden), 200


@pages.get("/search.csv")
def show_csv() -> Response:
    return answer_csv(_find(get_limit(CSV_ROWS, CSV_ROWS)), "claims.csv")


@pages.get("/search.rss")
def show_rss() -> Response:
    text, words = _get_text(), get_page_words()
    title = str(words.say("feed_document.title", what=text or words.say("search.title")))
    return answer_rss(_find(RSS_ITEMS), title, url_for("search.show", q=text or None), words)


def make_wider(text: str) -> tuple[tuple[str, str], ...]:
    """For each term of a text with several: the term, and the text without it."""
    terms = parse_terms(text)
    if len(terms) < 2:
        return ()
    return tuple((format_terms([term]), format_terms(other for other in terms if other is not term)) for term in terms)


def _get_text() -> str:
    return request.args.get("q", "").strip()


def _find(limit: int) -> tuple[ClaimView, ...]:
    services = get_services()
    return list_claims(services.store, parse_search(_get_text(), services.store.find_entities, services.now()), limit)


def _render(view: SearchView, error: str = "", wider: tuple[tuple[str, str], ...] = (), hidden: int = 0) -> str:
    query: dict[str, Any] = {"q": view.query or None}
    limit = request.args.get("limit", type=int)
    place = get_place() if not error else None

    def make_url(**cursor: Any) -> str:
        return url_for("search.show", **query, **cursor, limit=limit)

    return render_template(
        "search/show.html",
        view=view,
        error=error,
        wider=wider,
        hidden=hidden,
        show_weak=url_for("search.show", q=f"{view.query} weak:all".strip()),
        pages=make_pages(make_url, place, view.previous, view.next) if place else None,
        twins=make_twins(
            url_for("api.search_claims", **query, after=place.after if place else None),
            url_for("search.show_csv", **query),
            url_for("search.show_rss", **query),
        ),
    )
