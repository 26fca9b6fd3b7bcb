"""The weights by which parts of a matter are judged to be one. `python bench/judge.py [SHARED] [--write]`

Learned (a logistic regression) from our own stories, whose annotations say of what their claims speak, and from the
claims of SHARED (../shared) and of data/stories/build. Prints how each is grouped by weights that were learned from the
others alone, then by those of all; --write puts these into graph/propositions/weights.py. Blind stories are not read.
"""

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from commands.grouping import read_article_days, read_texts
from commands.settings import Config
from graph.background import Background, find_makers, make_background
from graph.propositions import find_matter, group_claims
from graph.propositions.comparing import compare_faces
from graph.propositions.deciding import order_claim
from graph.propositions.grouping import divide_claims
from graph.propositions.joining import list_faces, read_known, split_parts
from graph.propositions.judge import ALWAYS, Signs, find_signs
from graph.propositions.weights import WEIGHTS
from graph.records import Claim, ClaimId
from ingest.accuracy.claim_lines import ClaimReader
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import Tables, load_tables
from ingest.stories.annotations import AnnotatedReader
from ingest.stories.articles import make_articles
from ingest.stories.parsing import find_stories, read_story

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "graph/propositions/weights.py"
# No text may weigh more than so many pairs; those outside stories, which have few, weigh double.
_MOST_PAIRS = 100
_SHARED = 2.0
# A claim that speaks of nothing annotated is mostly another matter than one that does.
_UNSAID = 0.2
# Weights are held near 0 by so much.
_HELD = 1.0
# What says by itself that two are one in no case, however the stories fall: a denial long after it is not the likelier.
_NEVER_FOR = frozenset({"days between"})
_MOST_FACES = 60
_STEPS = 40
_CONFIG = Config(store="", archive=Path(), data=ROOT / "data", quiet=True)


@dataclass(frozen=True, slots=True)
class Texts:
    """Claims, the background in which they are grouped, and of what they speak, as far as it was said."""

    claims: Sequence[Claim]
    background: Background
    spoken: Mapping[ClaimId, str]


@dataclass(frozen=True, slots=True)
class Row:
    """What is weighed of two parts, whether they are one, and how much that counts."""

    signs: Signs
    one: bool
    weight: float


def main(shared: Path, write: bool) -> None:
    if not shared.is_dir():
        sys.exit(f"{shared}: no such folder; the texts measured on do not come with the program")
    texts = dict(read_all(shared))
    rows = {name: list(find_rows(one)) for name, one in texts.items()}
    print(f"{'left out':24} {'pairs right':>12} {'wrong':>6} {'missing':>8} {'in pieces':>10} {'mixed':>6}")
    total: Counter[str] = Counter()
    for name, one in texts.items():
        use(learn({other: found for other, found in rows.items() if other != name}))
        total += report(name, one)
    print_line("all", total)
    use(learn(rows))
    print("== learned from all")
    for name, one in texts.items():
        report(name, one)
    if write:
        WRITTEN.write_text(format_weights(WEIGHTS), "utf-8")


def read_all(shared: Path) -> Iterator[tuple[str, Texts]]:
    tables = load_tables(ROOT / "data/entities")
    for folder in find_stories(ROOT / "data/gold/stories/build"):
        yield folder.name, read_annotated(folder, tables)
    gold = shared / "eval"
    if gold.exists():
        with tempfile.TemporaryDirectory() as place:
            both = Path(place) / "claims.jsonl"
            lines = [(gold / f"{name}_claims.jsonl").read_text("utf-8") for name in ("seed", "devset")]
            both.write_text("".join(lines), "utf-8")
            yield "shared", read_lines(both, [gold / "seed_texts", gold / "devset_texts"])
    for folder in sorted((ROOT / "data/stories/build").iterdir()):
        yield folder.name, read_lines(folder / "claims.jsonl", [folder / "texts"])


def read_annotated(folder: Path, tables: Tables) -> Texts:
    story = read_story(folder)
    reader = AnnotatedReader(folder, story, Gazetteer(tables))
    articles = list(make_articles(story).values())
    found = [item for item in reader.extract(articles) if not hasattr(item, "stage")]
    entities = {entity.id: entity for item in found for entity in item.entities}
    entities |= {entity.id: entity for entity in tables.entities}
    claims = [claim for item in found for claim in item.claims]
    spoken = {id: name for article in articles for id, name in reader.list_propositions(article).items()}
    return Texts(claims, add_makers(claims, make_background(entities.values(), tables.ties)), spoken)


def read_lines(claims: Path, folders: Sequence[Path]) -> Texts:
    reader = ClaimReader(load_tables(ROOT / "data/entities"))
    lines = list(reader.read(claims, read_texts(folders), read_article_days(_CONFIG, folders)))
    known = list({line.claim.id: line.claim for line in lines}.values())
    spoken = {line.claim.id: str(line.raw["proposition"]) for line in lines if line.raw.get("proposition")}
    return Texts(known, add_makers(known, make_background(reader.entities.values(), reader.ties)), spoken)


def add_makers(claims: Sequence[Claim], background: Background) -> Background:
    ties = {tie for found in background.ties.values() for tie in found}
    return make_background(background.entities.values(), (*ties, *find_makers(claims, background)))


def find_rows(texts: Texts) -> Iterator[Row]:
    """The pairs of parts that nothing keeps apart, where it is said of what one of them speaks."""
    matters: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(texts.claims, key=order_claim):
        matters[find_matter(claim, texts.background)].append(claim)
    for members in matters.values():
        parts = split_parts(divide_claims(members, texts.background))
        known = read_known(parts, texts.background)
        spoken = [Counter(texts.spoken[m.claim.id] for m in part if m.claim.id in texts.spoken) for part in parts]
        for one, other in combinations(list_faces(parts, texts.background)[:_MOST_FACES], 2):
            names = [spoken[face.place].most_common(1) for face in (one, other)]
            pair = compare_faces(other, one, known) if any(names) else None
            if pair is not None:
                same = all(names) and names[0][0][0] == names[1][0][0]
                yield Row(find_signs(pair, known), same, 1.0 if all(names) else _UNSAID)


def learn(rows: Mapping[str, Sequence[Row]]) -> dict[str, float]:
    """The weights under which the rows are likeliest, held near 0 and, of some, at 0 or below."""
    names = sorted({name for found in rows.values() for row in found for name in row.signs})
    weights = _fit(rows, names)
    above = {name for name in _NEVER_FOR if weights.get(name, 0.0) > 0}
    # The likeliest of those allowed has 0 for the one that would go above it.
    return weights | _fit(rows, [name for name in names if name not in above]) | dict.fromkeys(above, 0.0)


def _fit(rows: Mapping[str, Sequence[Row]], names: Sequence[str]) -> dict[str, float]:
    """The likeliest weights of these signs, by Newton's steps."""
    flat = [(row, _weigh_text(name, len(found)) * row.weight) for name, found in rows.items() for row in found]
    signs = np.array([[row.signs.get(name, 0.0) for name in names] + [1.0] for row, _ in flat])
    right, counts = np.array([row.one for row, _ in flat], float), np.array([weight for _, weight in flat])
    held = np.array([_HELD] * len(names) + [1e-6])
    weights = np.zeros(len(held))
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (counts * (likely - right)) + held * weights
        bend = (signs.T * (counts * likely * (1 - likely))) @ signs + np.diag(held)
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(value), 2) + 0.0 for name, value in zip([*names, ALWAYS], weights, strict=True)}


def _weigh_text(name: str, rows: int) -> float:
    return min(1.0, _MOST_PAIRS / max(rows, 1)) * (_SHARED if name == "shared" else 1.0)


def use(weights: Mapping[str, float]) -> None:
    """Puts weights in the place of those that are shipped."""
    WEIGHTS.clear()
    WEIGHTS.update(weights)


def report(name: str, texts: Texts) -> Counter[str]:
    """Prints pairs of claims that are grouped rightly, wrongly and not at all, matters in pieces, and mixed groups."""
    groups = group_claims(texts.claims, texts.background)
    where = {link.claim: group.id for group in groups for link in group.links}
    found: Counter[str] = Counter()
    for one, other in combinations(texts.spoken, 2):
        same, together = texts.spoken[one] == texts.spoken[other], where[one] == where[other]
        found["right"] += same and together
        found["wrong"] += together and not same
        found["missing"] += same and not together
    both = {(texts.spoken[id], where[id]) for id in texts.spoken}
    found["pieces"] = len(both) - len(set(texts.spoken.values()))
    found["mixed"] = len(both) - len({group for _, group in both})
    print_line(name, found)
    return found


def print_line(name: str, found: Mapping[str, int]) -> None:
    right, wrong, missing, pieces, mixed = (found.get(k, 0) for k in ("right", "wrong", "missing", "pieces", "mixed"))
    print(f"{name[:24]:24} {right:12} {wrong:6} {missing:8} {pieces:10} {mixed:6}")


def format_weights(weights: Mapping[str, float]) -> str:
    lines = "".join(f'    "{name}": {value},\n' for name, value in weights.items())
    head = (
        "What each sign counts when parts of a matter are judged to be one, as `python bench/judge.py --write` learns."
    )
    return f'"""{head}"""\n\nWEIGHTS: dict[str, float] = {{\n{lines}}}\n'


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--write"]
    main(Path(words[0] if words else "../shared"), "--write" in sys.argv)
