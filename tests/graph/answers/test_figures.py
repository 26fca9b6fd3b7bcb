"""Numbers for one measure of one thing, side by side."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.answers.figures import find_figures
from graph.errors import ParseError
from graph.rates import find_rate, parse_rates
from graph.records import ClaimType, Modality, Predicate, PropositionId, Quantity
from graph.utterances import Utterance
from tests.graph.telling import dollars, make_article, tell

_RATES = parse_rates("month\tcurrency\tper_usd\tsource\n2025-01\tJPY\t150\tECB\n")


def _costs(quantity: Quantity, hours: float = 0, text: str = "", date: str | None = None) -> Utterance:
    return tell(
        make_article("Ledger", hours, slug=f"{hours}", text=text or f"It cost {quantity.value:g} {quantity.unit}."),
        subject="DeepSeek-V3",
        object=None,
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        modality=Modality.ASSERTED,
        quantity=quantity,
        date=date,
    )


def _yen(value: float) -> Quantity:
    return Quantity("training_cost", value, "JPY", text="円")


def test_least_first_with_scope_words() -> None:
    told = [
        _costs(dollars(1.6e9), 5, "In total it cost 1.6 billion."),
        _costs(dollars(5.6e6), 0, "The final run cost that."),
    ]
    [found] = find_figures(told, {})
    assert [figure.value for figure in found.figures] == [5.6e6, 1.6e9]
    assert [figure.scope for figure in found.figures] == [("final run",), ("whole",)]
    assert found.apart == 1


def test_a_figure_is_taken_back_when_every_matter_that_gives_it_was() -> None:
    told = [_costs(dollars(5.6e6)), _costs(dollars(5.6e6), 3), _costs(dollars(2e9), 5)]
    matters = {one.id: PropositionId(f"p{number}") for number, one in enumerate(told)}

    def find_marks(*withdrawn: str) -> list[bool]:
        [found] = find_figures(told, {}, matters, tuple(map(PropositionId, withdrawn)))
        return [figure.taken_back for figure in found.figures]

    assert find_marks() == find_marks("p0") == find_marks("p1") == [False, False]
    assert find_marks("p0", "p1") == [True, False]


def test_numbers_of_one_scope_are_so_many_times_apart() -> None:
    [found] = find_figures([_costs(dollars(5e6)), _costs(dollars(2e9), 5)], {})
    assert found.apart == 400


def test_a_rank_is_no_multiple_of_another() -> None:
    told = [
        tell(
            make_article(f"outlet {place}", place, slug=f"{place}"),
            object=None,
            type=ClaimType.BENCHMARK,
            predicate=Predicate.RANKS,
            quantity=Quantity("rank", place, "rank", text=f"number {place}"),
        )
        for place in (1, 2)
    ]
    [found] = find_figures(told, {})
    assert (len(found.figures), found.apart) == (2, 1)


def test_two_numbers_of_one_sentence_are_two_things() -> None:
    article = make_article(text="Input costs 1 dollar, output 10.")
    told = [
        tell(article, object=None, type=ClaimType.COST, predicate=Predicate.COSTS, quantity=dollars(value, "price"))
        for value in (1, 10)
    ]
    [found] = find_figures(told, {})
    assert (len(found.figures), found.apart) == (2, 1)


def test_numbers_of_one_sentence_know_each_other_wherever_it_is_printed() -> None:
    text = "A million tokens cost 2 dollars there, 60 at its rival."
    [found] = find_figures([_costs(dollars(2), 0, text), _costs(dollars(60), 5, text), _costs(dollars(3), 9)], {})
    assert [(one.value, one.beside) for one in found.figures] == [(2, (60,)), (3, ()), (60, (2,))]
    assert found.apart == 20
    [alone] = find_figures([_costs(dollars(2), 0, text), _costs(dollars(60), 5, text)], {})
    assert alone.apart == 1


def test_the_same_number_of_two_claims_is_one_figure() -> None:
    [found] = find_figures([_costs(dollars(5.6e6)), _costs(dollars(5.6e6), 3)], {})
    assert [len(figure.claims) for figure in found.figures] == [2]


def test_a_second_currency_is_converted_as_of_its_month_and_marked() -> None:
    [found] = find_figures([_costs(dollars(5.6e6)), _costs(_yen(9e8), 1)], _RATES)
    assert (found.unit, [figure.value for figure in found.figures]) == ("USD", [5.6e6, 6e6])
    assert [figure.rate.source if figure.rate else None for figure in found.figures] == [None, "ECB"]


def test_without_a_rate_nothing_is_converted() -> None:
    [found] = find_figures([_costs(dollars(5.6e6)), _costs(_yen(9e8), 1, date="2024-02")], _RATES)
    assert ([figure.value for figure in found.figures], [figure.value for figure in found.left]) == ([5.6e6], [9e8])


def test_one_currency_stays_as_it_is() -> None:
    [found] = find_figures([_costs(_yen(9e8))], _RATES)
    assert (found.unit, found.figures[0].rate) == ("JPY", None)


def test_what_a_price_is_per_stays() -> None:
    prices = [_costs(Quantity("price", 20, "USD/month")), _costs(Quantity("price", 3000, "JPY/month"), 1)]
    [found] = find_figures(prices, _RATES)
    assert (found.unit, [figure.value for figure in found.figures]) == ("USD/month", [20, 20])


@pytest.mark.parametrize("date", ["2025", "2025-Q1", "2019-01"])
def test_a_date_without_a_month_in_the_table_has_no_rate(date: str) -> None:
    assert find_rate(_RATES, "JPY", datetime(2025, 1, 5, tzinfo=UTC), date) is None


def test_a_row_that_is_no_rate_is_named() -> None:
    with pytest.raises(ParseError, match="line 2"):
        parse_rates("month\tcurrency\tper_usd\tsource\n2025-01\tJPY\tmany\tECB\n")


def test_the_table_that_ships() -> None:
    rates = parse_rates((Path(__file__).parents[3] / "data" / "rates.tsv").read_text())
    assert 150 < rates["2025-01", "JPY"].per_usd < 160
