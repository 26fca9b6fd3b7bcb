import re
from urllib.parse import quote

from flask.testing import FlaskClient

from tests.web.story import DEEPSEEK, INVISIBLE_NAME, SACKS, V3


def test_names_ties_counts_and_articles(client: FlaskClient) -> None:
    page = client.get(f"/entities/{DEEPSEEK.id}").text
    assert all(f"<bdi>{name}</bdi>" in page for name in ("ディープシーク", "深度求索", "Deep Seek"))
    assert re.search(r"makes <a [^>]*>\s*<bdi>DeepSeek-V3", page)
    assert re.search(r"competes with <a [^>]*>\s*<bdi>OpenAI", page)
    assert 'href="/search?q=about:DeepSeek+type:allegation"' in page
    assert "Microsoft looks into whether" in page


def test_tie_reads_from_the_other_side(client: FlaskClient) -> None:
    assert re.search(r"made by <a [^>]*>\s*<bdi>DeepSeek", client.get(f"/entities/{V3.id}").text)


def test_what_it_says_is_apart_from_what_is_said_about_it(client: FlaskClient) -> None:
    page = client.get(f"/entities/{SACKS.id}").text
    assert "No claim about it has been read." in page
    assert "蒸留の証拠がある" in page[page.index("What it says") :]


def test_name_that_cannot_be_seen_still_has_a_page(client: FlaskClient) -> None:
    answer = client.get(f"/entities/{quote(INVISIBLE_NAME.id)}")
    assert answer.status_code == 200
    assert "(no visible name)" in answer.text


def test_bad_cursor_is_refused_for_people(client: FlaskClient) -> None:
    answer = client.get(f"/entities/{DEEPSEEK.id}?about_after=rubbish!")
    assert answer.status_code == 400
    assert answer.mimetype == "text/html"


def test_unknown_entity(client: FlaskClient) -> None:
    assert client.get("/entities/nobody").status_code == 404
