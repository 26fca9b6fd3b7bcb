"""Figures by threshold and by what the score promised."""

from dataclasses import replace

import pytest

from ingest.accuracy.curve import THRESHOLDS, Bin, is_counted, trace_curve
from ingest.accuracy.gold import Line, Names
from ingest.accuracy.scoring import Rate
from ingest.accuracy.tallies import Tally

NAMES = Names([{"canonical": name} for name in ("Vantor", "Sablefish", "Orrery", "Halden")])
DEAL = Line("a.txt", (0, 40), "Vantor bought Sablefish.", "deal", "acquired", "Vantor", object="Sablefish")
OTHER = replace(DEAL, subject="Orrery")
GOLD = [DEAL, OTHER]
FOUND = [
    replace(DEAL, score=0.92),
    replace(OTHER, score=0.55, modality="reported"),
    replace(DEAL, subject="Halden", score=0.3),
    replace(DEAL, subject="Halden", object="Orrery"),
]


def test_thresholds_go_from_a_fifth_up() -> None:
    assert (THRESHOLDS[0], THRESHOLDS[1], THRESHOLDS[-1], len(THRESHOLDS)) == (0.2, 0.25, 0.95, 16)


@pytest.mark.parametrize(
    ("score", "threshold", "counted"),
    [(0.5, 0.5, True), (0.49, 0.5, False), (0.0, None, True), (None, None, True), (None, 0.0, False)],
)
def test_a_claim_counts_from_its_score_down(score: float | None, threshold: float | None, counted: bool) -> None:
    assert is_counted(replace(DEAL, score=score), threshold) is counted


@pytest.mark.parametrize(
    ("threshold", "found", "right"),
    [
        (0.3, Rate(2, 3, 2), Rate(1, 3, 2)),
        (0.35, Rate(2, 2, 2), Rate(1, 2, 2)),
        (0.6, Rate(1, 1, 2), Rate(1, 1, 2)),
        (0.95, Rate(0, 0, 2), Rate(0, 0, 2)),
    ],
)
def test_a_point_counts_what_is_as_sure(threshold: float, found: Rate, right: Rate) -> None:
    assert trace_curve(GOLD, FOUND, NAMES).points[threshold] == Tally(found, right)


def test_a_weak_claim_takes_no_gold_from_a_sure_one() -> None:
    weak, sure = replace(DEAL, score=0.2), replace(DEAL, score=0.9, modality="reported")
    points = trace_curve([DEAL], [weak, sure], NAMES).points
    assert points[0.2] == Tally(Rate(1, 2, 1), Rate(1, 2, 1))
    assert points[0.5] == Tally(Rate(1, 1, 1), Rate(0, 1, 1))


def test_bins_compare_what_was_promised_with_what_came() -> None:
    curve = trace_curve(GOLD, [*FOUND, replace(OTHER, object="Vantor", score=0.98)], NAMES)
    assert [one.claims for one in curve.bins] == [0, 0, 0, 1, 0, 1, 0, 0, 0, 2]
    assert curve.bins[0] == Bin(0.0, 0.1, 0, None, None)
    assert curve.bins[9].mean == pytest.approx(0.95)
    assert curve.bins[9].right == 0.5
    assert curve.calibration_error == pytest.approx((0.3 + 0.55 + 2 * 0.45) / 4)


def test_a_full_score_is_in_the_last_bin() -> None:
    curve = trace_curve(GOLD, [replace(DEAL, score=1.0), replace(OTHER, score=0.1)], NAMES)
    assert [one.claims for one in curve.bins] == [0, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_a_claim_that_is_not_core_is_neither_right_nor_wrong() -> None:
    curve = trace_curve([DEAL, replace(OTHER, core=False)], [replace(OTHER, score=0.7)], NAMES)
    assert (sum(one.claims for one in curve.bins), curve.points[0.2].found) == (0, Rate(0, 0, 1))


def test_without_scores_there_is_no_calibration() -> None:
    curve = trace_curve(GOLD, GOLD, NAMES)
    assert curve.calibration_error is None
    assert curve.points[0.2].found == Rate(0, 0, 2)
