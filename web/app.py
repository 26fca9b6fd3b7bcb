"""`create_app`: the Flask application that answers pages and API from a store."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import BoundedSemaphore

from flask import Flask, Response, abort, request

from graph.computed import NO_TABLES, Tables
from graph.editions.editing import Desk
from graph.policy import NO_BOUNDS, Bounds
from graph.records import Claim
from graph.store import GraphStore
from graph.views import StatusView
from web import health, judged, languages, outages, problems, seen, templating
from web.api import corrected, endpoints, reference
from web.assets import keep_assets
from web.editions import Editions
from web.judging import Follow, follow_now
from web.measured import NOT_MEASURED, Measured
from web.opening import Opening
from web.pages import (
    articles,
    audit,
    claims,
    contradictions,
    cypher,
    entities,
    explore,
    feeds,
    figures,
    how_read,
    judging,
    ledger,
    matters,
    reporting,
    review,
    search,
    signing,
    sources,
    starring,
    status,
    stories,
    suggest,
    today,
    tour,
    watching,
)
from web.reported import Reports
from web.requests import rights
from web.requests.access import Access, keep_access
from web.requests.foreign import is_own
from web.services import Installation, Services, keep_views, set_services
from web.watchlists import Lists

_MAX_BODY = 64 * 1024
# Half of the server's threads: slow queries never hold up the pages.
_CONSOLES = 4

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_BLUEPRINTS = (
    today.pages,
    search.pages,
    suggest.pages,
    claims.pages,
    matters.pages,
    stories.pages,
    entities.pages,
    articles.pages,
    sources.pages,
    feeds.pages,
    status.pages,
    contradictions.pages,
    ledger.pages,
    figures.pages,
    explore.pages,
    cypher.pages,
    reference.pages,
    tour.pages,
    judging.pages,
    audit.pages,
    review.pages,
    reporting.pages,
    how_read.pages,
    signing.pages,
    watching.pages,
    starring.pages,
    languages.switch,
    endpoints.answers,
    corrected.answers,
    health.answers,
)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    store: GraphStore | Opening,
    status: Callable[[], StatusView],
    now: Callable[[], datetime] = _utc_now,
    demo: bool = False,
    closed: str = "",
    access: Access = Access(),  # noqa: B008  # frozen
    writing: Callable[[], GraphStore] | None = None,
    tables: Tables = NO_TABLES,
    desk: Desk = Desk(),  # noqa: B008  # frozen
    opens_on: date | None = None,
    installation: Installation = Installation(),  # noqa: B008  # frozen
    measured: Measured = NOT_MEASURED,
    find_bounds: Callable[[Claim], Bounds] = lambda claim: NO_BOUNDS,
    lists: Lists | None = None,
    reports: Reports | None = None,
    follow: Follow = follow_now,
    only_with_claims: bool = False,
) -> Flask:
    """The application over an open store, or over one that may come later.

    demo    whether it is the demo's: every page says so and leads to its tour
    closed  why Cypher is not answered; empty when it is
    access  who may ask and write
    writing opens the store for a judgement; None where none is taken
    tables  what claims are computed with
    desk    what editions of days are made with
    opens_on  the day shown first where nothing was reported today; None: the last day with reports
    installation  how pages name the program and its store
    measured how well the program reads
    find_bounds  what the words of its sentence leave of a claim that a person puts right
    lists   where lie the lists of what readers watch; None: in their cookies
    reports where lies what readers reported; None: they may not report
    follow  sees to what follows from a judgement, at once or later
    only_with_claims  whether articles that hold no claim are kept in the archive alone; lists of articles say so
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY
    # Such redirects would carry the Host header of the request into an address.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    find_store: Callable[[], GraphStore] = store if isinstance(store, Opening) else lambda: store
    editions = Editions(find_store, desk, opens_on)
    consoles = BoundedSemaphore(_CONSOLES)
    services = Services(
        find_store,
        status,
        now,
        demo,
        consoles,
        editions,
        keep_views(find_store),
        closed,
        writing,
        tables,
        installation,
        measured,
        find_bounds,
        lists,
        reports,
        follow,
        only_with_claims,
    )
    set_services(app, services)
    app.jinja_env.globals.update(only_with_claims=only_with_claims)
    templating.prepare_templates(app)
    tour.prepare_templates(app)
    rights.prepare_templates(app)
    judged.prepare_templates(app)
    seen.prepare_templates(app)
    outages.prepare_templates(app)
    how_read.prepare_templates(app)
    watching.prepare_templates(app)
    starring.prepare_templates(app)
    reporting.prepare_templates(app)
    problems.handle_problems(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    keep_access(app, access)
    app.before_request(_refuse_embedding)
    app.before_request(_refuse_foreign_forms)
    app.after_request(_allow_revalidation)
    app.after_request(keep_assets)
    app.after_request(_add_headers)
    return app


def _refuse_embedding() -> None:
    """Other sites may link here; they may not load pages as images, scripts or frames to make the store work."""
    site, mode = request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode")
    if site == "cross-site" and mode not in (None, "navigate"):
        abort(403, "Requests from other sites are refused; follow a link instead.")


def _refuse_foreign_forms() -> None:
    """What is sent here comes from a page of ours, or from a program, which names no origin."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if not is_own(request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"), request.host):
        abort(403, "Forms on other sites cannot be sent here.")


def _add_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = languages.get_page_words().lang
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def _allow_revalidation(response: Response) -> Response:
    """What a browser has already need not be sent again; own files see to that themselves."""
    if request.method in ("GET", "HEAD") and response.status_code == 200 and not response.direct_passthrough:
        response.headers["Cache-Control"] = "private, no-cache"
        response.add_etag()
        response.make_conditional(request)
    return response
