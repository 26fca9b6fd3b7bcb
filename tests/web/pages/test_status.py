import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from graph.records import (
    Barrier,
    Failure,
    Feed,
    FeedState,
    Health,
    ModelUse,
    RunSummary,
    Share,
    SilentFeed,
    Stage,
)
from graph.store import Counts
from graph.stores.sqlite import SqliteStore
from graph.views import StatusView
from tests.web.story import NOW, STATUS
from web.app import create_app
from web.text.terminal import format_status


def test_last_run_and_how_many_feeds_fail(client: FlaskClient) -> None:
    page = client.get("/status").text
    assert "3 due: 1 read, 1 unchanged, 1 failed" in page
    assert "25 minutes ago" in page
    assert "1 of 3 feeds fail." in page
    assert "http_503" in page


def test_before_the_first_run(store: SqliteStore) -> None:
    client = create_app(store, lambda: StatusView(Counts(0, 0, 0, 0)), lambda: NOW).test_client()
    page = client.get("/status").text
    assert "No run yet" in page
    assert "No feed is followed" in page


def test_how_ingestion_does(store: SqliteStore) -> None:
    health = Health(
        runs=672,
        lag=900.0,
        slow=7_200.0,
        failures=(("http_503", 12), ("timeout", 3)),
        silent=(SilentFeed(Feed("https://a.example/feed", "<b>A</b>"), NOW, 3_600.0),),
        totals=(),
    )
    page = create_app(store, lambda: replace(STATUS, health=health), lambda: NOW).test_client().get("/status").text
    for text in (
        "672",
        "15 minutes from publication",
        "within 2 hours",
        "<code>http_503</code> 12, <code>timeout</code> 3",
    ):
        assert text in page
    assert "&lt;b&gt;A&lt;/b&gt;</bdi>, nothing new since" in page


def test_of_many_silent_feeds_some_are_named_and_the_others_counted(store: SqliteStore) -> None:
    silent = tuple(SilentFeed(Feed(f"https://f{n}.example/rss", f"Feed {n}"), NOW, 3_600.0) for n in range(40))
    health = Health(runs=1, lag=None, slow=None, failures=(), silent=silent, totals=())
    page = create_app(store, lambda: replace(STATUS, health=health), lambda: NOW).test_client().get("/status").text
    assert page.count("nothing new since") == 8
    assert '<a href="/feeds">and 32 more</a>' in page


def _fail_widely() -> StatusView:
    """479 of 631 pages failed, all those of 20 feeds among them."""
    hosts = [f"gone{number % 20}.example" for number in range(470)] + ["slow.example"] * 9
    failures = tuple(
        Failure(Stage.FETCH, f"https://{host}/{number}", "timeout" if host.startswith("slow") else "dns", "failed")
        for number, host in enumerate(hosts)
    )
    run = RunSummary(NOW, 60.0, articles_new=150, articles_changed=2, articles_failed=479, failures=failures)
    feeds = tuple(FeedState(Feed(f"https://f{n}.example/rss"), NOW, unreadable=23 if n < 20 else 0) for n in range(30))
    return replace(STATUS, feeds=feeds, last_run=run)


def test_a_run_that_failed_widely_is_said_first(store: SqliteStore) -> None:
    client = create_app(store, _fail_widely, lambda: NOW).test_client()
    page = client.get("/status").text
    verdict = "479 of 631 pages failed in the last run, 76%</strong>: no such host (470), no answer in time (9)."
    assert verdict in page
    assert page.index(verdict) < page.index('class="figures"')
    assert "<bdi>gone0.example</bdi> 24" in page
    assert "Of 20 feeds no page could be read." in page
    assert "20 of 30 feeds fail." in page
    assert verdict in client.get("/").text
    feeds = client.get("/feeds").text
    assert feeds.count("none of its 23 pages could be read") == 20
    assert feeds.count(">works<") == 10
    assert 'claimgraph_feeds{state="fails"} 20.0' in client.get("/metrics").text
    assert "479 of 631 pages failed in the last run, 76%: no such host" in format_status(_fail_widely(), "graph.db")
    assert "631ページ中479ページ" in client.get("/status", headers={"Accept-Language": "ja"}).text


@pytest.mark.parametrize(("new", "failed"), [(99, 1), (0, 2)], ids=["a small share", "two tried again"])
def test_few_failures_are_told_beside_and_not_on_the_first_page(store: SqliteStore, new: int, failed: int) -> None:
    run = RunSummary(NOW, 60.0, articles_new=new, articles_failed=failed)
    client = create_app(store, lambda: replace(STATUS, last_run=run), lambda: NOW).test_client()
    assert f"{failed} of {new + failed} pages failed" in client.get("/status").text
    assert "failed in the last run" not in client.get("/").text


def test_a_healthy_week_shows_no_empty_lines(store: SqliteStore) -> None:
    health = Health(0, None, None, (), (), ())
    page = create_app(store, lambda: replace(STATUS, health=health), lambda: NOW).test_client().get("/status").text
    assert not {"Lag", "Silent", "Failures"} & set(re.findall(r"<dt>(\w+)</dt>", page))


def test_what_was_read_in_part_only_is_counted_by_reason(store: SqliteStore) -> None:
    view = StatusView(Counts(0, 0, 0, 0), barriers={Barrier.PAYWALL: 1200, Barrier.ROBOTS: 1})
    client = create_app(store, lambda: view, lambda: NOW).test_client()
    page = client.get("/status").text
    assert "1,200 articles: only subscribers may read the page <code>paywalled</code>" in page
    assert "1 article: the site asks programs not to read the page <code>robots</code>" in page
    assert client.get("/api/v1/status").get_json()["barriers"] == {"paywalled": 1200, "robots": 1}
    assert "1200 articles in part only" in format_status(view, "graph.db")


def test_what_is_not_about_ai_is_counted(store: SqliteStore) -> None:
    assert STATUS.last_run is not None
    view = replace(STATUS, aside=1200, last_run=replace(STATUS.last_run, articles_aside=7))
    client = create_app(store, lambda: view, lambda: NOW).test_client()
    page = client.get("/status").text
    assert "<dt>not about AI</dt><dd>1,200</dd>" in page
    assert "7 not about AI" in page
    assert client.get("/api/v1/status").get_json()["aside"] == 1200
    told = format_status(view, "graph.db")
    assert "1200 articles set aside: not about AI" in told
    assert "0 failed, 7 not about AI; claims" in told
    assert "not about AI" not in format_status(STATUS, "graph.db")


def test_what_runs_ended_on_is_counted_and_the_way_back_is_said(store: SqliteStore) -> None:
    view = replace(STATUS, crashed=2)
    client = create_app(store, lambda: view, lambda: NOW).test_client()
    page = client.get("/status").text
    assert "<dt>left alone</dt><dd>2</dd>" in page
    assert "<code>claimgraph ingest --again</code> reads them once more." in page
    assert "<dt>読み取り中止</dt><dd>2</dd>" in client.get("/status", headers={"Accept-Language": "ja"}).text
    assert client.get("/api/v1/status").get_json()["crashed"] == 2
    assert "2 articles left alone: each ended three runs" in format_status(view, "graph.db")
    assert "left alone" not in format_status(STATUS, "graph.db")


def test_each_feed_says_how_it_does(client: FlaskClient) -> None:
    page = client.get("/feeds").text
    assert "in 6 hours" in page
    assert "failed 3 times" in page
    assert "http_503" in page
    assert "not read yet" in page
    assert client.get("/api/v1/feeds").json["feeds"][1]["failures"] == 3  # type: ignore[index]


def test_what_people_judged_is_told_by_reader(store: SqliteStore) -> None:
    judged = (Share("reader", "llm <tiny>/1", 1200, 900), Share("reader", "learned 5", 1, 0))
    client = create_app(store, lambda: replace(STATUS, judged=judged), lambda: NOW).test_client()
    page = client.get("/status").text
    assert "<code>llm &lt;tiny&gt;/1</code></dt><dd>1,200 claims judged, 900 read rightly (75%)" in page
    assert "<code>learned 5</code></dt><dd>1 claim judged, 0 read rightly (0%)" in page
    assert "this is not how often it reads rightly" in page
    assert "判断した主張 1,200件、うち正しい読み取り 900件（75%）" in client.get(
        "/status", headers={"Accept-Language": "ja"}
    ).get_data(as_text=True)
    assert client.get("/api/v1/status").get_json()["judged"][0] == {
        "kind": "reader", "name": "llm <tiny>/1", "asked": 1200, "stood": 900
    }  # fmt: skip
    told = "judged by people, by reader: llm <tiny>/1 900 of 1200 (75%), learned 5 0 of 1 (0%)"
    assert told in format_status(replace(STATUS, judged=judged), "graph.db")
    assert "judged" not in format_status(STATUS, "graph.db")


USE = ModelUse(
    models=("tiny<b>",),
    spent_today=1_000,
    budget=200_000,
    requests=3_000,
    reused=1,
    asked=900_000,
    answered=100,
    articles=2,
    waiting=(("timeout", 4), ("budget", 1)),
    refused=(("unquoted", 7),),
    failed=(("timeout", 2),),
    audited=(Share("type", "deal", 4, 3), Share("lang", "ja", 4, 3), Share("reader", "llm", 4, 3)),
)


def test_what_a_language_model_was_asked_and_what_waits_for_it(store: SqliteStore) -> None:
    client = create_app(store, lambda: replace(STATUS, model=USE), lambda: NOW).test_client()
    page = client.get("/status").text
    for text in (
        "<code>tiny&lt;b&gt;</code>",
        "3,000 paid, 1 answered before",
        "900,000 sent, 100 received",
        "<dd>2 · 450,050 tokens an article</dd>",
        "1,000 of 200,000 tokens · used up: it goes on tomorrow",
        "<code>timeout</code> 4, <code>budget</code> 1",
        "<code>unquoted</code> 7",
        "deal 3 of 4 (75%)",
        "llm 3 of 4 (75%)",
    ):
        assert text in page
    japanese = client.get("/status", headers={"Accept-Language": "ja"}).text
    assert "200,000 トークンのうち 1,000 · 使い切ったため、続きは明日" in japanese


def test_of_a_language_model_only_what_there_is_is_told(store: SqliteStore, client: FlaskClient) -> None:
    assert "Language model" not in client.get("/status").text
    bare = replace(USE, models=(), budget=0, articles=0, waiting=(), refused=(), failed=(), audited=())
    page = create_app(store, lambda: replace(STATUS, model=bare), lambda: NOW).test_client().get("/status").text
    assert "none asked yet" in page
    assert not {"Today (UTC)", "Articles that wait", "Claims refused", "Without an answer", "by reader"} & set(
        re.findall(r"<dt>([^<]+)</dt>", page)
    )


def test_what_holds_no_claim_is_counted_where_it_is_kept_out(store: SqliteStore) -> None:
    assert STATUS.last_run is not None
    view = replace(STATUS, bare=1200, last_run=replace(STATUS.last_run, articles_bare=7))
    client = create_app(store, lambda: view, lambda: NOW).test_client()
    page, ja = (client.get("/status", headers={"Accept-Language": lang}).text for lang in ("en", "ja"))
    assert "<dt>without claims</dt><dd>1,200</dd>" in page
    assert "7 without claims" in page
    assert "<dt>主張のない記事</dt><dd>1,200</dd>" in ja
    assert client.get("/api/v1/status").get_json()["bare"] == 1200
    assert "claimgraph_articles_bare 1200.0" in client.get("/metrics").text
    told = format_status(view, "graph.db")
    assert "1200 articles kept in the archive alone: without claims" in told
    assert "0 failed, 7 without claims; claims" in told
    assert "without claims" not in format_status(STATUS, "graph.db")


@pytest.mark.parametrize("path", ["/articles", "/sources", "/entities/deepseek"])
def test_lists_of_articles_say_that_those_without_claims_are_not_there(store: SqliteStore, path: str) -> None:
    for only, shown in ((True, True), (False, False)):
        client = create_app(store, lambda: STATUS, lambda: NOW, only_with_claims=only).test_client()
        for lang, words in (("en", "no claim was found stay in the archive"), ("ja", "保存庫にだけ残り")):
            assert (words in client.get(path, headers={"Accept-Language": lang}).text) is shown
        assert client.get("/api/v1/articles").get_json()["only_with_claims"] is only
