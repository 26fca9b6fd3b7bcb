"""The demo's tour: five of its pages, each with a sentence atop that says what to see there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Flask, abort, redirect, request, url_for
from werkzeug import Response

from graph.answers.proposition_views import MatterView, list_matters
from graph.grades import is_weak
from graph.proposition_store import Order, PropositionQuery
from graph.records import Claim, Status
from graph.store import ClaimQuery, GraphStore
from web.pages.cypher import make_question_url
from web.questions import list_questions
from web.services import get_services

pages = Blueprint("tour", __name__)

# Of so many the one that went through most mouths is shown where the matter has none such.
_NEWEST = 100
# It names nobody, so that it has an answer whatever the store holds.
_QUESTION = "14-busiest-speakers"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the tour.

    find  the address of its page, whatever the store holds
    leads the key of the words that lead here
    seen  by endpoint of the page, the key of the words that say what to see there
    """

    find: Callable[[GraphStore], str]
    leads: str
    seen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a visitor stands: the number of the step, from 1, of how many; what to see; the steps beside it.

    leave  the address of the same page outside the tour
    """

    number: int
    of: int
    seen: str
    back: Step | None
    next: Step | None
    leave: str


def prepare_templates(app: Flask) -> None:
    """What base.html asks on every page: whether this is the demo, and where in the tour."""
    app.jinja_env.globals.update(is_demo=lambda: get_services().demo, tour_stop=find_stop)


@pages.get("/tour/<int:number>")
def show(number: int) -> Response:
    """To the page of a step, which depends on what the store holds."""
    services = get_services()
    if not services.demo or not 1 <= number <= len(STEPS):
        abort(404)
    address = STEPS[number - 1].find(services.store)
    return redirect(f"{address}{'&' if '?' in address else '?'}tour={number}", 303)


def find_stop() -> Stop | None:
    """The step whose page is asked for; None outside the tour."""
    text = request.args.get("tour", "")
    if not get_services().demo or text not in _NUMBERS:
        return None
    number = int(text)
    seen = STEPS[number - 1].seen.get(request.endpoint or "")
    if not seen:
        return None
    kept = urlencode([(name, value) for name, value in request.args.items(multi=True) if name != "tour"])
    return Stop(
        number,
        len(STEPS),
        seen,
        back=STEPS[number - 2] if number > 1 else None,
        next=STEPS[number] if number < len(STEPS) else None,
        leave=f"{request.path}?{kept}" if kept else request.path,
    )


def _find_home(_store: GraphStore) -> str:
    return url_for("today.show")


def _find_matter(store: GraphStore) -> str:
    matter = _choose_matter(store)
    return url_for("matters.show", matter_id=matter.id) if matter else url_for("matters.show_all")


def _find_claim(store: GraphStore) -> str:
    """A claim that was passed on, of the matter of the step before if it has one."""
    matter = _choose_matter(store)
    passed_on = [claim for claim in store.get_claims(matter.claims if matter else ()) if len(claim.claimants) > 1]
    claims = passed_on or store.find_claims(ClaimQuery(), _NEWEST).claims
    if not claims:
        return url_for("search.show")
    return url_for("claims.show", claim_id=max(claims, key=_count_speakers).id)


def _find_figures(_store: GraphStore) -> str:
    return url_for("figures.show")


def _find_question(_store: GraphStore) -> str:
    ready = next((question for question in list_questions() if question.key == _QUESTION), None)
    return make_question_url(ready) if ready else url_for("cypher.show")


def _choose_matter(store: GraphStore) -> MatterView | None:
    """What is contested in most articles; where nothing is, what is in most."""
    for statuses in ((Status.DENIED, Status.DISPUTED), ()):
        found = list_matters(store, PropositionQuery(statuses=statuses, order=Order.WEIGHT), 1).matters
        if found:
            return found[0]
    return None


def _count_speakers(claim: Claim) -> tuple[bool, int]:
    """Surely read ones first, then those with the longest chain; of equals the first counts."""
    return not is_weak(claim), len(claim.claimants)


STEPS = (
    Step(_find_home, "tour.go_home", {"today.show": "tour.home"}),
    Step(_find_matter, "tour.go_matter", {"matters.show": "tour.matter", "matters.show_all": "tour.matters"}),
    Step(_find_claim, "tour.go_claim", {"claims.show": "tour.claim", "search.show": "tour.claims"}),
    Step(_find_figures, "tour.go_figures", {"figures.show": "tour.figures"}),
    Step(_find_question, "tour.go_question", {"cypher.show": "tour.question"}),
)
"""In the order in which they are walked."""

_NUMBERS = frozenset(str(number) for number in range(1, len(STEPS) + 1))
