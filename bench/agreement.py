"""How far two readers of the project's documents agree: `python bench/agreement.py`.

Of the documents 166, a tenth, were read a second time by somebody who saw the text alone (`data/gold/second`). Claims
are compared as `claimgraph evaluate` compares them: what one lists as core, found among all that the other lists.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ingest.accuracy.gold import Line
from ingest.accuracy.scoring import Score, score_claims
from ingest.learning.annotated import Document, read_document
from ingest.learning.lines import make_lines, make_names

DATA = Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    print("| | texts | core claims, first and second | of either also the other's | predicate | modality | speaker |")
    print("|---|---|---|---|---|---|---|")
    for lang in ("en", "ja"):
        pairs = list(iter_pairs(lang))
        first, second = ([line for pair in pairs for line in make_lines(pair[n])] for n in (0, 1))
        names = make_names([document for pair in pairs for document in pair])
        there, back = (score_claims(one, other, names) for one, other in ((first, second), (second, first)))
        met = len(there.core) + len(back.core)
        share = met / (count_core(first) + count_core(second))
        agreed = " | ".join(tell(there, back, key) for key in ("predicate", "modality", "claimant"))
        print(f"| {lang} | {len(pairs)} | {count_core(first)}, {count_core(second)} | {share:.2f} | {agreed} |")


def iter_pairs(lang: str) -> Iterator[tuple[Document, Document]]:
    """Documents as the first and as the second reader has them."""
    for path in sorted((DATA / "gold" / "second" / lang).glob("*.ann")):
        text = DATA / "documents" / lang / f"{path.stem}.txt"
        yield read_document(text, text.with_suffix(".ann"), None), read_document(text, path, None)


def count_core(lines: Sequence[Line]) -> int:
    return sum(line.core for line in lines)


def tell(there: Score, back: Score, key: str) -> str:
    agreed, of = (a + b for a, b in zip(there.attributes[key], back.attributes[key], strict=True))
    return f"{agreed / of:.2f}"


if __name__ == "__main__":
    main()
