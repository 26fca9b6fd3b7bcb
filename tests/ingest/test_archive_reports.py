"""What readers reported: kept as sent, held to a number an hour, forgetful of who sent it."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.records import ClaimId, Misreading, Report
from ingest.archive import Archive, Place
from ingest.archive.places import open_database
from ingest.archive.reports import AN_HOUR

NOW = datetime(2026, 9, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
REPORT = Report(ClaimId("c1"), Misreading.DENIAL, "it says “not”", NOW)


def report(n: int, minutes: int = 0) -> Report:
    return replace(REPORT, claim=ClaimId(f"c{n}"), at=NOW + minutes * MINUTE)


def test_a_report_is_kept_as_it_was_sent(archive: Archive) -> None:
    assert archive.list_reports() == ()
    assert archive.add_report(REPORT, "192.0.2.1") == 0
    assert archive.add_report(replace(REPORT, why=""), "192.0.2.2") == 0
    assert archive.list_reports() == (REPORT, replace(REPORT, why=""))


def test_one_address_sends_so_many_an_hour(archive: Archive) -> None:
    for n in range(AN_HOUR):
        assert archive.add_report(report(n, minutes=n), "192.0.2.1") == 0
    assert archive.add_report(report(90, minutes=10), "192.0.2.1") == 50 * 60
    assert archive.add_report(report(91, minutes=10), "192.0.2.2") == 0
    assert archive.add_report(report(90, minutes=60), "192.0.2.1") == 0
    assert archive.add_report(report(92, minutes=60), "192.0.2.1") == 60
    assert len(archive.list_reports()) == AN_HOUR + 2


def test_of_one_claim_an_address_counts_once_an_hour(archive: Archive) -> None:
    archive.add_report(REPORT, "192.0.2.1")
    later = replace(REPORT, reason=Misreading.NUMBER, at=NOW + MINUTE)
    assert archive.add_report(later, "192.0.2.1") == 0
    assert archive.list_reports() == (later,)


def test_a_report_too_many_leaves_the_one_before(archive: Archive) -> None:
    for n in range(AN_HOUR):
        archive.add_report(report(n), "192.0.2.1")
    before = archive.list_reports()
    assert archive.add_report(report(AN_HOUR), "192.0.2.1") > 0
    assert archive.list_reports() == before


def test_who_sent_it_is_forgotten(archive: Archive, archive_place: Place) -> None:
    archive.add_report(report(1), "192.0.2.1")
    archive.add_report(report(2, minutes=61), "192.0.2.2")
    with closing(open_database(archive_place)) as database:
        assert database.rows("SELECT claim, sender FROM reports ORDER BY number") == [("c1", ""), ("c2", "192.0.2.2")]


def test_the_oldest_give_way(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.archive.reports.MOST", 2)
    for n in range(3):
        archive.add_report(report(n), f"192.0.2.{n}")
    assert [one.claim for one in archive.list_reports()] == ["c1", "c2"]
