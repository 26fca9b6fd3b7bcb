"""A store with the story in it, and a client of the application over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.deriving import derive
from graph.stores.sqlite import SqliteStore
from tests.web.rivals import fill
from tests.web.story import CURATED, NOW, STATUS, STORY, TIES
from web.app import create_app


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path_factory.mktemp("web") / "graph.db") as store:
        store.add_entities(CURATED, TIES)
        store.add(STORY)
        derive(store)
        yield store


@pytest.fixture(scope="session")
def rivals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """The story with what the accounts are about, derived."""
    with SqliteStore(tmp_path_factory.mktemp("rivals") / "graph.db") as store:
        fill(store)
        yield store


@pytest.fixture
def rival_client(rivals: SqliteStore) -> FlaskClient:
    return create_app(rivals, lambda: STATUS, lambda: NOW).test_client()


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "empty.db") as store:
        yield store


@pytest.fixture
def app(store: SqliteStore) -> Flask:
    return create_app(store, lambda: STATUS, lambda: NOW)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def empty_client(empty_store: SqliteStore) -> FlaskClient:
    return create_app(empty_store, lambda: STATUS, lambda: NOW).test_client()
