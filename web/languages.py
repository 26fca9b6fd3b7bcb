"""Which language a reader is shown: the one chosen with the switch, else the first of the browser's that we speak."""

from flask import Blueprint, Response, abort, g, redirect, request

from web.wording import LANGUAGES, Words, get_words

switch = Blueprint("languages", __name__)

COOKIE = "lang"
_YEAR_SECONDS = 365 * 24 * 3600


@switch.post("/language")
def choose() -> Response:
    """Keeps the choice in a cookie and goes back to the page it was made on."""
    lang = request.form.get("lang", "")
    if lang not in LANGUAGES:
        abort(400, f"The pages are in {' and '.join(LANGUAGES)}.")
    answer = redirect(find_own_path(request.form.get("to", "")), 303)
    answer.set_cookie(
        COOKIE, lang, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    assert isinstance(answer, Response)
    return answer


def get_page_words() -> Words:
    """The words of the current request."""
    if "words" not in g:
        g.words = get_words(_find_language())
    words: Words = g.words
    return words


def find_own_path(target: str) -> str:
    """The target when it is a path of this server, else the first page: never the address of another site."""
    plain = target.isascii() and target.isprintable() and "\\" not in target
    own = plain and target.startswith("/") and not target.startswith("//")
    return target if own else "/"


def strip_query(query: str, name: str) -> str:
    """The query without that argument."""
    return "&".join(one for one in query.split("&") if not one.startswith(f"{name}="))


def _find_language() -> str:
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    # By our own walk: werkzeug takes `en;q=0.5` before the `ja` in `ja-JP`.
    wanted = (tag.split("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((lang for lang in wanted if lang in LANGUAGES), LANGUAGES[0])
