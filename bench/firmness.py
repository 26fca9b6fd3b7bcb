"""How well firmness and denial are read, on 120 short passages made for it: `python bench/firmness.py [THRESHOLD]`.

`data/gold/firmness`: one wrote them, another annotated them, nothing is trained on them.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.grades import FAIR_FROM
from ingest.accuracy.dangers import find_dangers
from ingest.accuracy.firmness_tallies import MODALITIES, count_denied, count_modality
from ingest.accuracy.scoring import Rate, score_claims
from ingest.learning.annotated import iter_documents
from ingest.learning.weighing import iter_shown, take_documents
from ingest.nlp.load import load_extractor

DATA = Path(__file__).resolve().parents[1] / "data"


def main(threshold: float) -> None:
    extractor = load_extractor(DATA)
    for lang in ("en", "ja"):
        texts = take_documents(list(iter_documents(DATA / "gold" / "firmness" / lang)))
        lines = list(iter_shown(extractor, texts, threshold))
        score = score_claims(texts.gold, lines, texts.names)
        print(f"{lang}, {len(texts.articles)} passages, from {threshold} up")
        rates = {"found": score.found, "right": score.right, "denied": count_denied(score)}
        rates |= {modality: count_modality(score, modality) for modality in MODALITIES}
        for name, rate in rates.items():
            print(f"  {name:12} {tell(rate)}")
        dangers = find_dangers(texts.gold, lines, score.meetings, texts.names)
        print(", ".join(f"{kind.replace('_', ' ')} {len(found)}" for kind, found in dangers.kinds.items()))


def tell(rate: Rate) -> str:
    parts = (f"{value:.2f}" if value is not None else "   -" for value in (rate.precision, rate.recall, rate.f1))
    return f"P, R, F1 {' '.join(parts)}   {rate.hits} of {rate.wanted}, {rate.predicted} predicted"


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else FAIR_FROM)
