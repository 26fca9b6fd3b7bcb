"""The pages are the same whatever store they are shown from, byte for byte."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import GraphStore
from graph.stores.sqlite import SqliteStore
from tests.web.rivals import fill
from tests.web.story import NOW, STATUS
from web.app import create_app

PAGES = ("/", "/days/2025-01-29", "/matters", "/entities", "/articles", "/sources", "/contradictions", "/figures")
ASKED = (
    "/ledger",
    "/search?q=deepseek",
    "/explore?start=deepseek",
    "/story?q=deepseek+openai",
    "/review",
    "/judgements",
)
_LED_TO = re.compile(r'href="(/(?:matters|claims|entities|articles|sources)/[^"?#]+)"')


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "file.db") as store:
        fill(store)
        yield store


def test_the_same_store_has_the_same_pages(store: GraphStore, file: SqliteStore) -> None:
    fill(store)
    ours, theirs = (create_app(one, lambda: STATUS, lambda: NOW).test_client() for one in (store, file))
    first = [theirs.get(page).text for page in (*PAGES, *ASKED)]
    led = {kind: path for text in first for path in _LED_TO.findall(text) for kind in [path.split("/")[1]]}
    assert set(led) == {"matters", "claims", "entities", "articles", "sources"}
    for lang in ("en", "ja"):
        headers = {"Accept-Language": lang}
        for page in (*PAGES, *ASKED, *led.values()):
            got, wanted = ours.get(page, headers=headers), theirs.get(page, headers=headers)
            assert (got.status_code, got.text) == (wanted.status_code, wanted.text), page
