"""The explorer: who says what about whom else, in three columns that every name and box walks on from."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from graph.answers.columns import MOST_STARTS, ColumnsQuery, ColumnsView, Voice, get_columns
from graph.answers.crossings import CrossingsView, get_crossings
from graph.answers.overviews import get_paths
from graph.answers.proposition_views import MatterView, view_matters
from graph.answers.typed import read_typed
from graph.answers.viewing import refer
from graph.errors import QueryError
from graph.records import ArticleId, ClaimId, ClaimType, EntityId, PropositionId, Status
from graph.searching.language import PLAIN
from graph.store import GraphStore
from graph.views import EntityRef, StepView
from web.language.measures import spell_measures
from web.languages import get_page_words
from web.lists import keep_arguments
from web.pictures.columns import draw_columns, say_voice
from web.pictures.crossings import draw_crossings
from web.requests.arguments import get_day, get_end_of_day, get_text, list_given, read_codes
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("explore", __name__)

_FILTERS = ("type", "status", "since", "until", "least", "ties")
_FOUND_NAMES, _FOUND_CLAIMS, _SUGGESTED = 10, 50, 24
_LONGEST_PATH = 3
_MATRIX = "matrix"
_MATTER = re.compile(r"p[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A matter in the list beside the picture: who says it, who denies it, and whom else it is about."""

    matter: MatterView
    says: tuple[Voice, ...]
    denies: tuple[Voice, ...]
    about: tuple[EntityRef, ...]


@pages.get("/explore")
def show() -> str | Response:
    store, text = get_services().store, get_text("find")
    if text:
        return _show_found(store, text)
    starts = list_given("start")
    if moved := _find_moved(store, starts) if starts else "":
        return redirect(moved, 303)
    if _asks_matrix():
        return _show_matrix()
    if not starts:
        suggested = tuple(refer(row.entity) for row in store.list_entities(limit=_SUGGESTED))
        return _render(suggested=suggested)
    view = find_columns(whole=False)
    return _render(
        view=view,
        drawing=draw_columns(view, get_page_words()),
        listed=list_matters(view),
        path=_find_path(store, view),
        twins=make_twins(url_for("api.show_columns", **_keep())),
    )


def list_matters(view: ColumnsView) -> tuple[Listed, ...]:
    """The matters in their order; names in that of their columns."""
    voices = {one.key: one for one in view.voices}
    others = {one.id: one for one in view.others}
    said = {(one.matter, one.voice, one.denies) for one in view.said}
    about = {(one.matter, one.entity) for one in view.about}
    return tuple(
        Listed(
            matter,
            tuple(voice for key, voice in voices.items() if (matter.id, key, False) in said),
            tuple(voice for key, voice in voices.items() if (matter.id, key, True) in said),
            tuple(other for id, other in others.items() if (matter.id, id) in about),
        )
        for matter in view.matters
    )


def _show_matrix() -> str:
    view = find_crossings(whole=False)
    return _render(
        "explore/matrix.html",
        view=view,
        matrix=draw_crossings(view, get_page_words()),
        pair_url=_make_pair_url,
        twins=make_twins(url_for("api.show_crossings", **{**_keep(), "ties": None})),
    )


def find_crossings(*, whole: bool = True) -> CrossingsView:
    """The same as a matrix; without a start, of all that the store has. NotFound, QueryError."""
    return get_crossings(get_services().store, read_asked(whole=whole))


def _make_pair_url(voice: Voice, whom: EntityRef) -> str:
    """Where the matters of both are; of one that speaks of itself those around it. Empty for whom no page is."""
    if voice.entity is None:
        return ""
    return url_for("explore.show", start=list(dict.fromkeys((voice.entity.id, whom.id))), **keep_arguments(_FILTERS))


def find_columns(*, whole: bool = True) -> ColumnsView:
    """What the address asks for: `start` is a matter or, any number of times, an entity. NotFound, QueryError.

    whole  matters with all their claims, which a page does not show
    """
    return get_columns(get_services().store, read_asked(whole=whole))


def read_asked(*, whole: bool = True) -> ColumnsQuery:
    """QueryError for a condition that is none."""
    starts = list_given("start")[:MOST_STARTS]
    matter = next((PropositionId(id) for id in starts if _MATTER.fullmatch(id)), None)
    return ColumnsQuery(
        starts=() if matter else tuple(map(EntityId, dict.fromkeys(starts))),
        matter=matter,
        types=read_codes("type", ClaimType),
        statuses=read_codes("status", Status),
        since=get_day("since"),
        until=get_end_of_day("until"),
        least=_get_least(),
        ties=get_text("ties") not in ("", "0"),
        whole=whole,
    )


def _get_least() -> int:
    text = get_text("least")
    if text and not (text.isascii() and text.isdigit() and len(text) <= 2 and int(text) >= 1):
        raise QueryError("least: a number from 1 to 99", subject="least", reason="refused")
    return int(text or 1)


def _find_moved(store: GraphStore, starts: list[str]) -> str:
    """Where an address leads that starts from a claim, which its matter stands for now, or from an article; of several
    starts, to the names that they are or speak of."""
    if len(starts) > 1:
        return _lead_to_names(store, starts)
    if claims := store.get_claims([ClaimId(starts[0])]):
        matter = store.find_propositions_of([claims[0].id]).get(claims[0].id)
        return make_start_url(matter) if matter else url_for("claims.show", claim_id=claims[0].id)
    if articles := store.get_articles([ArticleId(starts[0])]):
        return url_for("articles.show", article_id=articles[0].id)
    return ""


def _lead_to_names(store: GraphStore, starts: list[str]) -> str:
    claims = store.get_claims([ClaimId(id) for id in starts])
    if not claims:
        return ""
    known = [entity.id for entity in store.get_entities([EntityId(id) for id in starts])]
    spoken = [party.entity for claim in claims for party in (claim.subject, claim.object) if party and party.entity]
    names = list(dict.fromkeys((*known, *spoken)))[:MOST_STARTS]
    return url_for("explore.show", start=names) if names else url_for("claims.show", claim_id=claims[0].id)


def _find_path(store: GraphStore, view: ColumnsView) -> tuple[StepView, ...] | None:
    """The shortest way between two names; None where none is short or other than two are asked for."""
    if len(view.starts) != 2:
        return None
    one, other = store.get_entities([ref.id for ref in view.starts])
    return next(iter(get_paths(store, one, other, _LONGEST_PATH, 1).paths), None)


def _show_found(store: GraphStore, text: str) -> str | Response:
    """Straight to what has that id, and to the names that a text means; else what it may mean to start from."""
    if moved := _find_moved(store, [text]):
        return redirect(moved, 303)
    if store.get_entities([EntityId(text)]) or _MATTER.fullmatch(text):
        return redirect(url_for("explore.show", start=text, **_keep_way()), 303)
    typed = read_typed(store, text, get_services().now(), spell_measures())
    if typed.names:
        return redirect(url_for("explore.show", start=[ref.id for ref in typed.names], **_keep_way()), 303)
    entities = store.find_entities(text, _FOUND_NAMES)
    claims = store.find_claims(typed.query, _FOUND_CLAIMS).claims if typed.query != PLAIN else ()
    ids = dict.fromkeys(store.find_propositions_of([claim.id for claim in claims]).values())
    found = view_matters(store, store.get_propositions(list(ids)[:_FOUND_NAMES]))
    return _render(text=text, entities=tuple(map(refer, entities)), found=found)


def make_start_url(id: str) -> str:
    """The address that starts from one name or matter, narrowed and shown as this one is."""
    return url_for("explore.show", start=id, **keep_arguments(_FILTERS), **_keep_way())


def _asks_matrix() -> bool:
    return request.args.get("view") == _MATRIX


def _keep_way() -> dict[str, Any]:
    return {"view": _MATRIX} if _asks_matrix() else {}


def _keep() -> dict[str, Any]:
    return {"start": list_given("start"), **keep_arguments(_FILTERS)}


def _render(template: str = "explore/show.html", **values: Any) -> str:
    kept = keep_arguments(_FILTERS)
    return render_template(
        template,
        kept=kept,
        starts=list_given("start"),
        ways={
            "columns": url_for("explore.show", **_keep()),
            "matrix": url_for("explore.show", **_keep(), view=_MATRIX),
        },
        types=list(ClaimType),
        statuses=list(Status),
        narrowed=sum(map(len, kept.values())),
        start_url=make_start_url,
        voice_name=lambda voice: say_voice(voice, get_page_words()),
        **values,
    )
