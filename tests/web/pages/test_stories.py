"""The story of a matter on a page: the same as `claimgraph story` tells, with links."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from graph.deriving import derive
from graph.records import Polarity
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import NOON, Said, make_extraction
from tests.web.matters import ACCUSATION, COST, DENIED, fill, read_tables
from tests.web.story import IMAGE, NOW, STATUS
from web.app import create_app


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path_factory.mktemp("stories") / "graph.db") as store:
        fill(store)
        yield store


@pytest.fixture
def reader(told: SqliteStore) -> FlaskClient:
    return create_app(told, lambda: STATUS, lambda: NOW, tables=read_tables()).test_client()


def split_chapters(page: str) -> list[str]:
    return page.split('<h2 class="chapter">')[1:]


def test_nothing_asked_gives_a_form_and_examples_that_lead_somewhere(reader: FlaskClient) -> None:
    page = reader.get("/story").text
    examples = re.findall(r'<li><a href="(/story\?q=[^"]+)"', page)
    assert examples[:2] == ["/story?q=DeepSeek+OpenAI", "/story?q=DeepSeek"]
    for address in examples:
        assert split_chapters(reader.get(address).text), address


def test_chapters_come_by_weight_and_lead_to_their_matters(reader: FlaskClient, told: SqliteStore) -> None:
    page = reader.get("/story?q=deepseek").text
    assert "DeepSeek</bdi>: what 5 articles say" in page
    chapters = split_chapters(page)
    ids = told.find_propositions_of([ACCUSATION, COST])
    assert f'href="/matters/{ids[ACCUSATION]}"' in chapters[0]
    assert f'href="/matters/{ids[COST]}"' in page
    assert "5 articles, 1 origin: <bdi>OpenAI</bdi>" in chapters[0]
    for id in (ACCUSATION, DENIED.claims[0].id):
        assert f'href="/claims/{id}"' in chapters[0]


def test_story_has_contradictions_and_figures(reader: FlaskClient) -> None:
    page = reader.get("/story?q=deepseek-r1").text
    assert "different numbers" in page
    assert "DeepSeek-R1: training cost" in page
    assert "US$5.6\N{NO-BREAK SPACE}million" in page


def test_what_is_disputed_twice_is_said_to_be_disputed_once(empty_store: SqliteStore) -> None:
    accused = Said("OpenAI says DeepSeek distilled its models.", object="OpenAI", speakers=("OpenAI",))
    doubts = [
        replace(accused, text=f"{who} denies it.", speakers=(who,), polarity=Polarity.DENIED)
        for who in ("Microsoft", "Mira Kell")
    ]
    days = (NOON, NOON + timedelta(days=1), NOON + timedelta(days=2))
    reports = [
        make_extraction(said, url=f"https://{number}.example/", domain=f"{number}.example", at=day)
        for number, (said, day) in enumerate(zip([accused, *doubts], days, strict=True))
    ]
    empty_store.add(reports)
    derive(empty_store)
    client = create_app(empty_store, lambda: STATUS, lambda: NOW).test_client()
    [id] = set(empty_store.find_propositions_of([one.claims[0].id for one in reports]).values())
    history = client.get(f"/matters/{id}").text.partition('<h2 id="history">')[2]
    assert history.count("</svg>disputed</span>") == 2
    steps = "alleged (29 Jan 2025) → disputed (30 Jan 2025)</p>"
    page = client.get("/story?q=deepseek").text
    assert steps in " ".join(re.sub(r"</?time[^>]*>", "", page).split())
    assert "alleged (29 Jan 2025) → disputed (30 Jan 2025)\n" in client.get("/story.md?q=deepseek").text


def test_story_as_known_on_a_day_keeps_to_it(reader: FlaskClient) -> None:
    page = reader.get("/story?q=deepseek&as_of=2025-01-29").text
    assert "what 3 articles say" in page
    assert "denied" not in page.split("<main")[1]
    assert set(re.findall(r'href="/matters/[^"?]+(\?[^"]*)?"', page)) == {"?as_of=2025-01-29"}
    assert "story.md?q=deepseek&amp;as_of=2025-01-29" in page


def test_story_shows_so_many_and_leads_to_the_others(reader: FlaskClient) -> None:
    page = reader.get("/story?q=deepseek&limit=1").text
    assert len(split_chapters(page)) == 1
    assert 'href="/matters?about=deepseek">3 more, in fewer articles</a>' in page


def test_markdown_is_what_the_command_writes(reader: FlaskClient) -> None:
    answer = reader.get("/story.md?q=deepseek+openai")
    assert answer.mimetype == "text/markdown"
    assert answer.text.startswith("# DeepSeek, OpenAI: what 5 articles say\n")
    assert "DeepSeek denied it 53 h after the first report" in answer.text


@pytest.mark.parametrize(("lang", "title"), [("en", "DeepSeek, OpenAI: what"), ("ja", "DeepSeek、OpenAI：記事")])
def test_names_are_listed_as_the_language_does(reader: FlaskClient, lang: str, title: str) -> None:
    page = reader.get("/story?q=deepseek openai", headers={"Accept-Language": lang}).text
    assert re.sub(r"<[^>]+>", "", page[page.index("<h1>") :]).startswith(title)


def test_one_article_says(reader: FlaskClient) -> None:
    answer = reader.get("/story.md?q=microsoft")
    assert answer.text.startswith("# Microsoft: what 1 article says\n")


def test_program_is_told_the_same(reader: FlaskClient) -> None:
    view = reader.get("/api/v1/story?q=deepseek&limit=2").get_json()
    assert view["chapters"][0]["label_en"] == "DeepSeek distilled OpenAI"
    assert len(view["chapters"]) == 2
    assert view["more"] == 2
    assert reader.get("/api/v1/story").status_code == 400


def test_nothing_known_says_how_to_go_on(reader: FlaskClient) -> None:
    page = reader.get("/story?q=zebra").text
    assert "Nothing is known of it" in page
    assert 'href="/search?q=zebra"' in page


def test_nothing_known_by_a_day_leads_to_the_story_without_it(reader: FlaskClient) -> None:
    page = reader.get("/story?q=deepseek&as_of=1999-01-01").text
    assert "Nothing is known of it on the day asked for" in page
    assert "Fewer words" not in page
    assert '<p class="nothing"><a href="/story?q=deepseek">The story without a day</a>' in page.replace(
        "Nothing is known of it on the day asked for. ", ""
    )


@pytest.mark.parametrize("conditions", ["q=type:nonsense", "q=deepseek&as_of=tomorrow"])
def test_what_cannot_be_asked_is_said_below_the_form(reader: FlaskClient, conditions: str) -> None:
    answer = reader.get(f"/story?{conditions}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert reader.get(f"/api/v1/story?{conditions}").status_code == 400


def test_search_leads_to_its_story(reader: FlaskClient) -> None:
    page = reader.get("/search?q=about:deepseek+type:allegation").text
    assert 'href="/story?q=about:deepseek+type:allegation">The story of this search</a>' in page
    assert split_chapters(reader.get("/story?q=about:deepseek+type:allegation").text)
    assert "/story?" not in reader.get("/search").text


def test_hostile_text_is_text(client: FlaskClient) -> None:
    for query in ("lang:en", IMAGE):
        page = client.get("/story", query_string={"q": query}).text
        assert "<script>window.pwned" not in page
        assert "<img src=x" not in page


def test_an_empty_store_still_has_the_pages(empty_client: FlaskClient) -> None:
    for path in ("/story", "/story?q=deepseek", "/matters"):
        assert empty_client.get(path).status_code == 200
