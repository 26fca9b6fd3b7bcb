"""A claim that its sentence does not make: judged so it is weak everywhere, until that is taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graph.deriving import derive
from graph.errors import JudgementRefused, NotFound
from graph.grades import Grade, grade_claim
from graph.judging.making import make_judgement
from graph.policy import NO_BOUNDS
from graph.rates import NO_RATES
from graph.records import ClaimId, Field, Fix, Judgement, JudgementId, JudgementKind, Misreading, Predicate
from graph.store import ClaimQuery, Facet, GraphStore
from tests.contract.builders import DEEPSEEK, NOON, Said, make_extraction
from web.judging import follow_later
from web.judging import judge as web_judge
from web.requests.bodies import JudgementBody

STORY = make_extraction(
    Said("DeepSeek distilled OpenAI.", object="OpenAI", score=0.9, reader="test 1"),
    Said("OpenAI sued DeepSeek.", "OpenAI", "DeepSeek", predicate=Predicate.SUED, score=0.9, reader="test 1"),
)
ONE, OTHER = (claim.id for claim in STORY.claims)


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([STORY])
    derive(store)
    return store


def _judge(
    store: GraphStore, kind: JudgementKind, *claims: ClaimId, why: str = "not said", undoes: JudgementId | None = None
) -> Judgement:
    when = NOON + timedelta(seconds=len(store.list_judgements()))
    judgement = make_judgement(kind, (), "ann", when, why, claims=claims, undoes=undoes)
    assert store.judge(judgement)
    derive(store)
    return judgement


def _find_marks(store: GraphStore) -> dict[ClaimId, str]:
    rows = store.cypher("MATCH (c:Claim) WHERE c.misread IS NOT NULL RETURN c.id, c.misread").rows
    marks = {claim.id: claim.misread for claim in store.get_claims([ONE, OTHER]) if claim.misread}
    assert marks == {ClaimId(str(id)): why for id, why in rows}
    return marks


def test_it_says_why_and_holds_nothing_up(full: GraphStore) -> None:
    assert len(list(full.iter_propositions())) == 2
    _judge(full, JudgementKind.MISREAD, ONE)
    assert _find_marks(full) == {ONE: "not said"}
    assert [grade_claim(claim) for claim in full.get_claims([ONE, OTHER])] == [Grade.WEAK, Grade.SURE]
    assert [one.links[0].claim for one in full.iter_propositions()] == [OTHER]


def test_taken_back_it_is_what_it_was(full: GraphStore) -> None:
    before = full.get_claims([ONE]), sorted(one.id for one in full.iter_propositions())
    judged = _judge(full, JudgementKind.MISREAD, ONE, OTHER)
    _judge(full, JudgementKind.MISREAD, ONE, why="nor meant")
    assert _find_marks(full) == {ONE: "nor meant", OTHER: "not said"}
    _judge(full, JudgementKind.UNDO, undoes=judged.id)
    assert _find_marks(full) == {ONE: "nor meant"}
    _judge(full, JudgementKind.UNDO, undoes=full.list_judgements()[1].id)
    assert (full.get_claims([ONE]), sorted(one.id for one in full.iter_propositions())) == before


def test_read_again_the_mark_stays_with_the_claim_and_not_with_its_heir(full: GraphStore) -> None:
    _judge(full, JudgementKind.MISREAD, ONE, OTHER)
    full.replace(replace(STORY, claims=tuple(replace(claim, score=0.8) for claim in STORY.claims)))
    assert _find_marks(full) == {ONE: "not said", OTHER: "not said"}
    heir = replace(STORY.claims[0], id=ClaimId("cheir"), predicate=Predicate.TOOK_TECHNOLOGY_FROM)
    full.replace(replace(STORY, claims=(heir, STORY.claims[1])))
    assert full.list_heirs() == {ONE: heir.id}
    assert [claim.misread for claim in full.get_claims([heir.id, OTHER])] == ["", "not said"]
    assert full.list_judgements()[0].claims == (ONE, OTHER)
    full.replace(STORY)
    assert _find_marks(full) == {ONE: "not said", OTHER: "not said"}


def test_it_is_found_where_it_is_asked_for_only(full: GraphStore) -> None:
    def find(misread: bool | None) -> set[ClaimId]:
        return {claim.id for claim in full.find_claims(ClaimQuery(misread=misread)).claims}

    judged = _judge(full, JudgementKind.MISREAD, ONE)
    assert [find(misread) for misread in (False, True, None)] == [{OTHER}, {ONE}, {ONE, OTHER}]
    assert dict(full.count_claims(ClaimQuery(), Facet.LANG)) == {"en": 1}
    assert [id for one in full.iter_propositions() for id in (link.claim for link in one.links)] == [OTHER]
    _judge(full, JudgementKind.UNDO, undoes=judged.id)
    assert [find(misread) for misread in (False, True, None)] == [{ONE, OTHER}, set(), {ONE, OTHER}]


def test_weak_readings_are_told_apart_from_others(store: GraphStore) -> None:
    said = [
        Said("DeepSeek distilled OpenAI.", object="OpenAI", score=score, refuted=refuted)
        for score, refuted in ((None, ""), (0.2, ""), (0.19, ""), (0.9, "it asks"))
    ]
    stories = [make_extraction(one, url=f"https://news.example/{n}") for n, one in enumerate(said)]
    store.add(stories)
    ids = [story.claims[0].id for story in stories]
    for weak, expected in ((False, ids[:2]), (True, ids[2:]), (None, ids)):
        query = ClaimQuery(words=("distilled",), weak=weak)
        assert {claim.id for claim in store.find_claims(query).claims} == set(expected)
        assert sum(store.count_claims(query, Facet.LANG).values()) == len(expected)
        assert {c.id for c in store.find_claims(replace(query, words=(), about=(DEEPSEEK.id,))).claims} == set(expected)


def test_it_joins_no_matter_of_others(store: GraphStore) -> None:
    again = make_extraction(
        Said("DeepSeek has distilled OpenAI.", object="OpenAI", score=0.9), url="https://news.example/2"
    )
    store.add([STORY, again])
    derive(store)
    places = store.find_propositions_of([ONE, again.claims[0].id])
    assert len(set(places.values())) == 1
    _judge(store, JudgementKind.MISREAD, ONE)
    assert ONE not in store.find_propositions_of([ONE, again.claims[0].id])


def test_what_is_wrong_and_what_should_be_are_kept(full: GraphStore) -> None:
    fixes = (Fix(Field.OBJECT, "Microsoft"), Fix(Field.MODALITY, "asserted"))
    new = make_judgement(
        JudgementKind.MISREAD, (), "ann", NOON, "names it", claims=[ONE], reason=Misreading.OBJECT, should=fixes
    )
    assert full.judge(new)
    assert full.list_judgements() == (new,)
    with_other = replace(new, id=JudgementId("j2"))
    for wrong in (
        replace(with_other, kind=JudgementKind.RIGHT),
        replace(with_other, reason=Misreading.NO_CLAIM),
        replace(with_other, claims=(ONE, OTHER)),
        replace(with_other, should=(Fix(Field.MODALITY, "sure"),)),
        replace(with_other, should=(Fix(Field.SUBJECT, ""),)),
    ):
        with pytest.raises(JudgementRefused):
            full.judge(wrong)


def test_it_names_a_claim_that_is_there(full: GraphStore) -> None:
    with pytest.raises(JudgementRefused, match="name the claim"):
        _judge(full, JudgementKind.MISREAD)
    with pytest.raises(NotFound, match="no claim cnone"):
        _judge(full, JudgementKind.MISREAD, ClaimId("cnone"))


def test_a_judgement_that_waits_is_kept_and_followed_by_the_next_derive_of_anybody(full: GraphStore) -> None:
    def judge(body: JudgementBody) -> JudgementId:
        now = NOON + timedelta(seconds=len(full.list_judgements()))
        return web_judge(full, body, now, NO_RATES, lambda claim: NO_BOUNDS, follow_later).id

    before = sorted(one.id for one in full.iter_propositions())
    made = judge(JudgementBody(JudgementKind.MISREAD, who="ann", why="not said", claims=(ONE,)))
    assert [one.id for one in full.list_judgements()] == [made]
    assert full.count_queued() > 0
    assert sorted(one.id for one in full.iter_propositions()) == before
    derive(full)
    assert (full.count_queued(), [one.links[0].claim for one in full.iter_propositions()]) == (0, [OTHER])

    judge(JudgementBody(JudgementKind.UNDO, who="ann", why="it does", undoes=made))
    judge(JudgementBody(JudgementKind.MISREAD, who="ann", why="nor that", claims=(ONE,)))
    derive(full)
    assert (full.count_queued(), [one.links[0].claim for one in full.iter_propositions()]) == (0, [OTHER])
