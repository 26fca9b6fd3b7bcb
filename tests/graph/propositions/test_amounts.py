"""Which numbers are one as their words go."""

import pytest

from graph.propositions.amounts import excludes, is_allowed, is_same, make_amount
from graph.records import Comparator, Quantity


def amount(value: float, how: str = "=", unit: str = "USD", high: float | None = None) -> Quantity:
    return Quantity("price", value, unit, Comparator(how), high)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (amount(600e9), amount(589e9)),
        (amount(6e6, "~"), amount(5.6e6)),
        (amount(1e8, ">"), amount(1e8, ">=")),
        (amount(1e8, ">"), amount(1.1e8)),
        (amount(17, unit="%"), amount(16.97, unit="%")),
        (amount(0, unit="USD"), amount(0, unit="USD")),
        (amount(-17, unit="%"), amount(-16.97, unit="%")),
        (amount(50, "~", unit="%"), amount(48, unit="%")),
        (amount(3e6, unit="queries"), amount(3.1e6, unit="queries")),
    ],
)
def test_one_number(one: Quantity, other: Quantity) -> None:
    assert is_same(make_amount(one), make_amount(other))
    assert is_same(make_amount(other), make_amount(one))
    assert not excludes(make_amount(one), make_amount(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (amount(600e9), amount(500e9)),
        (amount(5.6e6), amount(1e9, ">")),
        (amount(79.8, unit="%"), amount(79.2, unit="%")),
        (amount(80, unit="%"), amount(84, unit="%")),
        (amount(55, "~", unit="%"), amount(51, unit="%")),
        (amount(2400, "~", unit="chips"), amount(2160, unit="chips")),
        (amount(80, unit="layers"), amount(79, unit="layers")),
        (amount(1, unit="rank"), amount(2, unit="rank")),
        (amount(1e9, "range", high=1e10), amount(3e10)),
    ],
)
def test_numbers_of_which_no_one_is_both(one: Quantity, other: Quantity) -> None:
    assert not is_same(make_amount(one), make_amount(other))
    assert excludes(make_amount(one), make_amount(other))
    assert excludes(make_amount(other), make_amount(one))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (amount(52, unit="%"), False),
        (amount(50, unit="%"), False),
        (amount(50, "range", "%", 57), True),
        (amount(48, "range", "%", 57), True),
        (amount(60, "range", "%", 70), False),
    ],
)
def test_a_range_is_the_number_of_who_gives_one_too(other: Quantity, same: bool) -> None:
    span = make_amount(amount(50, "range", "%", 56))
    assert is_same(span, make_amount(other)) is same
    assert is_same(make_amount(other), span) is same


def test_units_neither_agree_nor_exclude() -> None:
    one, other = make_amount(amount(5, unit="USD")), make_amount(amount(500, unit="JPY"))
    assert not is_same(one, other)
    assert not excludes(one, other)


@pytest.mark.parametrize(
    ("vague", "exact", "expected"),
    [
        (amount(1e9, "range", high=1e10), amount(3.2e9), True),
        (amount(1e9, "range", high=1e10), amount(3.2e10), False),
        (amount(1e9, ">"), amount(1.3e9), True),
        (amount(1e9, ">"), amount(8e9), False),
    ],
)
def test_what_a_vague_number_is_said_of(vague: Quantity, exact: Quantity, expected: bool) -> None:
    assert is_allowed(make_amount(vague), make_amount(exact)) is expected


@pytest.mark.parametrize(
    ("bound", "number", "same"),
    [
        (amount(79.3, "<", "%"), amount(79.3, unit="%"), False),
        (amount(89.2, "<", "points"), amount(89.2, unit="points"), False),
        (amount(50, ">", "%"), amount(50, unit="%"), False),
        (amount(79.3, "<=", "%"), amount(79.3, unit="%"), True),
        (amount(79.3, "<", "%"), amount(79.2, unit="%"), True),
        (amount(6e6, "<"), amount(6e6), True),
    ],
)
def test_a_score_below_a_number_is_not_that_number_while_a_sum_is_told_rounded(
    bound: Quantity, number: Quantity, same: bool
) -> None:
    assert is_same(make_amount(bound), make_amount(number)) is same
