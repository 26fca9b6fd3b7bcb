"""Ingestion killed in the middle: `python bench/kills.py SHARED [KILLS]`.

The feeds and pages of bench/real_feeds.py are read once undisturbed and once with `kill -9` after some seconds, three
times unless told otherwise; then both graphs are compared record by record.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.real_feeds import add_feeds, add_pages, claimgraph, make_command
from bench.site import Site, serving


def main(shared: Path, kills: int) -> None:
    with serving() as site, tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as killed:
        pages = add_pages(site, shared / "data" / "html_gold")
        feeds = add_feeds(site, shared / "data" / "feeds", pages)
        seconds = ingest(site, feeds, whole)
        print(f"undisturbed: {seconds:.1f} s, {len(dump(whole))} claims")
        moments = random.Random(7)
        for number in range(kills):
            after = moments.uniform(1.0, 0.9 * seconds / kills + 1)
            add(site, feeds, killed)
            kill_ingest(killed, after)
            print(f"kill {number + 1} after {after:.1f} s: {len(dump(killed))} claims so far")
        ingest(site, feeds, killed)
        a, b = dump(whole), dump(killed)
        print(f"then a clean run: {len(b)} claims; lost {len(a - b)}, extra {len(b - a)}; equal: {a == b}")


def add(site: Site, feeds: list[str], folder: str) -> None:
    done = claimgraph(folder, "feeds", "add", *(site.address + path for path in feeds))
    assert done.returncode == 0, done.stderr


def ingest(site: Site, feeds: list[str], folder: str) -> float:
    """Seconds that a whole run took."""
    add(site, feeds, folder)
    started = time.monotonic()
    done = claimgraph(folder, "ingest", "--json")
    assert done.stdout, done.stderr
    return time.monotonic() - started


def kill_ingest(folder: str, after: float) -> None:
    with subprocess.Popen(make_command(folder, "ingest"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        time.sleep(after)
        run.kill()


def dump(folder: str) -> set[str]:
    """Every claim as JSON without its source, which all pages share here."""
    claims = [
        json.loads(line) for line in claimgraph(folder, "search", "", "--limit", "1000", "--json").stdout.splitlines()
    ]
    for claim in claims:
        del claim["article"]["source"]
    return {json.dumps(claim, sort_keys=True) for claim in claims}


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
