"""Proofreading: the sentence of a claim is read once more, with the words of its parties marked.

The first reading says what a sentence may state, the second who does it to whom, each part for itself. The third sees
a claim as a whole; what it sees is a few numbers more for the score (scorer.py), and they learned together, from what
the reader had found in texts that it had not learned from, right and wrong (ingest/learning/proving.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ingest.nlp.document import Span

Array = NDArray[np.float32]
PROOF = "proof.onnx"
ROLES = ("subject", "object", "amount", "speaker", "benchmark", "day")
"""Whose words are marked."""
PARTIES = 3
"""So many of them, the first, are looked at by themselves."""
PARTS = 2
"""The first piece of some words has one mark, the others another."""
VIEWS = 16
"""So many numbers say what is seen of a claim, each from -1 to 1."""
# A claim of a sentence of 214 pieces takes 10 MB while it is read: 200 of a long list took 2 GB at once.
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim in its sentence, in pieces.

    below      [pieces, wide]: the sentence and what is read with it before, as they come to the layers that read again
    begin      the first piece of the sentence among these
    look       [pieces of the sentence]: how much the predicate looks at each
    predicate  its number
    places     by role, the first and the last piece among these; None where nothing stands
    """

    below: NDArray[np.floating[Any]]
    begin: int
    look: NDArray[np.floating[Any]]
    predicate: int
    places: tuple[Span | None, ...]


class Proofreader(Protocol):
    """What sees claims whole."""

    def view(self, claims: Sequence[Marked]) -> Array:
        """[claims, VIEWS]: what is seen of each."""
        ...


class Proof:
    """The layers that proofread; `path` must be a graph that was checked."""

    def __init__(self, path: Path, options: onnxruntime.SessionOptions) -> None:
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def view(self, claims: Sequence[Marked]) -> Array:
        """[claims, VIEWS]; the claims are of one sentence, so none of them is shorter."""
        lots = (claims[at : at + _AT_ONCE] for at in range(0, len(claims), _AT_ONCE))
        views = [self._session.run(None, dict(lay_out(lot)))[0] for lot in lots]
        return np.concatenate(views, dtype=np.float32)


def name_views(views: Iterable[float]) -> dict[str, float]:
    """What is seen of a claim as signs for its score."""
    return {f"view:{n:02}": float(value) for n, value in enumerate(views)}


def lay_out(claims: Sequence[Marked]) -> Mapping[str, NDArray[Any]]:
    """What the layers take, by name; shorter claims are filled up with nothing.

    below      [claims, pieces, wide]
    own, look  [claims, pieces]: which are the sentence's, and how much each is looked at
    marks      [claims, PARTS x ROLES, pieces]
    predicate  [claims]
    """
    many, long = len(claims), max(len(claim.below) for claim in claims)
    below = np.zeros((many, long, claims[0].below.shape[1]), np.float32)
    own, look = np.zeros((many, long), np.float32), np.zeros((many, long), np.float32)
    marks = np.zeros((many, PARTS * len(ROLES), long), np.float32)
    for n, claim in enumerate(claims):
        size = len(claim.below)
        below[n, :size] = claim.below
        own[n, claim.begin : size] = 1
        look[n, claim.begin : size] = claim.look
        for role, place in enumerate(claim.places):
            if place:
                marks[n, PARTS * role, place[0]] = 1
                marks[n, PARTS * role + 1, place[0] + 1 : place[1] + 1] = 1
    predicate = np.array([claim.predicate for claim in claims], dtype=np.int64)
    return {"below": below, "own": own, "look": look, "marks": marks, "predicate": predicate}
