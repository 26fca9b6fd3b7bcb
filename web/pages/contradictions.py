"""Contradictions: what cannot both hold and waits for a judgement, both sides beside each other."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from graph.answers.disputes import ContradictionsView, get_contradictions
from graph.answers.proposition_views import ContradictionView, MatterView
from graph.ids import format_time
from graph.records import ClaimId
from graph.store import Table
from graph.views import ClaimView
from web.documents import CSV_ROWS, answer_table
from web.language.headlines import say_headline
from web.language.wording import LANGUAGES, get_words
from web.paging import make_pages
from web.requests.arguments import get_limit, get_place
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("contradictions", __name__)

_SIDE = (
    "matter",
    *(f"headline_{lang}" for lang in LANGUAGES),
    "status",
    "articles",
    "origins",
    "claim",
    "reported_at",
    "source",
    "sentence",
    "gone",
)
_COLUMNS = ("kind", "state", "why", *(f"{side}_{name}" for side in ("one", "other") for name in _SIDE))


@pages.get("/contradictions")
def show() -> str:
    place, limit = get_place(), request.args.get("limit", type=int)
    services = get_services()
    view = get_contradictions(services.store, get_limit(), place, services.tables.rates)

    def make_url(**cursor: Any) -> str:
        return url_for("contradictions.show", **cursor, limit=limit)

    return render_template(
        "contradictions/show.html",
        view=view,
        pages=make_pages(make_url, place, view.previous, view.next),
        twins=make_twins(
            url_for("api.show_contradictions", after=place.after, before=place.before),
            url_for("contradictions.show_csv"),
        ),
    )


@pages.get("/contradictions.csv")
def show_csv() -> Response:
    view = get_contradictions(get_services().store, get_limit(CSV_ROWS, CSV_ROWS))
    rows = tuple(_list_cells(view, pair, quotes) for pair, quotes in zip(view.contradictions, view.quotes, strict=True))
    return answer_table(Table(_COLUMNS, rows), "contradictions.csv")


def _list_cells(view: ContradictionsView, pair: ContradictionView, quotes: Sequence[ClaimId]) -> tuple[object, ...]:
    judged = view.find_judgement(pair)
    state = "dismissed" if pair.dismissed else "open"
    sides = zip_longest((pair.one, pair.other), (view.claims[id] for id in quotes))
    return (
        pair.kind,
        state,
        judged.why if judged else "",
        *(cell for side in sides for cell in _list_side(*side, view.gone)),
    )


def _list_side(side: MatterView, quote: ClaimView | None, gone: Sequence[ClaimId]) -> tuple[object, ...]:
    told: tuple[str, ...] = ("",) * 5
    if quote:
        is_gone = "yes" if quote.id in gone else "no"
        told = (quote.id, format_time(quote.reported_at), quote.article.source.name, quote.text, is_gone)
    headlines = (say_headline(side.gist, None, get_words(lang)) for lang in LANGUAGES)
    return (side.id, *headlines, side.status, side.articles, side.origins, *told)
