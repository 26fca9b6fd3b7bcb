"""Judging on the pages: seen before it is made, made by those who may, and taken back without a trace."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.deriving import derive
from graph.records import ClaimId, Field, Fix, JudgementKind, Misreading, Predicate
from graph.store import ClaimQuery
from tests.web.judging import TOKEN, Desk, judge, open_desk, read_form
from tests.web.matters import ACCUSATION, COST, DENIED, FELL, FIRMER, SOFTER
from tests.web.story import DEEPSEEK, R1
from web.judging import follow_later
from web.requests.access import Access

SIGNED = Access(token=TOKEN)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from open_desk(tmp_path / "graph.db")


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return desk.open()


def find_matter(desk: Desk, claim: ClaimId) -> str:
    return desk.store.find_propositions_of([claim])[claim]


def undo(client: FlaskClient, id: str) -> None:
    assert judge(client, f"/judge/undo?undoes={id}").status_code == 303


def list_ids(desk: Desk) -> list[str]:
    return [one.id for one in desk.store.list_judgements()]


@pytest.mark.parametrize(("lang", "label"), [("en", "Mark as misread"), ("ja", "誤読として印を付ける")])
def test_the_link_beside_each_claim_says_what_it_does_and_to_which(client: FlaskClient, lang: str, label: str) -> None:
    page = client.get("/search?q=deepseek", headers={"Accept-Language": lang}).text
    links = re.findall(r'<a [^>]*href="/judge/misread\?[^>]*>(.*?)</a>', page)
    named = [re.sub(r"<[^>]*>", "", link) for link in links]
    assert all(name.startswith(f"{label}: ") for name in named)
    assert f"{label}: OpenAI now says DeepSeek may have distilled its models." in named


def test_a_misread_claim_is_shown_what_changes_asked_why_and_set_aside(desk: Desk, client: FlaskClient) -> None:
    claim = SOFTER.claims[0].id
    matter = f"/matters/{find_matter(desk, ACCUSATION)}"
    page = client.get(f"/claims/{claim}").text
    assert f"/judge/misread?to=/claims/{claim}&amp;claim={claim}" in page
    shown = client.get(f"/judge/misread?claim={claim}&to={matter}").text
    assert "OpenAI now says DeepSeek may have distilled its models." in shown
    now, then = re.findall(r"(\d+) sentences? · (\d+) articles?", shown)
    assert (int(now[0]), int(now[1])) == (int(then[0]) + 1, int(then[1]) + 1)
    assert judge(client, f"/judge/misread?claim={claim}", why=" ").status_code == 400
    answer = judge(client, f"/judge/misread?claim={claim}&to={matter}", reason="too_firm", should_modality="questioned")
    assert answer.status_code == 303
    [made] = desk.store.list_judgements()
    assert answer.headers["Location"] == f"{matter}?judged={made.id}"
    assert (made.kind, made.who, made.claims) == (JudgementKind.MISREAD, "ann", (claim,))
    assert (made.reason, made.should) == (Misreading.TOO_FIRM, (Fix(Field.MODALITY, "questioned"),))
    back = client.get(answer.headers["Location"]).text
    assert "Take back" in back
    assert "Sentences in the matter" not in back
    [hand] = [one for one in desk.store.find_claims(ClaimQuery()).claims if one.reader == "hand 1"]
    for path in (matter, "/search"):
        assert f'"/claims/{claim}"' not in client.get(path).text
        assert "read by hand" in client.get(path).text
    put = client.get(f"/claims/{hand.id}").text
    assert re.search(rf'Read by hand, by <bdi>ann</bdi>, in place of <del><a href="/claims/{claim}">', put)
    assert f"undoes={made.id}" in put
    assert "OpenAI now says" in client.get("/search?q=misread:yes").text
    assert client.get("/search.rss").text.count("<item>") + 1 == client.get("/search.rss?q=misread:all").text.count(
        "<item>"
    )
    struck = client.get(f"/claims/{claim}").text
    assert re.search(r"<h1[^>]*><del>", struck)
    assert f'In its place, read by hand: <a href="/claims/{hand.id}">' in struck
    assert "ann" in struck
    assert "a test of judging" in struck
    assert "should be: Firmness" in re.sub(r"\s+", " ", struck)
    assert f'href="/judge/misread?to=/claims/{claim}' not in struck
    assert re.search(r"<del>.*</del>", client.get(f"/articles/{SOFTER.article.id}").text)
    detail = client.get(f"/api/v1/claims/{hand.id}").json
    assert detail
    assert (detail["in_place_of"]["claim"]["id"], detail["in_place_of"]["judgement"]["id"]) == (claim, made.id)
    undo(client, made.id)
    assert client.get(f"/claims/{hand.id}").status_code == 404
    assert "read by hand" not in client.get(matter).text


@pytest.mark.parametrize(
    ("lang", "said", "undone"),
    [
        ("en", "… took technology from …", "“1 claim misread” is taken back"),
        ("ja", "…が…の技術を盗用した", "「主張 1件は誤読」を取り消し"),
    ],
)
def test_what_a_claim_may_say_and_what_is_taken_back_are_told_in_words(
    desk: Desk, client: FlaskClient, lang: str, said: str, undone: str
) -> None:
    read = {"Accept-Language": lang}
    claim = SOFTER.claims[0].id
    shown = client.get(f"/judge/misread?claim={claim}", headers=read).text
    options = re.findall(r'<option value="(\w+)"[^>]*>(.*?)</option>', shown.split('name="should_predicate"')[1])
    assert ("took_technology_from", said) in options
    deeds = [text for value, text in options if value in set(Predicate)]
    assert len(deeds) == len(set(deeds))
    assert judge(client, f"/judge/misread?claim={claim}").status_code == 303
    undo(client, list_ids(desk)[0])
    back = list_ids(desk)[1]
    assert undone in client.get(f"/?judged={back}", headers=read).text
    undo(client, back)
    undo(client, list_ids(desk)[2])
    newest, third, *_ = client.get("/api/v1/judgements").get_json()["judgements"]
    assert newest["undone"]["kind"] == "misread"
    assert (third["undone"]["id"], third["undone"]["undone"]["kind"]) == (back, "misread")
    assert not re.search(r"\bj[0-9a-f]{20}\b", re.sub(r"<[^>]*>", "", client.get("/judgements", headers=read).text))


PAGES = ("/", "/matters", "/search", "/figures", "/ledger", "/contradictions", "/matters.rss", "/api/v1/matters")


def test_whatever_was_judged_taking_it_back_in_any_order_leaves_every_page_as_it_was(
    desk: Desk, client: FlaskClient
) -> None:
    accusation, cost = find_matter(desk, ACCUSATION), find_matter(desk, COST)
    paths = [
        *PAGES,
        f"/matters/{accusation}",
        f"/matters/{cost}",
        *(f"/claims/{id}" for id in (ACCUSATION, FIRMER.claims[0].id, SOFTER.claims[0].id)),
        f"/entities/{DEEPSEEK.id}",
        f"/articles/{FIRMER.article.id}",
    ]
    before = {path: client.get(path).data for path in paths}
    pair = [DENIED.claims[1].id, COST]
    for address in (
        f"/judge/misread?claim={FIRMER.claims[0].id}",
        f"/judge/misread?claim={DENIED.claims[0].id}&should_subject=R1",
        f"/judge/part?matter={accusation}&claim={SOFTER.claims[0].id}",
        f"/judge/dismiss?claim={pair[0]}&claim={pair[1]}",
        f"/judge/merge?entity={DEEPSEEK.id}&name={R1.id}",
        f"/judge/right?claim={ACCUSATION}",
        f"/judge/alias_added?entity={DEEPSEEK.id}&name=Whale",
    ):
        assert judge(client, address).status_code == 303
    assert client.get(f"/matters/{accusation}").data != before[f"/matters/{accusation}"]
    made = list_ids(desk)
    random.Random(5).shuffle(made)
    for id in made:
        undo(client, id)
    assert {path: client.get(path).data for path in paths if client.get(path).data != before[path]} == {}


def test_claims_are_parted_pinned_and_matters_joined(desk: Desk, client: FlaskClient) -> None:
    accusation = find_matter(desk, ACCUSATION)
    chooser = client.get(f"/judge/part?matter={accusation}").text
    assert chooser.count('type="checkbox"') == len(desk.store.get_propositions([accusation])[0].links)  # type: ignore[list-item]
    late = SOFTER.claims[0].id
    assert judge(client, f"/judge/part?matter={accusation}&claim={late}").status_code == 303
    assert find_matter(desk, late) != find_matter(desk, ACCUSATION)
    refused = client.get(f"/judge/join?matter={accusation}&other={late}")
    assert refused.status_code == 409
    assert "parted them" in refused.text
    assert 'action="/judgements"' not in refused.text
    undo(client, list_ids(desk)[0])
    assert find_matter(desk, late) == find_matter(desk, ACCUSATION)
    fell = FELL.claims[0].id
    assert "type=" in client.get(f"/judge/join?matter={accusation}").text
    assert judge(client, f"/judge/join?matter={accusation}&other={fell}").status_code == 303
    assert find_matter(desk, fell) == find_matter(desk, ACCUSATION)


def test_two_names_are_one_and_the_number_is_that_of_the_preview(desk: Desk, client: FlaskClient) -> None:
    address = f"/judge/merge?entity={DEEPSEEK.id}&name={R1.id}&to=/entities/{DEEPSEEK.id}"
    counts = [int(n) for n in re.findall(r"(\d+) claims? about it", client.get(address).text)]
    assert len(counts) == 3
    assert judge(client, address).status_code == 303
    assert desk.store.list_entities(limit=1)[0].claims == counts[2]
    assert client.get(f"/judge/merge?entity={DEEPSEEK.id}&name={R1.id}").status_code == 409


def test_a_pair_that_can_both_hold_is_dismissed_and_can_be_opened_again(desk: Desk, client: FlaskClient) -> None:
    pair = client.get("/contradictions").text
    address = re.search(r'href="(/judge/dismiss[^"]+)"', pair)
    assert address
    assert judge(client, address[1].replace("&amp;", "&")).status_code == 303
    assert "Mark as no contradiction" not in client.get("/contradictions").text.split("</h1>")[1].split("1 waits")[0]
    undo(client, list_ids(desk)[0])
    assert client.get("/contradictions").text == pair


def test_where_the_judgement_takes_the_matter_away_the_claim_is_shown(desk: Desk, client: FlaskClient) -> None:
    claim = FELL.claims[0].id
    answer = judge(client, f"/judge/misread?claim={claim}&to=/matters/{find_matter(desk, claim)}")
    [made] = desk.store.list_judgements()
    assert answer.headers["Location"] == f"/claims/{claim}?judged={made.id}"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_without_rights_no_way_to_judge_is_shown_and_none_is_taken(desk: Desk) -> None:
    client = desk.open(Access())
    for path in (f"/claims/{ACCUSATION}", "/search", f"/matters/{find_matter(desk, ACCUSATION)}", "/contradictions"):
        page = client.get(path).text
        assert 'href="/judge/' not in page
        assert "/sign-in" not in page
    assert client.get(f"/judge/misread?claim={ACCUSATION}").status_code == 403
    assert client.post("/judgements", data={"kind": "misread", "claim": ACCUSATION, "why": "x"}).status_code == 403
    assert client.get("/sign-in").status_code == 403
    assert desk.store.list_judgements() == ()


@pytest.mark.parametrize(
    ("headers", "address"),
    [({"Host": "evil.example"}, "127.0.0.1"), ({}, "192.0.2.7"), ({"Host": "localhost.evil.example"}, "127.0.0.1")],
)
def test_only_this_machine_judges_at_once(desk: Desk, headers: dict[str, str], address: str) -> None:
    client = desk.open(Access(local="ann", secret=b"x"))
    answer = client.get(
        f"/judge/misread?claim={ACCUSATION}", headers=headers, environ_overrides={"REMOTE_ADDR": address}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "http://["}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_forms_of_other_sites_are_refused(desk: Desk, client: FlaskClient, headers: dict[str, str]) -> None:
    sent = {**read_form(client.get(f"/judge/misread?claim={ACCUSATION}").text), "why": ["x"]}
    assert client.post("/judgements", data=sent, headers=headers).status_code == 403
    assert client.post("/sign-in", data={"token": TOKEN, "who": "x"}, headers=headers).status_code == 403
    assert desk.store.list_judgements() == ()


def test_a_stale_form_is_refused_and_keeps_what_was_typed(desk: Desk, client: FlaskClient) -> None:
    answer = judge(client, f"/judge/misread?claim={ACCUSATION}", why="typed at length", form="old")
    assert answer.status_code == 403
    assert 'value="typed at length"' in answer.text
    again = {**read_form(answer.text)}
    assert client.post("/judgements", data=again).status_code == 303
    assert len(desk.store.list_judgements()) == 1


def sign_in(client: FlaskClient, token: str = TOKEN, to: str = "/") -> tuple[int, str]:
    answer = client.post("/sign-in", data={"token": token, "who": "Ann Clerk", "to": to})
    return answer.status_code, answer.headers.get("Set-Cookie", "")


def test_the_token_lets_somebody_judge_for_a_while(desk: Desk) -> None:
    client = desk.open(SIGNED)
    address = f"/judge/misread?claim={ACCUSATION}"
    asked = client.get(address)
    assert asked.status_code == 303
    assert asked.headers["Location"].startswith("/sign-in?to=/judge/misread")
    assert sign_in(client, "wrong-token-of-16") == (401, "")
    status, cookie = sign_in(client)
    assert status == 303
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in cookie
    assert judge(client, address).status_code == 303
    assert [one.who for one in desk.store.list_judgements()] == ["Ann Clerk"]
    client.post("/sign-out", data={"to": "/"})
    assert client.get(address).status_code == 303


def test_a_session_of_another_token_or_that_ran_out_judges_nothing(desk: Desk) -> None:
    client, other = desk.open(SIGNED), desk.open(Access(token=TOKEN + "2"))
    sign_in(client)
    cookie = client.get_cookie("judge")
    assert cookie
    sent = {**read_form(client.get(f"/judge/misread?claim={ACCUSATION}").text), "why": ["typed at length"]}
    other.set_cookie("judge", cookie.value)
    for asked in (other, desk.open(SIGNED)):
        answer = asked.post("/judgements", data=sent)
        assert answer.status_code == 403
        assert "typed at length" in answer.text
        assert "why%3Dtyped" in answer.text
    assert desk.store.list_judgements() == ()


def test_a_form_fits_the_session_it_was_shown_to(desk: Desk) -> None:
    one, other = desk.open(SIGNED), desk.open(SIGNED)
    sign_in(one)
    sign_in(other)
    sent = {**read_form(one.get(f"/judge/misread?claim={ACCUSATION}").text), "why": ["x"]}
    assert other.post("/judgements", data=sent).status_code == 403
    assert one.post("/judgements", data=sent).status_code == 303


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/judge/split?claim=x", 404),
        ("/judge/nonsense", 404),
        ("/judge/misread?claim=cnone", 404),
        ("/judge/misread", 200),
        ("/judge/part?matter=pnone", 404),
        (f"/judge/merge?entity={DEEPSEEK.id}&name=nobody", 404),
        ("/judge/undo?undoes=jnone", 404),
    ],
)
def test_what_is_not_there_is_said(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert 'action="/judgements"' not in answer.text


def test_a_dry_run_of_the_api_keeps_nothing(desk: Desk) -> None:
    client, headers = desk.open(SIGNED), {"Authorization": f"Bearer {TOKEN}"}
    body = {"kind": "misread", "claims": [SOFTER.claims[0].id], "who": "Ann", "why": "x", "reason": "too_firm"}
    answer = client.post("/api/v1/judgements?dry_run=1", json=body, headers=headers)
    assert answer.status_code == 200
    before, after = answer.json["before"], answer.json["after"]  # type: ignore[index]
    assert before[0]["claims"] == after[0]["claims"] + 1
    assert desk.store.list_judgements() == ()
    made = client.post("/api/v1/judgements", json={**body, "should": {"modality": "speculated"}}, headers=headers)
    assert made.status_code == 201
    assert (made.json or {})["should"] == [{"field": "modality", "value": "speculated"}]
    assert client.post("/api/v1/judgements?dry_run=1", json=body).status_code == 401
    wrong = {**body, "should": {"modality": "sure"}}
    assert client.post("/api/v1/judgements", json=wrong, headers=headers).status_code == 409


def test_the_pages_are_in_japanese_too(client: FlaskClient) -> None:
    page = client.get(f"/judge/misread?claim={ACCUSATION}", headers={"Accept-Language": "ja"}).text
    assert "<h1>誤読として印を付ける</h1>" in page
    assert "どこが違うか" in page


def test_a_judgement_that_waits_is_kept_at_once_and_shown_when_it_has_been_worked_out(desk: Desk) -> None:
    client, claim = desk.open(follow=follow_later), SOFTER.claims[0].id
    matter = f"/matters/{find_matter(desk, ACCUSATION)}"
    answer = judge(client, f"/judge/misread?claim={claim}&to={matter}", reason="too_firm", should_modality="questioned")
    assert answer.status_code == 303
    assert len(list_ids(desk)) == 1
    assert desk.store.count_queued() > 0
    for lang, words in (("en", "after the next run"), ("ja", "次の実行のあと")):
        assert words in client.get(answer.headers["Location"], headers={"Accept-Language": lang}).text
    assert "read by hand" not in client.get(matter).text

    derive(desk.store)
    assert "read by hand" in client.get(matter).text
    assert "after the next run" not in client.get(answer.headers["Location"]).text


def test_a_judgement_that_does_not_wait_says_nothing_of_a_run(desk: Desk, client: FlaskClient) -> None:
    claim = SOFTER.claims[0].id
    answer = judge(client, f"/judge/misread?claim={claim}&to=/claims/{claim}", reason="too_firm")
    assert desk.store.count_queued() == 0
    assert "after the next run" not in client.get(answer.headers["Location"]).text
