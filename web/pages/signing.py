"""Signing in with the token, to judge on the pages, and out again."""

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug import Response as WerkzeugResponse

from web.languages import find_own_path, get_page_words
from web.requests.access import get_access
from web.requests.rights import COOKIE, LONGEST_NAME, find_judge, sign_in

pages = Blueprint("signing", __name__)


@pages.get("/sign-in")
def show() -> WerkzeugResponse:
    get_access().check_writable()
    to = find_own_path(request.args.get("to", ""))
    return redirect(to, 303) if find_judge() else _render(to, "", 200)


@pages.post("/sign-in")
def enter() -> WerkzeugResponse:
    """Takes the token once; from then on a cookie stands for it."""
    access = get_access()
    access.check_writable()
    words, to = get_page_words(), find_own_path(request.form.get("to", ""))
    who = " ".join(request.form.get("who", "").split())[:LONGEST_NAME]
    if not access.fits(request.form.get("token", "").strip()):
        return _render(to, str(words.say("sign_in.wrong")), 401)
    if not who:
        return _render(to, str(words.say("sign_in.nobody")), 400)
    answer = redirect(to, 303)
    assert isinstance(answer, Response)
    sign_in(answer, who)
    return answer


@pages.post("/sign-out")
def leave() -> WerkzeugResponse:
    answer = redirect(find_own_path(request.form.get("to", "")), 303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="Strict")
    return answer


def _render(to: str, error: str, status: int) -> Response:
    who = request.form.get("who", "")[:LONGEST_NAME]
    return make_response(render_template("judging/sign_in.html", to=to, error=error, who=who), status)
