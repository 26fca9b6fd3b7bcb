"""What the address of a store leads to."""

from pathlib import Path

import pytest

from graph.errors import ConfigError
from graph.store import GraphStore
from graph.stores import KINDS, find_file, open_store
from graph.stores.sqlite import SqliteStore


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("a/graph.db", Path("a/graph.db")),
        ("sqlite:graph.db", Path("graph.db")),
        ("bolt://db.example", None),
        ("neo4j+s://db.example:7687", None),
    ],
)
def test_a_store_is_a_file_or_on_a_server(address: str, file: Path | None) -> None:
    assert find_file(address) == file


def test_an_address_of_no_store_is_no_file_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=r"--store duck://…: a store is a file, or a bolt:// or neo4j:// address"):
        open_store("duck://graph.db")
    assert not list(tmp_path.iterdir())


def test_a_kind_of_store_is_opened_by_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def open_kind(place: str, read_only: bool) -> GraphStore:
        asked.append((place, read_only))
        return SqliteStore(tmp_path / "any.db")

    for kind in ("memo:", "postgresql://"):
        monkeypatch.setitem(KINDS, kind, open_kind)
    open_store("memo:graph.memo").close()
    open_store("postgresql://db.example/graph", read_only=True).close()
    assert asked == [("graph.memo", False), ("postgresql://db.example/graph", True)]
    assert (find_file("memo:graph.memo"), find_file("postgresql://db.example/graph")) == (Path("graph.memo"), None)
    with pytest.raises(ConfigError):
        open_store("memo://graph.memo")
