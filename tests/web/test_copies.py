"""An article's page, its JSON twin and `show` name the same story elsewhere, from both ends."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.answers.queries import get_article
from graph.records import Article, Copy, CopyKind, Extraction
from graph.stores.sqlite import SqliteStore
from tests.ingest.retold import JAPANESE, NOON, STORY, WIRE, make
from tests.web.story import STATUS
from web.app import create_app
from web.text.terminal import format_record

MIRROR = make("Mirror", STORY, 3, title="<i>Nimbus</i> raises billions")
COPIES = (
    Copy(JAPANESE.id, WIRE.id, CopyKind.TRANSLATED, 0.87),
    Copy(MIRROR.id, WIRE.id, CopyKind.SYNDICATED, 1.0),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path_factory.mktemp("copies") / "graph.db") as store:
        store.add(Extraction(article) for article in (WIRE, JAPANESE, MIRROR))
        store.add_copies(COPIES)
        yield store


@pytest.fixture
def pages(filled: SqliteStore) -> FlaskClient:
    return create_app(filled, lambda: STATUS, lambda: NOON + timedelta(days=2)).test_client()


def test_the_original_names_its_copies_oldest_first(pages: FlaskClient) -> None:
    page = pages.get(f"/articles/{WIRE.id}").text
    assert "also at" in page
    assert page.index("also at") < page.index("translated at")
    assert "&lt;i&gt;Nimbus&lt;/i&gt;" in page
    assert "87% alike" in page


@pytest.mark.parametrize(
    ("article", "told"), [(JAPANESE, "translated from"), (MIRROR, "copy of")], ids=["ja", "mirror"]
)
def test_a_copy_names_its_original(pages: FlaskClient, article: Article, told: str) -> None:
    page = pages.get(f"/articles/{article.id}").text
    assert told in page
    assert f"/articles/{WIRE.id}" in page


def test_the_twin_has_them(pages: FlaskClient) -> None:
    copies = pages.get(f"/api/v1/articles/{WIRE.id}").get_json()["copies"]
    assert [(copy["article"]["id"], copy["kind"], copy["is_original"]) for copy in copies] == [
        (MIRROR.id, "syndicated", False), (JAPANESE.id, "translated", False)
    ]  # fmt: skip


def test_the_terminal_tells_them(filled: SqliteStore) -> None:
    text = format_record(get_article(filled, JAPANESE.id))
    assert f"translated from Harbour Times: 2026-03-02, 87%, {WIRE.id}" in text


def test_an_article_without_copies_has_no_such_part(client: FlaskClient, store: SqliteStore) -> None:
    article = store.list_articles(limit=1)[0]
    assert "elsewhere" not in client.get(f"/articles/{article.id}").text


def test_of_many_copies_the_page_shows_the_first(tmp_path: Path) -> None:
    mirrors = [make(f"Mirror {number}", STORY, number) for number in range(1, 61)]
    with SqliteStore(tmp_path / "graph.db") as store:
        store.add(map(Extraction, (WIRE, *mirrors)))
        store.add_copies(Copy(mirror.id, WIRE.id, CopyKind.SYNDICATED, 1.0) for mirror in mirrors)
        pages = create_app(store, lambda: STATUS, lambda: NOON).test_client()
        page = pages.get(f"/articles/{WIRE.id}").text
    assert page.count("also at") == 50
    assert "and 10 more, in the JSON" in page
