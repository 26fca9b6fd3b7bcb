"""What goes in, and that it goes in once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from graph.errors import StoreError
from graph.records import Entity, EntityId, EntityType, Extraction, Party, Relation, Tie
from graph.store import Added, ClaimQuery, GraphStore
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

CLAIM = Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",))


def test_added_counts_what_is_new(store: GraphStore) -> None:
    assert store.add([make_extraction(CLAIM)]) == Added(articles=1, claims=1, entities=3)


def test_the_same_again_adds_nothing(store: GraphStore) -> None:
    store.add([make_extraction(CLAIM)])
    before = store.count()
    assert store.add([make_extraction(CLAIM)]) == Added()
    assert store.count() == before


def test_an_extraction_may_bring_no_claims(store: GraphStore) -> None:
    assert store.add([make_extraction()]) == Added(articles=1)


def test_nothing_may_be_added(store: GraphStore) -> None:
    assert store.add([]) == Added()


def test_other_claims_for_a_stored_article_change_nothing(store: GraphStore) -> None:
    first = make_extraction(CLAIM)
    store.add([first])
    assert store.add([replace(first, claims=())]) == Added()
    assert store.get_claims([first.claims[0].id]) == first.claims


def test_a_claim_found_twice_in_an_article_is_stored_once(store: GraphStore) -> None:
    extraction = make_extraction(CLAIM)
    doubled = replace(extraction, claims=extraction.claims * 2)
    assert store.add([doubled]).claims == 1


def test_a_new_version_keeps_the_old_one_with_its_claims(store: GraphStore) -> None:
    old = make_extraction(CLAIM)
    new = make_extraction(replace(CLAIM, text="Microsoft no longer says so of DeepSeek and OpenAI."), version=2)
    store.add([old])
    store.add([new])
    assert store.get_articles([old.article.id, new.article.id]) == (old.article, new.article)
    assert store.get_claims([old.claims[0].id]) == old.claims


def test_a_known_entity_gains_aliases_and_keeps_its_fields(store: GraphStore) -> None:
    store.add_entities([replace(DEEPSEEK, curated=True)])
    found = replace(DEEPSEEK, name_ja=None, aliases=("Deep Seek",), wikidata="Q1")
    store.add([replace(make_extraction(), entities=(found,))])
    assert store.get_entities([DEEPSEEK.id]) == (replace(DEEPSEEK, curated=True, aliases=("深度求索", "Deep Seek")),)


def test_curated_fields_replace_earlier_ones(store: GraphStore) -> None:
    store.add_entities([replace(DEEPSEEK, curated=True)])
    better = Entity(DEEPSEEK.id, "DeepSeek AI", EntityType.COMPANY, "深度求索", ("DS",), "Q1", curated=True)
    assert store.add_entities([better]) == Added()
    assert store.get_entities([DEEPSEEK.id]) == (better,)
    assert store.find_entities("Deep Seek AI") == (better,)


def test_curating_keeps_aliases_that_texts_brought(store: GraphStore) -> None:
    store.add([replace(make_extraction(), entities=(replace(DEEPSEEK, aliases=("deep-seek.com",)),))])
    store.add_entities([replace(DEEPSEEK, curated=True)])
    assert store.get_entities([DEEPSEEK.id])[0].aliases == ("深度求索", "deep-seek.com")


def test_ties_are_stored_once(store: GraphStore) -> None:
    tie = Tie(MICROSOFT.id, Relation.INVESTED_IN, OPENAI.id, "curated")
    for _ in range(2):
        store.add_entities([MICROSOFT, OPENAI], [tie])
    assert store.list_ties(OPENAI.id) == (tie,)
    assert store.list_ties(MICROSOFT.id) == (tie,)


def test_what_a_table_says_last_of_the_days_of_a_tie_counts(store: GraphStore) -> None:
    plain = Tie(MICROSOFT.id, Relation.PARTNER_OF, OPENAI.id, "a table")
    wrong, right = (replace(plain, source=f"a table, until {day}") for day in ("2024-05", "2026-05"))
    other = replace(plain, source="another table, since 2023")
    store.add_entities([MICROSOFT, OPENAI], [other])
    for tie in (wrong, plain, right, plain, wrong):
        store.add_entities([MICROSOFT, OPENAI], [tie])
        assert store.list_ties(OPENAI.id) == (tie, other)
    twice = [wrong, replace(plain, source="a table, since 2025, until 2026")]
    store.add_entities([MICROSOFT, OPENAI], twice)
    assert {*store.list_ties(OPENAI.id)} == {*twice, other}
    store.add_entities([], [right], kept=True)
    assert {*store.iter_ties()} == {*twice, right, other}


def test_a_tie_that_its_table_has_no_more_goes(store: GraphStore) -> None:
    owns = Tie(MICROSOFT.id, Relation.OWNS, OPENAI.id, "a table, since 2023")
    makes = Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "a table")
    told = Tie(DEEPSEEK.id, Relation.COMPETES_WITH, OPENAI.id, "https://news.example/1")
    other = Tie(OPENAI.id, Relation.PARTNER_OF, MICROSOFT.id, "another table")
    store.add_entities([MICROSOFT, OPENAI, DEEPSEEK, R1], [owns, makes, told, other])
    store.add_entities([], [makes])
    assert {*store.iter_ties()} == {makes, told, other}
    assert store.cypher("MATCH (:Entity)-[t:OWNS]->(:Entity) RETURN count(t)").rows == ((0,),)
    assert store.list_ties(MICROSOFT.id) == (other,)
    store.add_entities([replace(R1, curated=True)])
    assert {*store.iter_ties()} == {makes, told, other}


def test_a_tie_to_nobody_is_refused_whole(store: GraphStore) -> None:
    with pytest.raises(StoreError, match="no entity nobody"):
        store.add_entities([MICROSOFT], [Tie(MICROSOFT.id, Relation.OWNS, EntityId("nobody"), "curated")])
    assert store.count().entities == 0


def test_a_claim_about_an_unknown_entity_refuses_its_article_and_no_other(store: GraphStore) -> None:
    good = make_extraction(CLAIM)
    bad = make_extraction(CLAIM, url="https://news.example/2")
    stray = replace(bad.claims[0], subject=Party("Nobody", EntityId("nobody")))
    with pytest.raises(StoreError, match="nobody") as refused:
        store.add([replace(bad, claims=(stray,)), good])
    assert refused.value.subject == bad.article.id
    assert store.get_articles([good.article.id, bad.article.id]) == (good.article,)


def test_text_that_no_file_can_hold_refuses_its_article(store: GraphStore) -> None:
    extraction = make_extraction()
    with pytest.raises(StoreError, match="not stored"):
        store.add([replace(extraction, article=replace(extraction.article, title="\ud800"))])
    assert store.count().articles == 0


def test_what_came_before_the_stream_broke_is_kept(store: GraphStore) -> None:
    def broken() -> Iterator[Extraction]:
        yield make_extraction(CLAIM)
        raise RuntimeError("the feed reader died")

    with pytest.raises(RuntimeError):
        store.add(broken())
    assert store.count().articles == 1


def test_many_claims_of_one_second_all_find_a_place(store: GraphStore) -> None:
    store.add(make_extraction(CLAIM, url=f"https://news.example/{n}") for n in range(40))
    assert len(store.find_claims(ClaimQuery(), limit=100).claims) == 40


@pytest.mark.parametrize("years", [-60, 0, 7000], ids=["before 1970", "now", "far ahead"])
def test_any_year_is_kept(store: GraphStore, years: int) -> None:
    at = NOON.replace(year=NOON.year + years) + timedelta(microseconds=7)
    extraction = make_extraction(CLAIM, at=at)
    store.add([extraction])
    assert store.find_claims(ClaimQuery(since=at, until=at + timedelta(microseconds=1))).claims == extraction.claims
