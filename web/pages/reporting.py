"""Reporting a misreading: what readers may say who may not judge. It changes no page; those who may judge see it."""

import math
from dataclasses import dataclass

from flask import Blueprint, Flask, abort, make_response, redirect, render_template, request, url_for
from werkzeug import Response as WerkzeugResponse
from werkzeug.exceptions import TooManyRequests

from graph.answers.queries import view_claims
from graph.errors import NotFound, QueryError
from graph.judging.review import Due, list_due
from graph.records import ClaimId, Misreading, Report
from graph.views import ClaimView
from web.languages import get_page_words
from web.requests.access import name_client
from web.requests.bodies import ReportBody
from web.requests.rights import find_judge
from web.services import get_services

pages = Blueprint("reporting", __name__)

LONGEST = 500
"""So many characters a reader's own words have."""


@dataclass(frozen=True, slots=True)
class ReportsAnswer:
    """What readers reported and nobody has looked at since, what most reported first."""

    reports: tuple[Due, ...]


@pages.get("/report")
def show() -> WerkzeugResponse:
    if find_judge():
        return redirect(url_for("judging.show", kind="misread", claim=request.args.get("claim", "")), 303)
    return _answer(_get_claim(request.args.get("claim", "")), "", 200)


@pages.post("/reports")
def send() -> WerkzeugResponse:
    """Keeps the report and goes back to the claim; what was typed stays in the form where it cannot be kept."""
    claim, words = _get_claim(request.form.get("claim", "")), get_page_words()
    reason = request.form.get("reason", "")
    if reason not in set(Misreading):
        return _answer(claim, str(words.say("report.no_reason")), 400)
    try:
        keep_report(ReportBody(claim.id, Misreading(reason), request.form.get("why", "")))
    except QueryError as error:
        return _answer(claim, str(error), 400)
    except TooManyRequests as error:
        answer = _answer(claim, str(error.description), 429)
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    return redirect(url_for("claims.show", claim_id=claim.id, reported=1), 303)


def keep_report(body: ReportBody) -> Report:
    """The report as it is kept. 403 where none is taken, 404 for an unknown claim, 429 for one too many; QueryError
    for a claim that is set aside already."""
    services = get_services()
    claim = _get_claim(body.claim)
    if claim.misread:
        raise QueryError(f"claim {claim.id} is set aside already", subject=claim.id, reason="refused")
    report = Report(ClaimId(claim.id), body.reason, _clean(body.why), services.now())
    assert services.reports
    if wait := services.reports.add(report, name_client(request.remote_addr or "")):
        minutes = math.ceil(wait / 60)
        raise TooManyRequests(str(get_page_words().say("report.too_many", n=minutes)), retry_after=math.ceil(wait))
    return report


def find_reported() -> ReportsAnswer:
    """What waits for somebody to look."""
    reports = get_services().reports
    due = list_due(get_services().store, reports.list()) if reports else ()
    return ReportsAnswer(tuple(one for one in due if one.reports))


def prepare_templates(app: Flask) -> None:
    """What templates ask before they show a way to report."""
    app.jinja_env.globals.update(takes_reports=lambda: bool(get_services().reports) and find_judge() is None)


def _clean(text: str) -> str:
    """One line without signs that steer a terminal or turn what stands around them."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST]


def _get_claim(id: str) -> ClaimView:
    """The claim, where something may be reported of it. NotFound."""
    if get_services().reports is None:
        abort(403, str(get_page_words().say("report.closed")))
    found = view_claims(get_services().store, [ClaimId(id)])
    if not found:
        raise NotFound(f"no claim {id[:60]}; it may have been typed wrongly or belong to another store", subject=id)
    return found[0]


def _answer(claim: ClaimView, error: str, status: int) -> WerkzeugResponse:
    shown = render_template(
        "report/show.html",
        claim=claim,
        error=error,
        reason=request.form.get("reason", ""),
        why=request.form.get("why", "")[:LONGEST],
        longest=LONGEST,
        reasons=list(Misreading),
    )
    return make_response(shown, status)
