"""A store that pages may write to, and forms sent as a browser sends them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.stores.sqlite import SqliteStore
from tests.web.matters import fill
from tests.web.rivals import fill as fill_rivals
from tests.web.story import STATUS
from web.app import create_app
from web.judging import Follow, follow_now
from web.requests.access import Access

TOKEN = "0123456789abcdef-token"
HERE = Access(local="ann", secret=b"a secret of tests", hosts=("localhost",))
_NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """A store, and clients of an application that may write to it."""

    store: SqliteStore
    path: Path

    def open(self, access: Access = HERE, follow: Follow = follow_now) -> FlaskClient:
        ticks = count()

        def now() -> datetime:
            return _NOW + timedelta(seconds=next(ticks))

        writing = (lambda: SqliteStore(self.path)) if access.token or access.local else None
        return create_app(self.store, lambda: STATUS, now, access=access, writing=writing, follow=follow).test_client()


def open_desk(path: Path, *, rivals: bool = False) -> Iterator[Desk]:
    with SqliteStore(path) as store:
        (fill_rivals if rivals else fill)(store)
        yield Desk(store, path)


def read_form(page: str) -> dict[str, list[str]]:
    """What the form that judges would send as it stands: hidden fields, boxes filled or chosen."""
    form = page.split('action="/judgements"')[1].split("</form>")[0]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        parts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if parts.get("type") not in ("radio", "checkbox") or tag.endswith(" checked>"):
            sent.setdefault(parts["name"], []).append(unescape(parts.get("value", "")))
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', form, re.DOTALL):
        sent[name] = [unescape(text) for text in re.findall(r'value="([^"]*)" selected', options)]
    return sent


def judge(client: FlaskClient, address: str, why: str = "a test of judging", **changed: str) -> TestResponse:
    """Opens the page that judges, types, and sends its form."""
    page = client.get(address)
    assert page.status_code == 200, page.text
    sent = {**read_form(page.text), "why": [why], **{name: [value] for name, value in changed.items()}}
    return client.post("/judgements", data=sent, headers={"Origin": "http://localhost"})
