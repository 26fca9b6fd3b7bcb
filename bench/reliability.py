"""How far scores lie from how often claims are right, and how far that could be chance.

Bins hold as many claims each, so that none is decided by a few. With so few claims even a score that is right in every
case has an error: a bin of thirty comes out right more or less often than it should.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.accuracy.curve import Bin
from ingest.accuracy.intervals import RESAMPLES, Interval

BINS = 10
_SEED = 0
_EDGES = (0.025, 0.975)
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim's score, whether the claim is right, and the outlet of its text."""

    score: float
    right: bool
    outlet: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far scores lie from how often claims are right.

    error      mean distance of score and share right of a bin, over the claims (expected calibration error)
    interval   the middle 95 % of it over draws of the outlets; None where there are not two
    by_chance  what it would be on average, were each claim right as often as its score says
    """

    bins: tuple[Bin, ...]
    error: float
    interval: Interval
    by_chance: float


def measure_reliability(judged: Sequence[Judged]) -> Reliability | None:
    """The figures of some claims; None for none. The same claims give the same figures."""
    if not judged:
        return None
    scores = np.array([one.score for one in judged])
    right = np.array([float(one.right) for one in judged])
    draw = np.random.default_rng(_SEED)
    lots = (_find_error(scores, (draw.random(len(scores)) < scores).astype(float)) for _ in range(RESAMPLES))
    by_chance = sum(lots) / RESAMPLES
    return Reliability(_make_bins(scores, right), _find_error(scores, right), _cover(judged, draw), by_chance)


def _cover(judged: Sequence[Judged], draw: np.random.Generator) -> Interval:
    """Claims of one outlet are alike, so outlets are drawn and not claims."""
    by_outlet: dict[str, list[tuple[float, float]]] = {}
    for one in judged:
        by_outlet.setdefault(one.outlet, []).append((one.score, float(one.right)))
    outlets = [np.array(rows) for _, rows in sorted(by_outlet.items())]
    if len(outlets) < 2:
        return None
    draws = (
        np.concatenate([outlets[n] for n in draw.integers(len(outlets), size=len(outlets))]) for _ in range(RESAMPLES)
    )
    low, high = np.quantile([_find_error(rows[:, 0], rows[:, 1]) for rows in draws], _EDGES)
    return float(low), float(high)


def _find_error(scores: Numbers, right: Numbers) -> float:
    # Claims of one score are one, whichever bins they come into.
    _, same = np.unique(scores, return_inverse=True)
    off = (np.bincount(same, scores - right) / np.bincount(same))[same][np.argsort(scores, kind="stable")]
    return sum(abs(float(part.sum())) for part in np.array_split(off, BINS)) / len(scores)


def _make_bins(scores: Numbers, right: Numbers) -> tuple[Bin, ...]:
    order = np.argsort(scores, kind="stable")
    parts = (part for part in np.array_split(order, BINS) if len(part))
    return tuple(
        Bin(float(s[0]), float(s[-1]), len(s), float(s.mean()), float(right[part].mean()))
        for part in parts
        for s in [scores[part]]
    )
