"""The same input again (P2, P8): `python -m bench.again SHARED [FEEDS]`.

The first FEEDS (10) and the pages of bench/real_feeds.py through `claimgraph ingest`, then twice more with every feed
due: once answered by "not modified", once with the same documents sent again. CPU seconds of each run beside the first,
bodies sent, and whether a row of the graph changed.
"""

import hashlib
import json
import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from bench.cpu import count_ended
from bench.real_feeds import add_feeds, add_pages, claimgraph, make_due
from bench.site import serving


def main(shared: Path, most: int) -> None:
    with serving() as site, tempfile.TemporaryDirectory() as folder:
        pages = add_pages(site, shared / "data" / "html_gold")
        feeds = add_feeds(site, shared / "data" / "feeds", pages)[:most]
        opml = Path(folder, "feeds.opml")
        outlines = "".join(f'<outline type="rss" xmlUrl="{site.address}{path}"/>' for path in feeds)
        opml.write_text(f'<opml version="2.0"><head/><body>{outlines}</body></opml>', "utf-8")
        claimgraph(folder, "feeds", "import", str(opml))
        first = 0.0
        for name in ("first", "not modified", "the same documents"):
            if name == "the same documents":
                forget_validators(folder)
            before, sent, used = digest(folder), site.sent, count_ended()
            summary = json.loads(claimgraph(folder, "ingest", "--json").stdout.splitlines()[-1])
            used = count_ended() - used
            first = first or used
            graph = "as before" if digest(folder) == before else "changed"
            print(f"{name}: {used:.2f} CPU s, ratio {used / first:.3f}; bodies {site.sent - sent}; graph {graph}")
            print(f"  feeds {summary['feeds']}, articles {summary['articles']}, claims {summary['claims']}")
            make_due(folder)
    print(f"load {os.getloadavg()[0]:.1f}")


def digest(folder: str) -> str:
    """A hash over every row of the graph."""
    path = Path(folder, "graph.db")
    if not path.exists():
        return ""
    with closing(sqlite3.connect(path)) as db:
        found = hashlib.sha256()
        # A virtual table keeps its rows in tables of its own.
        stored = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1"
        for (name,) in db.execute(stored).fetchall():
            for row in db.execute(f'SELECT * FROM "{name}"'):
                found.update(repr(row).encode())
        return found.hexdigest()


def forget_validators(folder: str) -> None:
    with closing(sqlite3.connect(f"{folder}/graph.archive.db", isolation_level=None)) as archive:
        archive.execute("UPDATE feeds SET etag = NULL, modified = NULL")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10)
