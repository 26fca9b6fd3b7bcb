"""The API told: as an OpenAPI document for programs, as a page for people."""

from functools import cache

from flask import Blueprint, Response, json, render_template, url_for

from graph.version import find_version
from web.api.endpoints import ROUTES
from web.api.routes import Route
from web.twins import make_twins

pages = Blueprint("reference", __name__)


@pages.get("/openapi.json")
def show_document() -> Response:
    return Response(_write_document(), mimetype="application/json")


@pages.get("/api")
def show() -> str:
    document = url_for("reference.show_document")
    return render_template(
        "reference/show.html", routes=ROUTES, example=make_example, document=document, twins=make_twins(document)
    )


def make_example(route: Route) -> str:
    """An address of the route that can be opened as it is; empty where an id or a body is needed first."""
    own = [parameter for parameter in route.parameters if parameter.required or parameter.name in ("q", "limit")]
    if route.body or route.guarded or not all(parameter.example for parameter in own):
        return ""
    return url_for(f"api.{route.name}", **{parameter.name: parameter.example for parameter in own})  # type: ignore[arg-type]


@cache
def _write_document() -> str:
    # Loaded with the first reader: pages need none of it.
    from web.api.openapi import make_document

    return json.dumps(make_document(ROUTES, find_version()))
