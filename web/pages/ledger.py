"""The benchmark ledger: who claims which result about whom, who measured it, and what nobody else did."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup

from graph.answers.accounts import LedgerView, get_ledger
from graph.answers.evidence import PAGE_CLAIMS
from graph.answers.ledger import Entry, Measured
from graph.computed import Computation
from graph.errors import QueryError
from graph.ids import format_time
from graph.records import Predicate
from graph.store import Table
from graph.views import ClaimView
from web.documents import CSV_ROWS, answer_table
from web.languages import get_page_words
from web.pictures.matrix import make_matrix
from web.requests.arguments import get_clock, get_limit, get_text, name_history
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("ledger", __name__)

_SHOWN = 50
_COLUMNS = (
    "vendor",
    "subject",
    "predicate",
    "object",
    "benchmark",
    "value",
    "unit",
    "date",
    "self_reported_by",
    "measured_by",
    "told_by",
    "measured_elsewhere_by",
    "said_otherwise_by",
    "owed",
    "matter",
    "first_reported_at",
    "claim",
    "sentence",
    "article",
    "one_of_several",
    "taken_back",
)


@pages.get("/ledger")
def show() -> tuple[str, int]:
    text, error = get_text("about"), ""
    try:
        view = _find_ledger(text)
    except QueryError as refused:
        view, error = LedgerView(text, (), 0, (), (), True, {}, {}), str(refused)
    about, as_of = text or None, request.args.get("as_of") or None
    page = render_template(
        "ledger/show.html",
        view=view,
        error=error,
        matrix=make_matrix(view.entries, get_page_words()),
        as_of=as_of,
        checks=list_checks(view),
        find_first=find_first,
        standing=say_standing,
        twins=make_twins(
            url_for("api.show_ledger", about=about, as_of=as_of), url_for("ledger.show_csv", about=about, as_of=as_of)
        ),
    )
    return page, 400 if error else 200


@pages.get("/ledger.csv")
def show_csv() -> Response:
    view = get_ledger(get_services().store, get_text("about"), get_clock(), get_limit(CSV_ROWS, CSV_ROWS))
    return answer_table(Table(_COLUMNS, tuple(_list_cells(view, entry) for entry in view.entries)), "ledger.csv")


@dataclass(frozen=True, slots=True)
class Check:
    """What a loaded leaderboard has on a result, beside the claim that gives the result."""

    claim: ClaimView
    computation: Computation


def list_checks(view: LedgerView) -> tuple[Check, ...]:
    """In the order of the entries; what is not shown is not checked either."""
    computed: dict[str, list[Computation]] = {}
    for item in view.computations:
        if item.claim:
            computed.setdefault(item.claim, []).append(item)
    ids = dict.fromkeys(id for entry in view.entries for id in entry.claims)
    return tuple(Check(view.claims[id], item) for id in ids for item in computed.get(id, ()))


def find_first(view: LedgerView, entry: Entry) -> ClaimView:
    """The claim that gave the result first."""
    ids = [id for party in (*entry.claimed, *entry.replicated, *entry.told) for id in party.claims]
    return min((view.claims[id] for id in ids), key=lambda claim: (claim.reported_at, claim.id))


def say_standing(predicate: Predicate, other: Markup) -> Markup:
    """How a model stands to another, in few words: `better than …`."""
    return Markup(get_page_words().name("results", predicate)).format(other=other)  # noqa: S704  # our own words


def _find_ledger(text: str) -> LedgerView:
    """The results that the page shows. QueryError for a text or day that is wrong."""
    services, clock, limit = get_services(), get_clock(), get_limit(_SHOWN, _SHOWN)
    return services.kept.keep(
        lambda: get_ledger(services.store, text, clock, limit, PAGE_CLAIMS), "ledger", text, limit, *name_history()
    )


def _list_cells(view: LedgerView, entry: Entry) -> tuple[object, ...]:
    first, quantity = find_first(view, entry), entry.quantity
    vendor = view.entities.get(entry.vendor) if entry.vendor else None
    return (
        vendor.name if vendor else "",
        entry.subject.name,
        entry.predicate,
        entry.object.name if entry.object else "",
        entry.benchmark.name if entry.benchmark else "",
        quantity.value if quantity else "",
        quantity.unit if quantity else "",
        entry.date or "",
        *(map(_join, (entry.claimed, entry.replicated, entry.told, entry.elsewhere, entry.opposed))),
        "yes" if entry.is_debt else "no",
        entry.matter or "",
        format_time(first.reported_at),
        first.id,
        first.text,
        first.article.url,
        "yes" if entry.is_beside else "no",
        "yes" if entry.taken_back else "no",
    )


def _join(parties: Iterable[Measured]) -> str:
    return "; ".join(party.by for party in parties)
