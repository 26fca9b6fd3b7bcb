"""What the store holds and how the last run went."""

from flask import Blueprint, render_template, url_for

from graph.answers.outages import find_outage
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("status", __name__)


@pages.get("/status")
def show() -> str:
    view = get_services().status()
    return render_template(
        "status/show.html",
        view=view,
        failing=sum(state.fails for state in view.feeds),
        outage=find_outage(view),
        twins=make_twins(url_for("api.show_status")),
    )
