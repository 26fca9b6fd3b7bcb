"""Which language a reader is shown: the one chosen with the switch, else the first of the browser's that we speak."""

import re

from flask import Blueprint, Response, abort, g, redirect, request
from markupsafe import Markup, escape

from web.language.wording import LANGUAGES, Words, get_words

switch = Blueprint("languages", __name__)

COOKIE = "lang"
_YEAR_SECONDS = 365 * 24 * 3600
# Kana and kanji with the marks that stand among them.
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff][\u3005\u3040-\u30ff\u3400-\u9fff]*")


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


def find_script_language(text: str) -> str:
    """`ja` where words of another page's language are written in its letters; empty elsewhere."""
    return "ja" if get_page_words().lang != "ja" and _JAPANESE.search(text) else ""


def mark_script(text: str) -> Markup:
    """The text, escaped, with what is written in Japanese letters amid another language told so."""
    shown = str(escape(text))  # a Markup would escape what is put in
    return Markup(_JAPANESE.sub(r'<span lang="ja">\g<0></span>', shown) if find_script_language(text) else shown)  # noqa: S704


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
