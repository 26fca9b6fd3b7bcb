"""Pages for what went wrong: what it is, what to do next, in the reader's language; nothing of the inside."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from graph.errors import StoreUnavailable
from graph.store import Counts
from graph.stores.sqlite import SqliteStore
from tests.web.story import DEEPSEEK, NOW, STATUS
from web.app import create_app


class _FailingStore(SqliteStore):
    """Answers that it is away, or fails in a way nobody expected."""

    error: Exception = StoreUnavailable("the store does not answer", subject="bolt://example")

    def count(self) -> Counts:
        raise self.error


@pytest.fixture
def failing(store: SqliteStore) -> Iterator[Flask]:
    with _FailingStore(store.path) as failing:
        yield create_app(failing, lambda: STATUS, lambda: NOW)


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("en", ["This cannot be answered", "Not allowed", "Nothing here", "Not this way", "Not available just now"]),
        (
            "ja",
            [
                "これには答えられません",
                "許可されていません",
                "何もありません",
                "この方法では開けません",
                "今は利用できません",
            ],
        ),
    ],
)
def test_each_says_what_happened_and_leads_on(failing: Flask, lang: str, titles: list[str]) -> None:
    client = failing.test_client()
    speaks = {"Accept-Language": lang}
    answers = [
        client.get(f"/entities/{DEEPSEEK.id}?about_after=rubbish!", headers=speaks),
        client.get("/search", headers={**speaks, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}),
        client.get("/nowhere", headers=speaks),
        client.post("/search", headers=speaks),
        client.get("/", headers=speaks),
    ]
    assert [answer.status_code for answer in answers] == [400, 403, 404, 405, 503]
    assert [re.findall(r"<h1[^>]*>([^<]+)", answer.text) for answer in answers] == [[title] for title in titles]
    for answer in answers:
        assert f'<html lang="{lang}">' in answer.text
        assert re.search(r'class="more"><a href="/">', answer.text)


def test_a_surprise_is_a_page_without_a_word_of_the_inside(failing: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_FailingStore, "error", ValueError("secret inner words"))
    answer = failing.test_client().get("/", headers={"Accept-Language": "ja"})
    assert answer.status_code == 500
    assert "こちら側で問題が起きました" in answer.text
    assert "secret" not in answer.text


def test_what_the_server_says_is_marked_as_english(failing: Flask) -> None:
    page = failing.test_client().get("/claims/nope", headers={"Accept-Language": "ja"}).text
    assert re.search(r'<q lang="en"><bdi>no claim nope', page)
