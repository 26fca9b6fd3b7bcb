"""What may be stored, and how firmly at most."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.policy import WEAKER, find_type, settle, weaker
from graph.records import PREDICATES, Claimant, ClaimType, EntityId, EntityType, Modality, Party, Polarity, Predicate
from ingest.nlp.document import Draft

_VANTOR, _ORRERY, _HALDEN = (Party(name, EntityId(name.lower())) for name in ("Vantor", "Orrery", "Halden"))
_WORDS = Party("two former moderators")
_ACCUSED = Draft(
    lang="en", span=(0, 40), type=ClaimType.ALLEGATION, predicate=Predicate.TOOK_TECHNOLOGY_FROM, subject=_VANTOR,
    reader="hand 1", object=_ORRERY,
)  # fmt: skip
_DEAL = replace(_ACCUSED, type=ClaimType.DEAL, predicate=Predicate.ACQUIRED)
_STANCE = replace(_ACCUSED, type=ClaimType.STANCE, predicate=Predicate.CRITICIZES)
_ALLEGED_OR_WEAKER = WEAKER[WEAKER.index(Modality.ALLEGED) :]


def say(draft: Draft, *speakers: Party) -> Draft:
    return replace(draft, claimants=tuple(map(Claimant, speakers)))


@pytest.mark.parametrize("speakers", [(), (_HALDEN,), (_WORDS,), (_HALDEN, _ORRERY)], ids=len)
@pytest.mark.parametrize("modality", [Modality.ASSERTED, Modality.REPORTED, Modality.ALLEGED])
def test_accusation_is_alleged_at_most(modality: Modality, speakers: tuple[Party, ...]) -> None:
    settled = settle(say(replace(_ACCUSED, modality=modality), *speakers))
    assert settled
    assert settled.modality is Modality.ALLEGED


@pytest.mark.parametrize("modality", [Modality.SPECULATED, Modality.PREDICTED, Modality.QUESTIONED])
def test_accusation_that_is_weaker_stays_so(modality: Modality) -> None:
    settled = settle(say(replace(_ACCUSED, modality=modality), _HALDEN))
    assert settled
    assert settled.modality is modality


def test_nobody_accuses_himself() -> None:
    assert settle(say(_ACCUSED, _VANTOR)) is None


def test_nobody_accuses_himself_through_another() -> None:
    assert settle(say(_ACCUSED, _HALDEN, _VANTOR)) is None


def test_accused_may_pass_on_what_another_says() -> None:
    settled = settle(say(_ACCUSED, _VANTOR, _HALDEN))
    assert settled
    assert [claimant.party for claimant in settled.claimants] == [_VANTOR, _HALDEN]


@pytest.mark.parametrize("modality", list(Modality))
def test_denial_of_an_accusation_is_kept_as_it_is(modality: Modality) -> None:
    denied = say(replace(_ACCUSED, polarity=Polarity.DENIED, modality=modality), _VANTOR)
    assert settle(denied) == denied


@pytest.mark.parametrize("draft", [_ACCUSED, _DEAL, _STANCE], ids=["allegation", "deal", "stance"])
def test_nobody_does_anything_to_himself(draft: Draft) -> None:
    assert settle(replace(draft, object=_VANTOR)) is None


def test_the_same_words_are_the_same_party() -> None:
    assert settle(replace(_DEAL, subject=_WORDS, object=_WORDS)) is None


def test_one_entity_under_two_names_is_one_party() -> None:
    other_name = replace(_VANTOR, name="Vantor Labs")
    assert settle(say(_ACCUSED, other_name)) is None
    assert settle(replace(_DEAL, object=Party("VANTOR"))) is None
    assert settle(replace(_DEAL, object=Party("Vantor", EntityId("vantor-hotels"))))


def test_claim_without_an_object_stands() -> None:
    alone = replace(_DEAL, object=None)
    assert settle(alone) == alone


def test_other_claims_stand_as_firmly_as_they_are_put() -> None:
    assert settle(say(_DEAL, _VANTOR)) == say(_DEAL, _VANTOR)


def test_whose_stance_it_is_needs_no_speaker() -> None:
    settled = settle(say(_STANCE, _HALDEN, _VANTOR))
    assert settled
    assert [claimant.party for claimant in settled.claimants] == [_HALDEN]


@given(
    predicate=st.sampled_from(Predicate),
    modality=st.sampled_from(Modality),
    polarity=st.sampled_from(Polarity),
    speakers=st.lists(st.sampled_from([_VANTOR, _ORRERY, _HALDEN, _WORDS]), max_size=3),
    other=st.sampled_from([None, _VANTOR, _ORRERY, _WORDS]),
)
def test_nothing_settled_breaks_the_rules(
    predicate: Predicate, modality: Modality, polarity: Polarity, speakers: list[Party], other: Party | None
) -> None:
    draft = replace(_ACCUSED, predicate=predicate, type=find_type(predicate, None), modality=modality)
    draft = say(replace(draft, polarity=polarity, object=other), *speakers)
    settled = settle(draft)
    if settled is None:
        return
    assert settled.object != settled.subject
    assert WEAKER.index(settled.modality) >= WEAKER.index(modality)
    if settled.type is ClaimType.ALLEGATION and polarity is Polarity.AFFIRMED:
        assert settled.modality in _ALLEGED_OR_WEAKER
        assert not settled.claimants or settled.claimants[-1].party != settled.subject
    assert settle(settled) == settled


def test_every_modality_has_its_place() -> None:
    assert sorted(WEAKER) == sorted(Modality)


@given(st.sampled_from(Modality), st.sampled_from(Modality))
def test_weaker_is_one_of_both_in_any_order(one: Modality, other: Modality) -> None:
    assert weaker(one, other) is weaker(other, one)
    assert weaker(one, other) in (one, other)


@pytest.mark.parametrize("predicate", list(Predicate))
def test_every_predicate_has_its_type(predicate: Predicate) -> None:
    assert predicate in PREDICATES[find_type(predicate, None)]


def test_person_who_leads_is_a_matter_of_people() -> None:
    assert find_type(Predicate.LEADS, EntityType.PERSON) is ClaimType.PEOPLE
    assert find_type(Predicate.LEADS, EntityType.COMPANY) is ClaimType.MARKET
    assert find_type(Predicate.LEADS, None) is ClaimType.MARKET
