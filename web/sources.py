"""Sources: who publishes what is read here, and the claims that each printed."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from graph.queries import count_weak, get_source, list_claims, list_sources
from graph.records import SourceId
from graph.store import ClaimQuery
from web.arguments import get_limit, get_place, get_weak
from web.documents import CSV_ROWS, RSS_ITEMS, answer_csv, answer_rss
from web.languages import get_page_words
from web.paging import make_pages
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("sources", __name__)


@pages.get("/sources")
def show_all() -> str:
    views = list_sources(get_services().store, get_limit(100, 200))
    return render_template("sources/list.html", views=views, twins=make_twins(url_for("api.show_sources")))


@pages.get("/sources/<source_id>")
def show(source_id: str) -> str:
    place, store, weak = get_place(), get_services().store, get_weak()
    view = get_source(store, SourceId(source_id), place.after, place.before, weak)

    def make_url(**cursor: Any) -> str:
        return url_for("sources.show", source_id=source_id, weak=request.args.get("weak"), **cursor)

    return render_template(
        "sources/show.html",
        view=view,
        source=view.source,
        hidden=0 if weak is None else count_weak(store, ClaimQuery(sources=(view.source.id,))),
        show_weak=url_for("sources.show", source_id=source_id, weak="show"),
        pages=make_pages(make_url, place, view.previous, view.next),
        twins=make_twins(
            url_for("api.show_source", source_id=source_id, after=place.after),
            url_for("sources.show_csv", source_id=source_id),
            url_for("sources.show_rss", source_id=source_id),
        ),
    )


@pages.get("/sources/<source_id>/claims.csv")
def show_csv(source_id: str) -> Response:
    store = get_services().store
    get_source(store, SourceId(source_id))
    claims = list_claims(
        store, ClaimQuery(sources=(SourceId(source_id),), weak=get_weak()), get_limit(CSV_ROWS, CSV_ROWS)
    )
    return answer_csv(claims, "claims.csv")


@pages.get("/sources/<source_id>/claims.rss")
def show_rss(source_id: str) -> Response:
    store, words = get_services().store, get_page_words()
    name = get_source(store, SourceId(source_id)).source.name
    claims = list_claims(store, ClaimQuery(sources=(SourceId(source_id),), weak=get_weak()), RSS_ITEMS)
    title = str(words.say("feed_document.title", what=name))
    return answer_rss(claims, title, url_for("sources.show", source_id=source_id), words)
