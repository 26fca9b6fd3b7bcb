import re
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from graph.answers.queries import get_article, get_claim
from graph.records import ArticleId, Barrier, Modality, Predicate, Rereading
from graph.stores.sqlite import SqliteStore
from graph.views import StatusView
from tests.contract.builders import NOON, Said, make_extraction
from tests.web.matters import read_tables
from tests.web.story import BETTER, CHEAPER, CHIPS, COST, ENGLISH, ENGLISH_CLAIMS, HOSTILE_ARTICLE, JAPANESE
from web.app import create_app
from web.text.terminal import format_record


def visible(html: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r"<sup>.*?</sup>", "", html))


def test_text_is_whole_with_its_claims_marked(client: FlaskClient) -> None:
    page = client.get(f"/articles/{ENGLISH.id}").text
    paragraphs = re.findall(r'<p class="paragraph"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert [visible(paragraph).strip() for paragraph in paragraphs] == ENGLISH.text.split("\n")
    assert all(page.count(f'id="c-{claim.id}"') == 1 for claim in ENGLISH_CLAIMS)


def test_each_claim_has_a_note_that_leads_to_its_page(client: FlaskClient) -> None:
    page = client.get(f"/articles/{ENGLISH.id}").text
    assert all(f'id="n-{claim.id}"' in page and f'href="/claims/{claim.id}"' in page for claim in ENGLISH_CLAIMS)


def test_each_note_begins_with_a_speaker_and_there_is_one_for_a_sentence(client: FlaskClient) -> None:
    page = client.get(f"/articles/{ENGLISH.id}").text
    notes = re.findall(r'<li class="note claim".*?</li>', page, re.DOTALL)
    assert len(notes) == len({claim.span for claim in ENGLISH_CLAIMS}) < len(ENGLISH_CLAIMS)
    speakers = tuple(
        claim.claimants[-1].party.name if claim.claimants else ENGLISH.source.name for claim in ENGLISH_CLAIMS
    )
    for note in notes:
        lines = re.findall(r'class="claim-link"[^>]*><bdi>(.*?)</bdi>', note)
        assert lines
        for line in lines:
            assert line.startswith(speakers), line
            assert re.search(r" (?:says?|accuses?|thinks? possible|expects?|passe?s? on|denies|deny|asks?): ", line), (
                line
            )
    [shared] = [note for note in notes if COST.id in note]
    assert CHIPS.id in shared


def test_nested_claims_are_cut_where_they_begin_and_end(client: FlaskClient) -> None:
    page = client.get(f"/articles/{ENGLISH.id}").text
    both = f'data-claims="{CHEAPER.id} {BETTER.id}">beats it on AIME 2024</mark>'
    assert both in page


def test_claims_on_one_sentence_share_one_mark(client: FlaskClient) -> None:
    page = client.get(f"/articles/{ENGLISH.id}").text
    marks = re.findall(r'data-claims="([^"]+)">([^<]+)</mark>', page)
    shared = [text for ids, text in marks if COST.id in ids and CHIPS.id in ids]
    assert shared == [COST.text]


def test_japanese_text_carries_its_language(client: FlaskClient) -> None:
    assert '<p class="paragraph" lang="ja"' in client.get(f"/articles/{JAPANESE.id}").text


def test_original_is_linked_only_when_it_is_a_web_page(client: FlaskClient) -> None:
    link = f'href="{ENGLISH.url}" rel="noopener noreferrer nofollow"'
    assert link in client.get(f"/articles/{ENGLISH.id}").text
    hostile = client.get(f"/articles/{HOSTILE_ARTICLE.id}").text
    assert not re.search(r'href="\s*javascript:', hostile)
    assert ">original</a>" not in hostile


def make_client(store: SqliteStore) -> FlaskClient:
    return create_app(store, lambda: StatusView(store.count()), lambda: NOON).test_client()


def test_stories_of_a_newsletter_are_listed_and_lead_to_their_place(tmp_path: Path) -> None:
    long = "The lab said on Monday that its model costs less than the others, and two analysts who saw it doubt that."
    extraction = make_extraction(
        *(Said(text) for text in ("The week", "## Chips", long, "## <b>Money</b>", long + long))
    )
    with SqliteStore(tmp_path / "store.db") as store:
        store.add([extraction])
        page = make_client(store).get(f"/articles/{extraction.article.id}").text
    contents = re.findall(r'<a href="#s-(\d)"[^>]*><bdi>(.*?)</bdi>', page)
    assert contents == [("1", "Chips"), ("2", "Money")]
    assert re.search(r'id="s-2"[^>]*>\s*(?:<[^>]*>)*## &lt;b&gt;Money', page)


def test_a_version_shows_what_it_changed_and_leads_to_the_others(tmp_path: Path) -> None:
    was = Said("It may have copied it.", object="OpenAI", modality=Modality.SPECULATED)
    now = replace(was, text="It copied it.", modality=Modality.ASSERTED)
    gone = Said("It cost little.", predicate=Predicate.COSTS)
    first, second = make_extraction(was, gone), make_extraction(now, version=2)
    with SqliteStore(tmp_path / "store.db") as store:
        store.add([first, second])
        client = make_client(store)
        page = client.get(f"/articles/{second.article.id}").text
        twin = client.get(f"/api/v1/articles/{second.article.id}").get_json()
        shown = format_record(get_article(store, second.article.id))
    assert f'href="/articles/{first.article.id}"' in page
    assert "1 dropped, 0 new, 1 put otherwise, 0 as before" in page
    assert "Changed: how firmly" in page
    assert all(said.text in page for said in (was, now, gone))
    assert [one["aspects"] for one in twin["change"]["changed"]] == [["firmness"]]
    assert f"since version 1 ({first.article.id}): 1 dropped, 0 new, 1 put otherwise, 0 as before" in shown
    assert "put otherwise (how firmly):" in shown


def test_a_version_begins_with_its_title_and_text(tmp_path: Path) -> None:
    was = Said("It may have copied it.", object="OpenAI", modality=Modality.SPECULATED)
    first, second = make_extraction(was), make_extraction(replace(was, text="It copied it."), version=2)
    with SqliteStore(tmp_path / "store.db") as store:
        store.add([first, second])
        page = make_client(store).get(f"/articles/{second.article.id}").text
    assert re.findall(r"<h(\d)", page[page.index("<main") :])[:2] == ["1", "2"]
    assert page.index("It copied it.") < page.index('<h2 id="versions">')
    assert '<a href="#versions">version 2 of 2</a>' in page


def test_claims_are_counted_as_lists_count_them_and_the_others_beside(tmp_path: Path) -> None:
    told = Said("It copied it.", object="OpenAI", reader="learned 5", score=0.9)
    weak = replace(told, text="It may copy it.", score=0.15)
    wrong = replace(told, text="It copies nothing.", misread="no claim here")
    first = make_extraction(told, weak)
    second = make_extraction(replace(told, text="It copied."), weak, wrong, version=2)
    with SqliteStore(tmp_path / "store.db") as store:
        store.add([first, second])
        client = make_client(store)
        page, listed = client.get(f"/articles/{second.article.id}").text, client.get("/articles").text
    assert "· 1 claim · 1 weak reading · 1 judged misread ·" in " ".join(visible(page).split())
    assert "1 claim" in listed
    changes = page[page.index('<h2 id="versions">') :]
    assert re.search(rf'<span class="grade">Judged misread</span>.*?{wrong.text}', changes, re.S)


def test_what_kept_us_from_the_page_is_said(tmp_path: Path) -> None:
    extraction = make_extraction(Said("It copied it."))
    closed = replace(extraction, article=replace(extraction.article, excerpt=True, barrier=Barrier.PAYWALL))
    with SqliteStore(tmp_path / "store.db") as store:
        store.add([closed])
        client = make_client(store)
        assert "only subscribers may read the page" in client.get(f"/articles/{closed.article.id}").text
        assert client.get(f"/api/v1/articles/{closed.article.id}").get_json()["article"]["barrier"] == "paywalled"


def test_unknown_article(client: FlaskClient) -> None:
    assert client.get("/articles/nope").status_code == 404


def test_a_rereading_shows_which_claims_came_went_and_stayed(tmp_path: Path) -> None:
    stays = Said("DeepSeek released R1.", object="R1", predicate=Predicate.RELEASED, reader="learned 5", score=0.9)
    other = Said("DeepSeek distilled OpenAI.", object="OpenAI", reader="learned 5", score=0.9)
    lost = Said("Microsoft sued <b>Meta</b>.", "Microsoft", "Meta", predicate=Predicate.SUED, reader="learned 5")
    before = make_extraction(stays, other, lost)
    told = [replace(one, reader="llm <x>/1") for one in (stays, other)]
    new = replace(lost, subject="Meta", object="Microsoft", predicate=Predicate.DISPUTES, reader="llm <x>/1")
    after = make_extraction(told[0], replace(told[1], predicate=Predicate.TOOK_TECHNOLOGY_FROM), new)
    came = tuple(claim.id for claim in after.claims[1:])
    kept = Rereading(after.article.id, NOON, ("learned 5",), ("llm <x>/1",), came, before.claims[1:])
    with SqliteStore(tmp_path / "store.db") as store:
        store.add([before])
        address = f"/articles/{after.article.id}"
        assert "Read again" not in make_client(store).get(address).text
        store.replace(after, kept)
        client = make_client(store)
        page = client.get(address).text
        japanese = client.get(address, headers={"Accept-Language": "ja"}).text
        twin = client.get(f"/api/v1{address}").get_json()["rereading"]
        text = format_record(get_article(store, after.article.id))
    said = "read by <code>llm &lt;x&gt;/1</code>, before by <code>learned 5</code>. 1 came, 1 went, 1 read otherwise, "
    assert f"{said}1 stayed." in page
    part = page[page.index('id="rereading"') : page.index("</article>")]
    assert f'href="/claims/{after.claims[2].id}"' in part
    assert f'href="/claims/{after.claims[1].id}"' in part
    assert not any(f'href="/claims/{claim.id}"' in part for claim in before.claims[1:])
    assert "Microsoft sued &lt;b&gt;Meta&lt;/b&gt;." in part
    assert f'<a href="#n-{after.claims[0].id}" aria-label="Claim 1">1</a>' in part
    assert "増えた主張 1、なくなった主張 1、読み方が変わった主張 1、そのままの主張 1。" in japanese
    assert [one["id"] for one in twin["went"]] == [before.claims[2].id]
    assert twin["stayed"] == [after.claims[0].id]
    assert "by llm <x>/1, before by learned 5: 1 came, 1 went, 1 read otherwise, 1 stayed" in text


def _tell_of_layoffs(store: SqliteStore) -> str:
    """An article whose first line makes a claim and whose second, a sum, makes none."""
    said = Said("Acme cut 340 of its 2,000 jobs, or 17 percent.")
    extraction = make_extraction(said)
    text = f"{extraction.article.text}\nThe bill is $120 million (1.8 billion yen). Nobody commented."
    store.add([replace(extraction, article=replace(extraction.article, text=text))])
    return extraction.article.id


def test_sums_of_sentences_stand_below_the_text_also_where_no_claim_was_read(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "graph.db") as store:
        id = _tell_of_layoffs(store)
        client = create_app(store, lambda: StatusView(store.count()), lambda: NOON, tables=read_tables()).test_client()
        english, japanese = (
            client.get(f"/articles/{id}", headers={"Accept-Language": lang}).text.split('id="computed"')[1]
            for lang in ("en", "ja")
        )
        told = client.get(f"/api/v1/articles/{id}").json
    words = visible(english)
    assert "340 / 2,000 * 100 = 17%" in words
    assert "as the claim says; from part 340, whole 2,000" in words
    assert "not what the sentence says" in words
    assert "average rate of the month, within a tenth" in words
    assert "文の内容と一致しない" in japanese
    assert told is not None
    assert [(one["check"], one["agrees"], one["claim"] is None) for one in told["computations"]] == [
        ("share", True, False),
        ("conversion", False, True),
    ]


def test_sums_are_told_in_a_terminal_too(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "graph.db") as store:
        id = _tell_of_layoffs(store)
        detail = get_article(store, ArticleId(id), read_tables())
        shown = format_record(detail)
        claim = format_record(get_claim(store, detail.claims[0].id, read_tables()))
    assert "what its sentences can be computed with:" in shown
    assert "Converted: 120,000,000 * " in shown
    assert "not what the sentence says; from amount 120,000,000 USD, average rate of the month" in shown
    assert "Computed from part and whole: 340 / 2,000 * 100 = 17 %, as the claim says" in claim
