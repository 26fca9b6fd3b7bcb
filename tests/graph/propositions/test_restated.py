"""One number of one deed, told of other parties."""

from dataclasses import replace
from itertools import permutations

import pytest

from graph.propositions import find_homes, find_matter, find_number, group_claims, make_pages
from graph.records import Claim, Comparator, Predicate, Quantity
from tests.graph.propositions.sayings import dollars, make_known, name_claims, say

KNOWN = make_known()
_COSTS = Predicate.COSTS


def _cost(who: str, text: str, value: float = 4.1e6, *, day: int = 0, article: str = "", lang: str = "en") -> Claim:
    return replace(say(who, _COSTS, None, dollars(value), text=text, day=day, article=article), lang=lang, score=0.6)


BORN = _cost("Aldin-1", "The final run of Aldin-1 cost 4.1 million dollars")
BARE = _cost("a model", "Aldin released a model that cost 4.1 million dollars", day=1)
FIRM = _cost("Aldin", "Aldin put the bill at 4.1 million dollars", day=2)


def _group(*claims: Claim) -> list[set[str]]:
    homes = find_homes({claim.id for claim in claims}, claims, make_pages(claims, KNOWN), KNOWN)
    return [{link.claim for link in group.links} for group in group_claims(claims, KNOWN, homes=homes)]


@pytest.mark.parametrize(
    ("value", "unit", "telling"),
    [
        (4.1e6, "USD", True),
        (4_099_999.9999999995, "USD", True),
        (37, "injuries", True),
        (1e9, "USD", False),
        (3, "models", False),
        (0.5, "%", False),
        (-6.4, "%", True),
    ],
)
def test_a_number_of_one_digit_tells_nothing(value: float, unit: str, telling: bool) -> None:
    claim = say("Aldin", _COSTS, None, Quantity("spending", value, unit, Comparator.EQUAL))
    assert (find_number(claim) is not None) is telling


def test_who_is_below_a_score_does_not_tell_it() -> None:
    below, least = (
        say("Aldin", Predicate.SCORES, "AIME", Quantity("score", 89.2, "points", how))
        for how in (Comparator.UNDER, Comparator.AT_LEAST)
    )
    assert find_number(below) is None
    assert find_number(least) is not None


def test_what_a_number_is_of_goes_without_its_time_and_its_last_digits() -> None:
    some, others = (
        find_number(say("Aldin Chat", Predicate.HAS_USERS, None, Quantity("users", value, unit, Comparator.EQUAL)))
        for value, unit in ((9.1e6, "people/month"), (9_099_999.9999999, "people"))
    )
    assert some == others


def test_words_that_name_nobody_go_where_the_name_is() -> None:
    there = _cost("Aldin-1", "Aldin-1 cost 4.1 million dollars, a model that", day=1)
    also = say("Aldin", Predicate.EARNED, None, dollars(7.7e6), article="more")
    bare = replace(BARE, article_id=also.article_id)
    again = say("Aldin", Predicate.EARNED, None, dollars(7.7e6), text="Once more", article="again")
    born = replace(BORN, article_id=again.article_id)
    assert _group(bare, born, also, again)[0] >= {bare.id, born.id}
    assert len(_group(bare, born, there)) == 2  # nothing else says that they are of one story


def test_the_same_for_any_order() -> None:
    found = [sorted(map(sorted, _group(*claims))) for claims in permutations((BORN, FIRM, BARE))]
    assert all(one == found[0] for one in found)


def test_a_name_in_the_other_s_sentence_links_them() -> None:
    other = _cost("Borea", "Borea, which Aldin-1 beat, says it cost 4.1 million dollars", day=3)
    born = _cost("Aldin-1", "Aldin-1 cost 4.1 million dollars")
    assert _group(born, other) == [{born.id, other.id}]


def test_a_guest_is_told_under_the_host_s_label_and_says_why() -> None:
    other = _cost("Borea", "Borea, which Aldin-1 beat, says it cost 4.1 million dollars", day=3)
    homes = find_homes({BORN.id, other.id}, [BORN, other], make_pages([BORN, other], KNOWN), KNOWN)
    assert set(homes.values()) == {find_matter(BORN, KNOWN)}
    [group] = group_claims([BORN, other], KNOWN, homes=homes)
    assert "Aldin-1" in group.label_en
    [link] = [link for link in group.links if link.claim == other.id]
    assert (link.reason, link.score) == ("tells the same number of it", 0.9)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(_cost("Borea", "Borea X cost 4.1 million dollars"), id="nothing in common"),
        pytest.param(_cost("Borea", "Beside Aldin-1 it cost Borea 4.2 million dollars", 4.2e6), id="another number"),
        pytest.param(_cost("Borea", "Aldin-1 cost Borea 4.1 million dollars", day=40), id="another month"),
        pytest.param(_cost("a model", "Aldin-10, a model, cost 4.1 million dollars"), id="a longer name"),
        pytest.param(
            _cost("Borea X", "Aldin-1 and Borea X cost 4.1 million", article="both"), id="both in one article"
        ),
    ],
)
def test_others_stay_apart(other: Claim) -> None:
    beside = _cost("Aldin-1", "Aldin-1 cost 4.1 million dollars, too", article="both")
    assert any(other.id in group and len(group) == 1 for group in _group(BORN, beside, other))


def test_who_paid_and_what_for_are_told_in_one_sentence() -> None:
    beside = _cost("Aldin-1", "Borea paid 4.1 million dollars for Aldin-1", article="both")
    other = _cost("Borea", "Borea paid 4.1 million dollars for Aldin-1", article="both")
    assert _group(BORN, beside, other) == [{BORN.id, beside.id, other.id}]


OTHERS = _cost("Borea", "Borea had to pay 4.1 million dollars", day=1)
THING = _cost("App Store", "The run took 4.1 million dollars")


def _beside(claim: Claim, name: str) -> Claim:
    """Another claim of its article, of somebody whom it names."""
    return replace(say(name, Predicate.EARNED, None, text=f"{name} grew {claim.id}"), article_id=claim.article_id)


@pytest.mark.parametrize("beside", [("Corvid", "Corvid"), ("Corvid", "Dunmore")])
def test_a_name_that_both_articles_have_makes_one_story_of_them(beside: tuple[str, str]) -> None:
    more = [_beside(claim, name) for claim, name in zip((THING, OTHERS), beside, strict=True)]
    one = len(set(beside)) == 1
    assert ({THING.id, OTHERS.id} in _group(THING, OTHERS, *more)) is one


def _move(who: str, text: str) -> Claim:
    moved = Quantity("stock_change", -6.4, "%", Comparator.EQUAL)
    return say(who, Predicate.STOCK_MOVED, None, moved, text=text)


def test_shares_of_two_in_one_story_may_move_alike() -> None:
    some, others = _move("Dunmore", "Dunmore fell 6.4%"), _move("Borea", "Borea lost 6.4%")
    groups = _group(some, others, _beside(some, "Corvid"), _beside(others, "Corvid"))
    assert {some.id} in groups
    assert {others.id} in groups


def test_a_row_of_a_table_tells_no_number() -> None:
    assert find_number(replace(THING, text="| App Store | 4.1 million dollars |")) is None


@pytest.mark.parametrize(
    ("who", "score", "at", "one"),
    [
        pytest.param("Aldin", 0.6, 90, True, id="a firm and its thing"),
        pytest.param("Borea", 0.6, 90, False, id="a firm and another one's thing"),
        pytest.param("Borea X", 0.6, 90, False, id="two models"),
        pytest.param("Borea X", 0.4, 90, True, id="a name that is likely wrong"),
        pytest.param("Borea X", 0.4, 210, False, id="two in one sentence"),
        pytest.param("a model", 0.6, 90, True, id="in other words"),
        pytest.param("a model", 0.6, 210, False, id="in one sentence"),
    ],
)
def test_an_article_tells_of_one_or_two(who: str, score: float, at: int, one: bool) -> None:
    born = replace(BORN, article_id=OTHERS.article_id, span=(200, 250))
    other = _cost(who, f"It cost {who} 4.1 million dollars")
    other = replace(other, article_id=OTHERS.article_id, span=(at, at + 50), score=score)
    assert ({born.id, other.id} in _group(born, other)) is one


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_stake_of_one_size_is_of_one_owner_in_two_languages(lang: str) -> None:
    share = Quantity("stake", 15, "%", Comparator.EQUAL)
    some = say("Borea", Predicate.OWNS, "Aldin", share)
    others = replace(say("Corvid", Predicate.OWNS, "Aldin", share, text="Corvid has 15%", day=1), lang=lang)
    assert ({some.id, others.id} in _group(some, others)) is (lang == "ja")


def test_what_an_article_tells_of_both_is_not_one_through_a_third() -> None:
    both = (
        _cost("Aldin-1", "Aldin-1 and Borea cost 4.1 million dollars each", article="both"),
        replace(_cost("Borea", "So did Borea, beside Aldin-1", article="both"), span=(60, 90)),
    )
    third = _cost("a model", "With Aldin-1 and Borea a model cost 4.1 million dollars", day=1)
    assert not any(len(group & {one.id for one in both}) == 2 for group in _group(*both, third))


def test_nearly_as_much_is_another_number() -> None:
    some, more = (_cost("Aldin-1", "It cost so much", value) for value in (1_234_566, 1_234_574))
    assert find_number(some) != find_number(more)


def test_two_that_the_tables_know_are_not_taken_for_each_other() -> None:
    known = replace(KNOWN, entities={id: replace(one, curated=True) for id, one in KNOWN.entities.items()})
    other = _cost("Borea", "Borea, which Aldin-1 beat, says it cost 4.1 million dollars", day=3)
    homes = find_homes({BORN.id, other.id}, [BORN, other], make_pages([BORN, other], known), known)
    assert homes == {one.id: find_matter(one, known) for one in (BORN, other)}


def test_as_many_of_a_thing_told_in_other_words() -> None:
    ran = Predicate.TRAINED_ON
    chips = Quantity("chips", 1_280, "chips", Comparator.EQUAL)
    named = say("Aldin-1", ran, "H800", chips, text="Aldin-1 took 1,280 H800")
    words = say("Aldin-1", ran, "accelerators of its own", chips, text="Aldin-1 took 1,280 accelerators", day=1)
    [group] = group_claims([named, words], KNOWN)
    assert {link.claim for link in group.links} == set(name_claims(named, words))
