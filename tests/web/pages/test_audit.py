"""What was judged as a list with its twins, one judgement with what it changed, and the queue of readings to review."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from graph.judging.review import list_due
from tests.web.judging import Desk, judge, open_desk, read_form
from tests.web.matters import ACCUSATION, COPIED, SOFTER
from tests.web.story import DEEPSEEK
from web.requests.access import Access

LATE = SOFTER.claims[0].id


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from open_desk(tmp_path / "graph.db")


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    client = desk.open()
    judge(client, f"/judge/misread?claim={LATE}", why="only thought possible", reason="too_firm")
    judge(client, f"/judge/alias_added?entity={DEEPSEEK.id}&name=Whale", why="its logo")
    return client


def test_every_judgement_stands_in_the_list_with_who_when_and_why(desk: Desk, client: FlaskClient) -> None:
    page = client.get("/judgements").text
    assert "1 claim misread" in page
    assert "DeepSeek is also called “Whale”" in page
    assert "OpenAI now says DeepSeek may have distilled its models." in page
    assert "too firm: <bdi>only thought possible" in page
    assert page.index("Whale") < page.index("1 claim misread")
    first = desk.store.list_judgements()[0]
    judge(client, f"/judge/undo?undoes={first.id}")
    assert re.search(r"<del><a [^>]*>1 claim misread</a></del>", client.get("/judgements").text)


@pytest.mark.parametrize(
    ("conditions", "kinds"),
    [
        ("kind=misread", ["misread"]),
        ("who=ann", ["alias_added", "misread"]),
        ("who=bob", []),
        (f"claim={LATE}", ["misread"]),
        (f"entity={DEEPSEEK.id}", ["alias_added"]),
        ("since=2025-02-03&until=2025-02-03", ["alias_added", "misread"]),
        ("since=2025-02-04", []),
        ("until=2025-02-02", []),
    ],
)
def test_the_list_is_narrowed_alike_in_every_form(client: FlaskClient, conditions: str, kinds: list[str]) -> None:
    found = client.get(f"/api/v1/judgements?{conditions}").json
    assert found
    assert [one["kind"] for one in found["judgements"]] == kinds
    rows = list(csv.DictReader(io.StringIO(client.get(f"/judgements.csv?{conditions}").text.removeprefix("\ufeff"))))
    assert [row["kind"] for row in rows] == kinds
    assert len(ET.fromstring(client.get(f"/judgements.rss?{conditions}").text).findall(".//item")) == len(kinds)
    assert client.get(f"/judgements?{conditions}").text.count('class="quotes-line') == len(kinds)


@pytest.mark.parametrize("conditions", ["kind=nonsense", "since=yesterday", "after=jnone"])
def test_a_condition_that_cannot_be_is_said(client: FlaskClient, conditions: str) -> None:
    assert client.get(f"/judgements?{conditions}").status_code == 400
    assert client.get(f"/api/v1/judgements?{conditions}").status_code == 400


def test_the_list_goes_on_page_by_page(client: FlaskClient) -> None:
    first = client.get("/api/v1/judgements?limit=1").json
    assert first
    rest = client.get(f"/api/v1/judgements?limit=1&after={first['next']}").json
    assert rest
    assert [one["kind"] for one in (*first["judgements"], *rest["judgements"])] == ["alias_added", "misread"]
    assert rest["next"] is None


def test_one_judgement_says_what_it_changed(desk: Desk, client: FlaskClient) -> None:
    made = desk.store.list_judgements()[0]
    page = client.get(f"/judgements/{made.id}").text
    without, with_it = re.findall(r"(\d+) sentences? · (\d+) articles?", page)
    assert int(without[0]) == int(with_it[0]) + 1
    assert f"/judge/undo?to=/judgements/{made.id}" in page
    assert "/judge/undo" not in desk.open(Access()).get(f"/judgements/{made.id}").text
    assert client.get("/judgements/jnone").status_code == 404


def test_what_is_so_on_one_side_only_has_no_page_and_no_link(desk: Desk, client: FlaskClient) -> None:
    matter = next(one for one in client.get("/api/v1/matters").get_json()["matters"] if len(one["claims"]) > 2)
    # The earliest gives the matter its name: without the judgement the parted one is of it, with it of another.
    judge(client, f"/judge/part?claim={matter['claims'][-1]}&claim={matter['claims'][0]}", why="two affairs")
    made = desk.store.list_judgements()[-1]
    _check_links(client, f"/judgements/{made.id}")
    judge(client, f"/judge/undo?undoes={made.id}")
    address = f"/judge/part?claim={matter['claims'][-1]}&claim={matter['claims'][0]}"
    assert _check_links(client, address) == 1


def _check_links(client: FlaskClient, address: str) -> int:
    """How many matters of the two sides have no page; all that are linked have one."""
    page = client.get(address).text
    shown = page[page.index('id="effect"') :].partition("</section>")[0]
    linked = re.findall(r'href="(/matters/[^"]+)"', shown)
    assert [client.get(one).status_code for one in linked] == [200] * len(linked)
    assert linked
    return shown.count("<li>") - len(linked)


def test_readings_unsure_and_often_repeated_are_reviewed_first_and_leave_when_judged(
    desk: Desk, client: FlaskClient
) -> None:
    due = list_due(desk.store)
    assert LATE not in {one.claim for one in due}
    assert [one.articles for one in due] == sorted((one.articles for one in due), reverse=True)
    page = client.get("/review").text
    assert due[0].claim in {ACCUSATION, COPIED.claims[0].id}
    assert f'href="/claims/{due[0].claim}"' in page
    sent = {**read_form(page), "why": ["so it says"], "kind": ["right"]}
    answer = client.post("/judgements", data=sent)
    assert answer.headers["Location"].startswith("/review?at=1&judged=")
    assert [one.claim for one in list_due(desk.store)] == [one.claim for one in due[1:]]
    assert f'href="/claims/{due[2].claim}"' in client.get("/review?at=2").text
    shown = desk.open(Access()).get("/review").text
    assert 'action="/judgements"' not in shown


def test_an_empty_store_has_nothing_to_review(empty_client: FlaskClient) -> None:
    assert "Nothing is left to review" in empty_client.get("/review").text
    assert "Nothing was judged" in empty_client.get("/judgements").text
