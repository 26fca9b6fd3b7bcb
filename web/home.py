"""The first page: what is new, what is contested, who is talked about."""

from flask import Blueprint, render_template, url_for

from graph.queries import get_home
from web.services import get_services

pages = Blueprint("home", __name__)


@pages.get("/")
def show() -> str:
    view = get_home(get_services().store)
    template = "home/show.html" if view.counts.articles else "home/empty.html"
    return render_template(template, view=view, json_url=url_for("api.show_home"))
