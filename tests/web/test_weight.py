"""What pages weigh: bytes of style and script, and how many requests a first visit takes."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.proposition_store import PropositionQuery
from graph.store import ClaimQuery
from graph.stores.sqlite import SqliteStore
from tests.web.story import STATUS
from web.app import create_app

MOST_STYLE, MOST_SECOND, MOST_SCRIPT, MOST_REQUESTS = 15_500, 4_500, 12_000, 6
# The console is a workbench and loads an editor besides.
NOT_READ = ("/cypher",)
_OWN = re.compile(r'(?:href|src)="/static/([\w./-]+)\?v=')


def list_pages(app: Flask, store: SqliteStore) -> Iterator[str]:
    """Every page that an address without a part of its own leads to, and one of each kind that has one."""
    yield from (
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments and not rule.rule.startswith(("/api/", *NOT_READ))
    )
    [claim] = store.find_claims(ClaimQuery(), 1).claims
    [matter] = store.find_propositions(PropositionQuery(), 1).propositions
    assert claim.subject.entity
    yield from (
        f"/claims/{claim.id}",
        f"/articles/{claim.article_id}",
        f"/sources/{store.list_sources(1)[0].source.id}",
    )
    yield from (f"/matters/{matter.id}", f"/entities/{claim.subject.entity}", f"/explore?start={claim.subject.entity}")
    yield from (f"/search?q=about:{claim.subject.entity}", "/search?q=typ:x", "/search?order=none", "/nowhere")
    yield from ("/explore?view=matrix",)
    yield from ("/story?q=deepseek", f"/judge/misread?claim={claim.id}", "/days/2025-01-30")


@pytest.fixture
def texts(app: Flask, store: SqliteStore) -> dict[str, str]:
    """The pages by address; what leads elsewhere and what is a part of a page are none."""
    client = app.test_client()
    answers = {path: client.get(path) for path in list_pages(app, store)}
    pages = {path: answer for path, answer in answers.items() if answer.status_code // 100 != 3}
    return {path: answer.text for path, answer in pages.items() if answer.text.startswith("<!doctype html>")}


def weigh(client: FlaskClient, names: list[str]) -> int:
    total = 0
    for name in names:
        with client.get(f"/static/{name}") as answer:
            assert answer.status_code == 200, name
            total += len(answer.data)
    return total


def test_a_page_loads_one_sheet_beside_the_common_one(client: FlaskClient, texts: dict[str, str]) -> None:
    assert len(texts) > 25
    for path, text in texts.items():
        sheets = [name for name in _OWN.findall(text) if name.endswith(".css")]
        assert sheets[0] == "style.css", path
        assert len(sheets) <= 2, (path, sheets)
        assert weigh(client, sheets[:1]) <= MOST_STYLE
        assert weigh(client, sheets[1:]) <= MOST_SECOND, (path, sheets)


def test_a_page_loads_little_else(client: FlaskClient, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        files = {name for name in _OWN.findall(text) if name != "icon.svg"}
        assert len(files) + 1 <= MOST_REQUESTS, (path, files)
        assert weigh(client, [name for name in files if name.endswith(".js")]) <= MOST_SCRIPT, path


def test_an_empty_store_and_a_console_keep_to_it_too(empty_store: SqliteStore) -> None:
    client = create_app(empty_store, lambda: STATUS).test_client()
    for path in ("/", "/cypher"):
        sheets = [name for name in _OWN.findall(client.get(path).text) if name.endswith(".css")]
        assert len(sheets) <= 2
        assert weigh(client, sheets) <= MOST_STYLE + MOST_SECOND
