"""Whether the memory of a process that reads article after article stays flat: `python bench/memory.py [ARTICLES]`.

Reads passages of the documents in data/documents, some 300 characters each, no two the same, and prints the resident
memory ten times on the way.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.ids import make_article_id, make_source_id
from graph.records import Article, Source
from ingest.nlp.load import load_extractor

DATA = Path(__file__).resolve().parents[1] / "data"
_DAY = datetime(2026, 1, 5, tzinfo=UTC)
_SOURCE = Source(make_source_id("bench.example"), "Bench", "bench.example")
_CHARS = 300


def main(articles: int) -> None:
    extractor = load_extractor(DATA)
    claims = 0
    for number, article in enumerate(islice(iter_articles(), articles), 1):
        claims += len(extractor.read(article).claims)
        if number % max(1, articles // 10) == 0:
            print(f"{number:6} articles, {claims:6} claims, {read_resident_mb():.0f} MB", flush=True)


def iter_articles() -> Iterator[Article]:
    """Passages of all documents, each time with another number in them, so that none comes twice."""
    passages = [
        (path.parent.name, text[start : start + _CHARS])
        for path in sorted((DATA / "documents").glob("*/*.txt"))
        for text in (path.read_text("utf-8"),)
        for start in range(0, len(text), _CHARS)
    ]
    for turn in count():
        for number, (lang, passage) in enumerate(passages):
            text = f"{turn}.{number}\n\n{passage}"
            url = f"https://bench.example/{turn}/{number}"
            yield Article(make_article_id(url, text), url, _SOURCE, "", text, lang, _DAY, _DAY)


def read_resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
