"""Views that take long are made once for a state of the store, and anew when that or what is asked for changes."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph.deriving import derive
from graph.records import ClaimId, PropositionId
from graph.records.propositions import Proposition
from graph.stores.sqlite import SqliteStore
from tests.web.story import CURATED, NOW, STATUS, STORY, TIES
from web.app import create_app
from web.kept import Kept

PAGES = ("/ledger", "/figures", "/story?q=DeepSeek", "/matters", "/matters?as_of=2025-01-30")


class CountingStore(SqliteStore):
    """Counts what is read of claims and matters."""

    reads = 0

    def get_claims(self, ids: Sequence[ClaimId]) -> Any:
        self.reads += 1
        return super().get_claims(ids)

    def get_propositions(self, ids: Sequence[PropositionId], **more: Any) -> tuple[Proposition, ...]:
        self.reads += 1
        return super().get_propositions(ids, **more)


@pytest.fixture
def counting(tmp_path: Path) -> Iterator[CountingStore]:
    with CountingStore(tmp_path / "graph.db") as store:
        store.add_entities(CURATED, TIES)
        store.add(STORY[:-1])
        derive(store)
        yield store


def make_client(store: SqliteStore, clock: list[datetime]) -> FlaskClient:
    return create_app(store, lambda: STATUS, lambda: clock[0]).test_client()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asked_for_again_is_the_same_and_reads_no_claims(counting: CountingStore, path: str) -> None:
    client = make_client(counting, [NOW])
    first = client.get(path).text
    counting.reads = 0
    assert client.get(path).text == first
    assert counting.reads == 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_made_anew_when_something_was_stored(counting: CountingStore, path: str) -> None:
    client = make_client(counting, [NOW])
    client.get(path)
    counting.add(STORY[-1:])
    derive(counting)
    kept = client.get(path).text
    assert kept == make_client(counting, [NOW]).get(path).text


def test_days_languages_and_limits_are_told_apart(counting: CountingStore) -> None:
    client = make_client(counting, [NOW])
    for path in (
        "/story?q=DeepSeek",
        "/story?q=DeepSeek&as_of=2025-01-28",
        "/story?q=DeepSeek&limit=1",
        "/story?q=OpenAI",
    ):
        assert client.get(path).text == make_client(counting, [NOW]).get(path).text
        japanese = {"Accept-Language": "ja"}
        told = client.get(path, headers=japanese).text
        assert told == make_client(counting, [NOW]).get(path, headers=japanese).text
        assert '<html lang="ja"' in told


def test_what_is_known_by_now_is_looked_at_again_after_a_minute(counting: CountingStore) -> None:
    clock = [NOW]
    client = make_client(counting, clock)
    client.get("/ledger")
    counting.reads = 0
    clock[0] = NOW.replace(second=59)
    client.get("/ledger")
    assert counting.reads == 0
    clock[0] = NOW + timedelta(minutes=1)
    client.get("/ledger")
    assert counting.reads > 0


def test_the_last_asked_for_are_kept() -> None:
    made: list[str] = []
    kept = Kept(lambda: "state", most=2)

    def make(name: str) -> str:
        made.append(name)
        return name

    for name in ("a", "b", "a", "c", "a", "b"):
        assert kept.keep(partial(make, name), name) == name
    assert made == ["a", "b", "c", "b"]


def test_an_error_is_not_kept() -> None:
    kept = Kept(lambda: "state", most=2)
    with pytest.raises(ZeroDivisionError):
        kept.keep(lambda: 1 // 0, "a")
    assert kept.keep(lambda: 1, "a") == 1
