"""What a newsroom of several machines asks of its archive, on a PostgreSQL of its own on this machine:

    python -m bench.newsroom archive [--feeds 20000 --entries 10000000 --articles 5000000]   # a tenth unless given

How long plan, due and snapshot take over a full archive, and which tables they read through.
"""

import argparse

from bench import newsroom_archive


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    archive = parts.add_parser("archive")
    archive.add_argument("--feeds", type=int, default=2_000)
    archive.add_argument("--entries", type=int, default=1_000_000)
    archive.add_argument("--articles", type=int, default=500_000)
    given = vars(parser.parse_args())
    {"archive": newsroom_archive.measure}[given.pop("part")](**given)


if __name__ == "__main__":
    main()
