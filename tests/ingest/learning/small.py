"""An encoder of two layers and one that reads again, written and read many times; annotated documents to learn from."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
WIDE, INNER = 64, 128

TEXT = "Vantor released Quillon-2 on Monday. Orrery says that Quillon-2 costs 40 million euros.\n"
ANNOTATION = """\
# 2025-02-03 agency
E company | Vantor | Vantor
E company | Orrery | Orrery
E model | Quillon-2 | Quillon-2
C 0 | released | Vantor | Quillon-2 | - | - | asserted | date=2025-02-03 | by=released
C 1 | costs | Quillon-2 | - | 4e7 EUR price | Orrery | asserted
"""
GREETING = "Good morning, this is the week in chips.\n"


def make_weights() -> dict[str, Array]:
    """Weights by the names that `fit` has, always the same."""
    chance = np.random.default_rng(0)

    def draw(*shape: int) -> Array:
        return chance.normal(size=shape, scale=0.3).astype(np.float32)

    weights = {
        "encoder.pos": draw(32, WIDE),
        "encoder.typ": draw(WIDE),
        "encoder.mark.weight": draw(4, WIDE),
        "md.weight": draw(6, WIDE),
        "told.weight": draw(5, WIDE),
        "lit": draw(WIDE),
    }
    weights |= dict(_iter_norm("encoder.ln"))
    for part in ("encoder.low.0", "encoder.layers.0", "again.0"):
        for name, out, wide in (("qkv", 3 * WIDE, WIDE), ("ao", WIDE, WIDE), ("fi", INNER, WIDE), ("fo", WIDE, INNER)):
            weights |= {f"{part}.{name}.weight": draw(out, wide), f"{part}.{name}.bias": draw(out)}
        weights |= {**dict(_iter_norm(f"{part}.aln")), **dict(_iter_norm(f"{part}.oln"))}
    return weights


def _iter_norm(name: str) -> Iterator[tuple[str, Array]]:
    yield f"{name}.weight", np.ones(WIDE, np.float32)
    yield f"{name}.bias", np.zeros(WIDE, np.float32)


def write_documents(folder: Path, count: int, text: str = TEXT, annotation: str = ANNOTATION) -> Path:
    """A folder of annotated documents, alike but for their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"story{number}.txt").write_text(text, "utf-8")
        (folder / f"story{number}.ann").write_text(annotation, "utf-8")
    return folder
