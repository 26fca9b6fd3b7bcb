"""A source: who publishes, and the claims it printed."""

from flask import Blueprint, render_template, url_for

from graph.queries import get_source
from graph.records import SourceId
from web.arguments import get_cursor
from web.services import get_services

pages = Blueprint("sources", __name__)


@pages.get("/sources/<source_id>")
def show(source_id: str) -> str:
    after = get_cursor()
    view = get_source(get_services().store, SourceId(source_id), after)
    json_url = url_for("api.show_source", source_id=source_id, after=after)
    return render_template("sources/show.html", view=view, source=view.source, after=after, json_url=json_url)
