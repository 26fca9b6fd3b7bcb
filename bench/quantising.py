"""What int8 costs, and what going on from it costs: `python bench/quantising.py CHECKPOINT.npz [../shared]`.

Found and right F1 on `dev` at the default threshold: the reader as shipped, the same unpacked to weights and packed
anew, and the checkpoint that it was made from, unrounded. Needs the extra `learn`; takes two minutes of one core.
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.accuracy import ROOT, place
from graph.grades import FAIR_FROM
from ingest.accuracy.evaluation import evaluate
from ingest.learning.export import write_card, write_heads
from ingest.learning.graphs import write_graphs
from ingest.learning.unpack import read_reader
from ingest.nlp.load import load_extractor
from ingest.nlp.network import HEADS

SHIPPED = ROOT / "data" / "models" / "reader"


def main(checkpoint: Path, shared: Path) -> None:
    with tempfile.TemporaryDirectory() as name, np.load(checkpoint) as stored:
        folder = Path(name)
        report("int8 as shipped", SHIPPED, shared, folder)
        again = pack(read_reader(SHIPPED), folder / "again", exact=False)
        report("unpacked, packed anew", again, shared, folder)
        whole = pack({key: stored[key] for key in stored.files}, folder / "whole", exact=True)
        report("unrounded", whole, shared, folder)


def pack(weights: Mapping[str, NDArray[np.float32]], folder: Path, *, exact: bool) -> Path:
    """The shipped reader with other weights."""
    shutil.copytree(SHIPPED, folder)
    write_graphs(weights, folder, exact=exact)
    write_heads(weights, folder / HEADS)
    write_card(folder, "1", "")
    return folder


def report(title: str, reader: Path, shared: Path, folder: Path) -> None:
    extractor = load_extractor(ROOT / "data", reader=reader)
    for lang in ("en", "ja"):
        gold, texts, entities = place(shared / "eval", folder, lang, "dev")
        claims = evaluate(extractor, gold, texts, entities, None, threshold=FAIR_FROM).claims
        print(
            f"{title:22} {lang}  found F1 {claims.found.f1 or 0:.4f}  right F1 {claims.right.f1 or 0:.4f}", flush=True
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "../shared"))
