"""What people judge of a reader's claims, and what becomes of the claims of a language model once 50 are judged."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from graph.deriving import derive
from graph.grades import FAIR_FROM, JUDGED_FROM, STORED_FROM, TOLD_WEAK, Grade, grade_claim
from graph.judging.making import make_judgement
from graph.records import Claim, ClaimId, Extraction, Judgement, JudgementId, JudgementKind, Predicate, Share
from graph.rulings.shares import count_judged, regrade
from graph.store import ClaimQuery, GraphStore
from tests.contract.builders import NOON, Said, make_extraction

TOLD = "llm tiny/1"
RIGHT, MISREAD, UNDO = JudgementKind.RIGHT, JudgementKind.MISREAD, JudgementKind.UNDO


def _tell(number: int, reader: str = TOLD, score: float = FAIR_FROM) -> Said:
    text = f"OpenAI sued DeepSeek, {number}."
    return Said(text, "OpenAI", "DeepSeek", predicate=Predicate.SUED, reader=reader, score=score)


def _make_stories(count: int) -> list[Extraction]:
    """So many claims of a language model, ten an article; the last of each it called weak itself."""
    told = [_tell(number, score=TOLD_WEAK if number % 10 == 9 else FAIR_FROM) for number in range(count)]
    pages = [told[start : start + 10] for start in range(0, count, 10)]
    return [make_extraction(*page, url=f"https://news.example/{n}") for n, page in enumerate(pages)]


def _judge(store: GraphStore, kind: JudgementKind, *claims: ClaimId, undoes: JudgementId | None = None) -> Judgement:
    when = NOON + timedelta(seconds=len(store.list_judgements()))
    judgement = make_judgement(kind, (), "ann", when, "so it says", claims=claims, undoes=undoes)
    assert store.judge(judgement)
    derive(store)
    return judgement


def _read_scores(store: GraphStore) -> set[float | None]:
    """Of full statements; those that the model called weak have theirs."""
    claims = store.find_claims(ClaimQuery(), limit=500).claims
    assert {claim.score for claim in claims if claim.text.endswith("9.")} <= {TOLD_WEAK}
    return {claim.score for claim in claims if not claim.text.endswith("9.")}


def _ids(claims: Sequence[Claim]) -> list[ClaimId]:
    return [claim.id for claim in claims]


def test_the_share_that_was_right_is_counted_by_reader(store: GraphStore) -> None:
    said = (_tell(0), _tell(1), _tell(2), _tell(3, "learned 5"), _tell(4, "hand 1"), _tell(5, "llm tiny/2"))
    story = make_extraction(*said)
    store.add([story])
    assert count_judged(store) == ()
    one, two, three, small, given, _ = _ids(story.claims)
    _judge(store, RIGHT, one, two, small, given)
    _judge(store, MISREAD, three)
    assert count_judged(store) == (Share("reader", TOLD, 3, 2), Share("reader", "learned 5", 1, 1))


def test_of_one_claim_the_last_verdict_counts(store: GraphStore) -> None:
    story = make_extraction(_tell(0))
    store.add([story])
    [claim] = story.claims
    _judge(store, MISREAD, claim.id)
    after = _judge(store, RIGHT, claim.id)
    assert count_judged(store) == (Share("reader", TOLD, 1, 1),)
    assert [grade_claim(one) for one in store.get_claims([claim.id])] == [Grade.FAIR]
    assert store.cypher("MATCH (c:Claim) WHERE c.misread IS NOT NULL RETURN c.id").rows == ()
    _judge(store, UNDO, undoes=after.id)
    assert count_judged(store) == (Share("reader", TOLD, 1, 0),)
    assert [one.misread for one in store.get_claims([claim.id])] == ["so it says"]


def test_a_verdict_stays_with_the_very_claim(store: GraphStore) -> None:
    story = make_extraction(_tell(0), _tell(1))
    store.add([story])
    first, second = story.claims
    judged = _judge(store, RIGHT, first.id, second.id)
    heir = replace(first, id=ClaimId("cheir"), predicate=Predicate.DISPUTES, reader="learned 5")
    store.replace(replace(story, claims=(heir, replace(second, reader="learned 5"))))
    assert store.list_heirs() == {first.id: heir.id}
    assert store.list_judgements() == (judged,)
    assert count_judged(store) == (Share("reader", "learned 5", 1, 1),)


@pytest.mark.parametrize(
    ("wrong", "score", "grade"), [(0, 1.0, Grade.SURE), (20, 0.6, Grade.FAIR), (45, STORED_FROM, Grade.WEAK)]
)
def test_from_the_fiftieth_judged_on_the_share_is_the_score(
    store: GraphStore, wrong: int, score: float, grade: Grade
) -> None:
    stories = _make_stories(70)
    store.add(stories)
    ids = [claim.id for story in stories for claim in story.claims]
    derive(store)
    if wrong:
        _judge(store, MISREAD, *ids[:wrong])
    _judge(store, RIGHT, *ids[wrong : JUDGED_FROM - 1])
    assert _read_scores(store) == {FAIR_FROM}
    last = _judge(store, RIGHT, ids[JUDGED_FROM - 1])
    # What stays in its grade keeps its score.
    assert _read_scores(store) == {FAIR_FROM if grade is Grade.FAIR else score}
    assert {grade_claim(claim) for claim in store.get_claims(ids[60:69])} == {grade}
    assert regrade(store) == 0
    assert store.count_queued() == 0
    _judge(store, UNDO, undoes=last.id)
    assert _read_scores(store) == {FAIR_FROM}


def test_only_that_reader_alone_is_regraded(store: GraphStore) -> None:
    told = _make_stories(50)
    others = make_extraction(_tell(50, "learned 5"), _tell(51, "llm other/1"), _tell(52, "both learned 5 + llm tiny/1"))
    store.add([*told, replace(others, article=others.article)])
    derive(store)
    _judge(store, RIGHT, *(claim.id for story in told for claim in story.claims))
    assert {claim.score for claim in store.get_claims(_ids(others.claims))} == {FAIR_FROM}
    assert {claim.score for claim in store.get_claims(_ids(told[0].claims[:9]))} == {1.0}


def test_cut_short_it_goes_on(store: GraphStore) -> None:
    stories = _make_stories(70)
    store.add(stories)
    derive(store)
    ids = [claim.id for story in stories for claim in story.claims]
    when = NOON
    store.judge(make_judgement(RIGHT, (), "ann", when, "so it says", claims=ids[:50]))
    first = stories[-1]
    store.replace(replace(first, claims=tuple(replace(c, score=1.0) for c in first.claims[:9]) + first.claims[9:]))
    assert regrade(store) == 6
    assert _read_scores(store) == {1.0}
