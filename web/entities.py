"""An entity: its names, what is said about it and by it, its ties, where it is named."""

from flask import Blueprint, render_template, url_for

from graph.queries import get_entity
from graph.records import EntityId
from graph.views import EntityDetail
from web.arguments import get_cursor
from web.services import get_services

pages = Blueprint("entities", __name__)


@pages.get("/entities/<entity_id>")
def show(entity_id: str) -> str:
    about_after, says_after = get_cursor("about_after"), get_cursor("says_after")
    entity = get_entity(get_services().store, EntityId(entity_id), about_after, says_after)
    return render_template(
        "entities/show.html",
        entity=entity,
        spellings=list_spellings(entity),
        about_after=about_after,
        says_after=says_after,
        json_url=url_for("api.show_entity", entity_id=entity_id, about_after=about_after, says_after=says_after),
    )


def list_spellings(entity: EntityDetail) -> tuple[str, ...]:
    """Its names beside the main one, each once."""
    names = dict.fromkeys(name for name in (entity.name_ja, *entity.aliases) if name)
    return tuple(name for name in names if name != entity.name)
