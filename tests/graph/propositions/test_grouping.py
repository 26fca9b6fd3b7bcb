"""Which claims speak of one proposition (docs/model.md, How claims are grouped)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.grades import FAIR_FROM
from graph.judging.making import make_judgement
from graph.propositions import derive_rulings, find_matter, group_claims
from graph.records import Claim, ClaimType, Judgement, JudgementKind, Modality, Polarity, Predicate, Quantity
from tests.graph.propositions.sayings import dollars, make_known, name_claims, say

KNOWN = make_known()
DENIED, PREDICTED = Polarity.DENIED, Modality.PREDICTED
RANK = Quantity("rank", 1, "rank")


def count(*claims: Claim) -> int:
    return len(group_claims(claims, KNOWN))


@pytest.mark.parametrize("predicate", list(Predicate))
def test_claims_of_every_predicate_are_grouped(predicate: Predicate) -> None:
    assert count(say("Aldin", predicate, "Borea", dollars(5))) >= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            say("Aldin", Predicate.LOST_VALUE, amount=dollars(600e9, "market_cap")),
            say("Aldin", Predicate.LOST_VALUE, amount=dollars(589e9, "market_cap"), date="2025-01-27"),
            id="600 and 589 billion of one day",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(2, "price"), day=0),
            say("Aldin-1", Predicate.COSTS, amount=dollars(2, "price"), day=60),
            id="a price told again after two months",
        ),
        pytest.param(
            say("Aldin-1", Predicate.CAN, amount=Quantity("", 82, "%"), text="82 % of Aldin-1 chips are good"),
            say("Aldin-1", Predicate.CAN, amount=Quantity("", 82, "%"), text="Of what is made four in five work: 82 %"),
            id="a skill told with one number in other words",
        ),
        pytest.param(
            say("Aldin", Predicate.MISLED, "Borea", modality=Modality.ALLEGED, date="2025"),
            say("Aldin", Predicate.MISLED, "Borea", polarity=Polarity.DENIED, date="2025-02-03"),
            id="a deed of a year, denied on a day",
        ),
        pytest.param(
            say("Aldin", Predicate.RAISED, amount=dollars(8e8, "funding"), date="2025-01-11"),
            say("Aldin", Predicate.RAISED, amount=dollars(8e8, "funding"), date="2025-01-28", day=17),
            id="one sum, said to be raised on two days of a month",
        ),
        pytest.param(
            say("Aldin", Predicate.LOST_VALUE, amount=dollars(6e11, "market_cap"), date="2025-01-27"),
            say("Aldin", Predicate.LOST_VALUE, date="2025-01-27"),
            id="a number and none, when it is the only number",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(6e6, how="~")),
            say("Aldin-1", Predicate.COSTS, amount=dollars(5.6e6, "development_cost"), day=200),
            id="what training cost, told half a year later",
        ),
        pytest.param(
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X"),
            say("Borea X", Predicate.UNDERPERFORMS, "Aldin-1"),
            id="sides exchanged",
        ),
        pytest.param(
            say("Aldin-1", Predicate.MATCHES, "Borea X"), say("Borea X", Predicate.MATCHES, "Aldin-1"), id="a match"
        ),
        pytest.param(
            say("Aldin", Predicate.TOOK_TECHNOLOGY_FROM, "Borea", modality=Modality.ALLEGED),
            say("Aldin-1", Predicate.DISTILLED_FROM, "Borea X", modality=Modality.SPECULATED, day=40),
            id="a company and its models are one accused and one victim",
        ),
        pytest.param(
            say("Aldin", Predicate.TOOK_TECHNOLOGY_FROM, "Borea", modality=Modality.ALLEGED),
            say("Aldin", Predicate.TOOK_TECHNOLOGY_FROM, "Borea", polarity=DENIED),
            id="affirmed and denied",
        ),
        pytest.param(
            say("Aldin-1", Predicate.CAN, text="Aldin-1 can transcribe Welsh speech"),
            say("Aldin-1", Predicate.CANNOT, text="Aldin-1 cannot transcribe Welsh speech"),
            id="can and cannot",
        ),
        pytest.param(
            say("unnamed hacker", Predicate.EXFILTRATED_DATA_FROM, "Borea"),
            say("ハッカー", Predicate.EXFILTRATED_DATA_FROM, "Borea"),
            id="words that name nobody, in two languages",
        ),
        pytest.param(
            say("Aldin-1", Predicate.SCORES, "AIME", Quantity("score", 79.8, "%")),
            say("Aldin-1", Predicate.SCORES, amount=Quantity("score", 79.8, "%"), on="AIME"),
            id="a score on a benchmark, named as object or as ground",
        ),
        pytest.param(
            say("Aldin", Predicate.OPEN_SOURCED, text="Aldin has opened all its code"),
            say("Aldin", Predicate.OPEN_SOURCED, text="It hides nothing: weights, papers, recipes"),
            id="who works in the open",
        ),
        pytest.param(
            say("Aldin", Predicate.RELEASED, "Aldin-1"), say("Aldin-1", Predicate.RELEASED), id="without its maker"
        ),
        pytest.param(
            say("Aldin", Predicate.INVESTED_IN, "Borea", dollars(1e9, "funding"), modality=PREDICTED),
            say("Aldin", Predicate.INVESTED_IN, "Borea", polarity=DENIED, day=1),
            id="a plan and its denial",
        ),
    ],
)
def test_claims_that_speak_of_one(one: Claim, other: Claim) -> None:
    assert find_matter(one, KNOWN) == find_matter(other, KNOWN)
    assert count(one, other) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(5.6e6)),
            say("Aldin-1", Predicate.COSTS, amount=dollars(1e9, how=">")),
            id="5.6 million and over a billion",
        ),
        pytest.param(
            say("Aldin", Predicate.RAISED, amount=dollars(8e8, "funding"), date="2025-01-11"),
            say("Aldin", Predicate.RAISED, amount=dollars(8e8, "funding"), date="2025-04-28", day=107),
            id="one sum, raised in January and in April",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(2, "price"), date="2025-05"),
            say("Aldin-1", Predicate.COSTS, amount=dollars(2, "price"), date="2025-07"),
            id="a price in May and in July",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(2, "price"), day=0),
            say("Aldin-1", Predicate.COSTS, amount=dollars(2, "price"), day=400),
            id="a price reported a year apart",
        ),
        pytest.param(
            say("Aldin", Predicate.RELEASED, "Aldin-1"), say("Aldin", Predicate.OPEN_SOURCED, "Aldin-1"), id="opened"
        ),
        pytest.param(
            say("Aldin", Predicate.RELEASED, "Aldin-1"), say("Aldin", Predicate.ANNOUNCED, "Aldin-1"), id="announced"
        ),
        pytest.param(
            say("Aldin-1", Predicate.MATCHES, "Borea X"), say("Aldin-1", Predicate.OUTPERFORMS, "Borea X"), id="match"
        ),
        pytest.param(
            say("Aldin", Predicate.LEADS, "Borea", kind=ClaimType.MARKET),
            say("Aldin", Predicate.LEADS, "Borea", kind=ClaimType.MARKET, modality=PREDICTED),
            id="leads and will lead",
        ),
        pytest.param(
            say(
                "Aldin", Predicate.ACQUIRED, "Borea", text="Aldin is in talks to buy Borea", modality=Modality.REPORTED
            ),
            say("Aldin", Predicate.ACQUIRED, "Borea", day=90),
            id="talks and the deal",
        ),
        pytest.param(
            say("Aldin", Predicate.ANNOUNCED, "Dunmore"),
            say("Borea", Predicate.ANNOUNCED, "Dunmore"),
            id="joint acts are one for each",
        ),
        pytest.param(
            say("Ann Lee", Predicate.DOUBTS, "Aldin"), say("Bo Quist", Predicate.DOUBTS, "Aldin"), id="two who doubt"
        ),
        pytest.param(
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X"),
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", on="MMLU-Pro"),
            id="general and special",
        ),
        pytest.param(
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X"),
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea"),
            id="in a comparison a maker is not its model",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(6e6)),
            say("Aldin-1", Predicate.COSTS, text="Aldin-1 was built for a fraction of the usual cost"),
            id="a relative number",
        ),
        pytest.param(
            say("Aldin-1", Predicate.CAN, text="Aldin-1 can transcribe Welsh speech"),
            say("Aldin-1", Predicate.CAN, text="Aldin-1 can plan a journey"),
            id="two skills",
        ),
        pytest.param(
            say("Aldin", Predicate.SUED, "Borea", dollars(1.5e9)),
            say("Aldin", Predicate.SUED, "Borea", dollars(24e6)),
            id="two suits, told apart by what they ask",
        ),
        pytest.param(
            say("Aldin Chat", Predicate.RANKS, "App Store", RANK, text="Aldin Chat tops the App Store at home"),
            say("Aldin", Predicate.RANKS, "App Store", RANK, text="Aldin tops the App Store of 51 countries"),
            id="first at home and in many countries",
        ),
    ],
)
def test_claims_that_do_not(one: Claim, other: Claim) -> None:
    assert count(one, other) == 2


@pytest.mark.parametrize(
    ("dates", "versions"),
    [
        (("2025-03-02", "2025-05-09"), 2),
        (("2025-03-02", "2025-05-09", "2025"), 2),
        (("2025-03-02", "2025-05-09", "2025-05"), 2),
        (("2025-03-02", "2025-03"), 1),
        (("2025-03-02", "2025"), 1),
        (("2025-03", "2025-07"), 2),
        (("2025-03", "2025"), 1),
    ],
)
def test_two_days_of_what_happens_once_are_two_versions_whatever_holds_both(
    dates: Sequence[str], versions: int
) -> None:
    assert count(*(say("Aldin", Predicate.RELEASED, "Aldin-1", date=date) for date in dates)) == versions


@pytest.mark.parametrize(
    ("words", "chips", "one"),
    [
        ("AI chips", 40_000, True),
        ("AI chips", 10_000, False),
        ("Dunmore chips", 40_000, False),
        ("servers", 40_000, False),
    ],
    ids=["the same number", "another number", "of another maker", "no chips"],
)
def test_chips_that_are_only_counted_are_those_named_where_they_are_as_many(words: str, chips: int, one: bool) -> None:
    named = say("Aldin", Predicate.OWNS_HARDWARE, "H800", Quantity("chips", 40_000, "chips"))
    counted = say("Aldin", Predicate.OWNS_HARDWARE, words, Quantity("chips", chips, "chips"), day=2)
    assert (count(named, counted) == 1) is one


def test_a_number_said_of_two_stands_for_the_nearer() -> None:
    exact = [
        say("Aldin", Predicate.LOST_VALUE, amount=dollars(n * 1e9, "market_cap"), date="2025-01-27") for n in (589, 593)
    ]
    rounded = say("Aldin", Predicate.LOST_VALUE, amount=dollars(600e9, "market_cap"), date="2025-01-27")
    groups = group_claims([*exact, rounded], KNOWN)
    assert {frozenset(link.claim for link in group.links) for group in groups} == {
        frozenset(name_claims(exact[0])),
        frozenset(name_claims(exact[1], rounded)),
    }


def test_without_a_number_it_is_general_where_several_compete() -> None:
    numbers = [say("Aldin", Predicate.EARNED, amount=dollars(n, "revenue")) for n in (1e9, 5e9)]
    general = say("Aldin", Predicate.EARNED)
    found = {group.links[0].claim: group for group in group_claims([*numbers, general], KNOWN)}
    assert len(found) == 3
    assert all(found[number.id].part_of == (found[general.id].id,) for number in numbers)


def test_its_own_text_tells_what_a_sentence_leaves_out() -> None:
    told = say("Aldin", Predicate.LOST_VALUE, amount=dollars(5e11, "market_cap"), article="a", at=0)
    other = say("Aldin", Predicate.LOST_VALUE, amount=dollars(6e11, "market_cap"), article="b")
    general = say("Aldin", Predicate.LOST_VALUE, article="a", at=500)
    (group,) = [g for g in group_claims([told, other, general], KNOWN) if general.id in {k.claim for k in g.links}]
    assert {link.claim for link in group.links} == {told.id, general.id}
    assert "text tells" in next(link.reason for link in group.links if link.claim == general.id)


@pytest.mark.parametrize(
    ("by", "polarity", "joins"),
    [
        pytest.param("Borea", Polarity.AFFIRMED, True, id="whose number it is"),
        pytest.param(None, Polarity.AFFIRMED, True, id="the text itself"),
        pytest.param("Bo Quist", Polarity.AFFIRMED, False, id="another by name, who has his own"),
        pytest.param("Bo Quist", Polarity.DENIED, True, id="another who denies it"),
    ],
)
def test_the_number_that_another_by_name_gives_is_his_own(by: str | None, polarity: Polarity, joins: bool) -> None:
    amounts = [Quantity("score", points, "points") for points in (69.7, 77.9)]
    told = say("Aldin-1", Predicate.SCORES, "AIME", amounts[1], by="Borea", article="a")
    other = say("Aldin-1", Predicate.SCORES, "AIME", amounts[0], article="b")
    bare = say("Aldin-1", Predicate.SCORES, "AIME", by=by, polarity=polarity, article="a", at=500)
    groups = [{link.claim for link in group.links} for group in group_claims([told, other, bare], KNOWN)]
    assert ({told.id, bare.id} in groups) is joins


def test_a_special_case_is_part_of_the_general_one() -> None:
    claims = [
        say("Aldin-1", Predicate.OUTPERFORMS, "Borea"),
        say("Aldin-1", Predicate.OUTPERFORMS, "Borea X"),
        say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", on="MMLU-Pro"),
    ]
    ids = {group.links[0].claim: group for group in group_claims(claims, KNOWN)}
    general, special, most = (ids[claim.id] for claim in claims)
    assert general.part_of == ()
    assert special.part_of == (general.id,)
    assert set(most.part_of) == {general.id, special.id}


def test_an_id_lasts_while_later_claims_come() -> None:
    first = say("Aldin", Predicate.TOOK_TECHNOLOGY_FROM, "Borea", day=0)
    later = say("Aldin", Predicate.DISTILLED_FROM, "Borea", day=3)
    assert group_claims([first], KNOWN)[0].id == group_claims([later, first], KNOWN)[0].id


def test_every_link_has_a_reason() -> None:
    claims = [
        say("Aldin", Predicate.LOST_VALUE, amount=dollars(n, "market_cap"), day=d) for n, d in ((6e11, 0), (589e9, 1))
    ]
    for group in group_claims(claims, KNOWN):
        assert all(link.reason and 0 < link.score <= 1 for link in group.links)


_SOME = st.builds(
    say,
    subject=st.sampled_from(["Aldin", "Aldin-1", "Borea X", "unnamed group"]),
    predicate=st.sampled_from(
        [
            Predicate.TOOK_TECHNOLOGY_FROM,
            Predicate.DISTILLED_FROM,
            Predicate.OUTPERFORMS,
            Predicate.UNDERPERFORMS,
            Predicate.COSTS,
            Predicate.LOST_VALUE,
            Predicate.ACQUIRED,
            Predicate.CAN,
            Predicate.FOUNDED,
        ]
    ),
    other=st.sampled_from([None, "Borea", "Borea X", "Aldin"]),
    amount=st.none()
    | st.builds(
        dollars,
        st.sampled_from([5.6e6, 6e6, 589e9, 600e9]),
        st.sampled_from(["training_cost", "price"]),
        st.sampled_from(["=", "~", ">", "<"]),
    ),
    on=st.sampled_from([None, "MMLU-Pro"]),
    text=st.sampled_from(["", "It reads Welsh and Breton aloud", "It can read Welsh and Breton aloud for hours"]),
    modality=st.sampled_from(list(Modality)),
    polarity=st.sampled_from(list(Polarity)),
    date=st.sampled_from([None, "2025", "2025-01", "2025-01-27", "2025-03-02"]),
    day=st.integers(0, 90),
    article=st.sampled_from(["", "a", "b"]),
    at=st.integers(0, 3).map(lambda n: 100 * n),
)


_KINDS = [JudgementKind.JOIN, JudgementKind.PART, JudgementKind.PIN]


def _lists(least: int = 0) -> st.SearchStrategy[list[Claim]]:
    return st.lists(_SOME, min_size=least, max_size=14, unique_by=lambda claim: claim.id)


@settings(deadline=None, max_examples=120)
@given(_lists(), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_twice_is_once(claims: list[Claim], random: Random) -> None:
    once = group_claims(claims, KNOWN)
    shuffled = [*claims, *claims]
    random.shuffle(shuffled)
    assert group_claims(shuffled, KNOWN) == once
    assert sorted(link.claim for group in once for link in group.links) == sorted({claim.id for claim in claims})
    assert len({group.id for group in once}) == len(once)


@settings(deadline=None, max_examples=120)
@given(_lists(), _lists(), st.integers(0, 3))
def test_weak_claims_change_nothing_of_the_groups_of_others(better: list[Claim], more: list[Claim], first: int) -> None:
    known = {claim.id for claim in better}  # an id is of one claim
    weak = [replace(claim, score=FAIR_FROM - 0.01) for claim in more if claim.id not in known]
    judgements = [_judge(JudgementKind.PART, *better[:2])] if len(better) > 1 and first == 0 else []
    alone = {group.id: group for group in group_claims(better, KNOWN, derive_rulings(judgements))}
    groups = group_claims([*weak, *better], KNOWN, derive_rulings(judgements))
    assert groups == group_claims([*better, *reversed(weak)], KNOWN, derive_rulings(judgements))
    assert {group.id: replace(group, links=alone[group.id].links) for group in groups} == alone
    joined = [link.claim for group in groups for link in group.links[len(alone[group.id].links) :]]
    assert len(joined) == len(set(joined))
    assert set(joined) <= {claim.id for claim in weak}


@settings(deadline=None, max_examples=60)
@given(_lists())
def test_what_is_grouped_or_linked_has_one_matter(claims: list[Claim]) -> None:
    by_id = {claim.id: claim for claim in claims}
    groups = {group.id: group for group in group_claims(claims, KNOWN)}
    for group in groups.values():
        assert {find_matter(by_id[link.claim], KNOWN) for link in group.links} == {group.matter}
        assert {groups[general].matter for general in group.part_of} <= {group.matter}


@settings(deadline=None, max_examples=60)
@given(_lists())
def test_matters_can_be_grouped_one_by_one(claims: list[Claim]) -> None:
    matters = {find_matter(claim, KNOWN) for claim in claims}
    apart = [group_claims([c for c in claims if find_matter(c, KNOWN) == m], KNOWN) for m in matters]
    assert {group for groups in apart for group in groups} == set(group_claims(claims, KNOWN))


def _judge(kind: JudgementKind, *claims: Claim) -> Judgement:
    when = datetime(2025, 2, 1, tzinfo=UTC)
    return make_judgement(kind, [], "Ann", when, "read both", claims=name_claims(*claims))


@settings(deadline=None, max_examples=60)
@given(_lists(2), st.sampled_from(_KINDS))
def test_judgements_keep_every_claim_in_one_group(claims: list[Claim], kind: JudgementKind) -> None:
    groups = group_claims(claims, KNOWN, derive_rulings([_judge(kind, *claims[:2])]))
    where = {link.claim: group.id for group in groups for link in group.links}
    assert sorted(where) == sorted(name_claims(*claims))
    together = where[claims[0].id] == where[claims[1].id]
    assert together is (kind is not JudgementKind.PART)


def test_a_join_brings_the_whole_groups_together() -> None:
    claims = [say("Aldin", Predicate.RELEASED, "Aldin-1", day=d) for d in (0, 1)]
    claims += [say("Aldin", Predicate.ANNOUNCED, "Aldin-1", day=d) for d in (2, 3)]
    assert len(group_claims(claims, KNOWN)) == 2
    assert len(group_claims(claims, KNOWN, derive_rulings([_judge(JudgementKind.JOIN, claims[0], claims[2])]))) == 1


def test_a_pin_brings_one_claim_alone() -> None:
    anchor = say("Aldin", Predicate.RELEASED, "Aldin-1")
    others = [say("Aldin", Predicate.ANNOUNCED, "Aldin-1", day=d) for d in (2, 3)]
    groups = group_claims([anchor, *others], KNOWN, derive_rulings([_judge(JudgementKind.PIN, anchor, others[1])]))
    assert sorted(len(group.links) for group in groups) == [1, 2]
    assert any({anchor.id, others[1].id} == {link.claim for link in group.links} for group in groups)


def test_what_is_parted_leaves_with_those_that_say_the_same() -> None:
    first = say("Aldin", Predicate.TOOK_TECHNOLOGY_FROM, "Borea")
    others = [say("Aldin", Predicate.DISTILLED_FROM, "Borea", day=d) for d in (1, 2)]
    groups = group_claims([first, *others], KNOWN, derive_rulings([_judge(JudgementKind.PART, first, others[0])]))
    assert {frozenset(link.claim for link in group.links) for group in groups} == {
        frozenset([first.id]),
        frozenset(name_claims(*others)),
    }


def test_taking_a_judgement_back_ends_where_it_began() -> None:
    claims = [say("Aldin", Predicate.RELEASED, "Aldin-1"), say("Aldin", Predicate.ANNOUNCED, "Aldin-1", day=1)]
    joined = _judge(JudgementKind.JOIN, *claims)
    undone = make_judgement(JudgementKind.UNDO, [], "Ann", joined.when, "hasty", undoes=joined.id)
    assert group_claims(claims, KNOWN, derive_rulings([joined, undone])) == group_claims(claims, KNOWN)


def test_pairs_of_parted_claims_are_all_apart() -> None:
    claims = [say("Aldin", Predicate.RELEASED, "Aldin-1", day=d) for d in range(3)]
    groups = group_claims(claims, KNOWN, derive_rulings([_judge(JudgementKind.PART, *claims)]))
    where = {link.claim: group.id for group in groups for link in group.links}
    assert all(where[one.id] != where[other.id] for one, other in combinations(claims, 2))


@pytest.mark.parametrize("deed", [Predicate.JOINED, Predicate.LEFT])
def test_as_many_people_are_not_as_many_others(deed: Predicate) -> None:
    some, more, again = (
        say(f"{count} engineers", deed, "Aldin", Quantity("people", count, "people"), day=day)
        for day, count in enumerate((110, 2_000, 110))
    )
    groups = group_claims([some, more, again], make_known())
    assert sorted(sorted(link.claim for link in group.links) for group in groups) == sorted(
        [sorted([some.id, again.id]), [more.id]]
    )
