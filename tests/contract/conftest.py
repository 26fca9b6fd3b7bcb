"""The `store` that every contract test runs on: each adapter in turn, empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import GraphStore
from graph.stores import open_store
from tests.conftest import STORES


@pytest.fixture(params=STORES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store is, or will be made."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    server = request.getfixturevalue("neo4j_server")
    server.empty()
    return str(server.address)


@pytest.fixture
def store(address: str) -> Iterator[GraphStore]:
    with open_store(address) as store:
        yield store
