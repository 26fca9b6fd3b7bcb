"""What stands out of many claims: comparisons, figures, what a day brought, what changed between versions."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graph.answers.portraits import find_comparisons, get_moved, read_measured, view_measures
from graph.answers.queries import get_article
from graph.grades import FAIR_FROM
from graph.records import ClaimType, Modality, Polarity, Predicate, Quantity
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import DEEPSEEK, NOON, OPENAI, R1, Said, make_extraction

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "graph.db")


def compare(predicate: Predicate, subject: str = "DeepSeek", object: str = "OpenAI") -> Said:
    return Said(f"{subject} {predicate} {object}.", subject, object, type=ClaimType.BENCHMARK, predicate=predicate)


def test_comparisons_are_read_from_either_side(store: SqliteStore) -> None:
    store.add(
        [
            make_extraction(
                compare(Predicate.OUTPERFORMS),
                compare(Predicate.UNDERPERFORMS, "OpenAI", "DeepSeek"),
                compare(Predicate.MATCHES),
                compare(Predicate.UNDERPERFORMS, object="DeepSeek-R1"),
                compare(Predicate.OUTPERFORMS, object="somebody"),
            )
        ]
    )
    rows = [
        (row.other.id, row.better, row.equal, row.worse)
        for row in find_comparisons(store, DEEPSEEK.id, read_measured(store, DEEPSEEK.id))
    ]
    assert rows == [(OPENAI.id, 2, 1, 0), (R1.id, 0, 0, 1)]
    assert [
        (row.other.id, row.worse) for row in find_comparisons(store, OPENAI.id, read_measured(store, OPENAI.id))
    ] == [(DEEPSEEK.id, 2)]


def test_denied_and_planned_comparisons_do_not_count(store: SqliteStore) -> None:
    store.add(
        [
            make_extraction(
                replace(compare(Predicate.OUTPERFORMS), polarity=Polarity.DENIED),
                replace(compare(Predicate.MATCHES), modality=Modality.PREDICTED),
            )
        ]
    )
    assert find_comparisons(store, DEEPSEEK.id, read_measured(store, DEEPSEEK.id)) == ()


def test_figures_of_one_measure_and_unit_stand_together(store: SqliteStore) -> None:
    def cost(value: float, unit: str = "USD", subject: str = "DeepSeek") -> Said:
        quantity = Quantity("training_cost", value, unit)
        return Said(
            f"{subject} paid {value} {unit}.",
            subject,
            type=ClaimType.COST,
            predicate=Predicate.COSTS,
            quantity=quantity,
        )

    store.add(
        [make_extraction(cost(5.6e6), cost(1e9), cost(4e7, "CNY"), cost(3.0, subject="OpenAI"), Said("Nothing."))]
    )
    groups = view_measures(store, DEEPSEEK.id, read_measured(store, DEEPSEEK.id))
    assert [(group.measure, group.unit, len(group.claims)) for group in groups] == [
        ("training_cost", "USD", 2),
        ("training_cost", "CNY", 1),
    ]


def test_numbers_of_two_other_parties_do_not_stand_under_one_label(store: SqliteStore) -> None:
    def owns(number: float, object: str) -> Said:
        return Said(
            f"DeepSeek owns {number} of {object}.",
            object=object,
            type=ClaimType.COMPUTE,
            predicate=Predicate.OWNS_HARDWARE,
            quantity=Quantity("chips", number, "chips"),
        )

    store.add([make_extraction(owns(500, "Corvid X"), owns(300, "Corvid X"), owns(40, "Corvid Y"))])
    groups = view_measures(store, DEEPSEEK.id, read_measured(store, DEEPSEEK.id))
    assert [(group.of.name if group.of else "", len(group.claims)) for group in groups] == [
        ("Corvid X", 2),
        ("Corvid Y", 1),
    ]


def test_a_day_is_told_beside_the_one_before(store: SqliteStore) -> None:
    store.add(
        [
            make_extraction(Said("A."), url="https://a.example/1", at=NOON - timedelta(hours=30)),
            make_extraction(Said("B."), Said("C.", polarity=Polarity.DENIED), url="https://a.example/2", at=NOON),
        ]
    )
    latest = store.count().latest
    moved = get_moved(store, NOON + timedelta(hours=1), latest)
    assert moved is not None
    assert (moved.is_last, moved.claims, moved.claims_before, moved.denials) == (False, 2, 1, 1)
    assert [(row.entity.id, row.claims, row.before) for row in moved.entities] == [(DEEPSEEK.id, 2, 1)]


def test_a_day_is_told_without_weak_and_misread_claims(store: SqliteStore) -> None:
    weak, misread = Said("B.", subject="OpenAI", score=FAIR_FROM / 2), Said("C.", subject="OpenAI", misread="no claim")
    denial = Said("E.", polarity=Polarity.DENIED, score=FAIR_FROM / 2)
    store.add([make_extraction(weak, misread, Said("D."), denial)])
    moved = get_moved(store, NOON + timedelta(hours=1), store.count().latest)
    assert moved is not None
    assert (moved.claims, moved.denials) == (1, 0)
    assert [(row.entity.id, row.claims, row.before) for row in moved.entities] == [(DEEPSEEK.id, 1, 0)]


def test_a_quiet_day_gives_way_to_the_last_with_reports(store: SqliteStore) -> None:
    store.add([make_extraction(Said("A."), at=NOON)])
    moved = get_moved(store, NOON + 30 * DAY, store.count().latest)
    assert moved is not None
    assert (moved.is_last, moved.since, moved.claims) == (True, NOON - DAY, 1)
    assert get_moved(store, NOON, None) is None


def test_a_new_version_says_which_claims_went_and_came(store: SqliteStore) -> None:
    kept, gone = Said("DeepSeek kept it."), Said("DeepSeek took it.", object="OpenAI")
    firmer = Said("DeepSeek kept it.", modality=Modality.ASSERTED)
    store.add(
        [
            make_extraction(kept, gone, version=1),
            make_extraction(Said("First a word.", subject="a word"), kept, version=2, at=NOON + timedelta(hours=1)),
            make_extraction(firmer, version=3, at=NOON + timedelta(hours=2)),
        ]
    )
    first, second, third = (get_article(store, article.id) for article in reversed(store.list_articles()))
    assert first.change is None
    assert second.change is not None
    assert third.change is not None
    assert [claim.text for claim in second.change.dropped] == [gone.text]
    assert [claim.text for claim in second.change.new] == ["First a word."]
    assert [one.after.modality for one in third.change.changed] == [Modality.ASSERTED]
    assert [claim.text for claim in third.change.dropped] == ["First a word."]
    assert [version.version for version in third.versions] == [1, 2, 3]
