"""The feeds: which work, when each was last read, what failed and why."""

from flask import Blueprint, render_template, url_for

from web.services import get_services
from web.twins import make_twins

pages = Blueprint("feeds", __name__)


@pages.get("/feeds")
def show() -> str:
    feeds = get_services().status().feeds
    failing = sum(state.fails for state in feeds)
    return render_template("feeds/show.html", feeds=feeds, failing=failing, twins=make_twins(url_for("api.show_feeds")))
