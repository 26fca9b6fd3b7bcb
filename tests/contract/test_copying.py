"""A graph copied between any two stores is the same graph."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.formats.copying import copy
from graph.judging.making import make_judgement
from graph.records import ClaimId, Extraction, JudgementKind, Relation, Tie
from graph.store import Added, ClaimQuery, GraphStore
from graph.stores import open_store
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, Said, make_extraction

STORY = [
    make_extraction(
        Said(f"Microsoft says, case {n}, DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",)),
        Said(f"ディープシークは否定した、{n}。"),
        url=f"https://news.example/{n}",
    )
    for n in range(20)
]
TIE = Tie(MICROSOFT.id, Relation.INVESTED_IN, OPENAI.id, "curated")


@pytest.fixture
def origin(tmp_path: Path) -> Iterator[GraphStore]:
    with open_store(str(tmp_path / "origin.db")) as store:
        store.add_entities([OPENAI, replace(DEEPSEEK, curated=True), MICROSOFT], [TIE])
        store.add(STORY)
        store.add([replace(make_extraction(STORY_MORE), entities=(replace(DEEPSEEK, aliases=("deep-seek",)),))])
        yield store


STORY_MORE = Said("DeepSeek again.")


def test_claims_of_one_sentence_keep_their_order(store: GraphStore, tmp_path: Path) -> None:
    extraction = make_extraction(Said("One sentence."))
    claims = [replace(extraction.claims[0], id=ClaimId(f"c{n}")) for n in (5, 2, 9, 1, 7)]
    with open_store(str(tmp_path / "origin.db")) as origin:
        origin.add([replace(extraction, claims=tuple(claims))])
        copy(origin, store)
        assert store.find_claims(ClaimQuery()).claims == origin.find_claims(ClaimQuery()).claims == tuple(claims)


def test_a_copy_has_every_record_and_its_order(origin: GraphStore, store: GraphStore) -> None:
    copied = copy(origin, store)
    assert copied.added == Added(articles=21, claims=41, entities=3)
    assert copied.counts == origin.count()
    assert list(store.iter_entities()) == list(origin.iter_entities())
    assert list(store.iter_extractions()) == list(origin.iter_extractions())
    assert list(store.iter_ties()) == [TIE]
    assert store.find_claims(ClaimQuery(), limit=50) == origin.find_claims(ClaimQuery(), limit=50)
    assert store.find_entities("openai") == origin.find_entities("openai")


def test_a_copy_back_is_the_same(origin: GraphStore, store: GraphStore, tmp_path: Path) -> None:
    there = copy(origin, store)
    with open_store(str(tmp_path / "back.db")) as back:
        assert copy(store, back).digest == there.digest
        back.add_entities([replace(DEEPSEEK, curated=True, aliases=("DS",))])
        assert back.get_entities([DEEPSEEK.id])[0].aliases == ("DS", "deep-seek")


def test_a_copy_run_again_adds_nothing(origin: GraphStore, store: GraphStore) -> None:
    first = copy(origin, store)
    assert copy(origin, store) == replace(first, added=Added())


def test_a_copy_cut_short_is_taken_up(origin: GraphStore, store: GraphStore) -> None:
    class Cut(Exception):
        pass

    def cut() -> Iterator[Extraction]:
        yield from STORY[:7]
        raise Cut

    store.add_entities(origin.iter_entities())
    with pytest.raises(Cut):
        store.add(cut())
    assert copy(origin, store).added.articles == 14
    assert store.count() == origin.count()


def test_a_copy_has_the_judgements_and_what_follows_from_them(
    origin: GraphStore, store: GraphStore, tmp_path: Path
) -> None:
    merge = make_judgement(JudgementKind.MERGE, (OPENAI.id, DEEPSEEK.id), "ann", NOON, "one firm")
    apart = make_judgement(JudgementKind.APART, (OPENAI.id, MICROSOFT.id), "ann", NOON, "two firms")
    undo = make_judgement(JudgementKind.UNDO, (), "bob", NOON, "two firms after all", undoes=merge.id)
    again = make_judgement(JudgementKind.UNDO, (), "ann", NOON, "no, one", undoes=undo.id)
    assert all(map(origin.judge, (merge, apart, undo, again)))
    first, second = copy(origin, store), copy(origin, store)
    assert (first.judgements, second.judgements) == (4, 0)
    with open_store(str(tmp_path / "back.db")) as back:
        assert copy(store, back).digest == first.digest == second.digest
        for there in (store, back):
            assert there.list_judgements() == origin.list_judgements()
            assert there.get_entities([DEEPSEEK.id]) == origin.get_entities([OPENAI.id])
            assert there.find_claims(ClaimQuery(), limit=50) == origin.find_claims(ClaimQuery(), limit=50)
            assert list(there.iter_extractions()) == list(origin.iter_extractions())
            assert there.count() == origin.count()


def test_what_differs_is_named(origin: GraphStore, store: GraphStore) -> None:
    store.add_entities([replace(OPENAI, name="Open A.I.")])
    with pytest.raises(StoreError, match="entity openai is another in the copy"):
        copy(origin, store)


def test_a_tie_of_an_entity_to_itself_is_kept_and_leads_nowhere(store: GraphStore, tmp_path: Path) -> None:
    tie = Tie(OPENAI.id, Relation.PART_OF, OPENAI.id, "curated")
    store.add_entities([OPENAI], [tie])
    assert list(store.iter_ties()) == [tie]
    assert store.list_ties(OPENAI.id) == ()
    with open_store(str(tmp_path / "copy.db")) as there:
        copy(store, there)
        assert list(there.iter_ties()) == [tie]
