"""Numbers as sentences write them, and which results fit them."""

import re

import pytest

from graph.sums import english, japanese
from graph.sums.numerals import Hedge, fits, is_currency


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedge"),
    [
        ("about 2.06 million chip-hours", 2_060_000, "chip-hours", Hedge.ABOUT),
        ("nearly four times", 4, "x", Hedge.NEARLY),
        ("more than two and a half times", 2.5, "x", Hedge.OVER),
        ("C$42,000", 42_000, "CAD", Hedge.EXACT),
        ("$1.6bn", 1.6e9, "USD", Hedge.EXACT),
        ("nine million people", 9e6, "count", Hedge.EXACT),
        ("less than two thirds", 2 / 3, "part", Hedge.UNDER),
        ("at least one in five", 0.2, "part", Hedge.AT_LEAST),
        ("13.5 percent", 13.5, "%", Hedge.EXACT),
        ("fivefold", 5, "x", Hedge.EXACT),
        ("約6兆5100億円", 6.51e12, "JPY", Hedge.ABOUT),
        ("1億400万カナダドル", 104e6, "CAD", Hedge.EXACT),
        ("4倍近い", 4, "x", Hedge.NEARLY),
        ("半数以上", 0.5, "part", Hedge.AT_LEAST),
        ("過半数", 0.5, "part", Hedge.OVER),
        ("3割5分", 35, "%", Hedge.EXACT),
        ("3割弱", 30, "%", Hedge.NEARLY),
        ("3割強", 30, "%", Hedge.JUST_OVER),
        ("半分に届きません", 0.5, "part", Hedge.UNDER),
        ("3割にも達していない", 30, "%", Hedge.UNDER),
        ("1割下回る", 10, "%", Hedge.EXACT),
        ("just over a third", 1 / 3, "part", Hedge.JUST_OVER),
        ("３分の１", 1 / 3, "part", Hedge.EXACT),
        ("2倍半", 2.5, "x", Hedge.EXACT),
        ("half a billion dollars", 5e8, "USD", Hedge.EXACT),
        ("more than a quarter of a million", 250e3, "count", Hedge.OVER),
        ("nearly a million users", 1e6, "count", Hedge.NEARLY),
        ("$3 a million tokens", 3, "USD", Hedge.EXACT),
        ("RM138 million", 138e6, "MYR", Hedge.EXACT),
        ("nearly Rs 40 crore", 400e6, "INR", Hedge.NEARLY),
        ("a 3.2-billion-baht", 3.2e9, "THB", Hedge.EXACT),
        ("$14.5 mln", 14.5e6, "USD", Hedge.EXACT),
        ("約32億バーツ", 3.2e9, "THB", Hedge.ABOUT),
        ("26メガワットほど", 26, "count", Hedge.ABOUT),
        ("388口座", 388, "count", Hedge.EXACT),
    ],
)
def test_a_number_and_its_hedge(text: str, value: float, unit: str, hedge: Hedge) -> None:
    find = english.find_numerals if text.isascii() else japanese.find_numerals
    [found] = find(text)
    assert found.value == pytest.approx(value)
    assert (found.unit, found.hedge) == (unit, hedge)


@pytest.mark.parametrize(
    "text",
    [
        "in 2025",
        "on 12 December",
        "at 21:40",
        "Borel 5 said",
        "section 22",
        "an 86-year-old",
        "2025年10月8日",
        "第14条",
        "デルタ3は",
        "デルタ3チップは",
        "2025モデルは",
    ],
)
def test_dates_and_numbers_of_names_count_nothing(text: str) -> None:
    assert english.find_numerals(text) + japanese.find_numerals(text) == ()


@pytest.mark.parametrize(
    ("said", "result", "agrees"),
    [
        ("18 percent", 18.4, True),
        ("18 percent", 19.6, False),
        ("about 13.5 percent", 13.48, True),
        ("nearly half", 0.48, True),
        ("nearly half", 0.39, False),
        ("more than a third", 0.26, False),
        ("more than a third", 0.34, True),
        ("less than half", 0.51, False),
        ("just over half", 0.55, True),
        ("just over half", 0.49, False),
        ("slightly more than half", 0.7, False),
        ("twice", 2.1, True),
        ("twice", 1.56, False),
        ("about three times", 2.6, True),
        ("$42,000", 42_105, True),
        ("$42,000", 44_000, False),
    ],
)
def test_words_of_rounding_decide_what_fits(said: str, result: float, agrees: bool) -> None:
    [numeral] = english.find_numerals(said)
    assert fits(numeral, result, result) is agrees


@pytest.mark.parametrize(
    ("said", "result", "agrees"), [("約4割", 37.5, True), ("4割", 37.5, False), ("約4割", 33, False)]
)
def test_tenths_are_told_less_finely_than_percent(said: str, result: float, agrees: bool) -> None:
    [numeral] = japanese.find_numerals(said)
    assert fits(numeral, result, result) is agrees


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It has eıghteen offices.", 18),
        ("It has twenty-ſix offices.", 26),
        ("A thırd of the offices is let.", 1 / 3),
        ("One in sıx offices is let.", 1 / 6),
        ("It has thrıce as many offices.", 3),
        ("The office cost $5 MİLLİON.", 5e6),
        ("The office cost half a mıllion dollars.", 5e5),
    ],
)
def test_a_letter_that_case_takes_for_another_is_read_as_that(text: str, value: float) -> None:
    [numeral] = english.find_numerals(text)
    assert numeral.value == pytest.approx(value)
    assert numeral.text == text[slice(*numeral.span)]


@pytest.mark.parametrize(("said", "result", "agrees"), [("$10 billion", 12e9, False), ("$2 billion", 1.93e9, True)])
def test_one_digit_of_an_amount_does_not_excuse_half_of_it(said: str, result: float, agrees: bool) -> None:
    [numeral] = english.find_numerals(said)
    assert fits(numeral, result, result) is agrees


@pytest.mark.parametrize(
    "text",
    [
        *("$5 million", "C$5 million", "CN¥5 million", "RM5 million", "Rs. 5 million", "₩5 million", "€ 5 million"),
        *("5 million euros", "a 5-pound fee", "5 million South African rand", "50 cents", "a billion US dollars"),
        *(f"費用は5億{name}。" for name in japanese.CURRENCIES),
        *("費用は$5億。", "費用はUS$5億。", "費用は¥5億。"),
    ],
)
def test_each_sum_of_money_has_a_mark_of_money(text: str) -> None:
    reader = japanese if "費" in text else english
    assert any(is_currency(numeral.unit) for numeral in reader.find_numerals(text))
    assert re.search(reader.MONEY, text)


def test_what_counts_no_money_has_no_mark_of_it() -> None:
    assert not re.search(english.MONEY, "It has 5 million users in 30 countries and 20 % more chips.")
    assert not re.search(japanese.MONEY, "利用者は5億人、チップは2千個。")
