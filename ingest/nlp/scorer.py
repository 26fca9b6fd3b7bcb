"""How likely a found claim is right: a calibrated score out of what the network and the parts around it saw."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

from graph.errors import ConfigError

_BIAS = "bias"


class Scorer:
    """A logistic model over named signs, fitted on `dev` by `python -m ingest.learning.calibrate`.

    A sign is given as a number; those that are names ("predicate=released") count one where they hold.
    Raises ConfigError for a file that is missing or is none.
    """

    def __init__(self, path: Path) -> None:
        try:
            raw = json.loads(path.read_text("utf-8"))
            self._weights = {str(name): float(weight) for name, weight in raw["weights"].items()}
            self.threshold = float(raw["threshold"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigError(f"{path}: not the weights of a scorer ({error}); install claimgraph again") from error

    def score(self, signs: Mapping[str, float]) -> float:
        """P(right), from 0 to 1, rounded so that every machine keeps the same."""
        total = self._weights.get(_BIAS, 0.0) + sum(self._weights.get(n, 0.0) * v for n, v in signs.items())
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)
