"""Rates that sentences tell, and sums that are one by them."""

import pytest

from graph.propositions.amounts import Amount, excludes, make_amount
from graph.propositions.currencies import find_rates, is_converted, sharpen
from graph.records import Comparator, Quantity


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("Aldin puts in 310 billion yen ($2 billion).", 1 / 155),
        ("Aldin puts in 310 billion yen, or about $2 billion.", 1 / 155),
        ("アルディンは3100億円（約20億ドル）を出資する。", 1 / 155),
        ("The 310 billion yen that Aldin puts in, $2 billion in its own notice, are not all.", 1 / 155),
        ("Aldin puts in 310 billion yen, $2 billion, more than anybody.", 1 / 155),
        ("Aldin puts in 310 billion yen, or $2 billion over five years.", 1 / 155),
        ("Aldin puts in 310 billion yen, equivalent to $2 billion.", 1 / 155),
        ("The 310 billion yen come to about $2 billion.", 1 / 155),
        ("アルディンは3100億円（約20億ドル）より多く出資する。", 1 / 155),
    ],
)
def test_a_rate_is_told_beside_a_sum(text: str, rate: float) -> None:
    assert find_rates([text])["JPY", "USD"] == pytest.approx(rate)
    assert find_rates([text])["USD", "JPY"] == pytest.approx(1 / rate)


@pytest.mark.parametrize(
    "text",
    [
        "They want C$24 million, on top of the 1.5 billion yen that they ask for at home.",
        "Aldin put in 310 billion yen. It gave $2 billion to others.",
        "110万カナダドルは国内の額であり、2億8000万円は全世界の額だ。",
        "Aldin puts in 310 billion yen, or about $40.",
        "Aldin puts in 310 billion yen.",
        "Aldin-1 cost 800 million yen, $10 million less than Borea X.",
        "Aldin-1 costs 800 million yen, $10 million a year more than Borea X.",
        "Aldin-1 cost 800 million yen, or $10 million below Borea X.",
        "Its costs went from 800 million yen to $10 million.",
        "アルディン1は8億円、1000万ドル少ない費用で済んだ。",
        "アルディン1は8億円、1000万ドルより安い。",
        "アルディン1は8億円で、ボレアより1000万ドル高い。",
    ],
)
def test_two_sums_are_no_rate(text: str) -> None:
    assert find_rates([text]) == {}


def _make(value: float, unit: str, how: str = "=") -> Amount:
    return make_amount(Quantity("price", value, unit, Comparator(how)))


def test_sums_are_one_at_the_rate_that_is_told() -> None:
    told = find_rates(["310 billion yen ($2 billion)"])
    assert is_converted(_make(42e9, "USD"), _make(6.51e12, "JPY", "~"), told)
    assert is_converted(_make(6.51e12, "JPY", "~"), _make(42e9, "USD"), told)
    assert is_converted(_make(1e6, "USD/year"), _make(1.55e8, "JPY/year"), told)
    assert not is_converted(_make(1e6, "USD/year"), _make(1.55e8, "JPY"), told)
    assert not is_converted(_make(42e9, "USD"), _make(7.2e12, "JPY"), told)
    assert not is_converted(_make(42e9, "USD"), _make(6.51e12, "JPY", "<="), told)
    assert not is_converted(_make(42e9, "USD"), _make(36e9, "EUR"), told)
    span, yen = (
        make_amount(Quantity("price", *ends))
        for ends in ((40e9, "USD", Comparator.RANGE, 44e9), (6.2e12, "JPY", Comparator.RANGE, 6.82e12))
    )
    assert is_converted(span, yen, told)
    assert not is_converted(span, _make(6.51e12, "JPY"), told)


def test_a_loss_is_as_near_as_its_sentence_tells_it() -> None:
    loss, alone = (
        sharpen(_make(-9e11, "KRW"), text) for text in ("A loss of 900 billion won ($620 million).", "A loss.")
    )
    assert loss.low <= loss.stated <= loss.high
    assert loss.high - loss.low < alone.high - alone.low
    assert excludes(alone, sharpen(_make(-3.5e11, "KRW"), "A loss of 350 billion won."))
