"""The explorer: a neighbourhood to walk, opened node by node, as a drawing and as tables; all of it in the address."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from graph.errors import QueryError
from graph.ids import fold_name
from graph.neighbourhood import DEFAULT_BOUNDS, Kind, Neighbourhood, Node, Wanted, get_neighbourhood
from graph.queries import list_claims
from graph.records import ClaimId, ClaimType, EntityId
from graph.resolve import list_spellings
from graph.search import parse_search
from graph.store import GraphStore
from graph.viewing import refer
from graph.views import EntityRef
from web.drawing import draw
from web.languages import get_page_words
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("explore", __name__)

# So many nodes can be asked for at once; the console sends those of an answer.
_STARTS = 60
_FOUND_NAMES, _FOUND_CLAIMS, _SUGGESTED = 10, 8, 24


@dataclass(frozen=True, slots=True)
class Roles:
    """How an entity stands to what is shown: in how many claims as what, and its ties, each read from its side."""

    counts: dict[str, int] = field(default_factory=dict)
    ties: list[tuple[str, bool, EntityRef]] = field(default_factory=list)


@pages.get("/explore")
def show() -> str | Response:
    store, text, wanted = get_services().store, request.args.get("find", "").strip(), get_wanted()
    if text:
        return _show_found(store, text, wanted)
    if not wanted.starts:
        suggested = tuple(refer(row.entity) for row in store.list_entities(limit=_SUGGESTED))
        return _render(wanted, suggested=suggested)
    view = get_neighbourhood(store, wanted)
    opened = tuple(node.id for node in view.nodes if node.opened)
    wanted = replace(wanted, opened=opened)
    return _render(
        wanted,
        view=view,
        drawing=draw(view, wanted.starts, get_page_words()),
        roles=_find_roles(view),
        twins=make_twins(_make_url("api.show_neighbourhood", wanted)),
    )


def get_wanted() -> Wanted:
    """What the address asks for: `start`, `open` and `type` any number of times, `since` and `until` as days.

    A single start is opened unless the address says what is. QueryError.
    """
    starts = tuple(filter(None, dict.fromkeys(request.args.getlist("start"))))[:_STARTS]
    opened = tuple(filter(None, dict.fromkeys(request.args.getlist("open"))))
    if "open" not in request.args and len(starts) == 1:
        opened = starts
    return Wanted(starts, opened, _get_types(), _get_day("since"), _get_day("until", timedelta(days=1)))


def _get_types() -> tuple[ClaimType, ...]:
    try:
        return tuple(ClaimType(text) for text in dict.fromkeys(request.args.getlist("type")))
    except ValueError as error:
        known = ", ".join(kind.value for kind in ClaimType)
        raise QueryError(f"type: {error}; one of {known}", subject="type", reason="refused") from error


def _get_day(name: str, later: timedelta = timedelta()) -> datetime | None:
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + later
    except (ValueError, OverflowError) as error:
        raise QueryError(f"{name}: write a day as 2025-01-29", subject=name, reason="refused") from error


def _show_found(store: GraphStore, text: str, wanted: Wanted) -> str | Response:
    """Where a text may mean to start; straight to it when it can mean one thing only."""
    if store.get_entities([EntityId(text)]) or store.get_claims([ClaimId(text)]):
        return redirect(_make_url("explore.show", _start(wanted, text)), 303)
    entities = store.find_entities(text, _FOUND_NAMES)
    exact = [entity for entity in entities if fold_name(text) in list_spellings(entity)]
    if len(exact) == 1:
        return redirect(_make_url("explore.show", _start(wanted, exact[0].id)), 303)
    query = parse_search(text, store.find_entities, get_services().now())
    claims = list_claims(store, query, _FOUND_CLAIMS)
    return _render(wanted, text=text, entities=tuple(map(refer, entities)), claims=claims)


def _render(wanted: Wanted, **values: object) -> str:
    def open_url(id: str) -> str:
        return _make_url("explore.show", replace(wanted, opened=(*wanted.opened, id)))

    def close_url(id: str) -> str:
        opened = tuple(other for other in wanted.opened if other != id)
        return _make_url("explore.show", replace(wanted, opened=opened))

    def start_url(id: str) -> str:
        return _make_url("explore.show", _start(wanted, id))

    return render_template(
        "explore/show.html",
        wanted=wanted,
        last_day=wanted.until - timedelta(days=1) if wanted.until else None,
        bounds=DEFAULT_BOUNDS,
        types=tuple(ClaimType),
        Kind=Kind,
        open_url=open_url,
        close_url=close_url,
        start_url=start_url,
        page_url=_make_page_url,
        **values,
    )


def _start(wanted: Wanted, id: str) -> Wanted:
    return replace(wanted, starts=(id,), opened=(id,))


def _make_url(endpoint: str, wanted: Wanted) -> str:
    """An address that asks for it. That nothing is opened has to be said, where one start alone would be."""
    opened: tuple[str, ...] | None = wanted.opened or ("",)
    if len(wanted.starts) == 1 and wanted.opened == wanted.starts:
        opened = None
    return url_for(
        endpoint,
        start=wanted.starts,
        open=opened,
        type=[kind.value for kind in wanted.types] or None,
        since=f"{wanted.since:%Y-%m-%d}" if wanted.since else None,
        until=f"{wanted.until - timedelta(days=1):%Y-%m-%d}" if wanted.until else None,
    )


def _make_page_url(node: Node) -> str:
    """The page of what the node stands for."""
    if node.kind is Kind.ENTITY:
        return url_for("entities.show", entity_id=node.id)
    if node.kind is Kind.CLAIM:
        return url_for("claims.show", claim_id=node.id)
    return url_for("articles.show", article_id=node.id)


def _find_roles(view: Neighbourhood) -> dict[str, Roles]:
    """The roles of each entity. A tie is its relation, whether it goes out from the entity, and the other end."""
    entities = {node.id: node.entity for node in view.nodes if node.entity}
    roles = {id: Roles() for id in entities}
    for link in view.links:
        start, end = entities.get(link.start), entities.get(link.end)
        if start and end:
            roles[start.id].ties.append((link.type, True, end))
            roles[end.id].ties.append((link.type, False, start))
        elif end:
            counts = roles[end.id].counts
            counts[link.type] = counts.get(link.type, 0) + 1
    return roles
