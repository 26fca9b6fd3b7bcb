"""How claims are grouped: scores beside gold, and speed. `python bench/propositions.py [SHARED] [CLAIMS]`

Prints pairs (precision, recall) and contradictions for the texts in SHARED (../shared) and for our own stories, build
and blind apart, then the speed of grouping CLAIMS generated claims (100,000) and candidates looked at per claim.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from bench.generate import iter_chunks
from graph.background import make_background
from graph.matters.contradict import find_contradictions
from graph.propositions import dividing, find_matter, group_claims, words
from graph.records import Claim

ROOT = Path(__file__).parents[1]
# Texts that rules were written without; pairs that touch one of them are scored as blind.
BLIND = frozenset(
    f"{name}.txt"
    for name in (
        "en_caoz_distill",
        "ja_cerebras",
        "en_ainews_r1",
        "ja_akr_bans",
        "ja_kaede",
        "ja_iquest",
        "en_china_stocks",
        "en_gpt45",
        "en_positron",
    )
)
Line = dict[str, object]
Pair = frozenset[int]


@dataclass(slots=True)
class Tally:
    """Hits, predicted and wanted, added up."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, predicted: set[Pair], wanted: set[Pair]) -> None:
        self.counts[f"{name} hits"] += len(predicted & wanted)
        self.counts[f"{name} predicted"] += len(predicted)
        self.counts[f"{name} wanted"] += len(wanted)

    def rate(self, name: str) -> tuple[float, float]:
        """Precision and recall; 1 where there was nothing to be right about."""
        hits, predicted, wanted = (self.counts[f"{name} {key}"] for key in ("hits", "predicted", "wanted"))
        return hits / predicted if predicted else 1.0, hits / wanted if wanted else 1.0

    def format(self, name: str) -> str:
        precision, recall = self.rate(name)
        hits, predicted, wanted = (self.counts[f"{name} {key}"] for key in ("hits", "predicted", "wanted"))
        return f"{name} P {precision:.3f} R {recall:.3f} ({hits} of {wanted}, {predicted} predicted)"


def main(shared: Path, claims: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        gold = shared / "eval"
        if gold.exists():
            report_shared(gold, Path(folder))
        for part in ("build", "blind"):
            report_stories(part, Path(folder))
    report_speed(claims)


def report_shared(gold: Path, folder: Path) -> None:
    """Prints what the scorer of the shared texts says, then our half kept blind and the other."""
    claims = folder / "gold.jsonl"
    claims.write_text(
        "".join((gold / f"{name}_claims.jsonl").read_text("utf-8") for name in ("seed", "devset")), "utf-8"
    )
    grouped, _ = group(claims, [gold / "seed_texts", gold / "devset_texts"], folder)
    files = [claims, gold / "propositions.jsonl", folder / "grouped.jsonl", folder / "relations.jsonl"]
    print(run(gold / "score_propositions.py", *files))
    for name, keep in (("build", False), ("blind", True)):
        tally = Tally()
        score_pairs(grouped, read(claims), tally, lambda *docs, keep=keep: any(doc in BLIND for doc in docs) is keep)
        print_tally(f"shared, {name}", tally)


def report_stories(part: str, folder: Path) -> None:
    """Prints the totals of our own stories of a part."""
    tally = Tally()
    for story in sorted((ROOT / "data/stories" / part).iterdir()):
        grouped, relations = group(story / "claims.jsonl", [story / "texts"], folder)
        wanted = read(story / "claims.jsonl")
        score_pairs(grouped, wanted, tally, lambda *docs: True)
        score_relations(grouped, wanted, relations, read(story / "propositions.jsonl"), tally)
    print_tally(f"stories, {part}", tally)


def group(claims: Path, texts: Sequence[Path], folder: Path) -> tuple[list[Line], list[Line]]:
    """The lines that `claimgraph group` writes: claims and relations."""
    out, relations = folder / "grouped.jsonl", folder / "relations.jsonl"
    options = [word for path in texts for word in ("--texts", str(path))]
    command = [sys.executable, "-m", "claimgraph", "group", str(claims), *options]
    subprocess.run([*command, "--out", str(out), "--relations", str(relations)], check=True, capture_output=True)
    return read(out), read(relations)


def score_pairs(grouped: Sequence[Line], wanted: Sequence[Line], tally: Tally, keep: Callable[..., bool]) -> None:
    core = [n for n, line in enumerate(wanted) if line.get("proposition")]
    found = (list_pairs((n, str(lines[n]["proposition"])) for n in core) for lines in (grouped, wanted))
    predicted, gold = ({pair for pair in pairs if keep(*(str(wanted[n]["doc"]) for n in pair))} for pairs in found)
    tally.add("pairs", predicted, gold)

    def across(pairs: set[Pair], key: Callable[[Line], object]) -> set[Pair]:
        return {pair for pair in pairs if len({key(wanted[n]) for n in pair}) > 1}

    for name, key in (("across texts", lambda line: line["doc"]), ("across languages", is_japanese)):
        tally.add(name, across(predicted, key), across(gold, key))


def score_relations(
    grouped: Sequence[Line], wanted: Sequence[Line], relations: Iterable[Line], gold: Iterable[Line], tally: Tally
) -> None:
    """Contradictions, each group standing for the gold proposition that most of its core claims have."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for line, right in zip(grouped, wanted, strict=True):
        if right.get("proposition"):
            votes[str(line["proposition"])][str(right["proposition"])] += 1
    name = {group: count.most_common(1)[0][0] for group, count in votes.items()}
    found = {frozenset(name.get(str(line[end]), str(line[end])) for end in "ab") for line in relations}
    real = {
        frozenset((str(line["id"]), str(other["id"])))
        for line in gold
        for other in line.get("contradicts") or ()  # type: ignore[attr-defined]
    }
    ends = {end: n for n, end in enumerate(sorted({end for pair in found | real for end in pair}))}
    numbered = [{frozenset(ends[end] for end in pair) for pair in pairs} for pairs in (found, real)]
    tally.add("contradictions", numbered[0], numbered[1])


def list_pairs(placed: Iterable[tuple[int, str]]) -> set[Pair]:
    members: dict[str, list[int]] = defaultdict(list)
    for n, group in placed:
        members[group].append(n)
    return {frozenset(pair) for group in members.values() for pair in combinations(group, 2)}


def is_japanese(line: Line) -> bool:
    return any("\u3040" <= char <= "\u30ff" for char in str(line["sentence"]))


def print_tally(title: str, tally: Tally) -> None:
    print(f"== {title}")
    for name in ("pairs", "across texts", "across languages", "contradictions"):
        if tally.counts[f"{name} predicted"] or tally.counts[f"{name} wanted"]:
            print(f"  {tally.format(name)}")


def report_speed(claims: int) -> None:
    """Prints claims a CPU second through keys and grouping, matter by matter, and comparisons of words per claim."""
    background = make_background((), ())
    known = [claim for chunk in iter_chunks(claims) for extraction in chunk for claim in extraction.claims]
    compared = 0
    compare = words.compare_topics

    def count(one: frozenset[str], other: frozenset[str]) -> float:
        nonlocal compared
        compared += 1
        return compare(one, other)

    words.compare_topics = count
    start = time.process_time()
    matters: dict[str, list[Claim]] = defaultdict(list)
    for claim in known:
        matters[find_matter(claim, background)].append(claim)
    keyed = time.process_time()
    groups = [group for members in matters.values() for group in group_claims(members, background)]
    grouped = time.process_time()
    found = find_contradictions(groups)
    end = time.process_time()
    largest = max(map(len, matters.values()))
    print(
        f"== speed: {len(known)} claims, {len(matters)} matters, the largest of {largest}, {len(groups)} propositions"
    )
    print(f"  keys          {len(known) / (keyed - start):10,.0f} claims a CPU second")
    print(f"  grouping      {len(known) / (grouped - keyed):10,.0f} claims a CPU second")
    print(f"  contradictions{len(known) / (end - grouped):10,.0f} claims a CPU second, {len(found)} found")
    print(f"  {compared / len(known):.2f} sentences compared for a claim, at most {dividing.MOST_COMPARED}")


def read(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def run(script: Path, *arguments: Path | str) -> str:
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0] if given else "../shared"), int(given[1]) if len(given) > 1 else 100_000)
