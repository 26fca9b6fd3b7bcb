"""What a judgement would change is what it changes: the preview beside what is derived once it is made."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from graph.answers.previews import EffectView, Standing, preview
from graph.answers.queries import get_entity
from graph.deriving import derive
from graph.errors import JudgementRefused, NotFound
from graph.grades import FAIR_FROM
from graph.judging.making import make_judgement
from graph.rates import NO_RATES
from graph.records import ClaimId, EntityId, Field, Fix, Judgement, JudgementId, JudgementKind, Predicate
from graph.store import GraphStore
from tests.contract.builders import DEEPSEEK, NOON, OPENAI, Said, make_extraction

ACCUSED = Said("DeepSeek distilled OpenAI.", object="OpenAI", score=0.9)
STORIES = [
    make_extraction(ACCUSED, url=f"https://n{n}.example/1", domain=f"n{n}.example", at=NOON + timedelta(hours=n))
    for n in range(3)
]
SUED = make_extraction(
    Said("OpenAI sued DeepSeek.", "OpenAI", "DeepSeek", predicate=Predicate.SUED, score=0.9),
    url="https://n9.example/1",
)
ONE, TWO, THREE = (story.claims[0].id for story in STORIES)
OTHER = SUED.claims[0].id


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([*STORIES, SUED])
    derive(store)
    return store


def _make(
    store: GraphStore,
    kind: JudgementKind,
    claims: Sequence[ClaimId] = (),
    entities: Sequence[EntityId] = (),
    undoes: JudgementId | None = None,
    should: Sequence[Fix] = (),
) -> Judgement:
    when = NOON + timedelta(seconds=len(store.list_judgements()))
    return make_judgement(kind, entities, "ann", when, "for a test", claims=claims, undoes=undoes, should=should)


def _keep(store: GraphStore, new: Judgement) -> EffectView:
    """The preview; what is there afterwards is as it says."""
    before = store.list_judgements()
    effect = preview(store, new, NO_RATES)
    assert store.list_judgements() == before
    store.judge(new)
    derive(store)
    for one in effect.after:
        [found] = store.get_propositions([one.id])
        assert (found.status, len(found.links), found.articles, found.origins) == (
            one.status,
            one.claims,
            one.articles,
            one.origins,
        )
    return effect


def _count(standings: Sequence[Standing]) -> list[int]:
    return [one.claims for one in standings]


@pytest.mark.parametrize("claim", [ONE, TWO, THREE])
def test_a_misread_claim_leaves_its_matter_and_comes_back(full: GraphStore, claim: ClaimId) -> None:
    new = _make(full, JudgementKind.MISREAD, [claim])
    effect = _keep(full, new)
    assert (_count(effect.before), _count(effect.after)) == ([3], [2])
    assert [one.id for one in effect.claims] == [claim]
    back = _keep(full, _make(full, JudgementKind.UNDO, undoes=new.id))
    assert (_count(back.before), _count(back.after)) == ([2], [3])


def test_a_matter_that_only_it_made_is_gone(full: GraphStore) -> None:
    effect = _keep(full, _make(full, JudgementKind.MISREAD, [OTHER]))
    assert (_count(effect.before), _count(effect.after)) == ([1], [])


def test_two_matters_are_joined_and_claims_parted(full: GraphStore) -> None:
    joined = _keep(full, _make(full, JudgementKind.JOIN, [ONE, OTHER]))
    assert (_count(joined.before), _count(joined.after)) == ([3, 1], [4])
    with pytest.raises(JudgementRefused):
        preview(full, _make(full, JudgementKind.PART, [ONE, OTHER]), NO_RATES)


def test_names_are_counted_on_both_sides_of_a_merge(full: GraphStore) -> None:
    new = _make(full, JudgementKind.MERGE, entities=[OPENAI.id, DEEPSEEK.id])
    effect = _keep(full, new)
    assert [one.claims for one in effect.names_before] == [4, 4]
    [after] = effect.names_after
    assert after.claims == full.list_entities()[0].claims == 4
    _keep(full, _make(full, JudgementKind.UNDO, undoes=new.id))


def test_names_are_counted_as_their_pages_count(full: GraphStore) -> None:
    weak = replace(ACCUSED, text="Did DeepSeek distil OpenAI?", score=FAIR_FROM / 2)
    full.add([make_extraction(weak, url="https://n8.example/1")])
    derive(full)
    _keep(full, _make(full, JudgementKind.MISREAD, [THREE]))
    effect = preview(full, _make(full, JudgementKind.MERGE, entities=[OPENAI.id, DEEPSEEK.id]), NO_RATES)
    shown = [len(get_entity(full, id).about) for id in (OPENAI.id, DEEPSEEK.id)]
    assert [one.claims for one in effect.names_before] == shown == [3, 3]
    assert [one.claims for one in effect.names_after] == [3]


def test_what_cannot_be_judged_has_no_preview(full: GraphStore) -> None:
    with pytest.raises(NotFound):
        preview(full, _make(full, JudgementKind.MISREAD, [ClaimId("cnone")]), NO_RATES)


def test_what_is_put_right_goes_where_it_belongs_and_comes_back(full: GraphStore) -> None:
    should = (Fix(Field.SUBJECT, "OpenAI"), Fix(Field.OBJECT, "DeepSeek"), Fix(Field.PREDICATE, "sued"))
    misread = _make(full, JudgementKind.MISREAD, [ONE], should=should)
    effect = _keep(full, misread)
    assert (sorted(_count(effect.before)), sorted(_count(effect.after))) == ([1, 3], [2, 2])
    undone = _make(full, JudgementKind.UNDO, undoes=misread.id)
    effect = _keep(full, undone)
    assert (sorted(_count(effect.before)), sorted(_count(effect.after))) == ([2, 2], [1, 3])
    effect = _keep(full, _make(full, JudgementKind.UNDO, undoes=undone.id))
    assert (sorted(_count(effect.before)), sorted(_count(effect.after))) == ([1, 3], [2, 2])
