import pytest

from web.requests.rates import Meter, Rate


def test_a_burst_then_one_at_a_time() -> None:
    meter = Meter(Rate(a_minute=60, burst=3))
    assert [meter.take("a", 100.0) for _ in range(3)] == [0, 0, 0]
    assert meter.take("a", 100.0) == pytest.approx(1.0)
    assert meter.take("a", 100.4) == pytest.approx(0.6)
    assert meter.take("a", 101.0) == 0
    assert meter.take("a", 101.0) > 0


def test_waiting_as_told_is_enough() -> None:
    meter = Meter(Rate(a_minute=7, burst=1))
    now = 0.0
    assert meter.take("a", now) == 0
    for _ in range(20):
        now += meter.take("a", now)
        assert meter.take("a", now) == 0


def test_the_rate_holds_over_a_minute() -> None:
    meter = Meter(Rate(a_minute=60, burst=10))
    answered = sum(meter.take("a", tick / 100) == 0 for tick in range(6000))
    assert answered == 10 + 59


def test_one_client_costs_another_nothing() -> None:
    meter = Meter(Rate(a_minute=60, burst=1))
    assert meter.take("a", 0.0) == 0
    assert meter.take("a", 0.0) > 0
    assert meter.take("b", 0.0) == 0


def test_the_longest_silent_are_forgotten_first() -> None:
    meter = Meter(Rate(a_minute=1, burst=1))
    for number in range(25_000):
        meter.take(str(number), 0.0)
    assert len(meter._whole_at) == 20_000
    assert meter.take("24999", 0.0) > 0
    assert meter.take("0", 0.0) == 0
