"""What watches the program asks: whether it lives, whether the store answers, and figures as Prometheus reads them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, jsonify

from graph.errors import StoreError
from graph.records import FeedState, ModelUse, Share
from graph.views import StatusView
from web.services import get_services

if TYPE_CHECKING:
    from prometheus_client import Metric

answers = Blueprint("health", __name__)

_TOTALS = {
    "runs": "Ingestion runs.",
    "seconds": "Seconds that runs took.",
    "feeds_read": "Feeds that gave a document.",
    "feeds_unchanged": "Feeds that said that nothing has changed.",
    "feeds_failed": "Feeds that could not be read.",
    "articles_new": "Articles at new addresses.",
    "articles_changed": "Articles whose text has changed.",
    "articles_failed": "Pages that could not be read.",
    "articles_aside": "Articles found not to be about AI.",
    "articles_bare": "Articles found without claims and kept in the archive alone.",
    "claims_new": "Claims new to the graph.",
    "copies_new": "Copies of articles found.",
    "failures": "Items that failed.",
}


@answers.get("/healthz")
def show_health() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@answers.get("/readyz")
def show_readiness() -> Response:
    """The store answers too; 503 when it does not."""
    try:
        get_services().store.count()
    except StoreError:
        abort(503, "The store does not answer.")
    return jsonify(status="ready")


@answers.get("/metrics")
def show_metrics() -> Response:
    """Figures of store and archive, the same from every worker: none is kept in a process."""
    # Only who is scraped pays for loading it.
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
    from prometheus_client.registry import Collector, CollectorRegistry

    view = get_services().status()

    class Figures(Collector):
        def collect(self) -> "Iterator[Metric]":
            return iter_metrics(view)

    registry = CollectorRegistry()
    registry.register(Figures())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def iter_metrics(view: StatusView) -> "Iterator[Metric]":
    """The figures of a status; what is not known has none."""
    from prometheus_client.core import GaugeMetricFamily

    counts = view.counts
    for name, value, text in (
        ("claims", counts.claims, "Claims in the store."),
        ("articles", counts.articles, "Articles in the store."),
        ("entities", counts.entities, "Entities in the store."),
        ("sources", counts.sources, "Sources in the store."),
        ("articles_waiting", view.pending, "Articles fetched and not yet in the store."),
        ("articles_set_aside", view.aside, "Articles kept and not stored, for they are not about AI."),
        ("articles_bare", view.bare, "Articles kept and not stored, for they hold no claim."),
        ("articles_crashed", view.crashed, "Articles kept and not stored, for three runs ended on each."),
    ):
        yield GaugeMetricFamily(f"claimgraph_{name}", text, value)
    yield _count_feeds(view)
    if run := view.last_run:
        moment = run.started_at.timestamp()
        yield GaugeMetricFamily("claimgraph_last_run_timestamp_seconds", "When the last run began.", moment)
        yield GaugeMetricFamily("claimgraph_last_run_seconds", "How long the last run took.", run.seconds)
        yield GaugeMetricFamily("claimgraph_last_run_failures", "Items that failed in it.", len(run.failures))
    yield from _iter_health(view)
    if view.judged:
        yield _count_judged(view.judged)
    if view.model:
        yield from _iter_model(view.model)


def _iter_model(use: ModelUse) -> "Iterator[Metric]":
    """What language models were asked and what that cost."""
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    for name, value, text in (
        ("budget_tokens", use.budget, "Tokens that a language model may cost a day."),
        ("spent_today_tokens", use.spent_today, "Tokens that it has cost today (UTC)."),
        ("articles_waiting", sum(dict(use.waiting).values()), "Articles that wait for it, read by another meanwhile."),
    ):
        yield GaugeMetricFamily(f"claimgraph_llm_{name}", text, value)
    for name, value, text in (
        ("requests", use.requests, "Requests that were answered and paid for."),
        ("reused", use.reused, "Requests that were answered before and cost nothing."),
        ("asked_tokens", use.asked, "Tokens sent."),
        ("answered_tokens", use.answered, "Tokens received."),
        ("articles", use.articles, "Articles read."),
    ):
        yield CounterMetricFamily(f"claimgraph_llm_{name}", text, value)
    for name, reasons, text in (
        ("refused", use.refused, "Claims of replies that may not stand."),
        ("failed", use.failed, "Questions without an answer of use."),
    ):
        counter = CounterMetricFamily(f"claimgraph_llm_{name}", text, labels=["reason"])
        for reason, number in reasons:
            counter.add_metric([reason], number)
        yield counter


def _count_judged(shares: Iterable[Share]) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    text = "Claims that people judged, by what found them."
    family = GaugeMetricFamily("claimgraph_claims_judged", text, labels=["reader", "verdict"])
    for share in shares:
        family.add_metric([share.name, "right"], share.stood)
        family.add_metric([share.name, "misread"], share.asked - share.stood)
    return family


def _count_feeds(view: StatusView) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    silent = {one.feed.url for one in view.health.silent} if view.health else set()
    states = dict.fromkeys(("works", "silent", "fails", "unread", "given_up"), 0)
    for state in view.feeds:
        states[_name_state(state, silent)] += 1
    family = GaugeMetricFamily("claimgraph_feeds", "Feeds by state.", labels=["state"])
    for name, number in states.items():
        family.add_metric([name], number)
    return family


def _name_state(state: FeedState, silent: set[str]) -> str:
    if state.given_up:
        return "given_up"
    if state.fails:
        return "fails"
    if not state.last_read:
        return "unread"
    return "silent" if state.feed.url in silent else "works"


def _iter_health(view: StatusView) -> "Iterator[Metric]":
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    health = view.health
    if not health:
        return
    if health.lag is not None and health.slow is not None:
        text = "Seconds from publication to the graph, over the last days."
        family = GaugeMetricFamily("claimgraph_lag_seconds", text, labels=["quantile"])
        family.add_metric(["0.5"], health.lag)
        family.add_metric(["0.9"], health.slow)
        yield family
    for name, text in _TOTALS.items():
        labels = ["reason"] if name == "failures" else []
        counter = CounterMetricFamily(f"claimgraph_{name}", text, labels=labels)
        for total in health.totals:
            if total.name == name:
                counter.add_metric([total.label] if labels else [], total.value)
        yield counter
