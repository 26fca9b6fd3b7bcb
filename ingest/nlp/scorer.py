"""How likely a found claim is right: a calibrated score out of what the network and the parts around it saw."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from graph.errors import ConfigError

BIAS = "bias"
# The logarithm of how often what was never seen may yet be.
_UNSEEN = -5.0
Signs = Mapping[str, float]
Fits = Mapping[str, Mapping[str, float]]


class Scores(Protocol):
    """What says how likely a found claim is right."""

    def score(self, signs: Signs) -> float:
        """P(right), from 0 to 1."""
        ...


class Scorer:
    """A logistic model over named signs, fitted on `dev` by `python -m ingest.learning calibrate`.

    A sign is given as a number; those that are names ("predicate=released") count one where they hold.
    Raises ConfigError for a file that is missing or is none.
    """

    def __init__(self, path: Path) -> None:
        try:
            raw = json.loads(path.read_text("utf-8"))
            self._weights = {str(name): float(weight) for name, weight in raw["weights"].items()}
            self._fits: Fits = dict(raw["fits"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigError(f"{path}: not the weights of a scorer ({error}); install claimgraph again") from error

    def score(self, signs: Signs) -> float:
        """P(right), from 0 to 1, rounded so that every machine keeps the same."""
        return round(predict(self._weights, add_fits(signs, self._fits)), 4)


def predict(weights: Mapping[str, float], signs: Signs) -> float:
    """P(right) by weights; a sign without one says nothing."""
    total = weights.get(BIAS, 0.0) + sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def add_fits(signs: Signs, fits: Fits) -> dict[str, float]:
    """The signs with how usual it is for such a subject and such an object to stand with this predicate."""
    predicate = next((name for name in signs if name.startswith("predicate=")), "")
    found = dict(signs)
    for side in ("subject", "object"):
        kind = next((name for name in signs if name.startswith(f"{side} kind=")), f"{side}=none")
        found[f"{side}:fit"] = fits.get(predicate, {}).get(kind, _UNSEEN)
    return found
