import re

from flask.testing import FlaskClient

from graph.stores.sqlite import SqliteStore
from tests.web.story import NOW, STATUS
from web.app import create_app


def test_home_shows_new_disputed_and_talked_about(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "14 claims in 3 articles of 3 sources" in page
    assert re.findall(r"<h2 id=\"[a-z]+\">(?:<time[^>]*>)?([^<]+)", page) == [
        "On the last day of reports, ",
        "New",
        "Disputed ",
        "Talked about",
    ]
    assert 'ディープシークは、モデルの訓練費が560万ドルだった<mark class="said">と発表した</mark>。' in page
    assert 'lang="ja"' in page


def test_chain_of_speakers_reads_from_outlet_to_origin(client: FlaskClient) -> None:
    page = client.get("/").text
    assert page.index(">Bloomberg</bdi>") < page.index(">Microsoft security researchers</bdi>")


def test_empty_store_tells_what_to_type(empty_client: FlaskClient) -> None:
    page = empty_client.get("/").text
    assert "claimgraph feeds add" in page
    assert "claimgraph ingest" in page
    assert "data-search" not in page


def test_demo_says_so_atop_every_page(store: SqliteStore) -> None:
    client = create_app(store, lambda: STATUS, lambda: NOW, demo=True).test_client()
    assert all("A demo: invented outlets" in client.get(path).text for path in ("/", "/search", "/status", "/nowhere"))
    assert "架空の媒体" in client.get("/", headers={"Accept-Language": "ja"}).text


def test_other_stores_have_no_such_line(client: FlaskClient) -> None:
    assert 'class="notice"' not in client.get("/").text
