"""Sources: who publishes what is read here, and the claims that each printed."""

from collections import Counter
from collections.abc import Sequence, Set
from functools import partial
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from graph.answers.queries import count_weak, get_source, list_claims, list_sources
from graph.records import SourceId
from graph.store import ClaimQuery
from graph.views import SourceCountView
from web.documents import CSV_ROWS, RSS_ITEMS, answer_csv, answer_rss
from web.languages import get_page_words
from web.lists import count_chosen, keep_arguments, make_facet
from web.paging import make_pages
from web.pictures.bars import Said, draw_sparkline
from web.pictures.marks import Picture
from web.requests.arguments import get_limit, get_place, get_weak, list_given
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("sources", __name__)

LISTED = 25
_MOST = 1000
# Of a source whose language nobody has said.
_UNKNOWN = "unknown"


@pages.get("/sources")
def show_all() -> str:
    """Who publishes what is read here, by kind and language; most articles or newest first."""
    words, kept = get_page_words(), keep_arguments(("kind", "lang", "order"))
    everybody = list_sources(get_services().store, _MOST)
    by_kind, by_lang = (set(list_given(name)) for name in ("kind", "lang"))
    found = [one for one in everybody if _fits(_kind(one), by_kind) and _fits(_lang(one), by_lang)]
    kinds = Counter(_kind(one) for one in everybody if _fits(_lang(one), by_lang))
    langs = Counter(_lang(one) for one in everybody if _fits(_kind(one), by_kind))
    order = request.args.get("order", "")
    if order == "newest":
        found.sort(key=lambda one: one.latest, reverse=True)
    facets = [
        make_facet("sources.show_all", kept, "kind", dict(kinds.most_common()), partial(words.name, "source_kinds")),
        make_facet("sources.show_all", kept, "lang", dict(langs.most_common()), _say_language),
    ]
    limit = get_limit(LISTED, _MOST)
    return render_template(
        "sources/list.html",
        views=found[:limit],
        total=len(found),
        facets=facets,
        chosen=count_chosen(facets),
        sparks=_draw_sparks(found[:limit][:LISTED]),
        order="newest" if order == "newest" else "weight",
        orders=[(one, url_for("sources.show_all", **{**kept, "order": one})) for one in ("weight", "newest")],
        more=url_for("sources.show_all", **kept, limit=_MOST) if len(found) > limit else "",
        twins=make_twins(url_for("api.show_sources")),
    )


def _kind(view: SourceCountView) -> str:
    return view.source.kind.value


def _lang(view: SourceCountView) -> str:
    return view.source.lang or _UNKNOWN


def _fits(value: str, wanted: Set[str]) -> bool:
    return not wanted or value in wanted


def _say_language(code: str) -> str:
    words = get_page_words()
    return str(words.find("lists.unknown")) if code == _UNKNOWN else words.name("languages", code)


def _draw_sparks(views: Sequence[SourceCountView]) -> dict[SourceId, Picture]:
    """When claims that each printed were reported, where that was on two days at least."""
    store, words = get_services().store, get_page_words()
    drawn: dict[SourceId, Picture] = {}
    for view in views:
        days = store.count_days(ClaimQuery(sources=(view.source.id,), weak=False))
        picture = draw_sparkline((Said(day) for day, claims in days.items() for _ in range(claims)), words)
        drawn |= {view.source.id: picture} if picture else {}
    return drawn


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
    return answer_csv(claims)


@pages.get("/sources/<source_id>/claims.rss")
def show_rss(source_id: str) -> Response:
    store, words = get_services().store, get_page_words()
    name = get_source(store, SourceId(source_id)).source.name
    claims = list_claims(store, ClaimQuery(sources=(SourceId(source_id),), weak=get_weak()), RSS_ITEMS)
    title = str(words.say("feed_document.title", what=name))
    return answer_rss(claims, title, url_for("sources.show", source_id=source_id), words)
