"""Sets the score of a claim to the share that is right, by texts read with care; who usually stands with what."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.learning.annotated import Document
from ingest.nlp.scorer import BIAS

Matrix = NDArray[np.float64]
_STEPS = 30


def fit_line(sums: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and shift, so that the logistic of the line over the sums is the share of such claims that are right.

    The order stays as it is: a score fitted to what is right alone would put claims in a worse one, for these are few.
    """
    z = np.stack([np.array(sums), np.ones(len(sums))], axis=1)
    slope, shift = fit_logistic(z, np.array(right, dtype=float), 1e-3)
    return float(slope), float(shift)


def rescale(held: Mapping[str, Any], slope: float, shift: float) -> dict[str, Any]:
    """A score as scorer.json has it whose sums lie on a line over those of another one."""
    weights = {name: value * slope for name, value in held["weights"].items()}
    weights[BIAS] = weights.get(BIAS, 0.0) + shift
    found = {**held, "weights": _round(weights)}
    if hidden := held.get("hidden"):
        turned = {key: [round(value * slope, 6) for value in hidden[key]] for key in ("straight", "out")}
        found["hidden"] = {**hidden, **turned}
    return found


def _round(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 6) for name, value in weights.items()}


def fit_logistic(z: Matrix, y: Matrix, ridge: float, counts: Matrix | None = None) -> Matrix:
    """The weights of columns; the last one, of ones, is not held back.

    counts  how much each row counts; one each when not given
    """
    often = np.ones(len(y)) if counts is None else counts
    w = np.zeros(z.shape[1])
    held = np.full(len(w), ridge)
    held[-1] = 1e-6
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        slope = z.T @ (often * (y - p)) - held * w
        curve = (z * (often * p * (1 - p))[:, None]).T @ z + np.diag(held)
        step = np.linalg.solve(curve, slope)
        w = w + step
        if np.abs(step).max() < 1e-6:
            break
    return w


def count_fits(documents: Iterable[Document]) -> dict[str, dict[str, float]]:
    """The logarithm of how often each kind of subject and of object stands with a predicate, by predicate."""
    counts: dict[str, Counter[str]] = {}
    for document in documents:
        kinds = {name: kind for name, (kind, _) in document.names.items()}
        for statement in document.statements:
            counter = counts.setdefault(f"predicate={statement.predicate}", Counter())
            for side, party in (("subject", statement.subject), ("object", statement.object)):
                kind = f" kind={kinds.get(party.canonical, 'words')}" if party else "=none"
                counter[side + kind] += 1
    return {
        predicate: {
            kind: round(math.log((count + 0.5) / (counter.total() / 2 + 6)), 3)
            for kind, count in sorted(counter.items())
        }
        for predicate, counter in sorted(counts.items())
    }
