"""How well articles about AI are told from others: `python bench/subject.py ../shared`, the shared texts.

By language, on outlets that nothing was learned from. About AI: the corpus's `dev` and `test`, all of them, and items
read so. Not about AI: items of news feeds, pages of 2010 to 2026, and a Japanese outlet of every subject. What names
nothing of AI counts as not about it, unread; what names some was read (bench/subject_read.tsv) and is left out where a
reader could not tell.
"""

import argparse
import csv
import gzip
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import ParseError
from graph.records import Article, ArticleId, Source, SourceId
from ingest.learning.sources import iter_corpus
from ingest.nlp.load import load_subject
from ingest.parsing.article import read_page

_ROOT = Path(__file__).parents[1]
_READ = Path(__file__).with_name("subject_read.tsv")
_DAY = datetime(2026, 1, 3, tzinfo=UTC)
# Feeds whose items have no text of their own.
_BARE = ("hnrss", "news.google")
_TAG = re.compile(r"<[^>]+>")
_PAGES = ("aeb/*.gz", "fundus/*/*.gz", "postlight/*.html", "readability/*/source.html")
Item = tuple[str, str, str, str, bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--show", action="store_true", help="print what of the feeds and pages is told wrongly")
    options = parser.parse_args()
    if not options.shared.is_dir():
        parser.error(f"{options.shared}: no such folder; the texts measured on do not come with the program")
    with _READ.open(encoding="utf-8", newline="") as file:
        read = dict(list(csv.reader(file, delimiter="\t"))[1:])
    subject = load_subject(_ROOT / "data")
    right: Counter[tuple[str, str, bool]] = Counter()
    counts: Counter[tuple[str, str, bool]] = Counter()
    for name, lang, title, text, about in _iter_items(options.shared, read):
        found = subject.is_about_ai(_make_article(title, text, lang))
        counts[lang, name, about] += 1
        right[lang, name, about] += found == about
        if options.show and found != about and not name.startswith("corpus"):
            print(f"{'missed' if about else 'let in'}\t{name}\t{(title or text)[:90].splitlines()[0]}")
    for lang in ("en", "ja"):
        _report(lang, {key: n for key, n in counts.items() if key[0] == lang}, right)


def _report(lang: str, counts: dict[tuple[str, str, bool], int], right: Counter[tuple[str, str, bool]]) -> None:
    for key, number in sorted(counts.items()):
        kind = "about AI, and told so" if key[2] else "not about AI, and told so"
        print(f"{lang}  {key[1]:12}  {kind}: {right[key]} of {number}")
    about = sum(number for key, number in counts.items() if key[2])
    others = sum(number for key, number in counts.items() if not key[2])
    hits = sum(right[key] for key in counts if key[2])
    wrong = others - sum(right[key] for key in counts if not key[2])
    alike = hits / about / (hits / about + wrong / others)
    print(f"{lang}  recall {hits / about:.3f} ({hits} of {about}), let in {wrong / others:.3f} ({wrong} of {others})")
    print(f"{lang}  precision {hits / (hits + wrong):.3f} as counted, {alike:.3f} where half of all is about AI")


def _iter_items(shared: Path, read: dict[str, str]) -> Iterator[Item]:
    """Where from, language, title, text, and whether it is about AI."""
    for split in ("dev", "test"):
        for document in iter_corpus(shared / "eval" / "corpus", split):
            yield f"corpus {split}", document.lang, "", document.text, True
    data = shared / "data"
    for where, name, lang, title, text in (*_iter_feeds(data), *_iter_articles(data), *_iter_pages(data)):
        verdict = read.get(where, "no")
        if verdict != "unclear":
            yield name, lang, title, text, verdict == "yes"


def _iter_feeds(data: Path) -> Iterator[tuple[str, str, str, str, str]]:
    seen = set()
    for path in sorted((data / "feeds" / "rsslink2026").glob("*/*.json")):
        for item in json.loads(path.read_text("utf-8")):
            title = (item.get("title") or "").strip()
            if title in seen or any(bare in path.name for bare in _BARE):
                continue
            seen.add(title)
            text = " ".join(_TAG.sub(" ", html.unescape(item.get("description") or "")).split())
            yield item["link"], "feeds", "en", title, text


def _iter_articles(data: Path) -> Iterator[tuple[str, str, str, str, str]]:
    for path in sorted((data / "articles" / "ukiuni_ja").glob("*.md")):
        yield path.name, "ukiuni", "ja", "", path.read_text("utf-8").split("---", 2)[2].strip()


def _iter_pages(data: Path) -> Iterator[tuple[str, str, str, str, str]]:
    folder = data / "html_gold"
    for path in sorted(path for pattern in _PAGES for path in folder.glob(pattern)):
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        try:
            page = read_page(body, "https://page.example/", _DAY)
        except ParseError:
            continue
        if page.lang in ("en", "ja"):
            yield str(path.relative_to(folder)), "pages", page.lang, page.title, page.text


def _make_article(title: str, text: str, lang: str) -> Article:
    whole = text if text.startswith(title) else f"{title}\n{text}"
    source = Source(SourceId("bench"), "bench", "bench.example", lang=lang)
    return Article(ArticleId("bench"), "https://bench.example/", source, title, whole, lang, _DAY, _DAY)


if __name__ == "__main__":
    main()
