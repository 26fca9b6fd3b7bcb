"""What is shown around entities, claims and articles."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graph.answers.neighbourhood import (
    SAYS_OPPOSITE,
    SAYS_SAME,
    Kind,
    Link,
    Neighbourhood,
    NodeBounds,
    Wanted,
    get_neighbourhood,
)
from graph.errors import NotFound
from graph.records import ClaimType, Polarity, Relation, Tie
from graph.store import GraphStore
from tests.contract.builders import AIME, DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

ACCUSED = Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",))
FIRST = make_extraction(
    ACCUSED,
    Said("R1 is good on AIME 2024.", subject="DeepSeek-R1", benchmark="AIME 2024", type=ClaimType.BENCHMARK),
)
LATER = make_extraction(
    replace(ACCUSED, text="DeepSeek did it, people say.", speakers=("people",)),
    replace(ACCUSED, text="DeepSeek denies it.", speakers=("DeepSeek",), polarity=Polarity.DENIED),
    url="https://news.example/2",
    at=NOON + timedelta(days=30),
)
MAKES = Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "table")
CLAIM, SCORE = (claim.id for claim in FIRST.claims)
SAME, DENIAL = (claim.id for claim in LATER.claims)


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([FIRST, LATER])
    store.add_entities([], [MAKES])
    return store


def _ids(found: Neighbourhood, kind: Kind) -> set[str]:
    return {node.id for node in found.nodes if node.kind is kind}


def test_a_start_is_shown_alone_until_it_is_opened(full: GraphStore) -> None:
    [node] = get_neighbourhood(full, Wanted((DEEPSEEK.id,))).nodes
    assert (node.id, node.kind, node.opened, node.more) == (DEEPSEEK.id, Kind.ENTITY, False, False)
    assert node.entity
    assert node.entity.name_ja == "ディープシーク"


def test_an_opened_entity_has_its_claims_their_parties_and_its_ties(full: GraphStore) -> None:
    found = get_neighbourhood(full, Wanted((DEEPSEEK.id,), (DEEPSEEK.id,)))
    assert _ids(found, Kind.CLAIM) == {CLAIM, SAME, DENIAL}
    assert _ids(found, Kind.ENTITY) == {DEEPSEEK.id, OPENAI.id, MICROSOFT.id, R1.id}
    assert found.nodes[0].id == DEEPSEEK.id, "most linked first"
    assert {node.id for node in found.nodes if node.opened} == {DEEPSEEK.id}
    assert found.complete
    assert {link for link in found.links if link.start in (CLAIM, DEEPSEEK.id)} == {
        Link(DEEPSEEK.id, R1.id, "MAKES"),
        Link(CLAIM, DEEPSEEK.id, "SUBJECT"),
        Link(CLAIM, OPENAI.id, "OBJECT"),
        Link(CLAIM, MICROSOFT.id, "CLAIMED_BY", 0),
    }


def test_an_opened_claim_has_its_article_and_what_says_the_same_or_the_opposite(full: GraphStore) -> None:
    found = get_neighbourhood(full, Wanted((CLAIM,), (CLAIM,)))
    assert _ids(found, Kind.CLAIM) == {CLAIM, SAME, DENIAL}
    assert _ids(found, Kind.ARTICLE) == {FIRST.article.id}
    assert {*found.links} >= {
        Link(FIRST.article.id, CLAIM, "STATES"),
        Link(min(CLAIM, SAME), max(CLAIM, SAME), SAYS_SAME),
        Link(min(CLAIM, DENIAL), max(CLAIM, DENIAL), SAYS_OPPOSITE),
    }


def test_an_opened_article_has_its_claims(full: GraphStore) -> None:
    found = get_neighbourhood(full, Wanted((FIRST.article.id,), (FIRST.article.id,)))
    assert _ids(found, Kind.CLAIM) == {CLAIM, SCORE}
    assert _ids(found, Kind.ENTITY) == {DEEPSEEK.id, OPENAI.id, MICROSOFT.id, R1.id, AIME.id}


def test_several_starts_are_shown_with_the_ties_between_them(full: GraphStore) -> None:
    found = get_neighbourhood(full, Wanted((DEEPSEEK.id, R1.id, "nobody")))
    assert _ids(found, Kind.ENTITY) == {DEEPSEEK.id, R1.id}
    assert found.links == (Link(DEEPSEEK.id, R1.id, "MAKES"),)


@pytest.mark.parametrize(
    ("narrowed", "claims"),
    [
        (Wanted((), types=(ClaimType.BENCHMARK,)), {SCORE}),
        (Wanted((), types=(ClaimType.ALLEGATION,)), {CLAIM}),
        (Wanted((), since=NOON + timedelta(days=1)), set()),
        (Wanted((), since=NOON), {CLAIM, SCORE}),
        (Wanted((), until=NOON), set()),
    ],
    ids=["type", "other type", "since later", "since then", "until then"],
)
def test_type_and_time_narrow_what_opening_adds(full: GraphStore, narrowed: Wanted, claims: set[str]) -> None:
    wanted = replace(narrowed, starts=(FIRST.article.id,), opened=(FIRST.article.id,))
    assert _ids(get_neighbourhood(full, wanted), Kind.CLAIM) == claims


def test_time_narrows_claims_of_the_same_matter_too(full: GraphStore) -> None:
    wanted = Wanted((CLAIM,), (CLAIM,), until=NOON + timedelta(days=1))
    assert _ids(get_neighbourhood(full, wanted), Kind.CLAIM) == {CLAIM}


def test_bounds_are_kept_and_told(full: GraphStore) -> None:
    wanted = Wanted((DEEPSEEK.id,), (DEEPSEEK.id, OPENAI.id))
    few = get_neighbourhood(full, wanted, NodeBounds(nodes=3))
    assert (len(few.nodes), few.complete) == (3, False)
    assert not get_neighbourhood(full, wanted, NodeBounds(opened=1)).complete
    [node, *_] = get_neighbourhood(full, wanted, NodeBounds(claims=1)).nodes
    assert (node.id, node.more) == (DEEPSEEK.id, True)


def test_no_claim_is_shown_without_its_parties(full: GraphStore) -> None:
    for nodes in range(1, 8):
        found = get_neighbourhood(full, Wanted((DEEPSEEK.id,), (DEEPSEEK.id,)), NodeBounds(nodes=nodes))
        shown = {node.id for node in found.nodes}
        assert len(shown) <= nodes
        for node in found.nodes:
            if node.claim:
                parties = (node.claim.subject, node.claim.object, *(said.party for said in node.claim.claimants))
                assert {party.entity.id for party in parties if party and party.entity} <= shown


def test_unknown_start_is_not_found(full: GraphStore) -> None:
    with pytest.raises(NotFound, match="no entity, claim or article nobody"):
        get_neighbourhood(full, Wanted(("nobody",)))
    assert get_neighbourhood(full, Wanted(("nobody", "nothing"))).nodes == ()
    assert get_neighbourhood(full, Wanted(())).nodes == ()
