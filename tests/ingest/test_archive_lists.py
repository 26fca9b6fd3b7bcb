"""What readers watch: kept by id, changed whole or not at all, gone when nobody used it for a year."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.archive import Archive

NOW = datetime(2026, 9, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_list_is_what_was_last_made_of_it(archive: Archive) -> None:
    assert archive.find_list("a", NOW) is None
    archive.change_list("a", NOW, lambda items: f"{items}one ")
    archive.change_list("a", NOW, lambda items: f"{items}two")
    archive.change_list("b", NOW, lambda _: "other")
    assert (archive.find_list("a", NOW), archive.find_list("b", NOW)) == ("one two", "other")


def test_a_change_that_is_refused_leaves_it(archive: Archive) -> None:
    archive.change_list("a", NOW, lambda _: "one")

    def refuse(items: str) -> str:
        raise ValueError(items)

    with pytest.raises(ValueError, match="one"):
        archive.change_list("a", NOW, refuse)
    with pytest.raises(ValueError, match=r"^$"):
        archive.change_list("new", NOW, refuse)
    assert (archive.find_list("a", NOW), archive.find_list("new", NOW)) == ("one", None)


def test_what_nobody_has_used_goes_and_reading_it_is_using_it(archive: Archive) -> None:
    for name in ("read", "left", "changed"):
        archive.change_list(name, NOW - 400 * DAY, lambda _: "items")
    archive.find_list("read", NOW - 300 * DAY)
    archive.change_list("changed", NOW - 200 * DAY, lambda items: items)
    before = NOW - 365 * DAY
    assert archive.tidy_lists(before, dry_run=True) == 1
    assert archive.find_list("left", NOW - 366 * DAY) == "items"
    assert archive.tidy_lists(before) == 1
    assert [archive.find_list(name, NOW) for name in ("read", "left", "changed")] == ["items", None, "items"]
