"""Propositions counted by what became of them and by type, the contested ones first; claims by the status of theirs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graph.deriving import derive
from graph.proposition_store import MatterFacet, Order, PropositionQuery
from graph.records import ClaimType, Modality, Polarity, Predicate, Quantity, Status
from graph.store import ClaimQuery, GraphStore
from tests.contract.builders import DEEPSEEK, NOON, OPENAI, Said, make_extraction

DAY = timedelta(days=1)
ACCUSED = Said("DeepSeek distilled OpenAI, Microsoft says.", object="OpenAI", speakers=("Microsoft",))
DENIED = replace(ACCUSED, text="DeepSeek denies it.", speakers=("DeepSeek",), polarity=Polarity.DENIED)
CHEAP = Said(
    "Training cost 5.6 million dollars.",
    subject="DeepSeek-R1",
    type=ClaimType.COST,
    predicate=Predicate.COSTS,
    modality=Modality.ASSERTED,
    quantity=Quantity("training_cost", 5.6e6, "USD"),
)


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    """A cost that three articles tell, an accusation denied a day later."""
    told = [(0, (ACCUSED, CHEAP)), (1, (DENIED,)), (2, (CHEAP,)), (3, (CHEAP,))]
    store.add(
        make_extraction(*said, url=f"https://n{n}.example/{n}", at=NOON + days * DAY, domain=f"n{n}.example")
        for n, (days, said) in enumerate(told)
    )
    derive(store)
    return store


def test_counted_by_status_and_type(full: GraphStore) -> None:
    everything = PropositionQuery()
    assert full.count_propositions(everything, MatterFacet.STATUS) == {"denied": 1, "reported": 1}
    assert full.count_propositions(everything, MatterFacet.TYPE) == {"allegation": 1, "cost": 1}
    about = PropositionQuery(about=(OPENAI.id,))
    assert full.count_propositions(about, MatterFacet.STATUS) == {"denied": 1}
    assert full.count_propositions(PropositionQuery(types=(ClaimType.LEGAL,)), MatterFacet.STATUS) == {}


def test_counted_as_known_by_a_day(full: GraphStore) -> None:
    then = PropositionQuery(known_by=NOON + timedelta(hours=1))
    assert full.count_propositions(then, MatterFacet.STATUS) == {"alleged": 1, "reported": 1}
    assert full.count_propositions(replace(then, statuses=(Status.DENIED,)), MatterFacet.STATUS) == {}


def test_contested_ones_come_first(full: GraphStore) -> None:
    query = PropositionQuery(order=Order.CONTESTED)
    first = full.find_propositions(query, 1)
    assert [one.status for one in first.propositions] == [Status.DENIED]
    second = full.find_propositions(query, 1, first.next)
    assert [one.status for one in second.propositions] == [Status.REPORTED]
    assert second.next is None
    weighed = full.find_propositions(PropositionQuery(order=Order.WEIGHT)).propositions
    assert [one.type for one in weighed] == [ClaimType.COST, ClaimType.ALLEGATION]


def test_claims_of_matters_of_a_status(full: GraphStore) -> None:
    found = full.find_claims(ClaimQuery(statuses=(Status.DENIED,))).claims
    assert [claim.polarity for claim in found] == [Polarity.DENIED, Polarity.AFFIRMED]
    assert full.find_claims(ClaimQuery(statuses=(Status.RETRACTED,))).claims == ()
    named = ClaimQuery(statuses=(Status.DENIED,), named=((DEEPSEEK.id,),))
    assert full.find_claims(named).claims == found
