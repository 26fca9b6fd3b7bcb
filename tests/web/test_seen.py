"""A story that a reader saw before says when people have put it right since."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.deriving import derive
from graph.judging.making import make_judgement
from graph.records import JudgementKind
from tests.web.judging import Desk, judge, open_desk
from tests.web.matters import FIRMER, SOFTER
from web.visits import COOKIE, Visit, write_visit

NOTE = "corrected since you read it"
# The clock of a desk stands a minute later.
LAST = datetime(2025, 2, 3, 8, 59, tzinfo=UTC)
CLAIM = SOFTER.claims[0].id
DAY = f"/days/{FIRMER.article.published_at:%Y-%m-%d}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from open_desk(tmp_path / "graph.db")


def visit(client: FlaskClient, before: datetime | None) -> str:
    client.set_cookie(COOKIE, write_visit(Visit(before, LAST, LAST)))
    return client.get(DAY).text


def test_it_is_said_of_what_was_seen_before_and_of_nothing_else(desk: Desk) -> None:
    client = desk.open()
    before = SOFTER.article.fetched_at + timedelta(hours=1)
    assert NOTE not in visit(client, before)
    assert judge(client, f"/judge/misread?claim={CLAIM}").status_code == 303
    [made] = desk.store.list_judgements()
    assert visit(client, before).count(NOTE) == 1
    assert NOTE not in visit(client, None)
    assert NOTE not in visit(client, SOFTER.article.fetched_at - timedelta(hours=1))
    assert judge(client, f"/judge/undo?undoes={made.id}").status_code == 303
    assert NOTE not in visit(client, before)


def test_a_claim_by_hand_that_changes_no_number_is_a_correction(desk: Desk) -> None:
    client = desk.open()
    address = f"/judge/misread?claim={CLAIM}"
    assert judge(client, address, should_modality="questioned").status_code == 303
    assert NOTE in visit(client, SOFTER.article.fetched_at + timedelta(hours=1))


def test_what_was_only_found_right_is_none(desk: Desk) -> None:
    client = desk.open()
    assert judge(client, f"/judge/right?claim={CLAIM}").status_code == 303
    assert NOTE not in visit(client, SOFTER.article.fetched_at + timedelta(hours=1))


def test_in_japanese_too_and_what_was_taken_back_is_a_correction_as_well(desk: Desk) -> None:
    client, hour = desk.open(), timedelta(hours=1)
    misread = make_judgement(JudgementKind.MISREAD, (), "ann", LAST - 2 * hour, "not said", claims=[CLAIM])
    desk.store.judge(misread)
    derive(desk.store)
    assert NOTE not in visit(client, LAST - hour)
    assert judge(client, f"/judge/undo?undoes={misread.id}").status_code == 303
    assert NOTE in visit(client, LAST - hour)
    client.set_cookie("lang", "ja")
    assert "前回読まれたあとに訂正" in client.get(DAY).text
