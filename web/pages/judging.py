"""Judging on the pages: what would change, why, and the judgement made; nothing needs scripts."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode, urlsplit, urlunsplit

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug import Response as WerkzeugResponse

from graph.answers.judgements import list_about
from graph.answers.previews import EffectView, preview
from graph.answers.proposition_views import MatterView, list_matters, view_matters
from graph.answers.queries import view_claims, view_judgements
from graph.errors import JudgementRefused, NotFound, QueryError
from graph.judging.misreadings import Fields, read_fields
from graph.proposition_store import Order, PropositionQuery
from graph.records import JudgementId, JudgementKind, Misreading, PropositionId
from graph.store import GraphStore
from graph.views import ClaimView, JudgementView
from web.judged import CHOICES, strip_judged
from web.judging import judge as keep
from web.judging import make_new
from web.languages import get_page_words
from web.problems import get_status
from web.requests.bodies import JudgementBody
from web.requests.rights import Judge, can_sign_in, find_judge, fits_form
from web.rulings import KINDS, Ruling, get_matter_of, read_ruling, resolve
from web.services import get_services

pages = Blueprint("judging", __name__)

_SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class Question:
    """What a page that judges shows: what it is about, what would change, and what was judged before.

    body    None while something is left to be chosen
    error   why it cannot be made as it stands
    """

    body: JudgementBody | None = None
    claims: tuple[ClaimView, ...] = ()
    effect: EffectView | None = None
    undone: JudgementView | None = None
    before: tuple[JudgementView, ...] = ()
    fields: Fields = field(default_factory=dict)
    members: tuple[ClaimView, ...] = ()
    suggested: tuple[MatterView, ...] = ()
    matter: MatterView | None = None
    error: str = ""


@pages.get("/judge/<kind>")
def show(kind: str) -> WerkzeugResponse:
    judge = find_judge()
    if judge is None:
        return _send_to_sign_in(request.full_path)
    return _answer(read_ruling(_read_kind(kind), request.args), judge, "", 200)


@pages.post("/judgements")
def make() -> WerkzeugResponse:
    """Makes the judgement and goes back to where it was asked for; what was typed is kept where it cannot be."""
    ruling = read_ruling(_read_kind(request.form.get("kind", "")), request.form)
    judge = find_judge()
    if judge is None:
        return _ask_again(ruling)
    words = get_page_words()
    if not fits_form(judge, request.form.get("form", "")):
        return _answer(ruling, judge, str(words.say("judge.stale")), 403)
    if not ruling.why:
        return _answer(ruling, judge, str(words.say("judge.no_reason")), 400)
    services = get_services()
    try:
        body = resolve(services.store, ruling, judge.who)
        if body is None or not services.writing:
            return _answer(ruling, judge, str(words.say("judge.nothing")), 400)
        with services.writing() as store:
            rates = services.tables.rates
            made = keep(store, body, services.now(), rates, services.find_bounds, services.follow)
    except (JudgementRefused, NotFound, QueryError) as error:
        return _answer(ruling, judge, str(error), get_status(error))
    return redirect(_add_judged(_find_back(services.store, ruling.to, body.claims), made.id), 303)


def _answer(ruling: Ruling, judge: Judge, error: str, status: int) -> Response:
    try:
        question = _make_question(ruling, judge)
    except (JudgementRefused, NotFound, QueryError) as problem:
        question = Question(error=error or str(problem))
        status = status if error else get_status(problem)
    shown = render_template(
        "judging/show.html",
        question=question,
        ruling=ruling,
        judge=judge,
        error=error or question.error,
        reasons=list(Misreading),
        choices=CHOICES,
    )
    return make_response(shown, status)


def _make_question(ruling: Ruling, judge: Judge) -> Question:
    store, now = get_services().store, get_services().now()
    body = resolve(store, ruling, judge.who)
    matter = get_matter_of(store, ruling)
    view = next(iter(view_matters(store, [matter])), None) if matter else None
    if body is None:
        members = view_claims(store, [link.claim for link in matter.links]) if matter else ()
        return Question(members=members, suggested=_suggest(ruling, view), matter=view)
    # Without a reason it cannot be made yet; what would change does not hang on it.
    new = make_new(store, replace(body, why=ruling.why or "preview"), now, get_services().find_bounds)
    effect = preview(store, new, get_services().tables.rates)
    made = store.list_judgements()
    undone = next((one for one in view_judgements(store, made) if one.id == ruling.undoes), None)
    claims = effect.claims
    fields = {**read_fields(claims[0]), **ruling.should} if len(claims) == 1 else {}
    before = list_about(store, frozenset(claim.id for claim in claims))
    return Question(body, claims, effect, undone, before, fields, matter=view)


def _suggest(ruling: Ruling, matter: MatterView | None) -> tuple[MatterView, ...]:
    """Matters about the same parties, or about one of them."""
    if ruling.kind is not JudgementKind.JOIN or matter is None:
        return ()
    about = [entity.id for entity in matter.about]
    asked = [tuple(about), *((id,) for id in about if len(about) > 1)]
    found: dict[str, MatterView] = {}
    for ids in asked:
        query = PropositionQuery(about=ids, order=Order.WEIGHT)
        found |= {one.id: one for one in list_matters(get_services().store, query, _SUGGESTED).matters}
    return tuple(one for one in found.values() if one.id != matter.id)[:_SUGGESTED]


def _read_kind(text: str) -> JudgementKind:
    if text not in set(KINDS):
        abort(404)
    return JudgementKind(text)


def _send_to_sign_in(to: str) -> WerkzeugResponse:
    if not can_sign_in():
        abort(403, str(get_page_words().say("judge.closed")))
    return redirect(url_for("signing.show", to=to), 303)


def _ask_again(ruling: Ruling) -> WerkzeugResponse:
    """Nobody who may judge sent it: where a session ran out, what was typed goes along to signing in again."""
    if not can_sign_in() or "form" not in request.form:
        abort(403, str(get_page_words().say("judge.closed")))
    kept = urlencode([pair for pair in request.form.items(multi=True) if pair[0] not in ("form", "kind")])
    back = f"{url_for('judging.show', kind=ruling.kind.value)}?{kept}"
    return make_response(render_template("judging/again.html", ruling=ruling, back=back), 403)


def _find_back(store: GraphStore, to: str, claims: Sequence[str]) -> str:
    """Where the form came from, or the claim judged where its matter is no more."""
    path = urlsplit(to).path
    matter = path.removeprefix(f"{url_for('matters.show_all')}/")
    gone = matter != path and not store.get_propositions([PropositionId(matter)])
    return url_for("claims.show", claim_id=claims[0]) if gone and claims else to


def _add_judged(to: str, id: JudgementId) -> str:
    bare = urlsplit(strip_judged(to))
    return urlunsplit(bare._replace(query="&".join(filter(None, (bare.query, f"judged={id}")))))
