"""Who is spelled how, what completes a beginning, and which claims fit words best."""

from datetime import timedelta

import pytest

from graph.errors import QueryError
from graph.records import Predicate, Quantity
from graph.store import ClaimQuery, GraphStore
from tests.contract.builders import DEEPSEEK, NOON, OPENAI, R1, Said, make_extraction

COST = Quantity("training_cost", 5_600_000, "USD")
OLD = make_extraction(
    Said("Copies, copies and copies of models were found.", object="OpenAI"),
    url="https://news.example/old",
    at=NOON - timedelta(days=90),
)
NEW = make_extraction(
    Said("Copies of models were found.", object="OpenAI"),
    Said("R1 cost little to train.", subject="DeepSeek-R1", predicate=Predicate.COSTS, quantity=COST),
    url="https://news.example/new",
)
(OLD_COPIES,), (NEW_COPIES, NEW_COST) = OLD.claims, NEW.claims


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([OLD, NEW])
    return store


def test_spellings_lead_to_whom_they_name(full: GraphStore) -> None:
    found = full.find_spelled(["deepseek", "ディープシーク", "openai", "deep", ""])
    assert {spelling: entity.id for spelling, entity in found.items()} == {
        "deepseek": DEEPSEEK.id,
        "ディープシーク": DEEPSEEK.id,
        "openai": OPENAI.id,
    }
    assert full.find_spelled([]) == {}


def test_beginning_is_completed_by_names_with_most_claims_first(full: GraphStore) -> None:
    assert [entity.id for entity in full.complete_names("dee")] == [DEEPSEEK.id, R1.id]
    assert [entity.id for entity in full.complete_names("ディープ")] == [DEEPSEEK.id]
    assert [entity.id for entity in full.complete_names("dee", limit=1)] == [DEEPSEEK.id]
    assert full.complete_names("zzz") == full.complete_names("-") == ()


def test_spellings_of_a_length(full: GraphStore) -> None:
    assert full.list_spellings(6, 8) == ("deepseek", "openai", "ディープシーク")
    assert full.list_spellings(100, 200) == ()


def test_fit_of_words_halves_with_age(full: GraphStore) -> None:
    ranked = full.rank_claims(ClaimQuery(words=("copies",)), NOON)
    assert [one.claim for one in ranked] == [NEW_COPIES.id, OLD_COPIES.id]
    assert 0 < ranked[1].fit <= 0.51 < ranked[0].fit <= 1
    assert full.rank_claims(ClaimQuery(words=("copies",)), NOON, limit=1) == ranked[:1]


def test_ranked_are_those_that_match_all_else(full: GraphStore) -> None:
    query = ClaimQuery(words=("copies",), until=NOON - timedelta(days=1))
    assert [one.claim for one in full.rank_claims(query, NOON)] == [OLD_COPIES.id]
    assert full.rank_claims(ClaimQuery(words=("zebra",)), NOON) == ()


def test_ranking_needs_words(full: GraphStore) -> None:
    with pytest.raises(QueryError, match="words"):
        full.rank_claims(ClaimQuery(), NOON)


def test_claims_by_what_their_number_measures(full: GraphStore) -> None:
    query = ClaimQuery(measures=("training_cost",))
    assert [claim.id for claim in full.find_claims(query).claims] == [NEW_COST.id]
