"""What cannot both hold: both sides with a sentence, what to type, and what was judged already."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.answers.disputes import get_contradictions
from graph.answers.queries import Place
from graph.computed import NO_TABLES
from graph.deriving import derive
from graph.errors import QueryError
from graph.ids import make_article_id
from graph.judging.making import make_judgement
from graph.rates import Rate
from graph.records import (
    ClaimId,
    ClaimType,
    ContradictionKind,
    Extraction,
    JudgementKind,
    Predicate,
    Quantity,
)
from graph.stores.sqlite import SqliteStore
from tests.web.rivals import ANSWER, BEATEN, CHEAP, DEAR, EPOCH, FOUNDER, OTHER_FOUNDER, fill
from tests.web.story import BETTER, NOW, R1, STATUS, make_claim
from web.app import create_app
from web.requests.access import Access


@pytest.fixture
def judged(tmp_path: Path) -> Iterator[SqliteStore]:
    """The same store for one test, to judge in."""
    with SqliteStore(tmp_path / "graph.db") as store:
        fill(store)
        yield store


def dismiss(store: SqliteStore, *claims: ClaimId, why: str = "two <b>markets</b>") -> None:
    at = NOW - timedelta(hours=1)
    store.judge(make_judgement(JudgementKind.DISMISS, (), "Ann", at, why, claims=claims))
    derive(store)


def test_each_pair_has_a_name_of_its_own(rival_client: FlaskClient) -> None:
    page = rival_client.get("/contradictions").text
    words = {id: re.sub(r"<[^>]+>", "", text) for id, text in re.findall(r'<h\d id="([^"]+)">(.*?)</h\d>', page, re.S)}
    labels = re.findall(r'<section aria-labelledby="(pair-[^"]+)">', page)
    names = [" ".join(words[id] for id in label.split()) for label in labels]
    assert len(names) == len(set(names)) == 3


def test_each_kind_is_there_with_a_sentence_of_either_side(rival_client: FlaskClient) -> None:
    page = rival_client.get("/contradictions").text
    for claim in (CHEAP, DEAR, BETTER, BEATEN, FOUNDER, OTHER_FOUNDER):
        assert f'href="/claims/{claim.id}"' in page
        assert claim.text in page
    assert "3 wait for a judgement" in page
    for why in ("two numbers for one measure", "ahead of the other", "only one can have"):
        assert why in page


def test_each_pair_has_the_command_that_dismisses_it(rival_client: FlaskClient, rivals: SqliteStore) -> None:
    commands = re.findall(
        r'<code>claimgraph judge dismiss (\w+) (\w+) --why ""</code>', rival_client.get("/contradictions").text
    )
    assert {frozenset(pair) for pair in commands} == {
        frozenset((CHEAP.id, DEAR.id)),
        frozenset((BETTER.id, BEATEN.id)),
        frozenset((FOUNDER.id, OTHER_FOUNDER.id)),
    }
    places = rivals.find_propositions_of([ClaimId(id) for pair in commands for id in pair])
    known = {frozenset((one.one, one.other)) for one in rivals.list_contradictions()}
    assert {frozenset((places[ClaimId(one)], places[ClaimId(other)])) for one, other in commands} == known


def _change(store: SqliteStore, said: str, day: int, quantity: Quantity | None = None) -> ClaimId:
    """A page of the Post that says it on a day of January in its own voice, and a day later does not."""
    at = datetime(2025, 1, day, 9, tzinfo=UTC)
    url = "https://post.example/changed"
    first = replace(
        ANSWER, id=make_article_id(url, said), url=url, text=said, published_at=at, fetched_at=at, title="Changed"
    )
    text = "This page said something else before."
    later = replace(first, id=make_article_id(url, text), text=text, version=2, fetched_at=at + timedelta(days=1))
    claim = make_claim(first, said, ClaimType.COST, R1, Predicate.COSTS, quantity=quantity)
    store.add([Extraction(first, (R1,), (), (claim,)), Extraction(later, (), (), ())])
    derive(store)
    return claim.id


def test_a_sentence_that_its_page_has_no_more_stands_for_a_side_only_where_no_other_does(judged: SqliteStore) -> None:
    earlier = _change(judged, "R1 cost 5.6 million dollars to train.", 15, DEAR.quantity)
    view = get_contradictions(judged)
    assert earlier in {id for pair in view.contradictions for side in (pair.one, pair.other) for id in side.claims}
    assert earlier not in view.claims
    assert DEAR.id in view.claims
    assert view.gone == ()


@pytest.mark.parametrize(("lang", "words"), [("en", "no longer on its page"), ("ja", "この文はもうページにありません")])
def test_where_no_other_does_it_says_so(judged: SqliteStore, lang: str, words: str) -> None:
    gone = _change(judged, "R1 cost 88 million dollars to train.", 15, Quantity("training_cost", 88e6, "USD"))
    client = create_app(judged, lambda: STATUS, lambda: NOW).test_client()
    page = client.get("/contradictions", headers={"Accept-Language": lang}).text
    assert page.count(words) == page.count(f'<a class="claim-link" href="/claims/{gone}">') >= 1
    assert client.get("/api/v1/contradictions").get_json()["gone"] == [gone]
    rows = list(csv.DictReader(io.StringIO(client.get("/contradictions.csv").get_data().decode("utf-8-sig"))))
    marks = {row[f"{side}_claim"]: row[f"{side}_gone"] for row in rows for side in ("one", "other")}
    assert {id for id, mark in marks.items() if mark == "yes"} == {gone}


def test_what_was_dismissed_comes_last_and_says_who_and_why(judged: SqliteStore) -> None:
    dismiss(judged, FOUNDER.id, OTHER_FOUNDER.id)
    page = create_app(judged, lambda: STATUS, lambda: NOW).test_client().get("/contradictions").text
    assert "2 wait for a judgement" in page
    assert page.count("Judged to be no contradiction:") == 1
    assert page.index("Judged to be no contradiction:") > page.rindex("claimgraph judge dismiss")
    assert "Ann" in page
    assert "two &lt;b&gt;markets&lt;/b&gt;" in page
    assert re.search(r'<code>claimgraph judge undo \w+ --why ""</code>', page)


def test_a_program_dismisses_one_with_the_token(judged: SqliteStore) -> None:
    access = Access(token="a token for this test alone")
    app = create_app(judged, lambda: STATUS, lambda: NOW, access=access, writing=lambda: SqliteStore(judged.path))
    body = {"kind": "dismiss", "claims": [CHEAP.id, DEAR.id], "who": "Ann", "why": "another run"}
    bearer = {"Authorization": f"Bearer {access.token}"}
    assert app.test_client().post("/api/v1/judgements", json=body, headers=bearer).status_code == 201
    derive(judged)
    answer = app.test_client().get("/api/v1/contradictions").get_json()
    assert (answer["open"], answer["dismissed"]) == (2, 1)
    assert [one["why"] for one in answer["judged"].values()] == ["another run"]


def test_sums_in_two_currencies_say_by_which_rate(judged: SqliteStore) -> None:
    said = "R1 cost 90,000 euros to train, Epoch AI found."
    article = replace(ANSWER, id=make_article_id("https://post.example/euros", said), text=said)
    euros = make_claim(
        article,
        said,
        ClaimType.COST,
        R1,
        Predicate.COSTS,
        says=((EPOCH, "found"),),
        quantity=Quantity("training_cost", 90_000, "EUR", text="90,000 euros"),
    )
    judged.add([Extraction(article, (EPOCH, R1), (), (euros,))])
    rates = {("2025-01", "EUR"): Rate("2025-01", "EUR", 0.96, "the bank of a test")}
    derive(judged, rates)
    app = create_app(judged, lambda: STATUS, lambda: NOW, tables=replace(NO_TABLES, rates=rates))
    pages = {
        lang: app.test_client().get("/contradictions", headers={"Accept-Language": lang}).text for lang in ("en", "ja")
    }
    assert "EUR at the rate of 2025-01: 0.96 for one US dollar (the bank of a test)" in pages["en"]
    assert "EURは2025-01の相場で換算：1米ドル＝0.96（the bank of a test）" in pages["ja"]
    assert f'href="/claims/{euros.id}"' in pages["en"]
    api = app.test_client().get("/api/v1/contradictions").get_json()
    assert [rate["currency"] for pair in api["rates"] for rate in pair] == ["EUR", "EUR"]


def test_pages_neither_skip_nor_repeat(rivals: SqliteStore, rival_client: FlaskClient) -> None:
    every = [(one.one.id, one.other.id) for one in get_contradictions(rivals).contradictions]
    found: list[tuple[str, str]] = []
    cursor: str | None = None
    while len(found) < len(every):
        view = get_contradictions(rivals, 2, Place(after=cursor))
        found += [(one.one.id, one.other.id) for one in view.contradictions]
        cursor = view.next
    assert found == every
    assert cursor is None
    back = get_contradictions(rivals, 2, Place(before=view.previous))
    assert [(one.one.id, one.other.id) for one in back.contradictions] == every[:2]
    page = rival_client.get("/contradictions?limit=2").text
    [link] = re.findall(r'rel="next" href="([^"]+)"', page)
    following = rival_client.get(link.replace("&amp;", "&")).text
    assert following.count('class="pair"') == 1
    assert 'rel="prev"' in following


def test_a_place_that_was_judged_since_is_told_and_not_guessed(judged: SqliteStore) -> None:
    place = Place(after=get_contradictions(judged, 1).next)
    dismiss(judged, *next(iter(_sides(judged))))
    with pytest.raises(QueryError, match="start again"):
        get_contradictions(judged, 1, place)


def _sides(store: SqliteStore) -> list[tuple[ClaimId, ClaimId]]:
    view = get_contradictions(store)
    return [(one.one.claims[0], one.other.claims[0]) for one in view.contradictions]


@pytest.mark.parametrize("cursor", ["nonsense", "'; DROP TABLE claim --", "\x00", "%", "p1.p2"])
def test_cursor_that_is_not_ours_is_refused(rival_client: FlaskClient, cursor: str) -> None:
    assert rival_client.get("/contradictions", query_string={"after": cursor}).status_code == 400
    assert rival_client.get("/api/v1/contradictions", query_string={"before": cursor}).status_code == 400


def test_twins_have_the_same(rival_client: FlaskClient) -> None:
    answer = rival_client.get("/api/v1/contradictions").get_json()
    assert (answer["open"], answer["dismissed"], answer["complete"]) == (3, 0, True)
    kinds = [one["kind"] for one in answer["contradictions"]]
    assert set(kinds) == {kind.value for kind in ContradictionKind}
    rows = list(csv.DictReader(io.StringIO(rival_client.get("/contradictions.csv").get_data().decode("utf-8-sig"))))
    assert [row["kind"] for row in rows] == kinds
    assert {row[f"{side}_claim"] for row in rows for side in ("one", "other")} == set(answer["claims"])
    assert {row["state"] for row in rows} == {"open"}


def test_nothing_to_judge_says_so(empty_client: FlaskClient) -> None:
    page = empty_client.get("/contradictions").text
    assert "Nothing that was read contradicts anything else" in page
    assert "claimgraph derive" in page


def test_in_japanese_labels_kinds_and_reasons_are(rival_client: FlaskClient) -> None:
    page = rival_client.get("/contradictions", headers={"Accept-Language": "ja"}).text
    assert "判断待ち 3組" in page
    assert "数値の食い違い" in page
    assert "DeepSeek-R1の" in page
