"""Figures: one measure of one thing as everybody tells it, in one unit, and what cannot both hold among the numbers."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template, url_for

from graph.answers.accounts import FiguresView, get_figures
from graph.answers.evidence import PAGE_CLAIMS
from graph.answers.figures import Figure, Figures
from graph.errors import QueryError
from graph.ids import format_time
from graph.store import Table
from graph.views import ClaimView
from web.documents import CSV_ROWS, answer_table
from web.language.measures import check_measure
from web.pictures.figures import is_drawn
from web.requests.arguments import get_clock, get_limit, get_text, name_history
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("figures", __name__)

_SHOWN = 20
# A page of these is below 100 kB.
_ROWS = 60
_LEAST_ROWS = 3
_COLUMNS = (
    "thing",
    "predicate",
    "measure",
    "of",
    "value",
    "high",
    "unit",
    "comparator",
    "as_written",
    "per_usd",
    "scope",
    "modality",
    "polarity",
    "date",
    "voices",
    "claims",
    "first_reported_at",
    "claim",
    "source",
    "sentence",
    "article",
    "one_of_several",
    "taken_back",
)


@pages.get("/figures")
def show() -> tuple[str, int]:
    text, measure, error = get_text(), get_text("measure"), ""
    try:
        view = _find_figures(text, measure)
        check_measure(measure, view.measures)
    except QueryError as refused:
        view, error = FiguresView(text, measure, {}, (), 0, (), True, {}, {}), str(refused)
    wanted: dict[str, Any] = {"q": text or None, "measure": measure or None, "as_of": get_text("as_of") or None}
    page = render_template(
        "figures/show.html",
        view=view,
        drawn=[one for one in view.figures if is_drawn(one)],
        alone=[one for one in view.figures if not is_drawn(one)],
        error=error,
        as_of=wanted["as_of"],
        most=max(_LEAST_ROWS, _ROWS // max(1, len(view.figures))),
        twins=make_twins(url_for("api.show_figures", **wanted), url_for("figures.show_csv", **wanted)),
    )
    return page, 400 if error else 200


@pages.get("/figures.csv")
def show_csv() -> Response:
    services = get_services()
    limit = get_limit(CSV_ROWS, CSV_ROWS)
    view = get_figures(services.store, get_text(), get_clock(), services.tables, get_text("measure"), limit)
    check_measure(view.measure, view.measures)
    rows = (row for figures in view.figures for row in _iter_rows(view, figures))
    return answer_table(Table(_COLUMNS, tuple(rows)[:limit]), "figures.csv")


def _find_figures(text: str, measure: str) -> FiguresView:
    """The numbers that the page shows. QueryError for a text or day that is wrong."""
    services, clock, limit = get_services(), get_clock(), get_limit(_SHOWN, _SHOWN)
    return services.kept.keep(
        lambda: get_figures(services.store, text, clock, services.tables, measure, limit, PAGE_CLAIMS),
        "figures",
        text,
        measure,
        limit,
        *name_history(),
    )


def _iter_rows(view: FiguresView, figures: Figures) -> Iterator[tuple[object, ...]]:
    for figure in figures.figures:
        yield _list_cells(figures, figure, figures.unit, view.claims[figure.claims[0]])
    for figure in figures.left:
        yield _list_cells(figures, figure, figure.quantity.unit, view.claims[figure.claims[0]])


def _list_cells(figures: Figures, figure: Figure, unit: str, claim: ClaimView) -> tuple[object, ...]:
    return (
        figures.thing.name,
        figures.predicate,
        figures.measure,
        figures.of.name if figures.of else "",
        figure.value,
        figure.high,
        unit,
        # A comparator is what a spreadsheet takes for a formula; its name is not.
        figure.quantity.comparator.name.lower(),
        figure.quantity.text,
        figure.rate.per_usd if figure.rate else None,
        "; ".join(figure.scope),
        figure.modality,
        figure.polarity,
        figure.date,
        "; ".join(figure.voices),
        len(figure.claims),
        format_time(figure.first_at),
        claim.id,
        claim.article.source.name,
        claim.text,
        claim.article.url,
        "yes" if figure.beside else "no",
        "yes" if figure.taken_back else "no",
    )
