"""What was judged: by whom, of which kind, when, with what it changed and the way back."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, render_template, url_for

from graph.answers.judgements import JudgementQuery, JudgementsPage, get_judgement, list_judgements
from graph.answers.previews import EffectView, preview
from graph.answers.queries import Place, find_entity, view_claims
from graph.errors import ClaimGraphError, NotFound, QueryError
from graph.ids import format_time
from graph.judging.making import make_judgement
from graph.records import ClaimId, JudgementId, JudgementKind
from graph.store import Table
from graph.views import JudgementView
from web.documents import CSV_ROWS, RSS_ITEMS, Item, answer_items, answer_table
from web.language.wording import say_judgement
from web.languages import get_page_words
from web.paging import make_pages
from web.problems import get_status
from web.requests.arguments import get_day, get_end_of_day, get_limit, get_place, get_text
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("audit", __name__)

_FILTERS = ("who", "kind", "since", "until", "entity", "claim")
_COLUMNS = (
    "id",
    "when",
    "who",
    "kind",
    "counts",
    "why",
    "entities",
    "aliases",
    "claims",
    "undoes",
    "reason",
    "should",
)


@pages.get("/judgements")
def show() -> tuple[str, int]:
    error, status = "", 200
    page = JudgementsPage((), {}, (), None)
    try:
        page = find_judgements(get_limit(50, 200))
    except (QueryError, NotFound) as problem:
        error, status = str(problem), get_status(problem)
    kept: dict[str, Any] = {name: text for name in _FILTERS if (text := get_text(name))}

    def make_url(**cursor: Any) -> str:
        return url_for("audit.show", **kept, **cursor)

    shown = render_template(
        "judging/list.html",
        page=page,
        error=error,
        kept=kept,
        kinds=list(JudgementKind),
        pages=make_pages(make_url, Place() if error else get_place(), None, page.next),
        twins=make_twins(
            url_for("api.show_judgements", **kept), url_for("audit.show_csv", **kept), url_for("audit.show_rss", **kept)
        ),
    )
    return shown, status


@pages.get("/judgements/<judgement_id>")
def show_one(judgement_id: str) -> str:
    """One judgement, what it names, and what it changed as far as that can be worked out."""
    store = get_services().store
    judgement, view = get_judgement(store, JudgementId(judgement_id))
    return render_template(
        "judging/one.html",
        view=view,
        claims=view_claims(store, [ClaimId(id) for id in judgement.claims]),
        effect=_find_effect(view),
    )


@pages.get("/judgements.csv")
def show_csv() -> Response:
    rows = tuple(_list_cells(view) for view in find_judgements(get_limit(CSV_ROWS, CSV_ROWS)).judgements)
    return answer_table(Table(_COLUMNS, rows), "judgements.csv")


@pages.get("/judgements.rss")
def show_rss() -> Response:
    words = get_page_words()
    title = str(words.say("feed_document.title", what=words.say("audit.title")))
    found = find_judgements(RSS_ITEMS).judgements
    return answer_items(_list_items(found), title, str(words.say("audit.lead")), url_for("audit.show"), words)


def find_judgements(limit: int) -> JudgementsPage:
    """The page of judgements that the request asks for. NotFound for an unknown name, QueryError."""
    store, after = get_services().store, get_place().after
    return list_judgements(store, _read_query(), limit, JudgementId(after) if after else None)


def _read_query() -> JudgementQuery:
    given = {name: get_text(name) for name in _FILTERS}
    if given["kind"] and given["kind"] not in set(JudgementKind):
        raise QueryError(f"kind: one of {', '.join(JudgementKind)}", subject="kind", reason="refused")
    return JudgementQuery(
        who=given["who"],
        kind=JudgementKind(given["kind"]) if given["kind"] else None,
        since=get_day("since"),
        until=get_end_of_day("until"),
        entity=find_entity(get_services().store, given["entity"]).id if given["entity"] else None,
        claim=ClaimId(given["claim"]) if given["claim"] else None,
    )


def _find_effect(view: JudgementView) -> EffectView | None:
    """What is so without it as the side before; None where it does not count, or what it names is gone."""
    services = get_services()
    if not view.counts:
        return None
    undo = make_judgement(JudgementKind.UNDO, (), "preview", services.now(), "preview", undoes=view.id)
    try:
        found = preview(services.store, undo, services.tables.rates)
    except ClaimGraphError:
        return None
    return EffectView(found.claims, found.after, found.before)


def _list_cells(view: JudgementView) -> tuple[object, ...]:
    return (
        view.id,
        format_time(view.when),
        view.who,
        view.kind.value,
        "yes" if view.counts else "no",
        view.why,
        "; ".join(entity.id for entity in view.entities),
        "; ".join(view.aliases),
        "; ".join(view.claims),
        view.undoes or "",
        view.reason.value if view.reason else "",
        "; ".join(f"{fix.field.value}={fix.value}" for fix in view.should),
    )


def _list_items(found: Iterable[JudgementView]) -> Iterable[Item]:
    words = get_page_words()
    for view in found:
        page = url_for("audit.show_one", judgement_id=view.id)
        yield Item(say_judgement(view, words), page, f"{view.who}: {view.why}", view.when)
