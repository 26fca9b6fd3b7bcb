"""How far scores lie from how often claims are right."""

import pytest

from bench.reliability import BINS, Judged, measure_reliability


def make(score: float, right: int, of: int, outlet: str = "a") -> list[Judged]:
    return [Judged(score, n < right, outlet) for n in range(of)]


def test_no_claims_no_figures() -> None:
    assert measure_reliability([]) is None


def test_error_is_how_far_mean_and_share_lie_apart() -> None:
    judged = [one for _ in range(5) for one in make(0.2, 3, 10)] + [one for _ in range(5) for one in make(0.8, 8, 10)]
    figures = measure_reliability(judged)
    assert figures is not None
    assert figures.error == pytest.approx((0.1 + 0.0) / 2)


def test_bins_hold_as_many_each_and_every_claim_once() -> None:
    figures = measure_reliability([Judged(n / 1000, n % 3 == 0, "a") for n in range(104)])
    assert figures is not None
    sizes = [one.claims for one in figures.bins]
    assert (len(sizes), sum(sizes), min(sizes), max(sizes)) == (BINS, 104, 10, 11)
    assert all(one.low <= (one.mean or 0) <= one.high for one in figures.bins)


def test_fewer_claims_than_bins_are_told_one_by_one() -> None:
    figures = measure_reliability([Judged(0.9, True, "a"), Judged(0.4, True, "b")])
    assert figures is not None
    assert [(one.claims, one.low, one.right) for one in figures.bins] == [(1, 0.4, 1), (1, 0.9, 1)]
    assert figures.error == pytest.approx((0.1 + 0.6) / 2)


def test_order_changes_no_error_where_scores_differ() -> None:
    judged = [Judged(n / 200, n % 3 == 0, str(n % 4)) for n in range(150)]
    one, other = measure_reliability(judged), measure_reliability(judged[::-1])
    assert one is not None
    assert other is not None
    assert (one.error, one.bins) == (other.error, other.bins)


def test_the_same_claims_give_the_same_figures() -> None:
    judged = [Judged(n / 200, n % 3 == 0, str(n % 4)) for n in range(150)]
    assert measure_reliability(judged) == measure_reliability(judged)


def test_chance_alone_weighs_less_the_more_claims_there_are() -> None:
    few, many = (
        measure_reliability([Judged(0.5 + n / 1e6, n % 2 == 0, "a") for n in range(number)]) for number in (40, 2000)
    )
    assert few is not None
    assert many is not None
    assert few.by_chance > 0.1 > 0.04 > many.by_chance > 0


def test_interval_is_over_outlets() -> None:
    judged = [*make(0.5, 25, 50, "a"), *make(0.5, 50, 50, "b")]
    figures = measure_reliability(judged)
    assert figures is not None
    assert figures.interval is not None
    low, high = figures.interval
    assert low <= figures.error <= high
    assert high == pytest.approx(0.5)
    alone = measure_reliability(make(0.5, 25, 50))
    assert alone is not None
    assert alone.interval is None


def test_claims_of_one_score_are_one_in_any_order() -> None:
    judged = make(0.5, 50, 100)
    mixed = judged[::2] + judged[1::2]
    for figures in (measure_reliability(judged), measure_reliability(mixed)):
        assert figures is not None
        assert figures.error == pytest.approx(0)
