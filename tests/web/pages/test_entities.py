import re
from datetime import UTC, datetime
from urllib.parse import quote

from flask.testing import FlaskClient

from graph.judging.making import make_judgement
from graph.records import JudgementKind
from graph.stores.sqlite import SqliteStore
from tests.web.story import DEEPSEEK, INVISIBLE_NAME, NOW, SACKS, STATUS, STORY, V3
from web.app import create_app


def test_names_ties_counts_and_articles(client: FlaskClient) -> None:
    page = client.get(f"/entities/{DEEPSEEK.id}").text
    assert all(f"<bdi>{name}</bdi>" in page for name in ("ディープシーク", "深度求索", "Deep Seek"))
    assert re.search(r"makes <a [^>]*><bdi>DeepSeek-R1</bdi></a>, <a [^>]*><bdi>DeepSeek-V3</bdi>", page)
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


def test_a_merged_entity_s_page_says_what_was_merged_by_whom_and_why(empty_store: SqliteStore) -> None:
    empty_store.add(STORY)
    when = datetime(2025, 2, 1, tzinfo=UTC)
    ids = (DEEPSEEK.id, SACKS.id)
    empty_store.judge(make_judgement(JudgementKind.MERGE, ids, "<b>ann</b>", when, "a <i>test</i>"))
    client = create_app(empty_store, lambda: STATUS, lambda: NOW).test_client()
    page = client.get(f"/entities/{SACKS.id}").text
    assert f"<h1><bdi>{DEEPSEEK.name}</bdi></h1>" in page
    told = page[page.index("Who is who") :]
    assert f"{SACKS.name} is {DEEPSEEK.name}" in told
    assert "&lt;b&gt;ann&lt;/b&gt;" in told
    assert "a &lt;i&gt;test&lt;/i&gt;" in told
    assert client.get(f"/api/v1/entities/{SACKS.id}").json["judgements"][0]["kind"] == "merge"  # type: ignore[index]


def test_bad_cursor_is_refused_for_people(client: FlaskClient) -> None:
    answer = client.get(f"/entities/{DEEPSEEK.id}?about_after=rubbish!")
    assert answer.status_code == 400
    assert answer.mimetype == "text/html"


def test_unknown_entity(client: FlaskClient) -> None:
    assert client.get("/entities/nobody").status_code == 404
