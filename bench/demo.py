"""How well the demo's articles are read: `python bench/demo.py [THRESHOLD]`.

`data/gold/demo`: every claim of the sixteen pages, listed by a reader who did not know what the program finds; nothing
is trained on them.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.grades import FAIR_FROM
from ingest.accuracy.scoring import score_claims
from ingest.learning.annotated import iter_documents
from ingest.learning.weighing import iter_shown, take_documents
from ingest.nlp.load import load_extractor

DATA = Path(__file__).resolve().parents[1] / "data"


def main(threshold: float) -> None:
    texts = take_documents(list(iter_documents(DATA / "gold" / "demo")))
    score = score_claims(texts.gold, list(iter_shown(load_extractor(DATA), texts, threshold)), texts.names)
    for name, rate in (("found", score.found), ("right", score.right)):
        print(f"{name}: {rate.hits} of {rate.wanted} core claims, {rate.predicted} shown from {threshold} up")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else FAIR_FROM)
