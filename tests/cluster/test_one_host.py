"""One process at a time asks a host, whatever is killed (one_host.py has the long form)."""

import pytest

from ingest.archive import Server
from tests.cluster.one_host import PAUSE, Visit, find_faults, play

PAGES, REDIRECTS, KILLS, STOPPED = 60, 10, 4, 3.0


def test_three_processes_that_are_killed_and_stopped_are_as_polite_as_one(server_place: Server) -> None:
    played = play(server_place, PAGES, REDIRECTS, KILLS, STOPPED, seconds=90)
    assert find_faults(played.visits) == []
    assert len(played.killed) == KILLS
    assert played.stopped
    assert len({visit.process for visit in played.visits}) > KILLS
    assert (played.wanted, played.articles) == (0, PAGES + REDIRECTS)


@pytest.mark.parametrize(
    ("others", "fault"),
    [
        ([("a", 0.0, 2.0), ("a", 0.5, 3.0)], "third at once"),
        ([("a", 0.0, 0.9), ("a", 0.5, 1.0 - PAUSE / 2)], "no pause"),
        ([("b", 0.0, 2.0)], "another process"),
        ([("b", 0.0, 1.0 - PAUSE / 2)], "another process"),
        ([("a", 0.0, 2.0)], ""),
        ([("b", 0.0, 0.5), ("a", 0.8, 2.0)], ""),
    ],
)
def test_what_is_not_polite_is_seen(others: list[tuple[str, float, float]], fault: str) -> None:
    visits = [Visit("/page", process, start, end) for process, start, end in [*others, ("a", 1.0, 1.1)]]
    told = find_faults(visits)
    assert any(fault in one for one in told) if fault else not told
