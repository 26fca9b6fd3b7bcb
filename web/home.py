"""The first page: what is new, what is disputed, what moved since yesterday, who is talked about."""

from flask import Blueprint, render_template, url_for

from graph.proposition_store import Order, PropositionQuery
from graph.proposition_views import list_matters
from graph.queries import get_home
from graph.records import Status
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("home", __name__)

_DISPUTED = 12
_CONTESTED = (Status.ALLEGED, Status.DISPUTED, Status.DENIED, Status.UNDER_INVESTIGATION)


@pages.get("/")
def show() -> str:
    services = get_services()
    view = get_home(services.store, services.now())
    template = "home/show.html" if view.counts.articles else "home/empty.html"
    asked = PropositionQuery(statuses=_CONTESTED, order=Order.WEIGHT)
    disputed = list_matters(services.store, asked, _DISPUTED).matters
    twins = make_twins(url_for("api.show_home"), url_for("search.show_csv"), url_for("search.show_rss"))
    return render_template(template, view=view, disputed=disputed, contested=_CONTESTED, twins=twins)
