"""An archive moved to a server and back: all of it or nothing, and it goes on where it was."""

from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.records import Channel, ClaimId, Feed, Misreading, News, Report, Watch, Watched, WatchedKind
from ingest.archive import Archive, KeptRobots, Place, Server, Validators, copying, open_database
from ingest.archive.copying import TABLES, copy
from tests.archive.test_equal import NOW, dump, play
from tests.archive.test_server import entry, plan


def move(source: Place, target: Place) -> dict[str, int]:
    with closing(open_database(source)) as origin, closing(open_database(target)) as aim:
        return copy(origin, aim)


def fill(path: Path) -> None:
    """What a thousand calls leave, and more than nothing in every table."""
    with Archive(path) as archive:
        list(play(5, [archive], 1_000))
        archive.change_list("list", NOW, lambda items: f"{items} one")
        watched = Watched(WatchedKind.SEARCH, "deepseek", (News.DENIAL,))
        number = archive.add_watch(Watch(0, watched, Channel.MAIL, "to", "en", daily=False, made_at=NOW)).number
        archive.note_sent(number, [(ClaimId(name), "denial") for name in ("a", "b", "c")], 1, NOW)
    assert all(dump(path).values())


def test_to_a_server_and_back_everything_is_what_it_was(tmp_path: Path, server_place: Server) -> None:
    first, last = tmp_path / "first.db", tmp_path / "last.db"
    fill(first)
    before = dump(first)
    there = move(first, server_place)
    assert there == move(server_place, last) == {table: len(before[table]) for table in TABLES}
    assert dump(first) == dump(server_place) == dump(last) == before
    with Archive(first) as one, Archive(server_place) as other, Archive(last) as third:
        assert one.list_wanted() == other.list_wanted() == third.list_wanted()
        assert one.list_watches() == other.list_watches() == third.list_watches()


def test_what_comes_later_is_numbered_on(tmp_path: Path, server_place: Server) -> None:
    feed, kept = Feed("https://a.example/feed"), [entry(str(number)) for number in range(3)]
    with Archive(tmp_path / "a.db") as archive:
        archive.add_feed(feed)
        archive.record_read(feed, Validators(), NOW, kept, plan)
    move(tmp_path / "a.db", server_place)
    for place in (tmp_path / "a.db", server_place):
        with Archive(place) as archive:
            archive.record_read(feed, Validators(), NOW, [entry("4")], plan)
            assert [one.number for one in archive.list_wanted()] == [1, 2, 3, 4]


def test_the_number_of_what_was_taken_away_is_not_given_again(tmp_path: Path, server_place: Server) -> None:
    def add(archive: Archive, claim: str) -> list[int]:
        watched = Watched(WatchedKind.SEARCH, "deepseek", (News.DENIAL,))
        watch = archive.add_watch(Watch(0, watched, Channel.MAIL, "to", "en", daily=False, made_at=NOW))
        archive.add_report(Report(ClaimId(claim), Misreading.SPEAKER, "why", NOW), claim)
        return [watch.number, archive._database.rows("SELECT max(number) FROM reports")[0][0]]

    places: list[Place] = [tmp_path / "a.db", server_place, tmp_path / "b.db", tmp_path / "c.db"]
    with Archive(places[0]) as archive:
        assert [add(archive, claim) for claim in "abc"] == [[1, 1], [2, 2], [3, 3]]
        for number in (1, 2, 3):
            archive.remove_watch(number)
        with archive._database.writing() as db:
            db.execute("DELETE FROM reports WHERE number = 3")
    for source, target in pairwise(places):
        move(source, target)
    for place in places:
        with Archive(place) as archive:
            assert [add(archive, claim) for claim in "de"] == [[4, 4], [5, 5]]


def test_an_archive_that_holds_something_is_not_copied_into(tmp_path: Path, server_place: Server) -> None:
    fill(tmp_path / "a.db")
    with Archive(server_place) as archive:
        archive.save_robots("https://a.example", KeptRobots(None, NOW))
    before = dump(server_place)
    with pytest.raises(StoreError, match="holds robots already"):
        move(tmp_path / "a.db", server_place)
    assert dump(server_place) == before


@pytest.mark.parametrize("cut", ["entries", "tellings"])
def test_cut_short_nothing_has_arrived_and_it_can_be_done_again(
    archive_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    fill(tmp_path / "full.db")
    monkeypatch.setattr(copying, "_STRIDE", 1)

    def stop(table: str, rows: int) -> None:
        if (table, rows) == (cut, 2):
            raise KeyboardInterrupt

    with closing(open_database(tmp_path / "full.db")) as source, closing(open_database(archive_place)) as target:
        with pytest.raises(KeyboardInterrupt):
            copy(source, target, stop)
        assert not any(dump(archive_place).values())
        copy(source, target)
    assert dump(archive_place) == dump(tmp_path / "full.db")


def test_what_is_written_meanwhile_is_not_half_copied(archive_place: Place) -> None:
    feeds = [Feed(f"https://{name}.example/") for name in "ab"]
    with Archive(archive_place) as writer:
        for feed in feeds:
            writer.add_feed(feed)

        with closing(open_database(archive_place)) as source, source.reading() as ask:
            assert len(list(ask("SELECT url FROM feeds"))) == 2
            writer.record_read(feeds[0], Validators(), NOW, [replace(entry("1"), feed_url=feeds[0].url)], plan)
            assert list(ask("SELECT id FROM entries")) == []
        assert len(writer.list_wanted()) == 1
