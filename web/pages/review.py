"""One claim a screen for people to judge: what readers reported first, then the least sure and most repeated."""

from flask import Blueprint, render_template, request, url_for

from graph.answers.queries import get_claim
from graph.judging.misreadings import read_fields
from graph.judging.review import list_due
from graph.records import Misreading
from web.judged import CHOICES
from web.pages.claims import mark_cues
from web.requests.rights import find_judge
from web.services import get_services

pages = Blueprint("review", __name__)

_LAST = 10_000


@pages.get("/review")
def show() -> str:
    """The claim at the place asked for; judged ones leave the queue, so that the next is at the same place."""
    text = request.args.get("at", "1")
    place = max(1, min(_LAST, int(text[:5]))) if text.isascii() and text.isdigit() else 1
    services, judge = get_services(), find_judge()
    store = services.store
    # Readers' words are for those who judge: to all others the page is as it is without them.
    due = list_due(store, services.reports.list() if services.reports and judge else ())
    if not due:
        return render_template("review/empty.html")
    place = min(place, len(due))
    chosen = due[place - 1]
    detail = get_claim(store, chosen.claim)
    before, sentence, after = mark_cues(detail)
    return render_template(
        "review/show.html",
        detail=detail,
        claim=detail.claim,
        before=before,
        sentence=sentence,
        after=after,
        due=chosen,
        place=place,
        left=len(due),
        judge=judge,
        fields=read_fields(detail.claim),
        back=url_for("review.show", at=place),
        reasons=list(Misreading),
        choices=CHOICES,
    )
