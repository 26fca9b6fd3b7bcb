"""Figures over outlets and how far they reach."""

import pytest

from ingest.accuracy.intervals import FIGURES, estimate
from ingest.accuracy.scoring import Rate
from ingest.accuracy.tallies import Tally


def tally(found: int, predicted: int, wanted: int, right: int = 0) -> Tally:
    return Tally(Rate(found, predicted, wanted), Rate(right, predicted, wanted))


BIG, SMALL, SILENT = tally(90, 100, 100, 80), tally(1, 10, 10), tally(0, 0, 10)


def test_total_counts_claims_and_mean_counts_outlets() -> None:
    found = estimate([BIG, SMALL])
    assert found["found_precision"].total == pytest.approx(91 / 110)
    assert found["found_precision"].mean == pytest.approx((0.9 + 0.1) / 2)
    assert found["right_share"].total == pytest.approx(80 / 110)
    assert found["right_share"].mean == pytest.approx(0.4)
    assert found["right_f1"].total == pytest.approx(2 * 80 / 220)


def test_outlet_without_a_figure_has_no_say_in_its_mean() -> None:
    found = estimate([BIG, SILENT])
    assert found["found_precision"].mean == pytest.approx(0.9)
    assert found["found_recall"].mean == pytest.approx(0.45)
    assert found["found_f1"].mean == pytest.approx(0.45)


def test_interval_reaches_from_the_worst_to_the_best_of_two_outlets() -> None:
    found = estimate([BIG, SMALL])["found_precision"]
    assert found.total_interval == pytest.approx((0.1, 0.9))
    assert found.mean_interval == pytest.approx((0.1, 0.9))


def test_interval_narrows_with_outlets_and_holds_the_figure() -> None:
    few, many = (estimate([BIG, SMALL, SILENT] * times)["found_f1"] for times in (2, 30))
    for one in (few, many):
        assert one.total is not None
        assert one.total_interval is not None
        assert one.total_interval[0] < one.total < one.total_interval[1]
    assert few.mean_interval is not None
    assert many.mean_interval is not None
    assert many.mean_interval[1] - many.mean_interval[0] < 0.5 * (few.mean_interval[1] - few.mean_interval[0])


def test_the_same_outlets_give_the_same_intervals() -> None:
    assert estimate([BIG, SMALL, SILENT]) == estimate([BIG, SMALL, SILENT])


def test_outlets_that_agree_leave_no_doubt() -> None:
    assert estimate([BIG] * 5)["found_recall"].total_interval == pytest.approx((0.9, 0.9))


@pytest.mark.parametrize("outlets", [[], [BIG]], ids=["none", "one"])
def test_without_two_outlets_there_is_no_interval(outlets: list[Tally]) -> None:
    found = estimate(outlets)
    assert found.keys() == FIGURES.keys()
    assert all(one.total_interval is one.mean_interval is None for one in found.values())
    assert found["found_f1"].total == (0.9 if outlets else None)
