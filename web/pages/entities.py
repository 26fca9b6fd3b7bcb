"""An entity: its names, what is said about it and by it, comparisons, figures, ties, activity over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from graph.answers.blocks import list_others
from graph.answers.listing import EntitiesView, list_named
from graph.answers.portraits import DEPTH
from graph.answers.proposition_views import list_matters
from graph.answers.queries import count_weak, get_entity, list_claims, refer_entity
from graph.list_store import OTHER_LETTERS, EntityQuery
from graph.proposition_store import Order, PropositionQuery
from graph.records import EntityId, EntityType, Relation
from graph.store import FACET_DEPTH, ClaimQuery
from graph.views import EntityCountView, EntityDetail, EntityRef, TieView
from web.documents import CSV_ROWS, RSS_ITEMS, answer_csv, answer_rss
from web.languages import get_page_words
from web.lists import count_chosen, keep_arguments, make_facet
from web.paging import Pages, make_pages
from web.pictures.bars import Said, draw_activity, draw_sparkline
from web.pictures.marks import Picture
from web.requests.arguments import get_limit, get_place, get_text, get_weak, read_codes
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("entities", __name__)

_MATTERS = 5
LISTED = 25


@pages.get("/entities")
def show_all() -> str:
    """Whom claims are about, by type and first letter."""
    view, words = find_listed(get_limit(LISTED, 100)), get_page_words()
    kept = keep_arguments(("type", "letter"))
    types = make_facet("entities.show_all", kept, "type", view.facets["type"], partial(words.name, "entity_types"))
    letters = make_facet("entities.show_all", kept, "letter", view.facets["letter"], _say_letter)
    return render_template(
        "entities/list.html",
        view=view,
        facets=[types],
        letters=letters,
        chosen=count_chosen((types, letters)),
        sparks=_draw_sparks(view.entities),
        pages=make_pages(lambda **cursor: url_for("entities.show_all", **kept, **cursor), get_place(), None, view.next),
        twins=make_twins(url_for("api.show_entities", **kept, after=get_place().after)),
    )


def find_listed(limit: int) -> EntitiesView:
    """The entities that the request asks for. QueryError."""
    types = read_codes("type", EntityType)
    query = EntityQuery(types, get_text("letter")[:10])
    return list_named(get_services().store, query, limit, get_place().after)


def _say_letter(letter: str) -> str:
    return str(get_page_words().find("lists.other_letters")) if letter == OTHER_LETTERS else letter


def _draw_sparks(rows: Sequence[EntityCountView]) -> dict[EntityId, Picture]:
    """When claims about each were reported, where that was on two days at least."""
    store, words = get_services().store, get_page_words()
    drawn: dict[EntityId, Picture] = {}
    for row in rows:
        days = store.count_days(ClaimQuery(about=(row.entity.id,), weak=False))
        picture = draw_sparkline((Said(day) for day, claims in days.items() for _ in range(claims)), words)
        drawn |= {row.entity.id: picture} if picture else {}
    return drawn


@pages.get("/entities/<entity_id>")
def show(entity_id: str) -> str:
    store, weak = get_services().store, get_weak()
    entity = get_entity(store, EntityId(entity_id), get_place("about_"), get_place("says_"), weak)
    asked = PropositionQuery(about=(entity.id,), order=Order.WEIGHT)
    return render_template(
        "entities/show.html",
        entity=entity,
        matters_about=list_matters(store, asked, _MATTERS).matters,
        spellings=list_others(entity),
        hidden=0 if weak is None else count_weak(store, ClaimQuery(about=(entity.id,))),
        show_weak=url_for("entities.show", entity_id=entity.id, weak="show"),
        about_pages=_make_pages(entity, "about", entity.about_previous, entity.about_next),
        says_pages=_make_pages(entity, "says", entity.says_previous, entity.says_next),
        ties=group_ties(entity.ties),
        activity=draw_activity(entity.days, FACET_DEPTH, get_page_words()),
        looked_at=DEPTH,
        twins=make_twins(
            url_for("api.show_entity", entity_id=entity_id, **_keep("about_"), **_keep("says_")),
            url_for("entities.show_csv", entity_id=entity_id),
            url_for("entities.show_rss", entity_id=entity_id),
        ),
    )


@pages.get("/entities/<entity_id>/claims.csv")
def show_csv(entity_id: str) -> Response:
    store = get_services().store
    entity = refer_entity(store, EntityId(entity_id))
    claims = list_claims(store, ClaimQuery(about=(entity.id,), weak=get_weak()), get_limit(CSV_ROWS, CSV_ROWS))
    return answer_csv(claims)


@pages.get("/entities/<entity_id>/claims.rss")
def show_rss(entity_id: str) -> Response:
    store, words = get_services().store, get_page_words()
    entity = refer_entity(store, EntityId(entity_id))
    title = str(words.say("feed_document.title", what=entity.name))
    claims = list_claims(store, ClaimQuery(about=(entity.id,), weak=get_weak()), RSS_ITEMS)
    return answer_rss(claims, title, url_for("entities.show", entity_id=entity_id), words)


# These read the same from either side.
_MUTUAL = frozenset({Relation.COMPETES_WITH, Relation.PARTNER_OF})


@dataclass(frozen=True, slots=True)
class TieGroup:
    """Ties of one kind that read the same way, with the sources they come from."""

    relation: Relation
    outward: bool
    others: tuple[EntityRef, ...]
    sources: tuple[str, ...]


def group_ties(ties: Sequence[TieView]) -> tuple[TieGroup, ...]:
    """The ties by kind and direction, in the order they first come; each entity and each source once."""
    groups: dict[tuple[Relation, bool], list[TieView]] = {}
    for tie in ties:
        groups.setdefault((tie.relation, tie.outward or tie.relation in _MUTUAL), []).append(tie)
    return tuple(
        TieGroup(
            relation,
            outward,
            tuple({tie.other.id: tie.other for tie in found}.values()),
            tuple(dict.fromkeys(tie.source for tie in found if tie.source)),
        )
        for (relation, outward), found in groups.items()
    )


def _make_pages(entity: EntityDetail, list_name: str, previous: str | None, next: str | None) -> Pages:
    """The pager of one of the two lists; the other list stays where it is."""
    other = _keep("says_" if list_name == "about" else "about_")

    def make_url(**cursor: Any) -> str:
        own = {f"{list_name}_{name}": value for name, value in cursor.items()}
        weak = request.args.get("weak")
        return url_for("entities.show", entity_id=entity.id, weak=weak, **other, **own, _anchor=list_name)

    return make_pages(make_url, get_place(f"{list_name}_"), previous, next)


def _keep(prefix: str) -> dict[str, Any]:
    place = get_place(prefix)
    return {f"{prefix}after": place.after, f"{prefix}before": place.before}
