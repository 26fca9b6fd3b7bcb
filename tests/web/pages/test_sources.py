from flask.testing import FlaskClient

from tests.web.story import GAZETTE, TIMES


def test_source_with_its_claims(client: FlaskClient) -> None:
    page = client.get(f"/sources/{TIMES.id}").text
    assert "news wire" in page
    assert "reliability 0.8 of 1" in page
    assert "17%下落した" in page
    assert "Microsoft security researchers" not in page


def test_search_within_a_source(client: FlaskClient) -> None:
    assert 'href="/search?q=source:gazette.example"' in client.get(f"/sources/{GAZETTE.id}").text


def test_unknown_source(client: FlaskClient) -> None:
    assert client.get("/sources/nowhere.example").status_code == 404
