from datetime import UTC, datetime

import pytest

from graph.records import Failure, Feed, FeedState, Stage
from graph.store import Counts
from graph.views import StatusView
from web.text.terminal import format_feed, format_status

SINCE = datetime(2026, 1, 5, 12, tzinfo=UTC)
FAILURE = Failure(Stage.FETCH, "https://a.example/", "http_404", "HTTP 404")


@pytest.mark.parametrize(
    ("given_up", "words"),
    [("gone", "gone for good"), ("failing", "failed for too long"), ("moved", "a feed of its own")],
)
def test_a_feed_that_is_given_up_says_why_and_how_it_comes_back(given_up: str, words: str) -> None:
    state = FeedState(Feed("https://a.example/"), last_failure=FAILURE, failing_since=SINCE, given_up=given_up)
    line = format_feed(state)
    assert "failing since 2026-01-05: http_404; not read any more: " in line
    assert words in line
    assert line.endswith("`feeds add` tries again")


def test_a_feed_that_works_says_nothing_of_it() -> None:
    line = format_feed(FeedState(Feed("https://a.example/", "A"), last_read=SINCE, entries=3))
    assert line == "https://a.example/  A  read 2026-01-05 12:00, 3 entries"
    assert format_feed(FeedState(Feed("https://a.example/", "A"), last_read=SINCE, entries=1)).endswith(", 1 entry")


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (
            Counts(1, 1, 3_393, 5),
            ("5 claims in 1 article of 1 source", "3393 names known, 0 feeds, 0 articles waiting"),
        ),
        (Counts(2, 3, 1, 1), ("1 claim in 3 articles of 2 sources", "1 name known, 0 feeds, 0 articles")),
    ],
)
def test_what_the_store_holds_is_counted_in_words_that_fit(counts: Counts, told: tuple[str, str]) -> None:
    text = format_status(StatusView(counts), "graph.db")
    assert all(words in text for words in told)


def test_one_article_that_is_set_aside_is_one() -> None:
    text = format_status(StatusView(Counts(1, 1, 1, 1), aside=1, bare=2, crashed=1), "graph.db")
    assert all(f"\n{words}" in text for words in ("1 article set aside", "2 articles kept", "1 article left alone"))
