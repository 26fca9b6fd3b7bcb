"""Who may judge on the pages, and which forms are theirs.

On this machine, where no proxy stands before, whoever asks under a loopback name; elsewhere who signed in with the
token.
"""

import hmac
import secrets
from dataclasses import dataclass

from flask import Flask, Response, request
from itsdangerous import BadData, URLSafeTimedSerializer

from web.requests.access import get_access, names_this_machine
from web.services import get_services

COOKIE = "judge"
LONGEST_NAME = 100
_SECONDS = 12 * 3600
_HERE = "here"


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges; `session` is what forms are bound to."""

    who: str
    session: str


def find_judge() -> Judge | None:
    """Whoever asks, if judging is theirs; None where it would be refused."""
    access = get_access()
    if not get_services().writing or not access.key:
        return None
    if is_here():
        return Judge(access.local, _HERE)
    return _read_session(request.cookies.get(COOKIE, "")) if access.token else None


def is_here() -> bool:
    """Whether whoever asks sits at this machine, and so may do what the account that serves may."""
    return bool(get_access().local) and names_this_machine(request.host) and _is_near(request.remote_addr)


def can_sign_in() -> bool:
    """Whether the token would let somebody judge who may not now."""
    return bool(get_services().writing and get_access().token) and find_judge() is None


def is_signed_in() -> bool:
    """Whether whoever asks signed in, and so can sign out."""
    judge = find_judge()
    return judge is not None and judge.session != _HERE


def sign_in(answer: Response, who: str) -> None:
    """Gives the one asking a session of twelve hours."""
    session = _serializer().dumps({"who": who, "id": secrets.token_urlsafe(16)})
    assert isinstance(session, str)
    answer.set_cookie(
        COOKIE, session, max_age=_SECONDS, httponly=True, samesite="Strict", secure=request.is_secure, path="/"
    )


def make_form_token(judge: Judge) -> str:
    """What a form of this judge carries."""
    return hmac.digest(get_access().key, f"form\0{judge.session}".encode(), "sha256").hex()


def fits_form(judge: Judge, token: str) -> bool:
    """Whether a form with this token is one that this judge was shown."""
    return hmac.compare_digest(make_form_token(judge).encode(), token.encode())


def prepare_templates(app: Flask) -> None:
    """What templates ask before they show a way to judge."""
    app.jinja_env.globals.update(
        find_judge=find_judge, can_sign_in=can_sign_in, is_signed_in=is_signed_in, form_token=make_form_token
    )


def _is_near(address: str | None) -> bool:
    return address is not None and names_this_machine(f"[{address}]" if ":" in address else address)


def _read_session(text: str) -> Judge | None:
    try:
        session = _serializer().loads(text, max_age=_SECONDS)
    except BadData:
        return None
    return Judge(str(session["who"]), text)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(get_access().key, salt="claimgraph judge")
