"""The `store` that every contract test runs on: each adapter in turn, empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import GraphStore, open_store


@pytest.fixture(params=["sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    address = {"sqlite": str(tmp_path / "store.db")}[request.param]
    with open_store(address) as store:
        yield store
