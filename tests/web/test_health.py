"""What watches the program asks."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from graph.records import Feed, FeedState, Health, ModelUse, Share, SilentFeed, Total
from graph.store import Counts
from graph.stores.sqlite import SqliteStore
from graph.views import StatusView
from tests.web.story import NOW, STATUS
from web.app import create_app

HEALTH = Health(
    runs=5,
    lag=90.0,
    slow=4000.0,
    failures=(("http_503", 2),),
    silent=(SilentFeed(Feed("https://keisan.example/rss"), NOW, 3600.0),),
    totals=(
        Total("claims_new", "", 13),
        Total("failures", 'odd"\nreason', 1),
        Total("failures", "http_503", 4),
        Total("runs", "", 9),
    ),
)


def scrape(store: SqliteStore, view: StatusView) -> dict[tuple[str, str], float]:
    answer = create_app(store, lambda: view, lambda: NOW).test_client().get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_metrics_say_what_the_status_says(store: SqliteStore) -> None:
    found = scrape(store, replace(STATUS, health=HEALTH))
    expected = {
        ("claimgraph_claims", ""): 14,
        ("claimgraph_articles_waiting", ""): 1,
        ("claimgraph_articles_set_aside", ""): 0,
        ("claimgraph_articles_crashed", ""): 0,
        ("claimgraph_feeds", "silent"): 1,
        ("claimgraph_feeds", "fails"): 1,
        ("claimgraph_feeds", "unread"): 1,
        ("claimgraph_feeds", "works"): 0,
        ("claimgraph_last_run_timestamp_seconds", ""): STATUS.last_run.started_at.timestamp() if STATUS.last_run else 0,
        ("claimgraph_last_run_failures", ""): 1,
        ("claimgraph_lag_seconds", "0.5"): 90,
        ("claimgraph_lag_seconds", "0.9"): 4000,
        ("claimgraph_runs_total", ""): 9,
        ("claimgraph_claims_new_total", ""): 13,
        ("claimgraph_failures_total", "http_503"): 4,
        ("claimgraph_failures_total", 'odd"\nreason'): 1,
    }
    assert {name: found[name] for name in expected} == expected


def test_what_a_language_model_cost_is_told_where_one_was_asked(store: SqliteStore) -> None:
    waiting = (("budget", 4), ("timeout", 1))
    use = ModelUse(("tiny",), 1_000, 200_000, 3, 1, 900, 100, 2, waiting, (("unquoted", 7),), (("timeout", 2),))
    found = scrape(store, replace(STATUS, model=use))
    told = {name: value for name, value in found.items() if name[0].startswith("claimgraph_llm")}
    assert told == {
        ("claimgraph_llm_budget_tokens", ""): 200_000,
        ("claimgraph_llm_spent_today_tokens", ""): 1_000,
        ("claimgraph_llm_articles_waiting", ""): 5,
        ("claimgraph_llm_requests_total", ""): 3,
        ("claimgraph_llm_reused_total", ""): 1,
        ("claimgraph_llm_asked_tokens_total", ""): 900,
        ("claimgraph_llm_answered_tokens_total", ""): 100,
        ("claimgraph_llm_articles_total", ""): 2,
        ("claimgraph_llm_refused_total", "unquoted"): 7,
        ("claimgraph_llm_failed_total", "timeout"): 2,
    }
    assert not any(name.startswith("claimgraph_llm") for name, _ in scrape(store, STATUS))


def test_what_people_judged_is_counted_by_reader(store: SqliteStore) -> None:
    judged = (Share("reader", "llm tiny/1", 60, 45),)
    found = scrape(store, replace(STATUS, judged=judged))
    assert found["claimgraph_claims_judged", "llm tiny/1,right"] == 45
    assert found["claimgraph_claims_judged", "llm tiny/1,misread"] == 15
    assert not any("judged" in name for name, _ in scrape(store, STATUS))


def test_what_is_not_known_has_no_figure(store: SqliteStore) -> None:
    names = {name for name, _ in scrape(store, StatusView(Counts(0, 0, 0, 0)))}
    assert "claimgraph_claims" in names
    assert not any(name.startswith(("claimgraph_last", "claimgraph_lag", "claimgraph_runs")) for name in names)


def test_a_feed_that_has_been_given_up_is_counted_as_such(store: SqliteStore) -> None:
    gone = FeedState(Feed("https://gone.example/rss"), given_up="gone")
    found = scrape(store, StatusView(Counts(0, 0, 0, 0), (gone,)))
    assert (found["claimgraph_feeds", "given_up"], found["claimgraph_feeds", "unread"]) == (1, 0)


def test_each_worker_says_the_same(store: SqliteStore) -> None:
    view = replace(STATUS, health=HEALTH)
    assert scrape(store, view) == scrape(store, view)


def test_the_process_lives_while_the_store_does_not(tmp_path: object) -> None:
    store = SqliteStore(tmp_path / "graph.db")  # type: ignore[operator]
    client = create_app(store, lambda: STATUS, lambda: NOW).test_client()
    assert client.get("/readyz").get_json() == {"status": "ready"}
    store.close()
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_problems_are_told_to_programs(client: FlaskClient, path: str) -> None:
    assert client.post(path).content_type.startswith("application/problem+json")
