"""How the store and the feeds do."""

from flask import Blueprint, render_template, url_for

from web.services import get_services

pages = Blueprint("status", __name__)


@pages.get("/status")
def show() -> str:
    return render_template("status/show.html", view=get_services().status(), json_url=url_for("api.show_status"))
