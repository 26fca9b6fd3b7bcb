"""Amounts as English writes them, and what must not be taken for one."""

import pytest

from ingest.nlp.en.quantities import find_amounts

# (text, value, high or None, unit, comparator)
CASES: tuple[tuple[str, float, float | None, str, str], ...] = (
    ("raised $5.6m from investors", 5.6e6, None, "USD", "="),
    ("US$5.6 million", 5.6e6, None, "USD", "="),
    ("5.6 million dollars", 5.6e6, None, "USD", "="),
    ("5.6 million US dollars", 5.6e6, None, "USD", "="),
    ("$12bn", 1.2e10, None, "USD", "="),
    ("$1.2 trillion", 1.2e12, None, "USD", "="),
    ("$300K", 3e5, None, "USD", "="),
    ("a $40 billion round", 4e10, None, "USD", "="),
    ("€1.7 billion", 1.7e9, None, "EUR", "="),
    ("15 million euros", 1.5e7, None, "EUR", "="),
    ("£250m", 2.5e8, None, "GBP", "="),
    ("100 million pounds", 1e8, None, "GBP", "="),
    ("¥20 billion", 2e10, None, "JPY", "="),
    ("60 billion yen", 6e10, None, "JPY", "="),
    ("RMB 380 billion", 3.8e11, None, "CNY", "="),
    ("18.2 billion yuan", 1.82e10, None, "CNY", "="),
    ("1.2 trillion won", 1.2e12, None, "KRW", "="),
    ("C$2.4 billion", 2.4e9, None, "CAD", "="),
    ("HK$1.5 billion", 1.5e9, None, "HKD", "="),
    ("two million dollars", 2e6, None, "USD", "="),
    ("a billion dollars", 1e9, None, "USD", "="),
    ("a quarter of a billion dollars", 2.5e8, None, "USD", "="),
    ("three quarters of a billion dollars", 7.5e8, None, "USD", "="),
    ("three-quarters of a million users", 7.5e5, None, "people", "="),
    ("two thirds of a billion euros", 2e9 / 3, None, "EUR", "="),
    ("₹500 crore", 5e9, None, "INR", "="),
    ("Rs 90 lakh", 9e6, None, "INR", "="),
    ("Rs. 2.5 crores", 2.5e7, None, "INR", "="),
    ("Rs.350 crore", 3.5e9, None, "INR", "="),
    ("Rs.1,200 crore", 1.2e10, None, "INR", "="),
    ("₹350 Cr", 3.5e9, None, "INR", "="),
    ("Rs 40 lac", 4e6, None, "INR", "="),
    ("Rmb39.8bn", 3.98e10, None, "CNY", "="),
    ("CNY5bn", 5e9, None, "CNY", "="),
    ("JPY 5 trillion", 5e12, None, "JPY", "="),
    ("1.2 lakh crore rupees", 1.2e12, None, "INR", "="),
    ("two crore rupees", 2e7, None, "INR", "="),
    ("sales grew minus 3 percent", -3, None, "%", "="),
    ("a margin of negative 12%", -12, None, "%", "="),
    ("the price minus 3 percent", -3, None, "%", "="),
    ("5 minus 3 percent", 3, None, "%", "="),
    ("walked away from its $90 million acquisition", 9e7, None, "USD", "="),
    ("a loan from the $2 billion fund", 2e9, None, "USD", "="),
    ("profits from a $3 million sale", 3e6, None, "USD", "="),
    ("came from $5 million in sales", 5e6, None, "USD", "="),
    ("cut the price from $18,500", 18500, None, "USD", "="),
    ("priced from $18,500", 18500, None, "USD", ">="),
    ("plans start from $20 a month", 20, None, "USD/month", ">="),
    ("seats are available from €9", 9, None, "EUR", ">="),
    ("half a billion dollars", 5e8, None, "USD", "="),
    ("twenty-five million dollars", 2.5e7, None, "USD", "="),
    ("219 cents", 2.19, None, "USD", "="),
    ("385 pence a share", 3.85, None, "GBP/share", "="),
    ("five and a half million dollars", 5.5e6, None, "USD", "="),
    ("SEK 88 million", 8.8e7, None, "SEK", "="),
    ("NOK 2.4bn", 2.4e9, None, "NOK", "="),
    ("R$60 million", 6e7, None, "BRL", "="),
    ("NZ$85,000", 85000, None, "NZD", "="),
    ("Rp 3 trillion to Rp 4 trillion", 3e12, 4e12, "IDR", "range"),
    ("and PLN 40%", 40, None, "%", "="),
    ("up from $3 million a year ago", 3e6, None, "USD", "="),
    ("up from 3 million yen a year earlier", 3e6, None, "JPY", "="),
    ("worth $19 billion a week ago", 1.9e10, None, "USD", "="),
    ("downloaded 1.7 million times", 1.7e6, None, "downloads", "="),
    ("seen more than 2 million times", 2e6, None, "", ">"),
    ("50 times faster", 50, None, "x", "="),
    ("a margin up 3 ppts", 3, None, "pp", "="),
    ("one in five", 20, None, "%", "="),
    ("nine out of ten firms", 90, None, "%", "="),
    ("about three in 20", 15, None, "%", "~"),
    ("lost two-thirds since June", 200 / 3, None, "%", "="),
    ("nearly three-quarters are men", 75, None, "%", "~"),
    ("double-digit growth", 10, 99, "%", "range"),
    ("a triple-digit percentage gain", 100, 999, "%", "range"),
    ("on 8x H100", 8, None, "chips", "="),
    ("with 2× RTX 4090", 2, None, "chips", "="),
    ("on 8xMI300X", 8, None, "chips", "="),
    ("8x faster than an H100", 8, None, "x", "="),
    ("on a single A100", 1, None, "chips", "="),
    ("one Nvidia L40S", 1, None, "chips", "="),
    ("four L40S cards", 4, None, "chips", "="),
    ("two used 3090s", 2, None, "chips", "="),
    ("eight rented A100s", 8, None, "chips", "="),
    ("it has 50,000 H100s.", 50000, None, "chips", "="),
    ("some 4,600 GB300 units", 4600, None, "chips", "~"),
    ("over $100 million", 1e8, None, "USD", ">"),
    ("well over $100 million", 1e8, None, "USD", ">"),
    ("more than $500 million", 5e8, None, "USD", ">"),
    ("in excess of $2 billion", 2e9, None, "USD", ">"),
    ("north of $3 billion", 3e9, None, "USD", ">"),
    ("at least $30 million", 3e7, None, "USD", ">="),
    ("no less than 40%", 40, None, "%", ">="),
    ("$100M+", 1e8, None, "USD", ">="),
    ("$5 billion or more", 5e9, None, "USD", ">="),
    ("up to $65 billion", 6.5e10, None, "USD", "<="),
    ("as much as 8%", 8, None, "%", "<="),
    ("no more than $10 million", 1e7, None, "USD", "<="),
    ("less than $6 million", 6e6, None, "USD", "<"),
    ("under $1 billion", 1e9, None, "USD", "<"),
    ("fewer than 100 people", 100, None, "people", "<"),
    ("about $60 billion", 6e10, None, "USD", "~"),
    ("nearly $600 billion", 6e11, None, "USD", "~"),
    ("roughly 80%", 80, None, "%", "~"),
    ("around 200 people", 200, None, "people", "~"),
    ("an estimated $1.6 billion", 1.6e9, None, "USD", "~"),
    ("~$6M", 6e6, None, "USD", "~"),
    ("some 50,000 chips", 50000, None, "chips", "~"),
    ("$2 billion or so", 2e9, None, "USD", "~"),
    ("between 5 and 10 percent", 5, 10, "%", "range"),
    ("5–10%", 5, 10, "%", "range"),
    ("$15 billion to $20 billion", 1.5e10, 2e10, "USD", "range"),
    ("$60-65 billion", 6e10, 6.5e10, "USD", "range"),
    ("20 to 50 times", 20, 50, "x", "range"),
    ("0.5 to 110 billion parameters", 5e8, 1.1e11, "parameters", "range"),
    ("billions of dollars", 1e9, 1e10, "USD", "range"),
    ("hundreds of millions of dollars", 1e8, 1e9, "USD", "range"),
    ("tens of thousands of Nvidia chips", 1e4, 1e5, "chips", "range"),
    ("millions of people", 1e6, 1e7, "people", "range"),
    ("thousands of GPUs", 1e3, 1e4, "chips", "range"),
    ("17%", 17, None, "%", "="),
    ("17 percent", 17, None, "%", "="),
    ("3.1 per cent", 3.1, None, "%", "="),
    ("2.5 percentage points", 2.5, None, "pp", "="),
    ("50x cheaper", 50, None, "x", "="),
    ("three times faster", 3, None, "x", "="),
    ("671B parameters", 6.71e11, None, "parameters", "="),
    ("671 billion parameters", 6.71e11, None, "parameters", "="),
    ("a 1.5 billion parameter model", 1.5e9, None, "parameters", "="),
    ("a 70B model", 7e10, None, "parameters", "="),
    ("15 trillion tokens", 1.5e13, None, "tokens", "="),
    ("128K tokens of context", 128000, None, "tokens", "="),
    ("a context window of 2 million tokens", 2e6, None, "tokens", "="),
    ("2,048 H800 chips", 2048, None, "chips", "="),
    ("50,000 Nvidia H100 GPUs", 50000, None, "chips", "="),
    ("100,000 more advanced chips", 100000, None, "chips", "="),
    ("300 million weekly active users", 3e8, None, "people", "="),
    ("10,000 employees", 10000, None, "people", "="),
    ("16 million downloads", 1.6e7, None, "downloads", "="),
    ("51 countries", 51, None, "countries", "="),
    ("5 gigawatts", 5, None, "GW", "="),
    ("1.2 GW", 1.2, None, "GW", "="),
    ("300MW", 0.3, None, "GW", "="),
    ("1,332 points", 1332, None, "points", "="),
    ("$0.14 / 1M input tokens", 0.14, None, "USD/1M tokens", "="),
    ("$3 per million input tokens", 3, None, "USD/1M tokens", "="),
    ("$200 a month", 200, None, "USD/month", "="),
    ("$20 per user", 20, None, "USD/user", "="),
    ("$15/mo", 15, None, "USD/month", "="),
    ("$0.30/M output", 0.3, None, "USD/1M tokens", "="),
    ("$3 per million in", 3, None, "USD/1M tokens", "="),
    ("four cents apiece", 0.04, None, "USD/piece", "="),
    ("a tenth of the price", 0.1, None, "x", "="),
    ("less than half the cost", 0.5, None, "x", "<"),
    ("twice as fast", 2, None, "x", "="),
    ("free of charge", 0, None, "free", "="),
    ("a 64K window", 64000, None, "tokens", "="),
    ("two H100s", 2, None, "chips", "="),
    ("$2 an hour", 2, None, "USD/hour", "="),
    ("No. 1", 1, None, "rank", "="),
    ("ranked #2", 2, None, "rank", "="),
    ("number one in the store", 1, None, "rank", "="),
    ("third place", 3, None, "rank", "="),
    ("seventh in its Arena", 7, None, "rank", "="),
    ("the top-10 in the list", 10, None, "rank", "<="),
    ("scores 93.1 on it", 93.1, None, "", "="),
)


@pytest.mark.parametrize(("text", "value", "high", "unit", "comparator"), CASES, ids=[case[0] for case in CASES])
def test_amount_is_read_in_base_units(text: str, value: float, high: float | None, unit: str, comparator: str) -> None:
    found = find_amounts(text)
    assert len(found) == 1
    amount = found[0]
    assert amount.value == pytest.approx(value)
    assert (amount.unit, amount.comparator.value) == (unit, comparator)
    assert amount.high == (None if high is None else pytest.approx(high))


@pytest.mark.parametrize(
    "text",
    [
        "a fraction of the cost",
        "in 2024 it grew",
        "the o3-mini model",
        "on 2025-01-27 it fell",
        "at 10:30 today",
        "GPT-4 and Llama 3.1",
        "version 2.0.1 of it",
        "a first for the company",
        "one of them said",
        "the second half",
        "in the first half of 2026",
        "a year and a half of work",
        "over the next five years",
        "two years ago",
        "it doubled down on boats",
        "a free app",
        "the first most people saw",
        "parts 0.5/1.5/7",
        "Y2K",
        "three quarters later",
        "a two-thirds majority",
        "two in five years",
        "its CAD 2025 edition",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert [amount for amount in find_amounts(text) if amount.unit] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It scored 61.5/72.25 there.", [61.5, 72.25]),
        ("|Otter|0.71/0.84|2048|", [0.71, 0.84, 2048]),
        ("It paid $3 billion, then several million dollars.", [3e9, 1e6]),
        ("A quarter of the boats cost twice Acme's price.", [25, 2]),
    ],
)
def test_several_amounts_stand_apart(text: str, values: list[float]) -> None:
    assert [amount.value for amount in find_amounts(text)] == values


def test_cents_are_those_of_the_currency_beside_them() -> None:
    assert [(a.value, a.unit) for a in find_amounts("From €2 it rose by 30 cents.")] == [(2, "EUR"), (0.3, "EUR")]
    assert [(a.value, a.unit) for a in find_amounts("It rose by 30 cents.")] == [(0.3, "USD")]


def test_rank_is_told_by_its_words() -> None:
    (amount,) = find_amounts("It is the third-largest port.")
    assert amount.text == "third"


def test_span_slices_to_the_words() -> None:
    text = "It paid about $5.6 million for 2,048 chips."
    assert [text[a.span[0] : a.span[1]] for a in find_amounts(text)] == ["$5.6 million", "2,048 chips"]


def test_two_amounts_in_one_sentence_stay_apart() -> None:
    found = [
        (a.value, a.unit)
        for a in find_amounts("It costs $3 per million input tokens and $15 per million output tokens.")
    ]
    assert found == [(3, "USD/1M tokens"), (15, "USD/1M tokens")]
