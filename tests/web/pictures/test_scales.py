import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from web.pictures.marks import LEFT, RIGHT
from web.pictures.scales import can_hold, make_scale

VALUES = st.lists(
    st.floats(-1e13, 1e13, allow_nan=False).filter(lambda n: n == 0 or abs(n) > 1e-6), min_size=1, max_size=9
)


@pytest.mark.parametrize(
    ("values", "is_log", "ticks"),
    [
        ((5.89e11, 6e11), False, (0, 2e11, 4e11, 6e11)),
        ((10_000, 50_000), False, (0, 20_000, 40_000, 60_000)),
        ((294_000, 5.6e6), True, (1e5, 1e6, 1e7)),
        ((-17, -3), False, (-20, -15, -10, -5, 0)),
        ((1,), False, (0, 0.25, 0.5, 0.75, 1)),
        ((0,), False, (0, 1)),
    ],
)
def test_round_numbers_from_zero_or_powers_of_ten(
    values: tuple[float, ...], is_log: bool, ticks: tuple[float, ...]
) -> None:
    scale = make_scale(values)
    assert (scale.is_log, scale.ticks) == (is_log, ticks)


@settings(deadline=None)
@given(VALUES)
def test_every_number_has_its_place_in_order(values: list[float]) -> None:
    scale = make_scale(values)
    places = [scale.find_place(value) for value in sorted(values)]
    assert places == sorted(places)
    assert LEFT - 0.01 <= places[0] <= places[-1] <= RIGHT + 0.01
    assert 2 <= len(scale.ticks) <= (30 if scale.is_log else 7)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 1e300, -1e200, 5e-324], ids=str)
def test_what_no_scale_can_hold_is_told(value: float) -> None:
    assert not can_hold(value)
    assert can_hold(0)


@settings(deadline=None)
@given(VALUES)
def test_a_scale_that_is_not_of_powers_holds_zero(values: list[float]) -> None:
    scale = make_scale(values)
    assume(not scale.is_log)
    assert scale.low <= 0 <= scale.high
