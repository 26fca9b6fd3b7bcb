"""Pages broken at random through the reader: `python -m bench.mutated_pages SHARED [COUNT]` (2,000).

Each goes the way of a fetched page, in the sandbox: as an article, as an index page under a rule that takes every link,
and for the feeds that it names. Counted are the outcomes by reason: `crashed`, `timeout` or `parser_failed` are faults
that the sandbox caught. Last the memory of the largest worker and the slowest document.
"""

import gzip
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.mutations import iter_mutations
from graph.errors import ParseError
from ingest.parsing.article import read_page
from ingest.sandbox import Sandbox
from ingest.sources.listings import list_feed_links, parse_listing
from ingest.sources.scrapers import Scraper

NOW = datetime(2026, 11, 25, tzinfo=UTC)
URL = "https://a.example/news"
RULE = Scraper(URL, "//a[@href]", name="links")
FAULTS = frozenset({"crashed", "timeout", "parser_failed", "too_deep"})


def main(shared: Path, count: int) -> None:
    pages = tuple(iter_pages(shared / "data" / "html_gold"))
    hostile = tuple(file.read_bytes() for file in sorted((shared / "data" / "hostile").rglob("*.*")) if file.is_file())
    print(f"{len(pages)} pages, {len(hostile)} hostile documents, {count} mutations")
    with Sandbox() as sandbox:
        readers: dict[str, Callable[[bytes], object]] = {
            "article": lambda body: sandbox.run(read_page, body, URL, NOW),
            "index page": lambda body: sandbox.run(parse_listing, body, URL, NOW, None, RULE),
            "feed links": lambda body: sandbox.run(list_feed_links, body, URL),
        }
        for name, reader in readers.items():
            for kind, bodies in (("hostile", iter(hostile)), ("mutated", iter_mutations(pages, count))):
                outcomes, slowest = measure(reader, bodies)
                faults = sum(outcomes[reason] for reason in FAULTS)
                listed = ", ".join(f"{reason} {number}" for reason, number in outcomes.most_common())
                print(f"{name:10} {kind}: {faults} faults, slowest {slowest:.1f} s; {listed}")
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest worker: {megabytes:.0f} MB (cap 1,024)")


def measure(reader: Callable[[bytes], object], bodies: Iterator[bytes]) -> tuple[Counter[str], float]:
    """How many ended in which way, and the seconds of the slowest."""
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for body in bodies:
        started = time.monotonic()
        try:
            reader(body)
            outcomes["read"] += 1
        except ParseError as error:
            outcomes[error.reason] += 1
        slowest = max(slowest, time.monotonic() - started)
    return outcomes, slowest


def iter_pages(folder: Path) -> Iterator[bytes]:
    """Every page of the collection."""
    for file in sorted(folder.rglob("*.html*")):
        yield gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)
