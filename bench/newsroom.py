"""What a newsroom of several machines asks of its servers, each part by itself, on private servers of this machine:

    python -m bench.newsroom archive [--feeds 20000 --entries 10000000 --articles 5000000]   # a tenth unless given
    python -m bench.newsroom graph [--sizes 10000,100000 --rounds 5]
    python -m bench.newsroom hour [--feeds 20000 --minutes 60 --clock 10 --readers 4]   # 200 feeds unless given
    python -m bench.newsroom cpu [--feeds 20]

archive  how long plan, due and snapshot take over a full archive on PostgreSQL, and which tables they read through
graph    how fast claims come into Neo4j a thousand at a time, derived after each, and what its largest matter costs
hour     what waits and what it costs while feeds bring what they bring in an hour, its minutes shorter
cpu      CPU of an article by workers, beside one process over the same servers; two readers beside one
"""

import argparse
from collections.abc import Callable

from bench import newsroom_archive, newsroom_cpu, newsroom_graph, newsroom_hour

_PARTS: dict[str, Callable[..., None]] = {
    "archive": newsroom_archive.measure,
    "graph": newsroom_graph.measure,
    "hour": newsroom_hour.measure,
    "cpu": newsroom_cpu.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    archive = parts.add_parser("archive")
    archive.add_argument("--feeds", type=int, default=2_000)
    archive.add_argument("--entries", type=int, default=1_000_000)
    archive.add_argument("--articles", type=int, default=500_000)
    graph = parts.add_parser("graph")
    graph.add_argument("--sizes", type=_read_sizes, default=(10_000, 100_000), help="claims, in thousands, by commas")
    graph.add_argument("--rounds", type=int, default=5, help="thousands more at each size")
    hour = parts.add_parser("hour")
    hour.add_argument("--feeds", type=int, default=200)
    hour.add_argument("--minutes", type=int, default=60, help="that are played")
    hour.add_argument("--clock", type=float, default=10.0, help="how many of them pass in one")
    hour.add_argument("--readers", type=int, default=1, help="processes that read")
    cpu = parts.add_parser("cpu")
    cpu.add_argument("--feeds", type=int, default=20)
    given = vars(parser.parse_args())
    _PARTS[given.pop("part")](**given)


def _read_sizes(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


if __name__ == "__main__":
    main()
