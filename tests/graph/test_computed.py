"""Claims beside what arithmetic or a table gives."""

from pathlib import Path

import pytest

from graph.computed import (
    NO_TABLES,
    Beside,
    Computation,
    compute_article,
    find_computations,
    index_sums,
    parse_records,
)
from graph.errors import ParseError
from graph.records import ClaimType, Comparator, Modality, Predicate, Quantity
from graph.sums.making import Check
from graph.utterances import Utterance
from tests.graph.telling import make_article, tell

_LISTED = parse_records((Path(__file__).parents[2] / "data" / "records.tsv").read_text())


def _market(text: str, predicate: Predicate, quantity: Quantity, date: str | None = None) -> Utterance:
    return tell(
        make_article("Wire", text=text),
        subject="Nvidia",
        object=None,
        type=ClaimType.MARKET,
        predicate=predicate,
        modality=Modality.ASSERTED,
        quantity=quantity,
        date=date,
    )


def _find(told: Utterance, *boards: Utterance) -> tuple[Computation, ...]:
    return find_computations([told], Beside(_LISTED, boards, index_sums([told.article], {})))


@pytest.mark.parametrize(("percent", "agrees"), [(17, True), (27, False)])
def test_a_change_beside_its_two_prices(percent: int, agrees: bool) -> None:
    text = f"The shares closed at 118.42 dollars, down {percent} percent from Friday's 142.62 dollars."
    [found] = _find(_market(text, Predicate.STOCK_MOVED, Quantity("stock_change", -percent, "%")))
    assert (found.check, round(found.result, 2), found.agrees) == (Check.CHANGE, -16.97, agrees)
    assert [item.value for item in found.inputs] == [118.42, 142.62]


def test_a_cost_beside_its_hours_and_their_price() -> None:
    text = "The run cost 5.576 million dollars, which is 2.788 million hours on H800 chips at two dollars an hour."
    told = tell(
        make_article(text=text), text=text, object=None, type=ClaimType.COST, predicate=Predicate.COSTS,
        quantity=Quantity("training_cost", 5_576_000, "USD"),
    )  # fmt: skip
    [found] = _find(told)
    assert (found.check, found.result, found.agrees) == (Check.PRODUCT, 5_576_000, True)


def test_a_sum_is_shown_by_whatever_claim_its_sentence_makes_and_once() -> None:
    text = "Acme said that 312 of its 1,200 models failed, more than a third."
    article = make_article(text=text)
    told = [tell(article, text=text, object=name) for name in ("OpenAI", "Microsoft")]
    beside = Beside(sums=index_sums([article], {}))
    [found] = find_computations(told, beside)
    assert (found.claim in [one.id for one in told], found.formula, found.agrees) == (True, "312 / 1,200 * 100", False)


def test_sums_of_places_are_those_of_the_sentences_that_reach_into_them() -> None:
    one, other = "It will cut 340 jobs, 17 percent of its 2,000 staff.", "Sales rose from $2m to $3m, by 50 percent."
    article = make_article(text=f"Layoffs at Acme\n{one} Nobody commented. {other}")
    sums = index_sums([article], {})[article.id]
    assert {item.sentence.text for item in sums} == {one, other}
    start = article.text.index(other)
    for span, expected in (((start, start + 1), other), ((start - 10, start), ""), ((18, 20), one)):
        found = index_sums([article], {}, {article.id: [span]})[article.id]
        assert found == tuple(item for item in sums if item.sentence.text == expected)
    assert index_sums([article], {}, {})[article.id] == ()


def test_an_article_has_the_sums_of_sentences_that_make_no_claim() -> None:
    text = "Layoffs at Acme\nIt will cut 340 jobs, 17 percent of its 2,000 staff. Nobody commented."
    article = make_article(text=text)
    [found] = compute_article(article, (), NO_TABLES)
    assert (found.claim, found.sentence) == (None, "It will cut 340 jobs, 17 percent of its 2,000 staff.")
    assert (found.formula, found.result, found.agrees) == ("340 / 2,000 * 100", 17, True)


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia lost 589 billion dollars, the largest one-day loss of any US company.",
        "1日の減少額としては過去最大とみられる。",
    ],
    ids=["en", "ja"],
)
def test_the_largest_ever_beside_the_largest_before(text: str) -> None:
    lost = _market(text, Predicate.LOST_VALUE, Quantity("market_cap", 589e9, "USD"), "2025-01-27")
    [found] = _find(lost)
    assert (found.check, found.inputs[1].label, found.agrees) == (Check.RECORD, "Nvidia, 2024-09-03", True)
    assert found.inputs[1].source == "general knowledge"


def test_a_loss_that_claims_no_record_is_not_checked_against_any() -> None:
    lost = _market("Nvidia lost 589 billion dollars.", Predicate.LOST_VALUE, Quantity("market_cap", 589e9, "USD"))
    assert _find(lost) == ()


def _row(model: str, predicate: Predicate, value: float) -> Utterance:
    return tell(
        make_article("LMArena", 2),
        "LMArena",
        text=f"{predicate},{model},{value}",
        subject=model,
        object="Arena",
        benchmark="Arena",
        type=ClaimType.BENCHMARK,
        predicate=predicate,
        modality=Modality.ASSERTED,
        quantity=Quantity("score", value, "points" if predicate is Predicate.SCORES else "rank"),
    )


_BOARD = [
    _row("Qwen2.5-Max", Predicate.RANKS, 7),
    _row("Qwen2.5-Max", Predicate.SCORES, 1332),
    _row("DeepSeek-V3", Predicate.SCORES, 1317),
]


def _compares(
    predicate: Predicate, object: str, quantity: Quantity | None = None, benchmark: str | None = "Arena"
) -> Utterance:
    return tell(
        make_article("Ledger", 9),
        subject="Qwen2.5-Max",
        object=object,
        benchmark=benchmark,
        type=ClaimType.BENCHMARK,
        predicate=predicate,
        modality=Modality.ASSERTED,
        quantity=quantity,
    )


@pytest.mark.parametrize(("rank", "agrees"), [(7, True), (1, False)])
def test_a_rank_beside_the_row_of_a_loaded_board(rank: float, agrees: bool) -> None:
    claim = _compares(Predicate.RANKS, "Arena", Quantity("rank", rank, "rank", Comparator.EQUAL))
    [found] = _find(claim, *_BOARD)
    assert (found.check, found.result, found.agrees, found.inputs[0].source) == (Check.RANK, 7, agrees, _BOARD[0].id)


def test_an_order_beside_the_two_rows_of_a_loaded_board() -> None:
    [found] = _find(_compares(Predicate.OUTPERFORMS, "DeepSeek-V3"), *_BOARD)
    assert (found.check, found.result, found.agrees) == (Check.ORDER, 15, True)


def test_a_board_says_nothing_of_another_benchmark_or_of_none() -> None:
    claims = [_compares(Predicate.OUTPERFORMS, "DeepSeek-V3", benchmark=name) for name in ("AIME 2024", None)]
    assert [_find(claim, *_BOARD) for claim in claims] == [(), ()]


def test_a_record_that_is_no_number_is_named() -> None:
    with pytest.raises(ParseError, match="line 2"):
        parse_records(
            "record\tunit\tbefore\tvalue\tholder\tday\twords_en\twords_ja\tsource\na\tUSD\tb\tmuch\tc\td\te\tf\tg\n"
        )
