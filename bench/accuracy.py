"""How well the reader reads, as data/accuracy.toml keeps it: `python bench/accuracy.py ../shared > data/accuracy.toml`.

Totals only: of `test` and of the blind gold no sentence is ever printed. Beside each F1 stands, as a comment, its
interval over outlets, and what came out too firmly. Takes five minutes of one core.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.grades import FAIR_FROM
from ingest.accuracy.evaluation import Evaluation, evaluate, find_entity_files
from ingest.accuracy.summaries import summarize_evaluation
from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor

ROOT = Path(__file__).resolve().parents[1]
HEAD = """\
# How well the reader reads: totals at the default threshold, as shares of 1. `python bench/accuracy.py` prints them.
# test is of outlets that nothing was trained on, dev too but for one text (bench/results.md); blind is of data/gold.
# docs/accuracy.md and README.md repeat them; tests/test_accuracy_docs.py names the lines that differ.
"""


def main(shared: Path) -> None:
    if not shared.is_dir():
        sys.exit(f"{shared}: no such folder; the texts measured on do not come with the program")
    extractor = load_extractor(ROOT / "data")
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for lang in ("en", "ja"):
            for part in ("dev", "test", "blind"):
                gold, texts, entities = place(shared / "eval", Path(folder), lang, part)
                print(f"[{lang}.{part}]", *describe(extractor, gold, texts, entities), sep="\n", end="\n\n", flush=True)


def place(shared: Path, folder: Path, lang: str, part: str) -> tuple[Path, Path, list[Path]]:
    """Gold, texts and names of a part; those of the read corpus are written out first, `all` languages together."""
    if part == "blind":
        own = ROOT / "data" / "gold" / lang / "blind"
        return own / "claims.jsonl", own, find_entity_files(own / "claims.jsonl")
    out = folder / f"{lang}-{part}"
    script = shared / "corpus" / "to_gold.py"
    command = [sys.executable, script.name, str(out), "--split", part, *(() if lang == "all" else ("--lang", lang))]
    subprocess.run(command, cwd=script.parent, check=True, capture_output=True)
    gold = shared / f"test_{lang}" if part == "test" else out  # the test texts were read by two
    return gold / "claims.jsonl", out / "texts", [gold / "entities.jsonl"]


def describe(extractor: Extractor, gold: Path, texts: Path, entities: list[Path]) -> list[str]:
    result = evaluate(extractor, gold, texts, entities, None, threshold=FAIR_FROM)
    score, told = result.claims, summarize_evaluation(result)
    figures = {
        "found_precision": score.found.precision,
        "found_recall": score.found.recall,
        "found_f1": score.found.f1,
        "right_f1": score.right.f1,
        "right_share": score.right.hits / score.found.predicted if score.found.predicted else None,
        "entities_f1": result.entities.f1 if result.entities else None,
    }
    lines = [f"{name} = {value or 0:.3f}" for name, value in figures.items()]
    return [
        *lines,
        *(f"# {name}: {told[name]}" for name in ("estimates", "dangers", "denied", "modalities")),
        *share(result),
    ]


def share(result: Evaluation) -> list[str]:
    """Of those found, how many have each part right."""
    parts = {name: f"{right / of:.2f} of {of}" for name, (right, of) in result.claims.attributes.items() if of}
    return [f"# right of those found: {parts}", f"# failed texts: {len(result.failures)}"]


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
