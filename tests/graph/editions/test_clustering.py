"""Which matters are told together."""

from dataclasses import replace

import pytest

from graph.editions.clustering import belongs, cluster, gather_all
from graph.editions.ranking import Candidate
from graph.records import ClaimType, Predicate
from tests.graph.editions.test_ranking import NOTHING, make_candidate

STRONG, WEAK = replace(NOTHING, voices=3), replace(NOTHING, voices=1)
LEAD = make_candidate("lead", STRONG, articles="xy", parties="AB")
SUED = (ClaimType.LEGAL, Predicate.SUED)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (make_candidate(rivals="", articles="z", parties="AB"), False),
        (make_candidate(articles="x", parties="ABC"), True),
        (make_candidate(articles="xz", parties="A"), True),  # one family
        (make_candidate(articles="xz", parties="c", roots="A"), True),  # what A makes
        (make_candidate(articles="x", parties="C"), False),
        (make_candidate(reasons=WEAK, type=ClaimType.COST, predicate=Predicate.COSTS, articles="x", parties="A"), True),
        (
            make_candidate(reasons=WEAK, type=ClaimType.COST, predicate=Predicate.COSTS, articles="xz", parties="A"),
            False,
        ),
        (
            make_candidate(reasons=STRONG, type=ClaimType.COST, predicate=Predicate.COSTS, articles="x", parties="A"),
            False,
        ),
        (make_candidate("p", WEAK, *SUED, articles="x", parties="A"), False),
        (make_candidate("p", WEAK, *SUED, articles="x", parties="AB"), True),
    ],
    ids=[
        "no article in common",
        "two parties and an article",
        "one party, one family, one article",
        "a maker counts as its products",
        "no party in common",
        "a footnote",
        "more than a footnote: it has an article of its own",
        "more than a footnote: it scores as much",
        "a lawsuit is no footnote",
        "a lawsuit between the same two",
    ],
)
def test_what_belongs_to_a_lead(one: Candidate, told: bool) -> None:
    assert belongs(one, LEAD) is told


def test_a_contradiction_is_told_with_what_it_contradicts() -> None:
    other = replace(make_candidate("other", articles="z", parties="Z"), rivals=frozenset({LEAD.id}))
    assert belongs(other, LEAD)


def test_only_leads_are_compared_so_that_nothing_chains() -> None:
    second = make_candidate("second", STRONG, articles="xz", parties="BA")
    third = make_candidate("third", STRONG, articles="z", parties="BA")
    [first, rest] = cluster([LEAD, second, third])
    assert (first.lead, first.others) == (LEAD, (second,))
    assert (rest.lead, rest.others) == (third, ())


def test_one_article_is_one_story() -> None:
    assert gather_all(()) == ()
    apart = make_candidate("apart", articles="x", parties="Q")
    [story] = gather_all([LEAD, apart])
    assert (story.lead, story.others) == (LEAD, (apart,))
