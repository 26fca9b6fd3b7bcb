"""How far figures can be trusted: in total and as the mean over outlets, with bootstrap intervals over outlets.

Claims of one outlet are alike, so outlets are drawn and not claims. A difference inside the interval decides nothing.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.accuracy.tallies import Tally, add_up

FIGURES: Mapping[str, Callable[[Tally], float | None]] = {
    "found_precision": lambda tally: tally.found.precision,
    "found_recall": lambda tally: tally.found.recall,
    "found_f1": lambda tally: tally.found.f1,
    "right_f1": lambda tally: tally.right.f1,
    "right_share": lambda tally: tally.right.precision,
}
RESAMPLES = 1000
_SEED = 0
_COVERED = 0.95

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over all texts together and as the mean over outlets that have it, each with its interval.

    An interval is None where there are not two outlets to draw from.
    """

    total: float | None
    total_interval: Interval
    mean: float | None
    mean_interval: Interval


def estimate(outlets: Sequence[Tally]) -> dict[str, Estimate]:
    """Each figure by its name. The same outlets in the same order give the same intervals."""
    draw = random.Random(_SEED)  # noqa: S311 - resampling, and the same each time
    samples = [draw.choices(outlets, k=len(outlets)) for _ in range(RESAMPLES)] if len(outlets) > 1 else []
    whole, totals = add_up(outlets), [add_up(sample) for sample in samples]
    return {
        name: Estimate(
            figure(whole),
            _cover(map(figure, totals)),
            _average(map(figure, outlets)),
            _cover(_average(map(figure, sample)) for sample in samples),
        )
        for name, figure in FIGURES.items()
    }


def _average(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _cover(values: Iterable[float | None]) -> Interval:
    """The middle 95 % of what was drawn."""
    known = sorted(value for value in values if value is not None)
    cut = round(len(known) * (1 - _COVERED) / 2)
    return (known[cut], known[len(known) - 1 - cut]) if known else None
