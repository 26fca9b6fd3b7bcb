"""Ties from a speaker to a rival of the one spoken about; no tie, no stake."""

from graph.ids import make_entity_id
from graph.records import ClaimType, EntityId, Modality, Predicate, Relation, Tie
from graph.stake import find_stake, find_stakes
from graph.told import find_told_ties
from tests.graph.telling import WORLD, make_article, tell


def _id(name: str) -> EntityId:
    return make_entity_id(name)


def test_a_rival_has_a_stake_itself() -> None:
    stake = find_stake(_id("OpenAI"), _id("DeepSeek"), WORLD)
    assert stake
    assert [tie.relation for tie in stake.path] == [Relation.COMPETES_WITH]


def test_an_investor_in_a_rival_has_one_by_two_ties() -> None:
    stake = find_stake(_id("Microsoft"), _id("DeepSeek"), WORLD)
    assert stake
    assert ([tie.relation for tie in stake.path], stake.rival) == (
        [Relation.INVESTED_IN, Relation.COMPETES_WITH],
        _id("OpenAI"),
    )


def test_what_is_said_of_a_model_is_at_stake_for_its_maker_s_rivals() -> None:
    stake = find_stake(_id("Microsoft"), _id("DeepSeek-R1"), WORLD)
    assert stake
    assert stake.rival == _id("OpenAI")


def test_no_tie_no_stake() -> None:
    assert find_stake(_id("David Sacks"), _id("DeepSeek"), WORLD) is None


def test_nobody_has_a_stake_against_oneself() -> None:
    assert find_stake(_id("DeepSeek"), _id("DeepSeek-R1"), WORLD) is None


def test_a_tie_that_an_article_claims_leads_on_and_names_the_claim() -> None:
    told = tell(
        make_article(),
        subject="David Sacks",
        object="OpenAI",
        type=ClaimType.DEAL,
        predicate=Predicate.INVESTED_IN,
        modality=Modality.ASSERTED,
    )
    stake = find_stake(_id("David Sacks"), _id("DeepSeek"), WORLD, find_told_ties([told.claim]))
    assert stake
    assert stake.path[0].source == told.id


def test_a_tie_that_is_only_rumoured_is_none() -> None:
    told = tell(make_article(), subject="David Sacks", type=ClaimType.DEAL, predicate=Predicate.INVESTED_IN)
    assert find_told_ties([told.claim]) == ()


def test_a_path_longer_than_asked_for_is_none() -> None:
    tie = Tie(_id("David Sacks"), Relation.WORKS_FOR, _id("Microsoft"), "table")
    assert find_stake(_id("David Sacks"), _id("DeepSeek"), WORLD, [tie], longest=2) is None
    assert find_stake(_id("David Sacks"), _id("DeepSeek"), WORLD, [tie], longest=3)


def test_each_accuser_with_a_stake_once_with_what_it_said() -> None:
    told = [
        tell(make_article(), "Microsoft"),
        tell(make_article("Wire", 1), "Bloomberg", "Microsoft"),
        tell(make_article("Daily", 2), "David Sacks"),
    ]
    [stake] = find_stakes(told, WORLD)
    assert (stake.speaker, stake.claims) == (_id("Microsoft"), (told[0].id, told[1].id))
