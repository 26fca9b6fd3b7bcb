"""Who stands behind whom."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.background import find_makers, make_background
from graph.ids import make_entity_id
from graph.records import ArticleId, Entity, EntityId, EntityType, Polarity, Predicate, Relation, Tie
from tests.graph.propositions.sayings import make_known, say

A, B, C = (EntityId(name) for name in "abc")


def test_a_root_is_who_stands_behind_the_maker() -> None:
    known = make_background([], [Tie(A, Relation.OWNS, B, "t"), Tie(B, Relation.MAKES, C, "t")])
    assert known.list_above(C) == (B, A)
    assert known.find_root(C) == A
    assert known.find_root(A) == A


def test_a_member_of_a_venture_does_not_stand_below_it() -> None:
    firms = [Entity(id, id, EntityType.COMPANY) for id in (A, B)]
    assert make_background(firms, [Tie(A, Relation.PART_OF, B, "t")]).find_root(A) == A


def test_a_body_stands_below_the_body_it_is_part_of_and_not_below_a_country() -> None:
    kinds = {A: EntityType.INSTITUTION, B: EntityType.INSTITUTION, C: EntityType.PLACE}
    bodies = [Entity(id, id, kind) for id, kind in kinds.items()]
    known = make_background(bodies, [Tie(A, Relation.PART_OF, B, "t"), Tie(B, Relation.PART_OF, C, "t")])
    assert known.find_root(A) == B


_TIES = st.builds(
    Tie, st.sampled_from([A, B, C]), st.sampled_from(list(Relation)), st.sampled_from([A, B, C]), st.just("t")
)


@given(st.lists(_TIES, max_size=8))
def test_chains_end_and_order_does_not_matter(ties: list[Tie]) -> None:
    known = make_background([], ties)
    assert all(len(known.list_above(id)) < 3 for id in (A, B, C))
    assert known == make_background([], reversed(ties))


def test_claims_tell_makers_that_nobody_curated() -> None:
    claims = [
        say("Aldin", Predicate.RELEASED, "MMLU-Pro"),
        say("Borea", Predicate.RELEASED, "AIME", polarity=Polarity.DENIED),
    ]
    assert find_makers(claims, make_known()) == (
        Tie(make_entity_id("Aldin"), Relation.MAKES, make_entity_id("MMLU-Pro"), "claims"),
    )


def test_who_updates_what_another_released_is_not_its_maker() -> None:
    claims = [say("Aldin", Predicate.RELEASED, "MMLU-Pro"), say("Borea", Predicate.UPDATED, "MMLU-Pro")]
    [tie] = find_makers(claims, make_known())
    assert tie.subject == make_entity_id("Aldin")


def test_who_updates_what_nobody_released_is_its_maker() -> None:
    [tie] = find_makers([say("Borea", Predicate.UPDATED, "MMLU-Pro")], make_known())
    assert tie.subject == make_entity_id("Borea")


def test_of_two_who_released_it_the_maker_is_who_did_in_most_articles() -> None:
    def told(articles: int) -> list[Tie]:
        right = [say("Aldin", Predicate.RELEASED, "MMLU-Pro") for _ in range(articles)]
        claims = [replace(claim, article_id=ArticleId(f"a{n}")) for n, claim in enumerate(right)]
        return [*find_makers([*claims, say("Borea", Predicate.RELEASED, "MMLU-Pro")], make_known())]

    assert told(2) == []
    assert [tie.subject for tie in told(3)] == [make_entity_id("Aldin")]


def test_two_who_released_it_tell_no_maker() -> None:
    claims = [say(maker, Predicate.RELEASED, "MMLU-Pro") for maker in ("Aldin", "Borea")]
    assert find_makers(claims, make_known()) == ()
