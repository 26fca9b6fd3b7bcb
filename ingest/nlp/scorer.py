"""How likely a found claim is right: a calibrated score out of what the network and the parts around it saw."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from graph.errors import ConfigError

BIAS = "bias"
# The logarithm of how often what was never seen may yet be.
_UNSEEN = -5.0
CLIP = 4.0
"""A sign counts as no further from its mean than so many standard deviations."""
Signs = Mapping[str, float]
Fits = Mapping[str, Mapping[str, float]]


class Scores(Protocol):
    """What says how likely a found claim is right."""

    def score(self, signs: Signs) -> float:
        """P(right), from 0 to 1."""
        ...


class Scorer:
    """A small network over named signs, fitted by `python -m ingest.learning prove` and set to shares by `calibrate`.

    A sign is given as a number; those that are names ("predicate=released") count one where they hold.
    Raises ConfigError for a file that is missing or is none.
    """

    def __init__(self, path: Path) -> None:
        try:
            raw = json.loads(path.read_text("utf-8"))
            self._weights = {str(name): float(weight) for name, weight in raw["weights"].items()}
            self.fits: Fits = {
                str(name): {str(kind): float(share) for kind, share in known.items()}
                for name, known in raw["fits"].items()
            }
            self._hidden = Hidden(raw["hidden"]) if "hidden" in raw else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise ConfigError(f"{path}: not the weights of a scorer ({error}); install claimgraph again") from error

    def score(self, signs: Signs) -> float:
        """P(right), from 0 to 1, rounded so that every machine keeps the same."""
        return round(make_share(self.weigh(signs)), 4)

    def weigh(self, signs: Signs) -> float:
        """The same as a sum from which the share is made: the surer, the larger."""
        known = add_fits(signs, self.fits)
        total = self._weights.get(BIAS, 0.0)
        total += sum(self._weights.get(name, 0.0) * value for name, value in known.items())
        return total + (self._hidden.weigh(known) if self._hidden else 0.0)


class Hidden:
    """Units that see several signs at once. Raises KeyError, TypeError or ValueError for what is none.

    signs     name, mean, and how far from it it usually is, of each
    straight  [signs]: what each weighs by itself
    into, bias, out  [units, signs], [units], [units]: what units take of them and say together
    """

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._names = tuple(str(name) for name, _, _ in raw["signs"])
        self._mean, self._wide = (np.array([one[n] for one in raw["signs"]], dtype=np.float64) for n in (1, 2))
        parts = [np.array(raw[key], dtype=np.float64) for key in ("straight", "into", "bias", "out")]
        self._straight, self._into, self._bias, self._out = parts
        shapes = self._straight.shape, self._into.shape, self._bias.shape, self._out.shape
        signs, units = len(self._names), len(self._bias)
        if shapes != ((signs,), (units, signs), (units,), (units,)):
            raise ValueError(f"weights of the shapes {shapes} for {signs} signs")
        if not all(np.isfinite(part).all() for part in (self._mean, self._wide, *parts)) or (self._wide <= 0).any():
            raise ValueError("weights that are no numbers, or a sign as wide as nothing")

    def weigh(self, signs: Signs) -> float:
        """What they add to the sum."""
        x = (np.array([signs.get(name, 0.0) for name in self._names]) - self._mean) / self._wide
        x = x.clip(-CLIP, CLIP)
        inner = self._into @ x + self._bias
        active = inner * [(1 + math.erf(one / 2**0.5)) / 2 for one in inner]
        return float(self._straight @ x + self._out @ active)


def make_share(total: float) -> float:
    """The logistic of a sum."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def add_fits(signs: Signs, fits: Fits) -> dict[str, float]:
    """The signs with how usual it is for such a subject and such an object to stand with this predicate."""
    predicate = next((name for name in signs if name.startswith("predicate=")), "")
    found = dict(signs)
    for side in ("subject", "object"):
        kind = next((name for name in signs if name.startswith(f"{side} kind=")), f"{side}=none")
        found[f"{side}:fit"] = fits.get(predicate, {}).get(kind, _UNSEEN)
    return found
