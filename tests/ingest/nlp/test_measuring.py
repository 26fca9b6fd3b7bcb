"""Amounts as quantities of claims: what they measure, in which unit, and which way they went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Comparator, Predicate, Quantity
from ingest.nlp.document import Amount
from ingest.nlp.languages import Language
from ingest.nlp.measuring import fits, is_valuation, make_quantity


def measure(
    languages: dict[str, Language], sentence: str, predicate: Predicate, named: str = "", lang: str = "en"
) -> Quantity:
    """The quantity of the first amount of a sentence."""
    amount = languages[lang].find_amounts(sentence)[0]
    return make_quantity(amount, predicate, named, sentence, languages[lang].lexicon)


@pytest.mark.parametrize(
    ("sentence", "predicate", "named", "expected"),
    [
        ("It raised $40 million.", Predicate.RAISED, "funding", ("funding", 4e7, "USD")),
        ("It is valued at $2 billion.", Predicate.VALUED_AT, "price", ("valuation", 2e9, "USD")),
        ("It has 5 million users.", Predicate.HAS_USERS, "price", ("users", 5e6, "people")),
        ("It has 5 million downloads.", Predicate.HAS_USERS, "users", ("downloads", 5e6, "downloads")),
        ("It has users in 51 countries.", Predicate.HAS_USERS, "users", ("countries", 51, "countries")),
        ("It has 70 billion parameters.", Predicate.HAS_SIZE, "", ("parameters", 7e10, "parameters")),
        ("It saw 14.8 trillion tokens.", Predicate.TRAINED_WITH, "", ("tokens", 14.8e12, "tokens")),
        ("It ran on 2,048 chips.", Predicate.TRAINED_ON, "", ("chips", 2048, "chips")),
        ("It owns 50,000 GPUs.", Predicate.OWNS_HARDWARE, "", ("chips", 50000, "chips")),
        ("It owns some 50,000 of them.", Predicate.OWNS_HARDWARE, "chips", ("chips", 50000, "chips")),
        ("It lost $589 billion in value.", Predicate.LOST_VALUE, "price", ("market_cap", 5.89e11, "USD")),
        ("It scored 76.1 on MMLU.", Predicate.SCORES, "price", ("score", 76.1, "points")),
        ("It has an accuracy of 76.1% on MMLU.", Predicate.SCORES, "price", ("accuracy", 76.1, "%")),
        ("Its error rate on AMI is 8%.", Predicate.SCORES, "score", ("error_rate", 8, "%")),
        ("Accuracy rose: it scored 76.1 on MMLU.", Predicate.SCORES, "", ("score", 76.1, "points")),
        ("It had a margin of 75%.", Predicate.EARNED, "revenue", ("margin", 75, "%")),
        ("At such margins it earned $3 million.", Predicate.EARNED, "revenue", ("revenue", 3e6, "USD")),
        ("They sue it for $3 million.", Predicate.SUED, "price", ("damages", 3e6, "USD")),
        ("It lost 50 million euros in value.", Predicate.LOST_VALUE, "price", ("market_cap", 5e7, "EUR")),
        ("It costs $20 a month.", Predicate.COSTS, "price", ("price", 20, "USD/month")),
        ("It put $3 billion into it.", Predicate.INVESTED_IN, "", ("investment", 3e9, "USD")),
        ("It holds 49%.", Predicate.OWNS, "users", ("stake", 49, "%")),
        ("It is worth $2 billion by market value.", Predicate.VALUED_AT, "", ("market_cap", 2e9, "USD")),
        ("They set a price target of $190.", Predicate.VALUED_AT, "", ("price", 190, "USD")),
        ("Its shares closed at $190.", Predicate.STOCK_MOVED, "", ("price", 190, "USD")),
        ("It had a profit of $3 million.", Predicate.EARNED, "revenue", ("profit", 3e6, "USD")),
        ("It made a profit, on sales of $3 million.", Predicate.EARNED, "profit", ("revenue", 3e6, "USD")),
        ("It spent $3 billion on it.", Predicate.COSTS, "price", ("spending", 3e9, "USD")),
        ("Training it took $5 million.", Predicate.COSTS, "price", ("training_cost", 5e6, "USD")),
        ("They spent $5 million on training it.", Predicate.COSTS, "training_cost", ("training_cost", 5e6, "USD")),
        ("Development costs came to $5 million.", Predicate.COSTS, "training_cost", ("development_cost", 5e6, "USD")),
        ("We invest in it, it is $20 a month.", Predicate.COSTS, "price", ("price", 20, "USD/month")),
        ("They cut the price by 40%, up to now.", Predicate.COSTS, "price", ("price_change", -40, "%")),
        ("It is sold at 40% off.", Predicate.COSTS, "price", ("price_change", -40, "%")),
        ("It costs 40% of it.", Predicate.COSTS, "price", ("price", 40, "%")),
        ("Its revenue fell by about 13%.", Predicate.EARNED, "revenue", ("revenue", -13, "%")),
        ("Profit was down 13% on the year.", Predicate.EARNED, "profit", ("profit", -13, "%")),
        ("It had 13% fewer users.", Predicate.HAS_USERS, "users", ("users", -13, "%")),
        ("A 13% drop in revenue.", Predicate.EARNED, "revenue", ("revenue", -13, "%")),
        ("Revenue fell to 13% of that.", Predicate.EARNED, "revenue", ("revenue", 13, "%")),
        ("Revenue rose 13% as prices fell.", Predicate.EARNED, "revenue", ("revenue", 13, "%")),
        ("Its margin fell 13%.", Predicate.EARNED, "margin", ("margin", 13, "%")),
        ("It signed it for $3 million.", Predicate.PARTNERED_WITH, "price", ("contract", 3e6, "USD")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_amount_measures(
    languages: dict[str, Language], sentence: str, predicate: Predicate, named: str, expected: tuple[str, float, str]
) -> None:
    quantity = measure(languages, sentence, predicate, named)
    assert (quantity.measure, quantity.unit) == (expected[0], expected[2])
    assert quantity.value == pytest.approx(expected[1])


@pytest.mark.parametrize(
    ("sentence", "predicate", "valued"),
    [
        ("It raised money at a $4 billion valuation.", Predicate.RAISED, True),
        ("It raised money, and was valued at $4 billion.", Predicate.RAISED, True),
        ("It invested at a $4 billion post-money valuation.", Predicate.INVESTED_IN, True),
        ("It raised $4 billion at a good valuation.", Predicate.RAISED, False),
        ("It raised $4 billion at a valuation of $9 billion.", Predicate.RAISED, False),
        ("It is valued at $4 billion.", Predicate.VALUED_AT, False),
        ("評価額40億ドルで資金を調達した。", Predicate.RAISED, True),
        ("40億ドルの評価額で資金を調達した。", Predicate.RAISED, True),
        ("40億ドルを調達し、評価額が上がった。", Predicate.RAISED, False),
    ],
)
def test_what_a_firm_is_valued_at_was_not_raised(
    sentence: str, predicate: Predicate, valued: bool, languages: dict[str, Language]
) -> None:
    language = languages["ja" if "。" in sentence else "en"]
    assert is_valuation(language.find_amounts(sentence)[0], predicate, sentence, language.lexicon) is valued


@pytest.mark.parametrize(
    ("sentence", "named", "expected"),
    [
        ("建設費は約180億ドルだ。", "training_cost", ("spending", 1.8e10, "USD")),
        ("開発コストは600万ドルだ。", "training_cost", ("development_cost", 6e6, "USD")),
        ("学習費用は600万ドルだ。", "price", ("training_cost", 6e6, "USD")),
        ("料金を40%引き下げた。", "price", ("price_change", -40, "%")),
    ],
)
def test_what_money_is_paid_for_is_told_by_the_nearest_word(
    sentence: str, named: str, expected: tuple[str, float, str], languages: dict[str, Language]
) -> None:
    quantity = measure(languages, sentence, Predicate.COSTS, named, "ja")
    assert (quantity.measure, quantity.value, quantity.unit) == expected


@pytest.mark.parametrize(
    ("sentence", "users"),
    [
        ("The app has grown to 900 million.", True),
        ("The app has grown to 480 trillion a month.", False),
        ("The app has grown to 480 trillion tokens.", False),
        ("The app has had 20 billion downloads.", True),
    ],
)
def test_nothing_has_more_users_than_there_are_people(
    sentence: str, users: bool, languages: dict[str, Language]
) -> None:
    assert fits(languages["en"].find_amounts(sentence)[0], Predicate.HAS_USERS) is users


def test_text_is_as_written(languages: dict[str, Language]) -> None:
    assert measure(languages, "It raised about $40 million.", Predicate.RAISED).text.endswith("$40 million")


def test_what_the_network_names_stands_where_the_predicate_leaves_it_open(languages: dict[str, Language]) -> None:
    assert measure(languages, "It took $2 billion.", Predicate.COSTS, "training_cost").measure == "training_cost"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Its shares fell 17 %.", -17), ("Its shares rose 17 %.", 17), ("Its shares plunged as much as 17 %.", -17),
        ("Shares were down 3 % at noon.", -3), ("Shares gained 3 %.", 3),
        ("Shares rose 9 % after they had fallen.", 9), ("After a fall in May, shares rose 9 %.", 9),
        ("Shares moved 3 %.", 3),
    ],
)  # fmt: skip
def test_shares_go_the_way_the_nearest_word_says(languages: dict[str, Language], sentence: str, value: float) -> None:
    quantity = measure(languages, sentence, Predicate.STOCK_MOVED)
    assert (quantity.measure, quantity.value, quantity.unit) == ("stock_change", value, "%")


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("株価は17%下落した。", -17),
        ("株価は17%上昇した。", 17),
        ("株価は3%高だった。", 3),
        ("株価は一時5%急落した。", -5),
        ("終値は前の水準を4%下回った。", -4),
        ("月曜に8%上げ、火曜は大きく下落した。", 8),
        ("前日比40円安の1900円で終えた。", -40),
    ],
)
def test_shares_go_the_way_the_nearest_word_says_in_japanese(
    languages: dict[str, Language], sentence: str, value: float
) -> None:
    assert measure(languages, sentence, Predicate.STOCK_MOVED, lang="ja").value == value


@pytest.mark.parametrize(
    ("sentence", "lang", "nth"),
    [
        ("Shares fell 3 % to $40.", "en", 1),
        ("Shares closed down at a low of $40.", "en", 0),
        ("前日比5円安の40円で終えた。", "ja", 1),
        ("株価は急落し、40円で引けた。", "ja", 0),
        ("株価は40円まで下げた。", "ja", 0),
        ("株価は40円に下落した。", "ja", 0),
    ],
)
def test_where_a_price_stands_has_no_direction(
    languages: dict[str, Language], sentence: str, lang: str, nth: int
) -> None:
    amount = languages[lang].find_amounts(sentence)[nth]
    quantity = make_quantity(amount, Predicate.STOCK_MOVED, "", sentence, languages[lang].lexicon)
    assert (quantity.measure, quantity.value) == ("price", 40)


@pytest.mark.parametrize(
    ("sentence", "named", "told"),
    [
        ("38言語に対応する。", "context", ""),
        ("記事12万本を写した。", "chips", ""),
        ("一日60回まで話せる。", "revenue", ""),
        ("売り上げは60億ドルになる。", "revenue", "revenue"),
        ("12万トークンに対応する。", "context", "context"),
        ("GPU12万基を使う。", "chips", "chips"),
    ],
)
def test_nothing_is_measured_in_the_unit_of_something_else(
    languages: dict[str, Language], sentence: str, named: str, told: str
) -> None:
    assert measure(languages, sentence, Predicate.CAN, named, "ja").measure == told


@pytest.mark.parametrize(
    ("sentence", "lang", "value"),
    [
        ("It made a profit of $3 billion.", "en", 3e9), ("It posted a loss of $3 billion.", "en", -3e9),
        ("It lost $3 billion.", "en", -3e9),
        ("赤字は30億ドルだった。", "ja", -3e9), ("利益は30億ドルだった。", "ja", 3e9),
    ],
)  # fmt: skip
def test_loss_is_a_negative_profit(languages: dict[str, Language], sentence: str, lang: str, value: float) -> None:
    assert measure(languages, sentence, Predicate.EARNED, "profit", lang).value == value


def test_bare_number_beside_a_count_of_chips_counts_something_else(languages: dict[str, Language]) -> None:
    amounts = languages["en"].find_amounts("It owns 10,000 GPUs; the rest of some 50,000 are older.")
    assert [fits(amount, Predicate.OWNS_HARDWARE, amounts) for amount in amounts] == [True, False]
    assert fits(amounts[1], Predicate.OWNS_HARDWARE, amounts[1:])


def test_price_cut_is_negative_and_a_price_is_not(languages: dict[str, Language]) -> None:
    sentence = "It cut its prices by 20 %."
    assert measure(languages, sentence, Predicate.COSTS, "price_change").value == -20
    assert measure(languages, "It cut the price to $20.", Predicate.COSTS, "price").value == 20


def test_fall_of_more_than_is_less_than(languages: dict[str, Language]) -> None:
    quantity = measure(languages, "Its shares fell more than 17 %.", Predicate.STOCK_MOVED)
    assert (quantity.value, quantity.comparator) == (-17, Comparator.UNDER)


def test_rise_of_more_than_stays_so(languages: dict[str, Language]) -> None:
    quantity = measure(languages, "Its shares rose more than 17 %.", Predicate.STOCK_MOVED)
    assert (quantity.value, quantity.comparator) == (17, Comparator.OVER)


def test_fall_of_a_range_keeps_the_lower_end_first(languages: dict[str, Language]) -> None:
    amount = Amount((12, 15), "3-5 %", 3, "%", Comparator.RANGE, 5)
    quantity = make_quantity(amount, Predicate.STOCK_MOVED, "", "Shares fell 3-5 %.", languages["en"].lexicon)
    assert (quantity.value, quantity.high, quantity.comparator) == (-5, -3, Comparator.RANGE)


def test_word_far_away_says_nothing(languages: dict[str, Language]) -> None:
    sentence = (
        "Its shares fell. " + "The day was long and people talked a good deal about nothing. " * 2 + "They moved 3 %."
    )
    amount = languages["en"].find_amounts(sentence)[-1]
    assert make_quantity(amount, Predicate.STOCK_MOVED, "", sentence, languages["en"].lexicon).value == 3


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [("free", 0, (0, "USD")), ("", 89.4, (89.4, "")), ("EUR", 3, (3, "EUR"))],
    ids=["free", "bare", "euros"],
)
def test_units_are_those_that_are_stored(
    languages: dict[str, Language], unit: str, value: float, expected: tuple[float, str]
) -> None:
    amount = Amount((9, 12), "…", value, unit)
    quantity = make_quantity(amount, Predicate.COSTS, "price", "It costs 123.", languages["en"].lexicon)
    assert quantity.value == pytest.approx(expected[0])
    assert quantity.unit == expected[1]


@pytest.mark.parametrize(
    ("sentence", "lang", "expected"),
    [
        (
            "Operating profit came to 18 trillion won on revenue of 31 trillion won.",
            "en",
            [("profit", 18e12), ("revenue", 31e12)],
        ),
        (
            "Vanika had revenue of $96 million, up from $31 million a year earlier, but its loss widened.",
            "en",
            [("revenue", 96e6), ("revenue", 31e6)],
        ),
        (
            "It lost $2 billion, after a profit of $3 billion a year before.",
            "en",
            [("profit", -2e9), ("profit", 3e9)],
        ),
        (
            "Its profit of $3 billion came after a $2 billion net loss.",
            "en",
            [("profit", 3e9), ("profit", -2e9)],
        ),
        ("It reported $5 billion in annualised revenue and a loss.", "en", [("revenue", 5e9)]),
        ("Cloud revenue rose 24% to $32 billion, profit fell.", "en", [("revenue", 24), ("revenue", 32e9)]),
        (
            "売上高は前年比38%増の1210億円、純利益は264億円だった。",
            "ja",
            [("revenue", 38), ("revenue", 1.21e11), ("profit", 2.64e10)],
        ),
        (
            "売上高は9億4000万ドルでしたが、最終損益は3億1000万ドルの赤字でした。",
            "ja",
            [("revenue", 9.4e8), ("profit", -3.1e8)],
        ),
        ("12億ウォンの黒字で、前年は180億ウォンの赤字だった。", "ja", [("profit", 1.2e9), ("profit", -1.8e10)]),
        ("約2000億円にのぼる赤字を出した。", "ja", [("profit", -2e11)]),
        ("20億ドルもの巨額の損失を計上した。", "ja", [("profit", -2e9)]),
        ("It took a $300 million (€270 million) loss.", "en", [("profit", -3e8), ("profit", -2.7e8)]),
        ("It lost, by its own count, $300 million worth of goods.", "en", [("profit", -3e8)]),
        ("It reported $300 million, a record quarterly loss.", "en", [("profit", -3e8)]),
        ("It earned $5 billion in revenue in 2024.", "en", [("revenue", 5e9)]),
        ("It reported a loss on $13 billion in sales.", "en", [("revenue", 1.3e10)]),
    ],
)
def test_what_is_earned_is_told_by_the_word_of_its_own_figure(
    languages: dict[str, Language], sentence: str, lang: str, expected: list[tuple[str, float]]
) -> None:
    language = languages[lang]
    made = [
        make_quantity(amount, Predicate.EARNED, "revenue", sentence, language.lexicon)
        for amount in language.find_amounts(sentence)
    ]
    assert [quantity.measure for quantity in made] == [name for name, _ in expected]
    assert [quantity.value for quantity in made] == pytest.approx([value for _, value in expected])


@given(value=st.floats(0.01, 1e12), fell=st.booleans(), predicate=st.sampled_from(Predicate))
def test_size_is_never_changed(languages: dict[str, Language], value: float, fell: bool, predicate: Predicate) -> None:
    sentence = f"It {'fell' if fell else 'rose'} 17 %."
    amount = Amount((8, 12), "17 %", value, "%")
    quantity = make_quantity(amount, predicate, "revenue", sentence, languages["en"].lexicon)
    assert abs(quantity.value) == value
    assert quantity.value > 0 or fell


@pytest.mark.parametrize(
    ("sentence", "lang", "value"),
    [
        ("Revenue fell 8% to $3 million.", "en", -8),
        ("Revenue, which had fallen, rose 8%.", "en", 8),
        ("Revenue rose 8%, and its shares fell.", "en", 8),
        ("Sales fell to 8% of the total.", "en", 8),
        ("The margin fell by 8%.", "en", 8),
        ("売上高は前年同期比8%減の30億円だった。", "ja", -8),
        ("売上高は8%増、純利益は減った。", "ja", 8),
        ("赤字は続くが、売上高は8%伸びた。", "ja", 8),
        ("| 楡野 | 8%減 | 30億円 |", "ja", -8),
    ],
)
def test_a_share_of_sales_that_was_lost_is_negative(
    sentence: str, lang: str, value: float, languages: dict[str, Language]
) -> None:
    assert measure(languages, sentence, Predicate.EARNED, lang=lang).value == value


def test_so_are_users_that_were_lost(languages: dict[str, Language]) -> None:
    assert measure(languages, "利用者は前月比20%減った。", Predicate.HAS_USERS, lang="ja").value == -20
    assert measure(languages, "利用者は全体の23%だった。", Predicate.HAS_USERS, lang="ja").value == 23


@pytest.mark.parametrize(
    ("predicate", "sentence", "named", "expected"),
    [
        (Predicate.INFRINGED, "It copied 12,400 of its titles.", "chips", ("", "")),
        (Predicate.TRAINED_WITH, "It was trained on 12,400 of its titles.", "chips", ("", "")),
        (Predicate.OWNS_HARDWARE, "It has 12,400 of them.", "chips", ("chips", "chips")),
        (Predicate.SUPPLIES, "It ordered 3,000 chips.", "power", ("", "chips")),
        (Predicate.SCORES, "It got 89.4 there.", "", ("score", "points")),
    ],
)
def test_what_is_counted_is_no_more_than_its_sentence_says(
    languages: dict[str, Language], predicate: Predicate, sentence: str, named: str, expected: tuple[str, str]
) -> None:
    quantity = measure(languages, sentence, predicate, named)
    assert (quantity.measure, quantity.unit) == expected
