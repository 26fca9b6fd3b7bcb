from flask.testing import FlaskClient

from graph.store import Counts
from graph.stores.sqlite import SqliteStore
from graph.views import StatusView
from tests.web.story import NOW
from web.app import create_app


def test_last_run_and_how_many_feeds_fail(client: FlaskClient) -> None:
    page = client.get("/status").text
    assert "3 due: 1 read, 1 unchanged, 1 failed" in page
    assert "25 minutes ago" in page
    assert "1 of 3 feeds fail." in page
    assert "http_503" in page


def test_before_the_first_run(store: SqliteStore) -> None:
    client = create_app(store, lambda: StatusView(Counts(0, 0, 0, 0)), lambda: NOW).test_client()
    page = client.get("/status").text
    assert "No run yet" in page
    assert "No feed is followed" in page
    assert "No feed is followed" in client.get("/feeds").text


def test_each_feed_says_how_it_does(client: FlaskClient) -> None:
    page = client.get("/feeds").text
    assert "in 6 hours" in page
    assert "failed 3 times" in page
    assert "http_503" in page
    assert "not read yet" in page
    assert client.get("/api/v1/feeds").json["feeds"][1]["failures"] == 3  # type: ignore[index]
