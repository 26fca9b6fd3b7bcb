"""Whether the memory of a process that reads article after article stays flat: `python bench/memory.py [ARTICLES]`.

Reads the texts of data/documents and data/gold again and again through one extractor, as `ingest` does, and prints the
resident memory ten times on the way. The letters of names are shuffled anew in every article, so that no name comes
twice and nothing that is kept of one helps with the next. 10,000 articles take some two hours of one core.
"""

import random
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.ids import make_article_id, make_source_id
from graph.records import Article, Extraction, Source
from ingest.language import detect_language
from ingest.nlp.load import load_extractor, load_subject

DATA = Path(__file__).resolve().parents[1] / "data"
_DAY = datetime(2026, 1, 5, tzinfo=UTC)
_SOURCE = Source(make_source_id("bench.example"), "Bench", "bench.example")
_NAME = re.compile(r"[A-Z][a-z]{3,}|[ァ-ヺー]{3,}")
_FOLDERS = ("documents", "gold")
_SEED = 0


def main(articles: int) -> None:
    extractor, subject = load_extractor(DATA), load_subject(DATA)
    told = claims = 0
    resident = []

    def iter_told() -> Iterator[Article]:
        nonlocal told
        for article in islice(iter_articles(), articles):
            told += subject.is_about_ai(article)
            yield article

    for number, result in enumerate(extractor.extract(iter_told()), 1):
        claims += len(result.claims) if isinstance(result, Extraction) else 0
        if number % max(1, articles // 10) == 0:
            resident.append(read_resident_mb())
            print(f"{number:6} articles, {told:6} about AI, {claims:6} claims, {resident[-1]:.0f} MB", flush=True)
    print(f"grown by {resident[-1] - resident[0]:.0f} MB since the first of these lines")


def iter_articles() -> Iterator[Article]:
    """All texts in turn, both languages mixed, without end; no name in them comes twice."""
    paths = sorted(path for folder in _FOLDERS for path in (DATA / folder).rglob("*.txt"))
    draw = random.Random(_SEED)
    draw.shuffle(paths)
    for number in count():
        path = paths[number % len(paths)]
        text = shuffle_names(path.read_text("utf-8"), draw)
        url = f"https://bench.example/{number}"
        yield Article(make_article_id(url, text), url, _SOURCE, "", text, detect_language(text), _DAY, _DAY)


def shuffle_names(text: str, draw: random.Random) -> str:
    """The text with the letters of every name in another order, the same wherever it stands."""
    found: dict[str, str] = {}

    def rename(match: re.Match[str]) -> str:
        name = match[0]
        if name not in found:
            found[name] = "".join(draw.sample(name.lower(), len(name))).capitalize()
        return found[name]

    return _NAME.sub(rename, text)


def read_resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
