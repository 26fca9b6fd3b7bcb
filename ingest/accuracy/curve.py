"""What a score is worth: the figures by threshold, and how often claims are right as their score says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.accuracy.gold import Line, Names
from ingest.accuracy.scoring import Score, score_claims
from ingest.accuracy.tallies import Tally

THRESHOLDS = tuple(percent / 100 for percent in range(20, 100, 5))
_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims whose score lies from `low` up to `high`; mean score and share right are None where there are none."""

    low: float
    high: float
    claims: int
    mean: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """The figures at each threshold, and the claims of each tenth of the score."""

    points: Mapping[float, Tally]
    bins: tuple[Bin, ...]

    @property
    def calibration_error(self) -> float | None:
        """How far the mean score lies from the share right, averaged over the claims (expected calibration error)."""
        claims = sum(one.claims for one in self.bins)
        off = sum(
            one.claims * abs(one.mean - one.right)
            for one in self.bins
            if one.mean is not None and one.right is not None
        )
        return off / claims if claims else None


def is_counted(claim: Line, threshold: float | None) -> bool:
    """Whether a claim counts at a threshold: all do at None, else those with a score as high; one without has none."""
    return threshold is None or (claim.score is not None and claim.score >= threshold)


def trace_curve(gold: Sequence[Line], claims: Sequence[Line], names: Names) -> Curve:
    """The curve of all claims, weak ones too. Each threshold pairs anew: a weak claim takes no gold from a sure one."""
    scores = {low: score_claims(gold, [c for c in claims if is_counted(c, low)], names) for low in THRESHOLDS}
    judged = judge(score_claims(gold, claims, names))
    return Curve(
        points={low: Tally(score.found, score.right) for low, score in scores.items()},
        bins=tuple(_make_bins([(claim.score, right) for claim, right in judged if claim.score is not None])),
    )


def judge(score: Score) -> Iterator[tuple[Line, bool]]:
    """Each prediction that counts, and whether it is right."""
    yield from ((meeting.claim, meeting.is_right) for meeting in score.core)
    yield from ((claim, False) for claim in score.false)


def _make_bins(judged: Sequence[tuple[float, bool]]) -> Iterator[Bin]:
    for number in range(_BINS):
        here = [one for one in judged if min(int(one[0] * _BINS), _BINS - 1) == number]
        mean = sum(score for score, _ in here) / len(here) if here else None
        right = sum(right for _, right in here) / len(here) if here else None
        yield Bin(number / _BINS, (number + 1) / _BINS, len(here), mean, right)
