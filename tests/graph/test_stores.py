"""What the address of a store leads to."""

from pathlib import Path

import pytest

from graph.errors import ConfigError
from graph.stores import find_file, open_store


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
    with pytest.raises(ConfigError, match=r"--store duck://…: a store is a file, or a bolt:// address"):
        open_store("duck://graph.db")
    assert not list(tmp_path.iterdir())
