"""Claims drawn at random from all articles of a folder, for a reader to judge.

    python bench/draw.py ../shared/data/articles en 100 [--seed 1] > drawn.txt
    python bench/draw.py ../shared/data/feed_items en 100 --articles 2000 > drawn.txt

Prints the sentence, the claim under it with its score, and where it stands. Draws from the claims that `extract` writes
unless told otherwise. Reads every .md and .txt file of the language, under its day in the folder's MANIFEST.tsv where
there is one (else of 10 February 2025), and every item of .jsonl.gz files (title, summary, date, outlet, link), which
take turns by outlet.
"""

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.errors import ClaimGraphError
from graph.grades import FAIR_FROM
from graph.ids import make_article_id
from graph.records import Article, Claim, Failure, Source, SourceId
from ingest.accuracy.gold import read_days
from ingest.language import detect_language
from ingest.nlp.load import load_extractor
from ingest.parsing.article import put_title_first
from ingest.read import read_text_file

DAY = datetime(2025, 2, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Item:
    """A title and a summary as a feed gave them."""

    title: str
    summary: str
    date: str
    outlet: str
    link: str

    @property
    def name(self) -> str:
        return self.link


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("lang", choices=["en", "ja"])
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, help="reads so many articles, drawn evenly over the sources")
    parser.add_argument("--threshold", type=float, default=FAIR_FROM, help="draws claims with a score as high")
    arguments = parser.parse_args()
    extractor = load_extractor(Path(__file__).resolve().parents[1] / "data")
    found: list[tuple[str, Claim]] = []
    articles = failed = 0
    manifest = arguments.folder / "MANIFEST.tsv"
    days = read_days(manifest) if manifest.exists() else {}
    for text in evenly(arguments.folder, random.Random(arguments.seed)):
        if arguments.articles and articles >= arguments.articles:
            break
        try:
            article = read(text, arguments.lang, days)
            if article is None:
                continue
            result = next(extractor.extract([article]))
        except (ClaimGraphError, UnicodeDecodeError) as error:
            print(f"{text.name}: {error}", file=sys.stderr)
            failed += 1
            continue
        articles += 1
        if isinstance(result, Failure):
            failed += 1
            continue
        found += [(text.name, claim) for claim in result.claims if (claim.score or 0) >= arguments.threshold]
    print(f"# {len(found)} claims from {arguments.threshold:g} up in {articles} articles, {failed} failed")
    for name, claim in random.Random(arguments.seed).sample(found, min(arguments.number, len(found))):
        print(describe(name, claim))


def evenly(folder: Path, chance: random.Random) -> list[Path | Item]:
    """All texts in an order by chance in which the sources (a folder or an outlet each) take turns."""
    sources: dict[str, list[Path | Item]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".md", ".txt"}):
        sources.setdefault(path.relative_to(folder).parts[0], []).append(path)
    for path in sorted(folder.rglob("*.jsonl.gz")):
        for item in read_items(path):
            sources.setdefault(item.outlet, []).append(item)
    turns: list[tuple[int, Path | Item]] = []
    for texts in sources.values():
        chance.shuffle(texts)
        turns += enumerate(texts)
    chance.shuffle(turns)
    return [text for _, text in sorted(turns, key=lambda turn: turn[0])]


def read_items(path: Path) -> Iterator[Item]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Item(*(str(row.get(name) or "") for name in Item.__slots__))


def read(text: Path | Item, lang: str, days: Mapping[str, str]) -> Article | None:
    """The text as an article; None when it is in another language."""
    if isinstance(text, Path):
        if detect_language(text.read_text("utf-8")[:4000]) != lang:
            return None
        known = days.get(text.name) or days.get(text.stem)
        return read_text_file(text, datetime.fromisoformat(known).replace(tzinfo=UTC) if known else DAY, lang)
    whole = put_title_first(text.title, text.summary)
    if detect_language(whole) != lang:
        return None
    day = datetime.fromisoformat(text.date).replace(tzinfo=UTC) if text.date else DAY
    source = Source(SourceId(text.outlet), text.outlet, text.outlet)
    return Article(make_article_id(text.link, whole), text.link, source, text.title, whole, lang, day, day)


def describe(name: str, claim: Claim) -> str:
    """A claim as a reader judges it: first the sentence, then what was made of it."""
    amount = f" {claim.quantity.comparator}{claim.quantity.value:g} {claim.quantity.unit}" if claim.quantity else ""
    said = " < ".join(claimant.party.name for claimant in claim.claimants)
    parts = [claim.subject.name, claim.predicate.value, claim.object.name if claim.object else "-"]
    test = f" on {claim.benchmark.name}" if claim.benchmark else ""
    firmness = f"{claim.modality}{' denied' if claim.polarity == 'denied' else ''}"
    line = f"{' | '.join(parts)}{amount}{test} | by {said or '-'} | {firmness} | {claim.date or ''}"
    return f"\n{' '.join(claim.text.split())}\n  => {line} | {claim.score or 0:.2f} {name}"


if __name__ == "__main__":
    main()
