"""Workers and servers killed in the midst of their work: `python -m tests.cluster.kills [ROUNDS]` is the long form.

A round brings new feeds, and kills once at each mark (program.py); then once each server. In the end archive and graph
are compared, record by record, with what one process made of the same feeds.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from bench.kills_fetching import serve_feed
from bench.site import Site, serving
from tests.cluster.newsroom import Newsroom, find_apart, opening, running_servers
from tests.cluster.program import MARKS
from tests.neo4j.server import Server as Neo4j
from tests.postgres.server import Server as Postgres
from tests.rabbitmq.server import Server as RabbitMQ

SECONDS = 240.0
# Of one message no more than one at a time: three would set its articles aside.
_TOGETHER = (
    ("taken", "page", "extract", "relate", "put"),
    ("sent", "saved", "commit", "related", "derived"),
    ("fetched", "committed", "assigned"),
    ("marked",),
    ("done",),
)
assert sorted(MARKS) == sorted(mark for marks in _TOGETHER for mark in marks)


def make_alone(folder: Path, extra: Mapping[str, str] | None = None) -> Newsroom:
    """A process that does it all by itself, over files."""
    return Newsroom(folder, {"CLAIMGRAPH_STORE": str(folder / "graph.db")}, extra)


def play_kills(newsroom: Newsroom, alone: Newsroom, site: Site, rounds: int) -> Counter[str]:
    """How often somebody was killed at which mark, until all is done; alone, another does the same in peace."""
    killed: Counter[str] = Counter()
    numbers = count()
    for _ in range(2):
        newsroom.start()
    for turn in range(rounds):
        for marks in _TOGETHER:
            for number, mark in enumerate(marks):
                whom = "all" if (number + turn) % 2 else "one"
                (newsroom.marks / mark).write_text(whom, encoding="ascii")
            url = serve_feed(site, next(numbers))
            newsroom.add_feeds(url)
            alone.add_feeds(url)
            newsroom.drain(SECONDS, revive=True)
            left = {path.name for path in newsroom.marks.iterdir()}
            killed.update(set(marks) - left)
            for name in left:
                (newsroom.marks / name).unlink()
    _finish(newsroom, alone)
    return killed


def play_outages(
    newsroom: Newsroom,
    alone: Newsroom,
    site: Site,
    postgres: Postgres,
    neo4j: Neo4j,
    rabbitmq: RabbitMQ,
    rounds: int,
) -> None:
    """Each server is lost, by a kill or in order, and comes back amid the work; the broker also comes back empty."""

    def lose_broker() -> None:
        rabbitmq.stop(kill=next(turns) % 2 == 0)
        rabbitmq.start()

    def wipe_broker() -> None:
        rabbitmq.stop(kill=True)
        rabbitmq.wipe()
        rabbitmq.start()

    def lose_archive() -> None:
        postgres.stop()
        postgres.start()

    def lose_graph() -> None:
        neo4j.stop(kill=True)
        neo4j.start()

    outages: tuple[Callable[[], None], ...] = (lose_broker, wipe_broker, lose_archive, lose_graph)
    numbers, turns = count(1_000), count()
    for _ in range(2):
        newsroom.start()
    for _ in range(rounds):
        for lose in outages:
            url = serve_feed(site, next(numbers))
            newsroom.add_feeds(url)
            alone.add_feeds(url)
            newsroom.wait(newsroom.has_articles_left, SECONDS)
            lose()
            newsroom.drain(SECONDS, revive=True)
    _finish(newsroom, alone)


def _finish(newsroom: Newsroom, alone: Newsroom) -> None:
    """The workers end, and the other reads all of it at once."""
    newsroom.stop()
    done = alone.run("ingest")
    if done.returncode:
        raise RuntimeError(done.stderr)


def main(rounds: int = 7) -> None:
    with running_servers() as (postgres, neo4j, rabbitmq), tempfile.TemporaryDirectory() as name, serving() as site:
        home, extra = Path(name, "newsroom"), {"TEST_READER": "yes"}
        with opening(home, postgres.make(), neo4j, rabbitmq, extra | {"TEST_MARKS": "yes"}) as newsroom:
            alone, begun = make_alone(Path(name, "alone"), extra), time.monotonic()
            killed = play_kills(newsroom, alone, site, rounds)
            play_outages(newsroom, alone, site, postgres, neo4j, rabbitmq, rounds)
            faults = find_apart(newsroom, alone)
            letters = Counter(f"{one.task}: {one.why}" for one in newsroom.cluster().list_dead())
            print(
                f"{killed.total()} kills of workers at {len(killed)} marks, {4 * rounds} losses of servers, "
                f"{newsroom.dump().total()} records, {len(faults)} apart, dead letters {dict(letters)}, "
                f"{time.monotonic() - begun:.0f} s"
            )
    print("\n".join(faults) or "no faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
