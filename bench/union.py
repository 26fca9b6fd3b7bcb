"""Another reader beside this one on `dev`: `python bench/union.py CLAIMS.jsonl [../shared]`.

CLAIMS are what `claimgraph extract` of the other wrote for the texts of `dev`. Prints found precision, recall and F1 of
this reader at the default threshold, of the other, of both together, and of what both state.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.accuracy import ROOT, place
from graph.formats.claim_lines import Spellings, make_claim_line
from graph.grades import FAIR_FROM, STORED_FROM
from graph.records import Failure
from ingest.accuracy.evaluation import iter_dated
from ingest.accuracy.gold import Line, make_line, read_claims, read_names
from ingest.accuracy.scoring import score_claims
from ingest.nlp.load import load_extractor
from ingest.read import read_text_file


def main(claims: Path, shared: Path) -> None:
    other = read_claims(claims)
    with tempfile.TemporaryDirectory() as folder:
        for lang in ("en", "ja"):
            gold, texts, entities = place(shared / "eval", Path(folder), lang, "dev")
            mine, docs = read(texts), {path.name for path in texts.glob("*.txt")}
            theirs = [line for line in other if line.doc in docs]
            told, known = {tell(line) for line in theirs}, {tell(line) for line in mine}
            sets = {
                "this": mine,
                "other": theirs,
                "together": mine + [line for line in theirs if tell(line) not in known],
                "both": [line for line in mine if tell(line) in told],
            }
            wanted, names = read_claims(gold), read_names(entities)
            for name, lines in sets.items():
                found = score_claims(wanted, lines, names).found
                print(f"{lang} {name:9} P {found.precision or 0:.3f} R {found.recall or 0:.3f} F1 {found.f1 or 0:.3f}")


def read(texts: Path) -> list[Line]:
    """The claims of this reader that are shown by default."""
    extractor = load_extractor(ROOT / "data")
    lines: list[Line] = []
    for path, moment in iter_dated(sorted(texts.glob("*.txt")), texts / "MANIFEST.tsv", None):
        result = next(extractor.extract([read_text_file(path, moment, None)]))
        assert not isinstance(result, Failure), result
        spelled = Spellings(result)
        lines += [make_line(make_claim_line(claim, path.name, spelled.find(claim))) for claim in result.claims]
    return [line for line in lines if (line.score or STORED_FROM) >= FAIR_FROM]


def tell(line: Line) -> tuple[object, ...]:
    """What makes two claims of one sentence the same."""
    return line.doc, line.span[0], line.subject, line.object, line.quantity


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "../shared"))
