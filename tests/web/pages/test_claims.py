import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.deriving import derive
from graph.judging.making import make_judgement
from graph.records import ArticleId, ClaimType, CueKind, Extraction, JudgementKind, Predicate
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import NOON, Said, make_extraction
from tests.web.story import CHAINED, COST_JA, CURATED, DENIAL, ENGLISH, HEARSAY_JA, NOW, SPENDING, STATUS, UNNAMED
from web.app import create_app
from web.pages.claims import group_cues


def test_sentence_stands_in_its_paragraph_with_cues_lit(client: FlaskClient) -> None:
    page = client.get(f"/claims/{CHAINED.id}").text
    assert '<mark class="cue cue-modality">allegedly</mark>' in page
    assert '<mark class="cue cue-attribution">told</mark>' in page
    assert '<span class="around"> The group had used many accounts.</span>' in page


def test_ladder_goes_from_source_to_origin(client: FlaskClient) -> None:
    page = client.get(f"/claims/{CHAINED.id}").text
    ladder = page[page.index('<ol class="ladder">') :].split("</ol>")[0]
    names = re.findall(r"<bdi[^>]*>([^<]+)</bdi>", ladder)
    assert names == ["The Quay Gazette", "Bloomberg", "Microsoft security researchers", "told"]
    assert "not named" in ladder


def test_own_voice_is_said(client: FlaskClient) -> None:
    assert "prints it, in its own voice" in client.get(f"/claims/{HEARSAY_JA.id}").text


def test_unnamed_speaker_is_no_link(client: FlaskClient) -> None:
    assert (
        '<bdi class="unnamed" lang="en">people familiar with the matter</bdi>'
        in client.get(f"/claims/{UNNAMED.id}").text
    )


def test_denial_is_opposed_to_the_accusation(client: FlaskClient) -> None:
    page = client.get(f"/claims/{DENIAL.id}").text
    assert "Who says that it is so" in page
    accusation = client.get(f"/claims/{CHAINED.id}").text
    assert accusation.index("Who says that it is not so") < accusation.index(DENIAL.id)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_denial_has_one_mark_wherever_it_is_shown(client: FlaskClient, lang: str) -> None:
    """It says that its speaker denies, never beside how firmly or that it is an allegation put as a fact."""
    denies, fact = {"en": ("denies", "said as fact"), "ja": ("否定", "断定")}[lang]
    shown = {
        "claim": client.get(f"/claims/{DENIAL.id}", headers={"Accept-Language": lang}).text,
        "list": client.get("/search?q=polarity:denied", headers={"Accept-Language": lang}).text,
    }
    for place, page in shown.items():
        page = page[page.find('id="found"') :] if place == "list" else page
        marks = page[page.index('class="claim-marks"') :].split("</p>")[0]
        assert re.findall(r'class="act[^"]*"[^>]*>(?:<svg.*?</svg>)?([^<]*)', marks) == [denies], place
        assert "#denied" in marks, place
        assert fact not in marks, place
    heading = re.sub(r"<[^>]+>", "", shown["claim"][shown["claim"].index("<h1") :].split("</h1>")[0])
    assert (
        heading
        == {
            "en": "DeepSeek denies: DeepSeek took data out of OpenAI",
            "ja": "DeepSeekが否定：DeepSeekがOpenAIからデータを持ち出した",
        }[lang]
    )
    article = client.get(f"/articles/{DENIAL.article_id}", headers={"Accept-Language": lang}).text
    note = article[article.index(f'href="/claims/{DENIAL.id}"') :].split("</li>")[0]
    assert heading in note
    assert fact not in note


def test_number_is_shown_as_read_and_as_written(client: FlaskClient) -> None:
    page = client.get(f"/claims/{COST_JA.id}").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "US$5.6 million" in page
    assert "560万ドル" in page
    assert "= 5600000 USD" in page
    assert "US$1 billion to US$10 billion" in client.get(f"/claims/{SPENDING.id}").text.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_claim_leads_to_its_place_in_the_article(client: FlaskClient) -> None:
    link = f"/articles/{ENGLISH.id}#c-{CHAINED.id}"
    assert f'href="{link}"' in client.get(f"/claims/{CHAINED.id}").text
    assert f'id="c-{CHAINED.id}"' in client.get(link).text


def test_unknown_claim_is_a_page_for_people(client: FlaskClient) -> None:
    answer = client.get("/claims/nope")
    assert answer.status_code == 404
    assert "no claim nope" in answer.text


def test_a_claim_can_be_judged_misread_with_the_command_that_its_page_gives(empty_store: SqliteStore) -> None:
    found = make_extraction(Said("DeepSeek distilled OpenAI.", object="OpenAI"))
    [claim] = found.claims
    empty_store.add([found])
    client = create_app(empty_store, lambda: STATUS, lambda: NOW).test_client()
    assert f"claimgraph judge misread {claim.id} --why" in client.get(f"/claims/{claim.id}").text
    empty_store.judge(make_judgement(JudgementKind.MISREAD, (), "ann", NOW, "it asks <whether>", claims=[claim.id]))
    page = client.get(f"/claims/{claim.id}").text
    assert "judge misread" not in page
    assert f"claimgraph judge right {claim.id} --why" in page
    assert "it asks &lt;whether&gt;" in page


def test_an_old_address_leads_to_the_claim_that_took_its_place(empty_store: SqliteStore) -> None:
    before = make_extraction(Said("DeepSeek distilled OpenAI.", object="OpenAI"))
    said = Said("DeepSeek distilled OpenAI.", object="OpenAI", predicate=Predicate.TOOK_TECHNOLOGY_FROM)
    after = make_extraction(said)
    empty_store.add([before])
    empty_store.replace(after)
    client = create_app(empty_store, lambda: STATUS, lambda: NOW).test_client()
    old, new = before.claims[0].id, after.claims[0].id
    for path, query in (("/claims/{}", "?lang=ja"), ("/api/v1/claims/{}", "")):
        answer = client.get(path.format(old) + query)
        assert (answer.status_code, answer.headers["Location"]) == (308, path.format(new) + query)
        assert client.get(path.format(new)).status_code == 200


def test_cues_are_grouped_in_the_order_of_the_text() -> None:
    assert list(group_cues(CHAINED.cues)) == [CueKind.MODALITY, CueKind.ATTRIBUTION, CueKind.TRIGGER]
    assert group_cues(()) == {}


def test_endless_sentence_keeps_its_pages_small(tmp_path: Path) -> None:
    text = "あ" * 1_000_000
    article = replace(ENGLISH, id=ArticleId("a-long"), text=text)
    claim = replace(CHAINED, article_id=article.id, span=(0, len(text)), text=text, cues=())
    with SqliteStore(tmp_path / "long.db") as store:
        store.add([Extraction(article, CURATED, (), (claim,))])
        client = create_app(store, lambda: STATUS, lambda: NOW).test_client()
        assert all(len(client.get(path).data) < 100_000 for path in ("/", "/search", f"/claims/{claim.id}"))


def test_what_its_sentence_can_be_computed_with_stands_beside_the_claim(tmp_path: Path) -> None:
    extraction = make_extraction(Said("Acme cut 340 of its 2,000 jobs, or 27 percent."))
    with SqliteStore(tmp_path / "graph.db") as store:
        store.add([extraction])
        client = create_app(store, lambda: STATUS, lambda: NOW).test_client()
        page = client.get(f"/claims/{extraction.claims[0].id}").text
    computed = re.sub(r"<[^>]+>", "", page.split('id="computed"')[1].split("</section>")[0])
    assert "340 / 2,000 * 100 = 17% not what the claim says; from part 340, whole 2,000" in computed


def test_a_sentence_that_a_later_version_has_no_more_is_shown_as_such(tmp_path: Path) -> None:
    sued = Said("Microsoft sued OpenAI.", "Microsoft", "OpenAI", predicate=Predicate.SUED, type=ClaimType.LEGAL)
    stays = Said("OpenAI released R1.", "OpenAI", "R1", predicate=Predicate.RELEASED, type=ClaimType.RELEASE)
    first, second = make_extraction(sued, stays), make_extraction(stays, version=2, at=NOON + timedelta(days=1))
    with SqliteStore(tmp_path / "graph.db") as store:
        store.add([first, second])
        derive(store)
        client = create_app(store, lambda: STATUS, lambda: NOW).test_client()
        pages = [client.get(f"/claims/{claim.id}").text for claim in first.claims]
        assert f'href="/articles/{second.article.id}">version 2</a> this sentence stands there no more' in pages[0]
        assert "stands there no more" not in pages[1]
        told = client.get(f"/api/v1/claims/{first.claims[0].id}").json
        assert told
        assert told["gone_since"]["version"] == 2
