"""Paths, communities and activity over what a store answers."""

from datetime import timedelta

import pytest

from graph.answers.analysis import Period, StoreBounds, count_activity, find_communities, find_paths, read_claims
from graph.answers.overviews import get_activity, get_communities, get_paths
from graph.records import Relation, Tie
from graph.store import ClaimQuery, GraphStore
from tests.contract.builders import AIME, DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

FIRST = make_extraction(Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",)))
SECOND = make_extraction(
    Said("R1 is good on AIME 2024.", subject="DeepSeek-R1", benchmark="AIME 2024", speakers=("DeepSeek",)),
    url="https://news.example/2",
    at=NOON + timedelta(days=30),
)
MAKES = Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "table")


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([FIRST, SECOND])
    store.add_entities([], [MAKES])
    return store


def test_a_path_names_the_claims_and_ties_of_each_step(full: GraphStore) -> None:
    patient = StoreBounds(seconds=60)  # a server plans its first queries slowly
    found = find_paths(full, OPENAI.id, AIME.id, bounds=patient)
    assert found.complete
    ways = [(OPENAI.id, *(step.end for step in path)) for path in found.paths]
    assert ways[0] == (OPENAI.id, DEEPSEEK.id, AIME.id)
    assert {*ways[1:3]} == {
        (OPENAI.id, MICROSOFT.id, DEEPSEEK.id, AIME.id),
        (OPENAI.id, DEEPSEEK.id, R1.id, AIME.id),
    }
    assert ways[3:] == [(OPENAI.id, MICROSOFT.id, DEEPSEEK.id, R1.id, AIME.id)]
    first = found.paths[0][0]
    assert first.claims == FIRST.claims
    step = next(step for path in found.paths for step in path if {step.start, step.end} == {DEEPSEEK.id, R1.id})
    assert (step.claims, step.ties) == (SECOND.claims, (MAKES,))


def test_the_shortest_path_comes_first_and_no_more_than_asked_for(full: GraphStore) -> None:
    [path] = find_paths(full, OPENAI.id, AIME.id, limit=1).paths
    assert len(path) == 2
    assert find_paths(full, OPENAI.id, AIME.id, longest=1).paths == ()


@pytest.mark.parametrize("end", [OPENAI.id, "nobody"], ids=["itself", "nobody"])
def test_no_path_to_itself_or_to_nobody(full: GraphStore, end: str) -> None:
    assert find_paths(full, OPENAI.id, end).paths == ()  # type: ignore[arg-type]


def test_a_path_goes_along_ties_alone(store: GraphStore) -> None:
    store.add_entities([DEEPSEEK, R1], [MAKES])
    [[step]] = find_paths(store, R1.id, DEEPSEEK.id).paths
    assert (step.claims, step.ties) == ((), (MAKES,))


def test_bounds_are_told(full: GraphStore) -> None:
    assert not find_paths(full, OPENAI.id, AIME.id, bounds=StoreBounds(entities=1)).complete
    times = iter(range(1000))
    late = find_paths(full, OPENAI.id, AIME.id, bounds=StoreBounds(seconds=0), clock=lambda: next(times))
    assert (late.paths, late.complete) == ((), False)
    assert read_claims(full, ClaimQuery(), StoreBounds(claims=1)) == (SECOND.claims, False)
    assert read_claims(full, ClaimQuery(), StoreBounds(claims=2))[1]


def test_those_named_together_are_a_community() -> None:
    found = find_communities((*FIRST.claims, *SECOND.claims), least=2)
    assert {id for community in found for id, _ in community.entities} == {
        DEEPSEEK.id,
        OPENAI.id,
        MICROSOFT.id,
        R1.id,
        AIME.id,
    }
    assert found == find_communities((*FIRST.claims, *SECOND.claims), least=2)
    assert find_communities(()) == ()


def test_activity_counts_the_claims_of_each_month() -> None:
    newest, oldest = count_activity((*FIRST.claims, *SECOND.claims), Period.MONTH)
    assert (newest.period, newest.claims) == ("2025-02", 1)
    assert newest.about == ((AIME.id, 1), (R1.id, 1))
    assert newest.says == ((DEEPSEEK.id, 1),)
    assert (oldest.period, oldest.says) == ("2025-01", ((MICROSOFT.id, 1),))
    assert [part.period for part in count_activity(FIRST.claims, Period.DAY)] == ["2025-01-29"]


def test_views_name_the_entities(full: GraphStore) -> None:
    view = get_paths(full, OPENAI, AIME)
    assert view.paths[0][0].start.name == "OpenAI"
    assert view.paths[0][0].claims[0].id == FIRST.claims[0].id
    assert get_communities(full, "", NOON).communities[0].entities[0].entity.name == "DeepSeek"
    activity = get_activity(full, "speaker:microsoft", NOON)
    assert (activity.claims, activity.complete) == (1, True)
    assert activity.periods[0].says[0].entity.name == "Microsoft"
