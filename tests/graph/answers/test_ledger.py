"""Who claims which result, who measured it, and what nobody else did."""

from dataclasses import replace

from graph.answers.ledger import Entry, count_debt, find_entries
from graph.ids import make_entity_id
from graph.records import ClaimType, EntityId, Modality, Party, Polarity, Predicate, Quantity, SourceKind
from graph.utterances import Utterance
from tests.graph.telling import WORLD, make_article, tell

WHO = ("Alibaba", "David Sacks", "LMArena", "Fox News", "people close to it", "Liang Wenfeng")


def _beats(
    hours: float,
    *speakers: str,
    benchmark: str | None = "AIME 2024",
    subject: str = "Qwen2.5-Max",
    object: str | None = "DeepSeek-V3",
    predicate: Predicate = Predicate.OUTPERFORMS,
    modality: Modality = Modality.ASSERTED,
    polarity: Polarity = Polarity.AFFIRMED,
    quantity: Quantity | None = None,
) -> Utterance:
    return tell(
        make_article("Ledger", hours, slug=f"{hours}"),
        *speakers,
        subject=subject,
        object=object,
        benchmark=benchmark,
        type=ClaimType.BENCHMARK,
        predicate=predicate,
        modality=modality,
        polarity=polarity,
        quantity=quantity,
    )


def _only(*told: Utterance) -> Entry:
    [entry] = find_entries(told, WORLD)
    return entry


def test_a_maker_s_own_result_is_self_reported_and_owed() -> None:
    entry = _only(_beats(0, "Alibaba"))
    assert ([item.by for item in entry.claimed], entry.replicated, entry.is_debt) == (["Alibaba"], (), True)


def test_one_that_another_measured_is_not_owed() -> None:
    entry = _only(_beats(0, "Alibaba"), _beats(9, "LMArena"))
    assert ([item.by for item in entry.replicated], entry.is_debt) == (["LMArena"], False)


def test_two_numbers_of_one_sentence_on_one_benchmark_stand_beside_each_other() -> None:
    def scores(hours: float, points: float) -> Utterance:
        return _beats(
            hours, object=None, predicate=Predicate.SCORES, quantity=Quantity("score", points, "%", text=f"{points} %")
        )

    one, other, alone = scores(0, 79.8), scores(0, 79.2), scores(9, 71)
    alone = replace(alone, claim=replace(alone.claim, text="Another sentence."))
    found = find_entries((one, other, alone), WORLD)
    assert {entry.quantity.value: entry.is_beside for entry in found if entry.quantity} == {
        79.8: True,
        79.2: True,
        71: False,
    }


def test_where_nobody_knows_the_maker_nobody_is_an_outsider() -> None:
    entry = _only(_beats(0, "Alibaba", subject="Mystery-1"))
    assert (entry.vendor, entry.claimed, entry.replicated, [item.by for item in entry.told]) == (
        None,
        (),
        (),
        ["Alibaba"],
    )


def test_who_only_has_an_opinion_tells_it_and_measured_nothing() -> None:
    entry = _only(_beats(0, "David Sacks", benchmark=None))
    assert ([item.by for item in entry.told], entry.replicated, entry.claimed) == (["David Sacks"], (), ())


def test_a_maker_called_by_the_beginning_of_its_name_is_no_outsider() -> None:
    arm = EntityId("alibaba-cloud")
    told = _beats(9, "LMArena")
    said = replace(told.claim.claimants[0], party=Party("Alibaba Cloud", arm))
    entry = _only(replace(told, claim=replace(told.claim, claimants=(said,))))
    assert ([item.entity for item in entry.claimed], entry.replicated, entry.is_debt) == ([arm], (), True)


def test_every_result_has_somebody_who_gives_it() -> None:
    told = [_beats(n, who, benchmark=on) for n, who in enumerate(WHO) for on in ("AIME 2024", None)]
    for entry in find_entries(told, WORLD):
        assert entry.claimed or entry.replicated or entry.told


def test_an_outlet_that_retells_it_measured_nothing() -> None:
    entry = _only(_beats(0, "Alibaba"), _beats(1))
    assert ([item.by for item in entry.told], entry.is_debt) == (["Ledger"], True)


def test_an_opinion_is_no_measurement() -> None:
    entry = _only(_beats(0, "Alibaba"), _beats(1, "David Sacks"))
    assert entry.is_debt


def test_an_unnamed_benchmark_replicates_nothing() -> None:
    assert _only(_beats(0, "Alibaba", benchmark=None), _beats(1, "LMArena", benchmark=None)).is_debt


def test_what_others_measured_of_the_same_two_elsewhere_is_shown() -> None:
    first, _ = find_entries([_beats(0, "Alibaba"), _beats(5, "LMArena", benchmark="Arena")], WORLD)
    assert [item.by for item in first.elsewhere] == ["LMArena"]


def test_the_reverse_on_the_same_ground_opposes() -> None:
    reverse = _beats(2, "LMArena", subject="DeepSeek-V3", object="Qwen2.5-Max")
    entry = find_entries([_beats(0, "Alibaba"), reverse], WORLD)[0]
    assert [item.by for item in entry.opposed] == ["LMArena"]


def test_a_person_is_no_model_and_a_rank_in_nothing_no_result() -> None:
    rank = Quantity("rank", 3, "rank", text="third")
    person = _beats(0, "Alibaba", subject="Liang Wenfeng", object="David Sacks")
    groundless = _beats(1, object=None, benchmark=None, predicate=Predicate.RANKS, quantity=rank)
    assert find_entries([person, groundless], WORLD) == ()
    placed = _beats(2, object=None, predicate=Predicate.RANKS, quantity=rank)
    assert len(find_entries([person, groundless, placed], WORLD)) == 1


def test_a_prediction_is_no_entry() -> None:
    assert find_entries([_beats(0, "Alibaba", modality=Modality.PREDICTED)], WORLD) == ()


def test_the_words_of_an_unnamed_speaker_may_name_the_maker() -> None:
    assert [item.by for item in _only(_beats(0, "Alibaba's own paper")).claimed] == ["Alibaba's own paper"]


def test_debt_by_vendor_most_owed_first() -> None:
    told = [
        _beats(0, "Alibaba"),
        _beats(1, "Alibaba", benchmark=None),
        _beats(2, "DeepSeek", subject="DeepSeek-R1", object="OpenAI o1"),
        _beats(3, "LMArena", subject="DeepSeek-R1", object="OpenAI o1"),
    ]
    debts = count_debt(find_entries(told, WORLD))
    assert [(debt.vendor, debt.claimed, debt.owed, debt.unnamed) for debt in debts] == [
        (make_entity_id("Alibaba"), 2, 2, 1),
        (make_entity_id("DeepSeek"), 1, 0, 0),
    ]


def test_the_page_of_a_maker_speaks_for_it_and_is_one_with_it() -> None:
    article = make_article("Alibaba Blog", 0)
    page = tell(
        replace(article, source=replace(article.source, kind=SourceKind.VENDOR)),
        subject="Qwen2.5-Max",
        object="DeepSeek-V3",
        benchmark="AIME 2024",
        type=ClaimType.BENCHMARK,
        predicate=Predicate.OUTPERFORMS,
        modality=Modality.ASSERTED,
    )
    entry = _only(page, _beats(9, "Alibaba"))
    assert ([item.entity for item in entry.claimed], entry.told) == ([make_entity_id("Alibaba")], ())


def test_who_finds_the_same_order_replicates_it_with_another_number_too() -> None:
    by_two, by_one = (Quantity("score", value, "x") for value in (1.8, 1.3))
    told = _beats(0, "Alibaba", quantity=by_two)
    again = _beats(9, "LMArena", quantity=by_one)
    first, _ = find_entries((told, again), WORLD)
    assert ([item.by for item in first.replicated], first.elsewhere, first.is_debt) == (["LMArena"], (), False)
    elsewhere = _beats(9, "LMArena", quantity=by_one, benchmark=None)
    first, _ = find_entries((told, elsewhere), WORLD)
    assert (first.replicated, [item.by for item in first.elsewhere]) == ((), ["LMArena"])


def test_who_measured_it_again_stands_in_the_order_of_first_reports() -> None:
    by_nine, by_two = (Quantity("score", value, "%") for value in (9, 2))
    told = _beats(0, "Alibaba", quantity=by_nine), _beats(1, "Nvidia", quantity=by_two)
    again = _beats(5, "Microsoft", quantity=by_nine), _beats(6, "Nvidia", quantity=by_nine)
    first, _ = find_entries((*told, *again), WORLD)
    assert [item.by for item in first.replicated] == ["Nvidia", "Microsoft"]
