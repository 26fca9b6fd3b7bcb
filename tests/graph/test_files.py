"""Files that appear whole or not at all."""

from pathlib import Path

import pytest

from graph.files import replacing


def test_what_was_written_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_text("old")
    with replacing(path) as unfinished:
        unfinished.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert [*tmp_path.iterdir()] == [path]


def test_a_failure_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_text("old")
    with pytest.raises(OSError, match="full"):
        _write_half(path)
    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]


def _write_half(path: Path) -> None:
    with replacing(path) as unfinished:
        unfinished.write_text("ne")
        raise OSError("full")
