"""Records by id, entities by spelling, lists and counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graph.records import ArticleId, ClaimId, EntityId, SourceId
from graph.store import Counts, GraphStore
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

HOUR = timedelta(hours=1)
FIRST = make_extraction(Said("DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",)))
SECOND = make_extraction(
    Said("DeepSeek denied it."), url="https://other.example/2", domain="other.example", at=NOON + HOUR
)


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([FIRST, SECOND])
    return store


def test_records_come_in_the_order_asked_and_missing_ones_are_left_out(full: GraphStore) -> None:
    first, second = FIRST.claims[0], SECOND.claims[0]
    assert full.get_claims([second.id, ClaimId("cnone"), first.id]) == (second, first)
    assert full.get_articles([SECOND.article.id, ArticleId("anone"), FIRST.article.id]) == (
        SECOND.article,
        FIRST.article,
    )
    assert full.get_entities([OPENAI.id, EntityId("nobody"), DEEPSEEK.id]) == (OPENAI, DEEPSEEK)
    assert full.get_sources([SourceId("none"), FIRST.article.source.id]) == (FIRST.article.source,)


def test_no_ids_give_nothing(full: GraphStore) -> None:
    assert (full.get_claims([]), full.get_articles([])) == ((), ())
    assert (full.get_entities([]), full.get_sources([])) == ((), ())


@pytest.mark.parametrize("text", ["deepseek", "Deep Seek", "ＤＥＥＰ－ＳＥＥＫ", "ディープシーク", "深度求索"])
def test_an_entity_is_found_by_any_spelling(full: GraphStore, text: str) -> None:
    assert full.find_entities(text) == (DEEPSEEK,)


def test_the_beginning_of_a_spelling_finds_when_nothing_is_equal(store: GraphStore) -> None:
    store.add([FIRST])
    store.add_entities([R1])
    assert store.find_entities("deeps") == (DEEPSEEK, R1)
    assert store.find_entities("deepseek") == (DEEPSEEK,)
    assert store.find_entities("deeps", limit=1) == (DEEPSEEK,)


@pytest.mark.parametrize("text", ["", " ", "-", "%", "nobody", "\U0010ffff"])
def test_nothing_is_found_by_nothing(full: GraphStore, text: str) -> None:
    assert full.find_entities(text) == ()


def test_entities_are_listed_by_claims_about_them(full: GraphStore) -> None:
    assert [(row.entity, row.claims) for row in full.list_entities()] == [(DEEPSEEK, 2), (OPENAI, 1)]
    assert [(row.entity, row.claims) for row in full.list_entities(since=NOON + HOUR)] == [(DEEPSEEK, 1)]
    assert len(full.list_entities(limit=1)) == 1


def test_articles_are_listed_newest_first_without_text(full: GraphStore) -> None:
    assert full.list_articles() == tuple(replace(e.article, text="") for e in (SECOND, FIRST))
    assert full.list_articles(limit=1) == (replace(SECOND.article, text=""),)


def test_articles_that_mention_an_entity(full: GraphStore) -> None:
    assert full.list_articles(OPENAI.id) == (replace(FIRST.article, text=""),)
    assert full.list_articles(MICROSOFT.id) == ()


def test_counts(full: GraphStore) -> None:
    assert full.count() == Counts(sources=2, articles=2, entities=3, claims=2, latest=NOON + HOUR)


def test_an_empty_store_counts_nothing(store: GraphStore) -> None:
    assert store.count() == Counts(0, 0, 0, 0, None)
    assert store.list_entities() == ()
    assert store.list_articles() == ()


def test_names_outside_the_tables_are_listed_by_articles(full: GraphStore) -> None:
    assert [(row.entity, row.articles) for row in full.list_new_names()] == [(DEEPSEEK, 2), (OPENAI, 1)]
    assert [row.entity for row in full.list_new_names(at_least=2)] == [DEEPSEEK]
    assert len(full.list_new_names(limit=1)) == 1
    full.add_entities([replace(DEEPSEEK, curated=True)])
    assert DEEPSEEK.id not in [row.entity.id for row in full.list_new_names()]
