"""Claims drawn at random from all articles of a folder, for a reader to judge.

    python bench/draw.py ../shared/data/articles en 100 [--seed 1] > drawn.txt

Prints the sentence, the claim under it and where it stands. Reads every .md and .txt file of the language.
"""

import argparse
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.errors import ClaimGraphError
from graph.readers import TABLES, name_reader
from graph.records import Claim, Failure
from ingest.language import detect_language
from ingest.nlp.load import load_extractor
from ingest.read import read_text_file

DAY = datetime(2025, 2, 10, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("lang", choices=["en", "ja"])
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, help="reads so many articles, drawn evenly over the sources")
    arguments = parser.parse_args()
    extractor = load_extractor(Path(__file__).resolve().parents[1] / "data")
    found: list[tuple[str, Claim]] = []
    articles = failed = 0
    for path in evenly(arguments.folder, random.Random(arguments.seed)):
        if arguments.articles and articles >= arguments.articles:
            break
        try:
            if detect_language(path.read_text("utf-8")[:4000]) != arguments.lang:
                continue
            result = next(extractor.extract([read_text_file(path, DAY, arguments.lang)]))
        except (ClaimGraphError, UnicodeDecodeError) as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            failed += 1
            continue
        articles += 1
        if isinstance(result, Failure):
            failed += 1
            continue
        found += [(path.name, claim) for claim in result.claims if name_reader(claim.reader) != name_reader(TABLES)]
    print(f"# {len(found)} claims, tables left out, in {articles} articles, {failed} failed; {arguments.number} drawn")
    for name, claim in random.Random(arguments.seed).sample(found, min(arguments.number, len(found))):
        print(describe(name, claim))


def evenly(folder: Path, chance: random.Random) -> list[Path]:
    """All texts in an order by chance in which the sources (a folder each) take turns."""
    sources: dict[Path, list[Path]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".md", ".txt"}):
        sources.setdefault(path.relative_to(folder).parents[-2], []).append(path)
    turns: list[tuple[int, Path]] = []
    for paths in sources.values():
        chance.shuffle(paths)
        turns += enumerate(paths)
    return [path for _, path in sorted(turns, key=lambda turn: turn[0])]


def describe(name: str, claim: Claim) -> str:
    """A claim as a reader judges it: first the sentence, then what was made of it."""
    amount = f" {claim.quantity.comparator}{claim.quantity.value:g} {claim.quantity.unit}" if claim.quantity else ""
    said = " < ".join(claimant.party.name for claimant in claim.claimants)
    parts = [claim.subject.name, claim.predicate.value, claim.object.name if claim.object else "-"]
    test = f" on {claim.benchmark.name}" if claim.benchmark else ""
    firmness = f"{claim.modality}{' denied' if claim.polarity == 'denied' else ''}"
    line = f"{' | '.join(parts)}{amount}{test} | by {said or '-'} | {firmness} | {claim.date or ''} [{claim.reader}]"
    return f"\n{' '.join(claim.text.split())}\n  => {line} {name}"


if __name__ == "__main__":
    main()
