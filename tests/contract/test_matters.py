"""One proposition with all that stands beside it, as any store tells it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.answers.chapters import Clock
from graph.answers.matter import get_matter, recount
from graph.answers.proposition_views import list_matters
from graph.answers.stories import get_story
from graph.computed import NO_TABLES
from graph.deriving import derive
from graph.errors import NotFound
from graph.grades import FAIR_FROM
from graph.proposition_store import PropositionQuery
from graph.records import ClaimType, Modality, Polarity, Predicate, PropositionId, Quantity, Relation, Status, Tie
from graph.store import GraphStore
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

_NOW, _TABLES = Clock(datetime(2026, 1, 1, tzinfo=UTC)), NO_TABLES
_ACCUSES = Said(
    "Microsoft says DeepSeek distilled OpenAI.",
    object="OpenAI",
    speakers=("Microsoft",),
)
_DENIES = replace(_ACCUSES, text="DeepSeek denies it.", speakers=("DeepSeek",), polarity=Polarity.DENIED)
_INVESTED = Said(
    "Microsoft has invested in OpenAI.",
    subject="Microsoft",
    object="OpenAI",
    type=ClaimType.DEAL,
    predicate=Predicate.INVESTED_IN,
    modality=Modality.ASSERTED,
)


def _cost(value: float) -> Said:
    return Said(
        f"R1 cost {value:g} dollars.",
        subject="DeepSeek-R1",
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        modality=Modality.ASSERTED,
        quantity=Quantity("training_cost", value, "USD", text=f"{value:g} dollars"),
    )


_FIRST = make_extraction(_ACCUSES, _cost(5.6e6))
_LATER = make_extraction(
    _DENIES, _cost(2e9), _INVESTED, url="https://wire.example/1", domain="wire.example", at=NOON + timedelta(hours=53)
)


@pytest.fixture(autouse=True)
def filled(store: GraphStore) -> None:
    ties = [
        Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "table"),
        Tie(OPENAI.id, Relation.COMPETES_WITH, DEEPSEEK.id, "table"),
    ]
    store.add_entities([DEEPSEEK, OPENAI, MICROSOFT, R1], ties)
    store.add([_FIRST, _LATER])
    derive(store)


def _find(store: GraphStore, place: int) -> PropositionId:
    claim = _FIRST.claims[place].id
    return store.find_propositions_of([claim])[claim]


def test_it_has_whom_it_is_about_and_every_sentence_that_it_quotes(store: GraphStore) -> None:
    view = get_matter(store, _find(store, 0), _NOW, _TABLES)
    assert [entity.id for entity in view.about] == [DEEPSEEK.id, OPENAI.id]
    assert {*view.chapter.affirmed, *view.chapter.denied} <= view.claims.keys()
    assert view.chapter.status
    assert view.chapter.status.status is Status.DENIED


def test_a_stake_may_rest_on_a_claim_of_another_proposition(store: GraphStore) -> None:
    view = get_matter(store, _find(store, 0), _NOW, _TABLES)
    [stake] = view.chapter.stakes
    assert [tie.source for tie in stake.path] == [_LATER.claims[2].id, "table"]
    assert stake.rival == OPENAI.id  # the one wronged, who competes with the accused
    assert _LATER.claims[2].id in view.claims
    before = get_matter(store, _find(store, 0), Clock(NOON + timedelta(hours=1)), _TABLES)
    assert before.chapter.stakes == ()


def test_numbers_of_other_propositions_stand_beside_its_own(store: GraphStore) -> None:
    view = get_matter(store, _find(store, 1), _NOW, _TABLES)
    [figures] = view.figures
    assert [figure.value for figure in figures.figures] == [5.6e6, 2e9]
    assert len({figure.matter for figure in figures.figures}) == 2
    [opposed] = view.contradictions
    assert {opposed.one.id, opposed.other.id} == {figure.matter for figure in figures.figures}
    assert get_matter(store, _find(store, 1), Clock(NOON + timedelta(hours=1)), _TABLES).figures == ()


def test_of_a_day_before_its_first_report_it_is_empty(store: GraphStore) -> None:
    view = get_matter(store, _find(store, 0), Clock(NOON), _TABLES)
    assert (view.chapter.status, view.chapter.history, view.chapter.affirmed) == (None, (), ())
    assert view.chapter.origins.articles == 0
    assert view.first_reported_at == NOON


def test_an_unknown_one_is_not_found(store: GraphStore) -> None:
    with pytest.raises(NotFound, match="look for it in the list of matters"):
        get_matter(store, PropositionId("p0"), _NOW, _TABLES)


def test_a_list_is_counted_as_it_was_on_a_day(store: GraphStore) -> None:
    day = NOON + timedelta(hours=1)
    page = list_matters(store, PropositionQuery(types=(ClaimType.ALLEGATION,), known_by=day))
    [now], [then] = page.matters, recount(store, page, day).matters
    assert (now.articles, then.articles) == (2, 1)
    assert then.claims == now.claims[:1]
    assert then.last_reported_at == NOON
    assert recount(store, page, _NOW.known_by) == page


def test_a_story_of_a_day_is_told_from_the_newest_claims_of_that_day(store: GraphStore) -> None:
    view = get_story(store, "deepseek", Clock(NOON + timedelta(hours=1)), _TABLES, most=1)
    assert view.articles == 1
    assert not view.complete
    assert get_story(store, "deepseek", _NOW, _TABLES).complete


def test_a_weak_claim_is_shown_and_is_no_stake_origin_or_reply(store: GraphStore) -> None:
    id = _find(store, 0)
    before = get_matter(store, id, _NOW, _TABLES)
    [weak_denial, weak_accusation] = (replace(said, score=FAIR_FROM - 0.01) for said in (_DENIES, _ACCUSES))
    later = make_extraction(
        replace(weak_accusation, speakers=("OpenAI",)),
        weak_denial,
        url="https://other.example/1",
        domain="other.example",
        at=NOON + timedelta(hours=60),
    )
    store.add([later])
    derive(store)
    after = get_matter(store, id, _NOW, _TABLES)
    accusation, denial = (claim.id for claim in later.claims)
    assert after.chapter.affirmed == (*before.chapter.affirmed, accusation)
    assert after.chapter.denied == (*before.chapter.denied, denial)
    assert {accusation, denial} <= after.claims.keys()
    assert replace(after.chapter, affirmed=(), denied=()) == replace(before.chapter, affirmed=(), denied=())
    page = list_matters(store, PropositionQuery())
    [listed] = (view for view in recount(store, page, _NOW.known_by).matters if view.id == id)
    assert {*listed.claims[-2:]} == {accusation, denial}
    story = get_story(store, "deepseek openai", _NOW, _TABLES)
    [chapter] = (chapter for chapter in story.chapters if chapter.matter == id)
    assert {accusation, denial} <= {*chapter.affirmed, *chapter.denied} <= story.claims.keys()
    assert story.within == ()


@pytest.mark.parametrize(
    ("score", "speakers"), [(FAIR_FROM - 0.01, {"microsoft"}), (FAIR_FROM, {"microsoft", "aime-2024"})]
)
def test_a_tie_that_a_weak_claim_tells_makes_no_stake(store: GraphStore, score: float, speakers: set[str]) -> None:
    accuses = replace(_ACCUSES, text="AIME 2024 says DeepSeek distilled OpenAI.", speakers=("AIME 2024",))
    tie = replace(_INVESTED, text="AIME 2024 has invested in OpenAI.", subject="AIME 2024", score=score)
    store.add([make_extraction(accuses, tie, url="https://other.example/1", domain="other.example")])
    derive(store)
    stakes = get_matter(store, _find(store, 0), _NOW, _TABLES).chapter.stakes
    assert {stake.speaker for stake in stakes} == speakers
