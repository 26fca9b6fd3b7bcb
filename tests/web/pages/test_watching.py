"""Watching: where a list lies, what changes it, and the pages, feed and API of what is new about it."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from commands.lists import ArchiveLists
from commands.settings import Config
from graph.deriving import derive
from graph.judging.making import make_judgement
from graph.records import USUAL_NEWS, ArticleId, ClaimId, JudgementKind, News, PropositionId, Watched, WatchedKind
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import DEEPSEEK
from tests.web.judging import HERE, TOKEN
from tests.web.matters import ACCUSATION, FIRST, fill
from tests.web.story import STATUS
from web.app import create_app
from web.own_list import MOST_IN_COOKIE
from web.requests.access import Access
from web.watchlists import MOST, ListFull, format_list, parse_list, put_item

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
OPEN = Access(token=TOKEN)
ENTITY = {"kind": "entity", "target": DEEPSEEK.id}
EVERY = [Watched(kind, "a.b c|d:e", (News.STATUS, News.CLAIM)) for kind in WatchedKind]


class Site:
    """The pages over a matter with all that can follow from it, and an archive beside them."""

    def __init__(self, folder: Path, store: SqliteStore) -> None:
        self.store = store
        self.archive = folder / "graph.archive.db"
        self.config = Config(store=str(folder / "graph.db"), archive=self.archive, data=folder)

    def open(self, access: Access = HERE, now: datetime = NOW, *, writes: bool = True) -> FlaskClient:
        lists = ArchiveLists(self.config) if writes else None
        return create_app(self.store, lambda: STATUS, lambda: now, access=access, lists=lists).test_client()

    def find_matter(self) -> PropositionId:
        return self.store.find_propositions_of([ACCUSATION])[ACCUSATION]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path_factory.mktemp("watching") / "graph.db") as store:
        fill(store)
        yield store


@pytest.fixture
def site(tmp_path: Path, filled: SqliteStore) -> Site:
    return Site(tmp_path, filled)


def send(client: FlaskClient, act: str = "add", **form: object) -> TestResponse:
    data = {**ENTITY, "to": "/entities/deepseek", act: "", **form}
    return client.post("/watched", data=data, headers={"Origin": "http://localhost"})


def count_shown(client: FlaskClient, path: str = "/watching") -> int:
    """How much is watched, as the head of a page says."""
    found = re.search(r'href="/watching"[^>]*>.*?</span> \w+ ?(\d*)</a>', client.get(path).text)
    assert found
    return int(found[1] or 0)


def list_headlines(page: str) -> list[str]:
    return [unescape(text) for text in re.findall(r'<h2 class="headline"><a [^>]*><bdi>(.*?)</bdi>', page)]


def read_rss(client: FlaskClient, list_id: str) -> list[ET.Element]:
    return ET.fromstring(client.get(f"/watching/{list_id}.rss").data).findall("channel/item")


def test_a_list_is_read_back_as_it_was_written() -> None:
    text = format_list(EVERY)
    assert parse_list(text) == tuple(EVERY)
    assert re.fullmatch(r"[\w:|%.~-]+", text, re.ASCII)


@pytest.mark.parametrize("text", ["", "x", "entity::a", "entity:s:", "nobody:s:a", "entity:z:a", "|||", "0" * 32])
def test_what_is_no_list_is_empty(text: str) -> None:
    assert parse_list(text) == ()
    assert parse_list(f"{text}|matter:s:a") == (Watched(WatchedKind.MATTER, "a", (News.STATUS,)),)


def test_a_list_holds_two_hundred_things_each_once() -> None:
    items: tuple[Watched, ...] = ()
    for number in range(MOST):
        items = put_item(items, Watched(WatchedKind.ENTITY, str(number)))
    assert len(put_item(items, Watched(WatchedKind.ENTITY, "7", (News.DENIAL,)))) == MOST
    with pytest.raises(ListFull):
        put_item(items, Watched(WatchedKind.MATTER, "7"))


def test_on_this_machine_there_is_one_list_and_no_cookie(site: Site) -> None:
    assert count_shown(site.open(), "/entities/deepseek") == 0
    assert not site.archive.exists()
    answer = send(site.open())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/entities/deepseek")
    assert "Set-Cookie" not in answer.headers
    assert count_shown(site.open(), "/entities/deepseek") == 1
    assert site.open().get("/watching/local").status_code == 200


def test_elsewhere_the_first_act_makes_a_list_and_a_cookie_holds_its_id(site: Site) -> None:
    client, other = site.open(OPEN), site.open(OPEN)
    assert count_shown(client) == 0
    assert not site.archive.exists()
    cookie = send(client).headers["Set-Cookie"]
    assert re.match(r"list=[0-9a-f]{32}; ", cookie)
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert (count_shown(client), count_shown(other)) == (1, 0)
    [kept] = re.findall(r"list=(\w+)", cookie)
    assert f"list={kept};" in send(client, kind="matter", target=site.find_matter()).headers["Set-Cookie"]
    assert other.get("/watching/local").status_code == 404


def test_the_cookie_is_for_https_alone_where_the_page_came_so(site: Site) -> None:
    answer = site.open(OPEN).post("https://localhost/watched", data={**ENTITY, "add": ""})
    assert "Secure" in answer.headers["Set-Cookie"].split("; ")


def test_a_list_is_carried_elsewhere_by_its_address(site: Site) -> None:
    client, other = site.open(OPEN), site.open(OPEN)
    list_id = send(client).headers["Set-Cookie"][5:37]
    page = other.get(f"/watching/{list_id}").text
    assert "DeepSeek" in page
    assert 'name="remove"' not in page.split('<section aria-labelledby="watched">')[1]
    assert count_shown(other) == 0
    taken = other.post(f"/watching/{list_id}", headers={"Origin": "http://localhost"})
    assert (taken.status_code, taken.headers["Location"]) == (303, "/watching")
    assert count_shown(other) == 1
    send(other, "remove")
    assert count_shown(client) == 0


@pytest.mark.parametrize("list_id", ["0" * 32, "local", "x", "..%2f"])
def test_a_list_that_is_not_there_is_not_found_and_no_id_is_taken_from_outside(site: Site, list_id: str) -> None:
    client = site.open(OPEN)
    for path in (f"/watching/{list_id}", f"/watching/{list_id}.rss", f"/api/v1/watches?list={list_id}"):
        assert client.get(path).status_code == 404
    client.set_cookie("list", "0" * 32)
    assert count_shown(client) == 0
    assert f"list={'0' * 32}" not in send(client).headers["Set-Cookie"]


def test_where_nothing_is_written_the_cookie_holds_the_list(site: Site) -> None:
    client = site.open(Access(), writes=False)
    assert send(client).headers["Set-Cookie"].startswith(f"list=entity:osdfx:{DEEPSEEK.id};")
    assert count_shown(client) == 1
    page = client.get("/watching").text
    assert list_headlines(page)
    assert "at most 40 things" in page
    assert ".rss" not in page
    assert json.loads(client.get("/api/v1/watches").data)["watched"][0]["name"] == "DeepSeek"
    assert not site.archive.exists()


@pytest.mark.parametrize("target", ["word{}", "語" * 60 + "{}"], ids=["many", "long"])
def test_a_cookie_that_would_be_too_long_is_refused(site: Site, target: str) -> None:
    client = site.open(Access(), writes=False)
    for number in range(MOST_IN_COOKIE + 1):
        answer = send(client, kind="search", target=target.format(number))
        if answer.status_code != 303:
            break
    assert answer.status_code == 409
    assert "40 things at most" in answer.text
    assert count_shown(client) == number
    assert number == MOST_IN_COOKIE or "語" in target
    kept = client.get_cookie("list")
    assert kept is not None
    assert len(kept.value) < 4000


def test_what_is_watched_can_be_left_and_says_so_where_it_is_seen(site: Site) -> None:
    client, path = site.open(), f"/matters/{site.find_matter()}"
    form = {"kind": "matter", "target": site.find_matter(), "to": path}
    assert 'name="add" aria-pressed="false"' in client.get(path).text
    send(client, **form)
    assert 'name="remove" aria-pressed="true"' in client.get(path).text
    send(client, **form)
    assert count_shown(client) == 1
    send(client, "remove", **form)
    assert 'name="add" aria-pressed="false"' in client.get(path).text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/entities/deepseek", "entity"),
        ("/sources/news.example", "source"),
        ("/search?q=about:deepseek", "search"),
        ("/contradictions", "contradiction"),
        ("/days/2025-01-29", "matter"),
    ],
)
def test_every_page_of_something_to_watch_has_a_form_that_watches_it(site: Site, path: str, kind: str) -> None:
    client = site.open()
    path = path.replace("news.example", next(one.source.id for one in site.store.list_sources()))
    page = client.get(path).text
    form = next(text for text in page.split('action="/watched"')[1:] if f'name="kind" value="{kind}"' in text)
    sent = {
        name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form.split("</form>")[0])
    }
    answer = client.post("/watched", data={**sent, "add": ""}, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303
    back, place = urldefrag(answer.headers["Location"])
    again = client.get(back).text
    assert f'id="{place}"' in again
    assert again.count('role="status">It is on your list now.') == 1
    assert sent["to"].partition("#")[0] == path
    assert f'name="to" value="{html.escape(path)}#' in again
    assert count_shown(client) == 1
    assert json.loads(client.get("/api/v1/watches").data)["watched"][0]["kind"] == kind
    assert client.get("/watching").status_code == 200


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"kind": "entity", "target": "nobody"}, 404),
        ({"kind": "matter", "target": "nothing"}, 404),
        ({"kind": "matter", "target": "a.b"}, 404),
        ({"kind": "contradiction", "target": "a.b"}, 404),
        ({"kind": "source", "target": "a"}, 404),
        ({"kind": "search", "target": "typ:allegation"}, 400),
        ({"kind": "search", "target": "type:alegation"}, 400),
        ({"kind": "search", "target": "x" * 1001}, 400),
        ({"kind": "search", "target": " "}, 400),
        ({"kind": "planet", "target": "mars"}, 400),
    ],
)
def test_what_cannot_be_watched_is_refused(site: Site, form: dict[str, str], status: int) -> None:
    client = site.open()
    assert send(client, **form).status_code == status
    assert count_shown(client) == (status == 303)


def test_a_form_of_another_site_is_refused(site: Site) -> None:
    client = site.open()
    for path in ("/watched", "/watching/local"):
        answer = client.post(path, data={**ENTITY, "add": ""}, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403
    assert count_shown(client) == 0
    assert send(client, to="https://evil.example/").headers["Location"] == "/"


def test_each_thing_says_which_news_count_and_that_can_be_chosen(site: Site) -> None:
    client = site.open()
    send(client)
    assert json.loads(client.get("/api/v1/watches").data)["watched"][0]["news"] == [one.value for one in USUAL_NEWS]
    everything = list_headlines(client.get("/watching").text)
    assert send(client, "choose", news=["denial"]).status_code == 303
    page = client.get("/watching").text
    assert re.findall(r'value="(\w+)" checked', page) == ["denial"]
    assert "Told of: denial<" in page
    assert 0 < len(list_headlines(page)) < len(everything)
    assert send(client, "choose").status_code == 400
    send(client, "remove")
    send(client, "choose", news=["claim"])
    assert count_shown(client) == 0


def test_the_page_tells_what_is_new_who_says_so_and_why_it_is_there(site: Site) -> None:
    client = site.open()
    send(client)
    page = client.get("/watching").text
    [accused] = [text for text in page.split('<li class="claim story"') if "of distilling OpenAI" in text]
    assert "DeepSeek denies it" in list_headlines(accused)[0]
    assert "disputed" in accused or "denied" in accused
    assert "DeepSeek denies that it distilled OpenAI." in accused
    assert 'you watch <a href="/entities/deepseek">' in accused
    assert "Microsoft fell" not in page


def test_a_step_that_comes_later_is_on_the_page_in_the_feed_and_on_today_and_an_old_one_is_not(site: Site) -> None:
    client = site.open()
    send(client)
    titles = [item.findtext("title", "") for item in read_rss(client, "local")]
    assert [title for title in titles if "denial" in title]
    assert len({item.findtext("guid") for item in read_rss(client, "local")}) == len(titles)
    assert titles == [item.findtext("title", "") for item in read_rss(client, "local")]
    assert "DeepSeek" in read_rss(client, "local")[0].findtext("description", "")
    month = site.open(now=NOW + timedelta(days=30))
    assert read_rss(month, "local") == []
    assert "Nothing new about it" in month.get("/watching").text


def test_today_says_what_changed_of_what_is_watched_since_the_last_visit(site: Site) -> None:
    then = datetime(2025, 1, 31, 18, 0, tzinfo=UTC)
    client = site.open(now=then)
    assert "Watched that changed" not in client.get("/").text
    send(client, kind="matter", target=site.find_matter())
    page = client.get("/").text
    own = page.split('<section class="own"')[1].split("</section>")[0]
    assert "denial" in own
    assert f"/matters/{site.find_matter()}" in own
    # A day later nothing is newer than a day; on the page of a day nothing is anybody's own.
    assert "Watched that changed" not in site.open(now=NOW).get("/").text
    assert "Watched that changed" not in client.get("/days/2025-01-31").text


def test_weak_and_misread_claims_bring_no_news(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "own.db") as store:
        fill(store)
        site = Site(tmp_path, store)
        client, matter = site.open(), site.find_matter()
        send(client, kind="matter", target=matter)
        [denial] = [
            claim
            for claim in store.get_claims([link.claim for link in store.get_propositions([matter])[0].links])
            if claim.polarity.value == "denied"
        ]
        assert denial.text in client.get("/watching").text
        store.judge(make_judgement(JudgementKind.MISREAD, (), "ann", NOW, "no", claims=[denial.id]))
        assert denial.text not in client.get("/watching").text
        assert not [one for one in read_rss(client, "local") if denial.text in one.findtext("description", "")]


def test_a_matter_that_an_older_report_renames_is_named_and_its_old_addresses_lead_on(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "own.db") as store:
        fill(store)
        site = Site(tmp_path, store)
        client, old = site.open(), site.find_matter()
        send(client, kind="matter", target=old)
        days = timedelta(days=9)
        article = replace(FIRST.article, id=ArticleId("aolder"), url="https://older.example/1")
        article = replace(article, published_at=article.published_at - days, fetched_at=article.fetched_at - days)
        claim = replace(FIRST.claims[0], id=ClaimId("colder"), article_id=article.id)
        claim = replace(claim, reported_at=claim.reported_at - days)
        store.add([replace(FIRST, article=article, claims=(claim,))])
        derive(store)
        new = site.find_matter()
        assert new != old
        page = client.get("/watching").text
        assert "no more" not in page
        assert f'<a href="/matters/{new}"><bdi>' in page.split('aria-labelledby="watched"')[1]
        assert page.count(f'href="/matters/{new}"') == 2
        for path in ("/matters/{}?as_of=2025-01-30", "/api/v1/matters/{}"):
            moved = client.get(path.format(old))
            assert (moved.status_code, moved.headers["Location"]) == (308, path.format(new))
        assert client.get("/matters/p0").status_code == 404


def test_what_is_gone_since_is_named_as_gone(site: Site) -> None:
    client = site.open(Access(), writes=False)
    items = [Watched(kind, f"gone{number}") for number, kind in enumerate(WatchedKind)]
    client.set_cookie("list", format_list(items))
    page = client.get("/watching").text
    shown = re.findall(r"<p><span[^>]*>[^<]*</span> (.*?)</p>", page.split('<section aria-labelledby="watched">')[1])
    assert shown == [
        "<bdi>gone0</bdi> It is here no more.",
        "<bdi>It is here no more.</bdi>",
        '<a href="/search?q=gone2"><bdi>gone2</bdi></a>',
        "<bdi>It is here no more.</bdi>",
        "<bdi>gone4</bdi> It is here no more.",
    ]


def test_an_empty_list_says_what_to_do_in_both_languages_and_needs_no_store(site: Site) -> None:
    client = site.open()
    assert "Nothing is watched yet" in client.get("/watching").text
    page = client.get("/watching", headers={"Accept-Language": "ja"}).text
    assert "注目しているものはまだありません" in page
    assert [path for path in re.findall(r'<li><a href="([^"]+)"', page) if client.get(path).status_code != 200] == []


def test_an_archive_that_cannot_be_read_keeps_no_page_from_being_shown(site: Site) -> None:
    site.archive.write_bytes(b"no archive" * 1000)
    client = site.open()
    assert count_shown(client, "/entities/deepseek") == 0
    answer = client.get("/watching")
    assert answer.status_code == 503
    assert "restore a backup" in answer.text


def test_another_archive_in_its_place_is_taken_up(site: Site) -> None:
    client = site.open()
    send(client)
    for path in site.archive.parent.glob("graph.archive.db*"):
        path.unlink()
    assert count_shown(client) == 0
    send(client)
    assert count_shown(client) == 1


def test_the_api_gives_the_list_of_whoever_asks_or_of_an_address(site: Site) -> None:
    client = site.open(OPEN)
    assert json.loads(client.get("/api/v1/watches").data)["watched"] == []
    list_id = send(client).headers["Set-Cookie"][5:37]
    own = json.loads(client.get("/api/v1/watches").data)
    assert own == json.loads(site.open(OPEN).get(f"/api/v1/watches?list={list_id}").data)
    assert (own["list"], own["watched"][0]["name"]) == (list_id, "DeepSeek")
    assert {one["claim"] for change in own["changes"] for one in change["brought"]} == own["claims"].keys()
