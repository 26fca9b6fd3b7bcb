"""The first page: the edition of a day, what came since the last visit, days for good, feed and calendar."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from math import log2
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from claimgraph import main
from graph.deriving import derive
from graph.editions.editing import Desk
from graph.records import ClaimType, EntityId, Extraction, Failure, Modality, Polarity, Predicate, RunSummary, Stage
from graph.store import ClaimPage, ClaimQuery
from graph.stores import open_store
from graph.stores.sqlite import SqliteStore
from graph.views import StatusView
from tests.contract.builders import ACCUSED, DEEPSEEK, ENTITIES, NOON, OPENAI, Said
from tests.contract.test_editions import INVESTED, RELEASED, fill, tell
from tests.web.story import NOW, STATUS
from web.app import create_app

DAY = timedelta(days=1)
JANUARY = datetime(2025, 1, 30, 21, tzinfo=UTC)
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WEIGHTS = {"allegation": 1.5, "legal": 1.5, "people": 0.5, "capability": 0.4, "stance": 0.4}
_LASTING = ("works_for", "leads", "founded", "owns", "based_on")
_STEPS = {
    "confirmed": 8,
    "retracted": 8,
    "denied": 6,
    "corroborated": 5,
    "under investigation": 5,
    "alleged": 4,
    "disputed": 3,
    "reported": 0,
}


def make_client(store: SqliteStore, now: datetime = NOW, desk: Desk = Desk(), **kept: object) -> FlaskClient:  # noqa: B008
    app = create_app(store, lambda: StatusView(store.count()), lambda: now, desk=desk, **kept)  # type: ignore[arg-type]
    return app.test_client()


@pytest.fixture
def january(given: Path) -> Iterator[FlaskClient]:
    """The pages of the given claims, on the evening of 30 January."""
    with open_store(str(given), read_only=True) as store:
        assert isinstance(store, SqliteStore)
        yield make_client(store, JANUARY)


def list_headlines(page: str) -> list[str]:
    found = re.findall(r'<h2 class="headline"><a [^>]*><bdi>(.*?)</bdi>', page)
    return [unescape(text) for text in found]


def list_sentences(page: str) -> list[str]:
    """Every headline and quotation."""
    found = re.findall(r'(?:<a [^>]*href="/matters/\w+"[^>]*>|<q>)<bdi>(.*?)</bdi>', page)
    return [unescape(text) for text in found]


def compute_score(ranked: dict[str, Any]) -> float:
    reasons, matter = ranked["reasons"], ranked["matter"]
    weight = _WEIGHTS.get(matter["type"], 1) * (0.5 if matter["predicate"] in _LASTING else 1)
    total = (
        _STEPS[reasons["step"] or "reported"]
        + reasons["first"]
        + 3 * min(reasons["voices"], 3)
        + 4 * reasons["contradiction"]
        + 2 * reasons["stake"]
        + 2 * log2(max(reasons["sources"], 1))
        + (len(reasons["languages"]) == 2)
    )
    return float(round(weight * total * (0.8 if reasons["grade"] == "fair" else 1), 1))


def test_page_feed_and_command_have_one_order_with_its_scores(january: FlaskClient, given: Path) -> None:
    done = CliRunner().invoke(main, ["--store", str(given), "today", "--day", "2025-01-29", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    stories = told["stories"]
    assert [story["lead"]["score"] for story in stories][:4] == [25.8, 12, 8, 7]
    assert [story["lead"]["score"] for story in stories] == [compute_score(story["lead"]) for story in stories]
    answer = january.get("/api/v1/today?day=2025-01-29").get_json()
    assert answer["stories"] == stories
    page = january.get("/days/2025-01-29").text
    ids = re.findall(r'<h2 class="headline"><a class="claim-link" href="/matters/(\w+)', page)
    assert ids == [story["lead"]["matter"]["id"] for story in stories]
    assert page.count("<summary>Why here</summary>") == len(stories)
    assert (
        "2 new voices, a rival speaks, 3 sources, in both languages, allegation counts 1.5 times · score 25.8" in page
    )


def test_a_reload_gives_the_same_bytes(january: FlaskClient, given: Path) -> None:
    first = january.get("/days/2025-01-29")
    again = january.get("/days/2025-01-29")
    assert first.data == again.data
    with open_store(str(given), read_only=True) as store:
        assert isinstance(store, SqliteStore)
        assert make_client(store, JANUARY).get("/days/2025-01-29").data == first.data
    assert january.get("/days/2025-01-29", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/", "/days/2025-01-29", "/days/2025-09-18"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_sentence_stands_twice_and_headlines_keep_to_their_language(
    january: FlaskClient, given: Path, path: str, lang: str
) -> None:
    page = january.get(path, headers={"Accept-Language": lang}).text
    assert [text for text, times in Counter(list_sentences(page)).items() if times > 1] == []
    headlines = list_headlines(page)
    assert headlines
    with open_store(str(given), read_only=True) as store:
        claims = store.find_claims(ClaimQuery(), limit=500).claims
    described = {party.name for claim in claims for party in claim.parties if not party.entity}
    foreign = {name for name in described if bool(_JAPANESE.search(name)) is (lang == "en")}
    for headline in headlines:
        assert lang == "ja" or not _JAPANESE.search(headline)
        assert not any(name in headline for name in foreign)


def test_a_story_whose_sentence_stands_above_leads_to_it(tmp_path: Path) -> None:
    text = "OpenAI, in which Microsoft put money, says that DeepSeek distilled it."
    with SqliteStore(tmp_path / "graph.db") as store:
        fill(store, tell("a", replace(ACCUSED, text=text)), tell("b", replace(INVESTED, text=text)))
        page = make_client(store).get("/days/2025-01-29").text
    assert page.count(f"<bdi>{text}</bdi>") == 1
    [claim] = re.findall(r'<p class="side-of" id="said-(\w+)">', page)
    assert f'<a href="#said-{claim}">The sentence that tells it stands above.</a>' in page


def test_the_first_page_is_the_day_that_runs(january: FlaskClient) -> None:
    page = january.get("/").text
    assert "<h1>Thursday 30 January 2025</h1>" in page
    assert "2 articles of 2 sources, 11 matters" in page
    assert "now, alleged since <time" in page
    assert re.search(r'rel="prev" href="/days/2025-01-29"', page)
    assert 'rel="next"' not in page  # the day has no day after it yet
    assert "That is all of Thursday 30 January 2025." in page
    assert "Nothing has been reported today" not in page
    japanese = january.get("/", headers={"Accept-Language": "ja"}).text
    assert "<h1>2025年1月30日（木）</h1>" in japanese


def test_without_news_today_the_last_day_is_shown_and_said(given: Path) -> None:
    with open_store(str(given), read_only=True) as store:
        assert isinstance(store, SqliteStore)
        page = make_client(store, datetime(2026, 1, 5, tzinfo=UTC)).get("/").text
        assert "<h1>Thursday 18 September 2025</h1>" in page
        assert "this is the last day on which something was" in page
        demo = make_client(store, datetime(2026, 1, 5, tzinfo=UTC), opens_on=date(2025, 1, 29)).get("/").text
    assert "<h1>Wednesday 29 January 2025</h1>" in demo
    assert "this is the day with which the demo opens" in demo


def test_a_denial_or_its_lack_stands_beside_an_accusation(january: FlaskClient) -> None:
    page = january.get("/days/2025-01-29").text
    first, second = page.split('<li class="claim story"')[1:3]
    assert re.search(r"DeepSeek</bdi></a>: did not respond", first)
    assert "accuses" in first
    assert "did not respond" not in second
    thirty = january.get("/days/2025-01-30").text.split('<li class="claim story"')[1]
    assert thirty.count('class="side-of"') == 2
    assert "#denied" in thirty


def test_a_quote_in_the_readers_language_is_preferred(january: FlaskClient) -> None:
    for lang, other in (("en", "ja"), ("ja", "en")):
        story = january.get("/days/2025-01-29", headers={"Accept-Language": lang}).text.split("claim story")[1]
        assert 'class="said-so" href="/claims/' in story
        assert re.search(rf'class="said-so"[^>]*lang="{lang}"', story)
        assert not re.search(rf'class="said-so" href="/claims/[^>]*lang="{other}"', story)


def test_an_empty_store_says_what_to_type(empty_client: FlaskClient) -> None:
    page = empty_client.get("/").text
    assert "Nothing has been read yet" in page
    assert "claimgraph ingest" in page


def test_an_empty_store_says_why_nothing_came(empty_store: SqliteStore) -> None:
    failure = Failure(Stage.FETCH, "https://a.example/1", "no_such_host", "a.example: no such host")
    run = RunSummary(NOW, 1.0, feeds_read=2, failures=(failure,) * 5)
    status = StatusView(empty_store.count(), STATUS.feeds, run)
    page = create_app(empty_store, lambda: status, lambda: NOW).test_client().get("/").text
    assert "In the last run 5 items of 7 could not be read. Most often, 5 times: <code>no_such_host</code>" in page
    assert "feeds add" not in page  # there are some


def test_one_article_is_one_story_with_its_matters_below(empty_store: SqliteStore) -> None:
    fill(empty_store, tell("a", ACCUSED, RELEASED, INVESTED))
    page = make_client(empty_store).get("/").text
    assert len(list_headlines(page)) == 1
    assert "One article, one origin: nobody else has been read on this." in page
    assert "sparkline" not in page
    assert not re.search(r"<summary>\d+ more matters?</summary>", page)
    assert page.count("<li>") >= 2
    assert "Microsoft invested in OpenAI" in page


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Five hundred articles of one day, each about a deal of its own."""
    firms = [
        replace(DEEPSEEK, id=EntityId(f"firm-{n}"), name=f"Firm {n}", name_ja=None, aliases=()) for n in range(500)
    ]
    with pytest.MonkeyPatch.context() as patch:
        for firm in firms:
            patch.setitem(ENTITIES, firm.name, firm)
        told = [make_deal(n) for n in range(500)]
    with SqliteStore(tmp_path_factory.mktemp("full") / "graph.db") as store:
        store.add_entities([*firms, OPENAI])
        store.add(told)
        derive(store)
        yield store


def make_deal(n: int) -> Extraction:
    said = replace(INVESTED, text=f"Firm {n} invested in OpenAI, which it likes for reason {n}.", subject=f"Firm {n}")
    return tell(f"outlet-{n}", said, days=n / 1500)


def test_a_full_day_has_twelve_stories_eighteen_lines_and_a_count(full: SqliteStore) -> None:
    page = make_client(full).get("/").text
    assert len(page.encode()) <= 100_000
    assert len(list_headlines(page)) == 12
    assert page.split('<ol class="lines">')[1].count('<li class="claim"') == 18
    assert "500 articles of 500 sources, 500 matters" in page
    assert re.search(
        r'href="/matters\?since=2025-01-29&amp;as_of=2025-01-29&amp;order=newest">and 470 more matters', page
    )
    client = make_client(full)
    assert client.get("/matters?since=2025-01-29&as_of=2025-01-29&order=newest").status_code == 200


def test_what_came_late_stands_under_since_your_last_visit(empty_store: SqliteStore) -> None:
    fill(empty_store, tell("a", ACCUSED))
    clock = [NOON + timedelta(hours=1)]
    app = create_app(empty_store, lambda: StatusView(empty_store.count()), lambda: clock[0])
    client = app.test_client()
    first = client.get("/")
    assert "since your last visit" not in first.text
    assert "HttpOnly" in first.headers["Set-Cookie"]
    late = tell("late", INVESTED, days=-2, fetched=0.2)
    empty_store.add([late])
    derive(empty_store)
    clock[0] += timedelta(hours=5)
    for _ in range(2):  # a second tab does not reset it
        page = client.get("/").text
        assert '<a href="/?since=visit">1 new article since your last visit, 29 Jan, 13:00</a>' in page
        assert "Microsoft invested in OpenAI" not in page
    news = client.get("/?since=visit").text
    assert "<h1>Since your last visit</h1>" in news
    assert "Microsoft invested in OpenAI" in news
    assert '<a href="/">the whole day</a>' in news
    clock[0] += timedelta(hours=5)
    client.get("/")
    clock[0] += timedelta(hours=5)
    assert "Nothing has come since your last visit" in client.get("/").text
    assert app.test_client().get("/?since=visit").status_code == 200  # whoever was never here sees the day


def test_days_that_are_none_are_not_found(client: FlaskClient) -> None:
    for path in (
        "/days/2025-02-30",
        "/days/yesterday",
        "/days/2025-1-1",
        "/days?until=2025-13",
        "/days/９９９９-01-01",
    ):
        assert client.get(path).status_code == 404, path
    assert client.get("/api/v1/today?day=soon").status_code == 400
    empty = client.get("/days/2024-12-24")
    assert (empty.status_code, "Nothing was reported on this day." in empty.text) == (200, True)
    assert 'rel="next" href="/days/2025-01-28"' in empty.text


def test_a_day_to_come_is_told_as_such(january: FlaskClient) -> None:
    assert "This day is still to come." in january.get("/days/2099-01-01").text
    assert "Nothing was reported on this day." in january.get("/days/2019-01-01").text


def test_the_calendar_leads_to_days(january: FlaskClient) -> None:
    page = january.get("/days").text
    assert re.search(r'class="depth-4"><a href="/days/2025-01-29" title="45 claims">29', page)
    assert page.count('<table class="month">') == 1
    assert 'rel="prev"' not in page
    later = january.get("/days?until=2025-09").text
    assert re.findall(r"<caption>(.*?)</caption>", later) == ["Sep 2025", "Feb 2025", "Jan 2025"]
    assert 'rel="prev" href="/days?until=2025-02"' in january.get("/days?until=2026-02").text


def test_the_calendar_ends_with_the_last_day_of_reports_whatever_day_is_shown_first(given: Path) -> None:
    with open_store(str(given), read_only=True) as store:
        assert isinstance(store, SqliteStore)
        page = make_client(store, datetime(2026, 1, 5, tzinfo=UTC), opens_on=date(2025, 1, 29)).get("/days").text
    assert re.findall(r"<caption>(.*?)</caption>", page) == ["Sep 2025", "Feb 2025", "Jan 2025"]


def test_silence_leads_to_the_sentence_that_tells_of_it(empty_store: SqliteStore) -> None:
    silent = "DeepSeek did not respond to a request for comment."
    accused = tell("a", replace(ACCUSED, text=f"{ACCUSED.text} {silent}"))
    fill(empty_store, accused)
    client = make_client(empty_store, NOON)
    page = client.get("/").text
    [told] = re.findall(r'did not respond <a class="said-so" href="([^"]+)"><q><bdi>(.*?)</bdi>', page)
    assert told == (f"/articles/{accused.article.id}", silent)
    [story] = client.get("/api/v1/today").get_json()["stories"]
    assert (story["answer"], story["reply"]["sentence"]) == ("did not respond", silent)


def test_days_go_by_the_zone_of_the_settings(empty_store: SqliteStore) -> None:
    fill(empty_store, tell("a", ACCUSED, days=0.4))
    desk = Desk(ZoneInfo("Asia/Tokyo"), "Asia/Tokyo")
    page = make_client(empty_store, NOON + 0.4 * DAY, desk).get("/").text
    assert "<h1>Thursday 30 January 2025</h1>" in page
    assert "days in Asia/Tokyo" in page
    assert re.search(r'<time datetime="2025-01-29T21:36:00Z">30 Jan</time>', page)


def test_articles_that_are_not_about_ai_are_counted(empty_store: SqliteStore) -> None:
    fill(empty_store, tell("a", ACCUSED))
    page = make_client(empty_store, desk=Desk(aside=lambda window: 7)).get("/").text
    assert "7 articles are not about AI" in page


def test_weak_readings_are_told_of_and_not_told(empty_store: SqliteStore) -> None:
    fill(empty_store, tell("a", replace(RELEASED, score=0.15)), tell("b", INVESTED))
    page = make_client(empty_store).get("/").text
    assert "1 weak reading is left out." in page
    assert "DeepSeek released DeepSeek-R1." not in page


def test_a_feed_has_an_item_a_story_with_its_step(january: FlaskClient) -> None:
    channel = ET.fromstring(january.get("/today.rss").data).find("channel")
    assert channel is not None
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    assert len(set(guids)) == len(guids) == 13  # of the day that runs and of the day before
    assert re.fullmatch(r"p\w+ disputed", guids[0] or "")
    assert items[0].find("guid[@isPermaLink='false']") is not None
    assert "accuse DeepSeek of distilling" in (items[0].findtext("title") or "")


class CountingStore(SqliteStore):
    """A store that counts how often claims were asked for."""

    asked = 0

    def find_claims(
        self, query: ClaimQuery, limit: int = 20, after: str | None = None, before: str | None = None
    ) -> ClaimPage:
        self.asked += 1
        return super().find_claims(query, limit, after, before)


def test_an_edition_is_kept_until_something_changes(tmp_path: Path) -> None:
    with CountingStore(tmp_path / "graph.db") as store:
        fill(store, tell("a", ACCUSED))
        client = make_client(store)
        client.get("/")
        asked = store.asked
        for lang in ("en", "ja"):
            client.get("/", headers={"Accept-Language": lang})
        assert store.asked == asked
        store.add([tell("b", INVESTED)])
        derive(store)
        assert "Microsoft invested in OpenAI" in client.get("/").text
        assert store.asked > asked


def test_hostile_words_stay_words(client: FlaskClient) -> None:
    page = client.get("/days/2025-01-28").text
    assert "<script>window.pwned" not in page
    assert "<img" not in page
    assert "&lt;script&gt;window.pwned" in page


def test_headlines_that_are_the_same_stand_once(empty_store: SqliteStore) -> None:
    denied = Said(
        "DeepSeek-R1 can do everything, DeepSeek says.",
        subject="DeepSeek-R1",
        type=ClaimType.CAPABILITY,
        predicate=Predicate.CAN,
        speakers=("DeepSeek",),
        modality=Modality.ASSERTED,
        polarity=Polarity.AFFIRMED,
    )
    fill(empty_store, tell("a", denied), tell("b", replace(denied, text="DeepSeek-R1 can cook, DeepSeek says.")))
    page = make_client(empty_store).get("/").text
    assert [text for text, times in Counter(list_sentences(page)).items() if times > 1] == []
