"""Matters: what several claims are about, as a list to narrow, and one with all that follows from it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug import Response as WerkzeugResponse

from graph.answers.listing import count_matters
from graph.answers.matter import MatterDetail, get_matter, recount
from graph.answers.proposition_views import MatterPage, MatterView, list_matters
from graph.answers.queries import Place, find_entity
from graph.errors import NotFound, QueryError
from graph.ids import format_time
from graph.proposition_store import Order, PropositionQuery
from graph.records import ClaimType, PropositionId, Status
from graph.store import FACET_DEPTH, Table
from web.branches import cut_tree
from web.documents import CSV_ROWS, RSS_ITEMS, Item, answer_items, answer_table
from web.language.formatting import format_period
from web.language.headlines import say_headline
from web.language.wording import LANGUAGES, get_words
from web.languages import get_page_words
from web.lists import count_chosen, keep_arguments, make_facet
from web.paging import make_pages
from web.pictures.spread import draw_spread, find_copies
from web.pictures.timeline import draw_timeline, list_told
from web.pictures.tree import TREE_NODES, draw_tree
from web.problems import get_status
from web.requests.arguments import (
    get_clock,
    get_day,
    get_end_of_day,
    get_limit,
    get_place,
    get_told_by,
    keep_days,
    list_given,
    read_codes,
    read_day,
)
from web.services import get_services
from web.sparks import draw_sparks
from web.twins import make_twins

pages = Blueprint("matters", __name__)

# Conditions that no facet has values for.
_DAYS = {"since": "matters.given_since", "as_of": "matters.given_as_of", "valid_at": "matters.given_valid_at"}
_GIVEN = ("about", *_DAYS)
_FILTERS = ("about", "type", "status", "since", "as_of", "valid_at", "order")
_COLUMNS = (
    "id",
    *(f"headline_{lang}" for lang in LANGUAGES),
    "type",
    "predicate",
    "status",
    "articles",
    "origins",
    "first_reported_at",
    "last_reported_at",
    "about",
)


@pages.get("/matters")
def show_all() -> tuple[str, int]:
    error = ""
    status = 200
    page = MatterPage((), None)
    try:
        page = find_counted_matters(get_limit(20, 100))
    except (QueryError, NotFound) as problem:
        error, status = str(problem), get_status(problem)
    kept: dict[str, Any] = keep_arguments(_FILTERS)
    words = get_page_words()
    facets = [
        make_facet("matters.show_all", kept, name, counts, partial(words.name, table))
        for (name, counts), table in zip(page.facets.items(), ("statuses", "types"), strict=bool(page.facets))
    ]

    def make_url(**cursor: Any) -> str:
        return url_for("matters.show_all", **kept, **cursor)

    place = Place() if error else get_place()
    return (
        render_template(
            "matters/list.html",
            page=page,
            sparks=draw_sparks(page.matters),
            error=error,
            kept=kept,
            facets=facets,
            given=[make_facet("matters.show_all", kept, name, {}, partial(_say_given, name)) for name in _GIVEN],
            chosen=count_chosen(facets) + len(kept.keys() & {*_GIVEN}),
            counted=FACET_DEPTH,
            order=read_order(),
            orders=[(order, url_for("matters.show_all", **{**kept, "order": order.value})) for order in Order],
            pages=make_pages(make_url, place, None, page.next),
            twins=make_twins(
                url_for("api.show_matters", **kept, after=place.after),
                url_for("matters.show_csv", **kept),
                url_for("matters.show_rss", **kept),
            ),
        ),
        status,
    )


@pages.get("/matters.csv")
def show_csv() -> Response:
    rows = tuple(tuple(_list_cells(view)) for view in find_matters(get_limit(CSV_ROWS, CSV_ROWS)).matters)
    return answer_table(Table(_COLUMNS, rows), "matters.csv")


@pages.get("/matters.rss")
def show_rss() -> Response:
    """Those in which something was reported last come first, whatever order the page has."""
    words = get_page_words()
    asked = replace(read_query(), order=Order.NEWEST)
    found = list_matters(get_services().store, asked, RSS_ITEMS).matters
    title = str(words.say("feed_document.title", what=words.say("matters.title")))
    description = str(words.say("matters.feed"))
    return answer_items(_list_items(found), title, description, url_for("matters.show_all"), words)


@pages.get("/matters/<matter_id>")
def show(matter_id: str) -> str:
    view, words = find_matter(matter_id), get_page_words()
    voices = (*view.chapter.origins.origins, *view.chapter.origins.hearsay)
    told = list_told(view.chapter, view.claims)
    return render_template(
        "matters/show.html",
        view=view,
        chapter=view.chapter,
        timeline=draw_timeline(view.chapter, view.claims, words),
        tree=cut_tree(voices),
        tree_picture=draw_tree(
            cut_tree(voices, TREE_NODES), view.chapter.origins.count, view.claims, view.entities, words
        ),
        spread=draw_spread(
            told, find_copies(voices), words, len(view.chapter.affirmed) + len(view.chapter.denied) - len(told)
        ),
        twins=make_twins(url_for("api.show_matter", matter_id=matter_id, **keep_days())),
    )


@pages.get("/propositions")
@pages.get("/propositions<any('.csv', '.rss'):rest>")
@pages.get("/propositions/<path:rest>")
def move(rest: str = "") -> WerkzeugResponse:
    """To the address of today, with its query: matters were called propositions."""
    path = request.path.replace("/propositions", "/matters", 1)
    query = request.query_string.decode("ascii", "replace")
    return redirect(f"{quote(path)}?{query}" if query else quote(path), 308)


def find_matter(matter_id: str) -> MatterDetail:
    """The matter as known on the days that the request names. NotFound, QueryError."""
    services = get_services()
    return get_matter(services.store, PropositionId(matter_id), get_clock(), services.tables)


def find_matters(limit: int) -> MatterPage:
    """The page of matters that the request asks for. NotFound for an unknown name, QueryError."""
    store, query = get_services().store, read_query()
    page = list_matters(store, query, limit, get_place().after)
    return recount(store, page, query.known_by) if query.known_by else page


def find_counted_matters(limit: int) -> MatterPage:
    """The page that the request asks for, with how many there are. NotFound for an unknown name, QueryError."""
    services, query = get_services(), read_query()

    def find() -> MatterPage:
        total, facets = count_matters(services.store, query)
        return replace(find_matters(limit), total=total, facets=facets)

    return services.kept.keep(find, "matters", query, limit, get_place().after)


def read_order() -> Order:
    """The order asked for; by weight where it is none of ours."""
    text = request.args.get("order", "")
    return Order(text) if text in list(Order) else Order.WEIGHT


def read_query() -> PropositionQuery:
    """The conditions in the request; those left empty are none. NotFound for an unknown name, QueryError."""
    store = get_services().store
    return PropositionQuery(
        about=tuple(find_entity(store, text).id for text in list_given("about")),
        types=read_codes("type", ClaimType),
        statuses=read_codes("status", Status),
        since=get_day("since"),
        known_by=get_end_of_day("as_of"),
        valid_at=get_end_of_day("valid_at"),
        order=next(iter(read_codes("order", Order)), Order.WEIGHT),
    )


def _say_given(name: str, text: str) -> str:
    """A condition as it was given; a day with what it asks for, since there can be three."""
    day = read_day(text) if name in _DAYS else None
    words = get_page_words()
    return str(words.find(_DAYS[name])).format(day=format_period(day, "day", words)) if day else text


def _list_cells(view: MatterView) -> list[str | int]:
    return [
        view.id,
        *(say_headline(view.gist, get_told_by(), get_words(lang)) for lang in LANGUAGES),
        view.type.value,
        view.predicate.value,
        view.status.value,
        view.articles,
        view.origins,
        format_time(view.first_reported_at),
        format_time(view.last_reported_at),
        "; ".join(entity.name for entity in view.about),
    ]


def _list_items(found: Iterable[MatterView]) -> Iterable[Item]:
    words = get_page_words()
    for view in found:
        counts = words.say(
            "matter.counts",
            articles=words.say("matter.articles", n=view.articles),
            origins=words.say("matter.origins", n=view.origins),
        )
        status = words.name("statuses", view.status.value)
        yield Item(
            f"{say_headline(view.gist, get_told_by(), words)} [{status}]",
            url_for("matters.show", matter_id=view.id),
            str(counts),
            view.last_reported_at,
        )
