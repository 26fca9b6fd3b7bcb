"""An article read again: what is stored of it is what is read now, and nothing that was decided is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graph.answers.queries import get_article
from graph.deriving import derive
from graph.errors import JudgementRefused, NotFound
from graph.formats.copying import copy
from graph.formats.importing import import_lines
from graph.formats.lines import iter_lines
from graph.judging.making import make_judgement
from graph.records import (
    ArticleId,
    ClaimId,
    ClaimType,
    EntityId,
    Judgement,
    JudgementId,
    JudgementKind,
    Modality,
    Polarity,
    Predicate,
    Rereading,
)
from graph.rulings.heirs import find_heirs, hand_on
from graph.store import ClaimQuery, GraphStore
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

RELEASED = Said("DeepSeek released R1.", object="R1", type=ClaimType.RELEASE, predicate=Predicate.RELEASED)
DISTILLED = Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",), score=0.3)
TOOK = replace(DISTILLED, predicate=Predicate.TOOK_TECHNOLOGY_FROM, reader="test 2", score=0.8)
SURER = replace(RELEASED, score=0.9, reader="test 2", modality=Modality.REPORTED)
NEW = Said("OpenAI denied it.", subject="OpenAI", object="DeepSeek", predicate=Predicate.SUED, reader="test 2")
BEFORE = make_extraction(RELEASED, DISTILLED, replace(NEW, predicate=Predicate.DISTILLED_FROM, object="R1"))
AFTER = make_extraction(SURER, TOOK, NEW)
OTHER = make_extraction(
    replace(DISTILLED, text="DeepSeek distilled OpenAI, Microsoft says."),
    replace(RELEASED, text="R1 came from DeepSeek."),
    url="https://other.example/2",
    at=NOON + timedelta(days=1),
)


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([BEFORE, OTHER])
    derive(store)
    return store


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store that never had anything else."""
    with SqliteStore(tmp_path / "fresh.db") as store:
        store.add([AFTER, OTHER])
        derive(store)
        yield store


def _look(store: GraphStore) -> object:
    """All that a store tells of claims, their parties and what follows from them."""
    derive(store)
    ids = [DEEPSEEK.id, OPENAI.id, MICROSOFT.id, R1.id]
    return (
        sorted(store.find_claims(ClaimQuery()).claims, key=lambda claim: claim.id),
        [sorted(claim.id for claim in store.find_claims(ClaimQuery(about=(id,))).claims) for id in ids],
        [claim.id for claim in store.find_claims(ClaimQuery(words=("denied",))).claims],
        sorted((one.entity.id, one.claims) for one in store.list_entities()),
        store.list_mentions(AFTER.article.id),
        sorted((one.id, one.status, one.links, one.events) for one in store.iter_propositions()),
        store.count().claims,
        sorted(store.cypher("MATCH (a:Article)-[:STATES]->(c:Claim) RETURN a.id, c.id, c.score").rows, key=str),
        sorted(store.cypher("MATCH (c:Claim)-[r]->(e:Entity) RETURN c.id, type(r), e.id").rows),
        sorted(store.cypher("MATCH (c:Claim)-[:SAYS]->(p:Proposition)-[:HAD]->(e) RETURN c.id, p.id, e.basis").rows),
        store.cypher("MATCH (n) RETURN count(n) AS n").rows,
    )


def test_it_is_what_a_store_is_that_never_had_anything_else(full: GraphStore, fresh: SqliteStore) -> None:
    assert full.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == ((5,),)
    full.replace(AFTER)
    assert _look(full) == _look(fresh)


def test_the_same_again_changes_nothing(full: GraphStore) -> None:
    before = _look(full)
    full.replace(BEFORE)
    assert full.count_queued() == 0
    assert _look(full) == before


def test_back_and_forth_it_is_what_it_was(full: GraphStore) -> None:
    before = _look(full)
    full.replace(AFTER)
    full.replace(BEFORE)
    assert _look(full) == before


def test_without_claims_and_with_them_again(full: GraphStore, fresh: SqliteStore) -> None:
    full.replace(replace(AFTER, claims=(), mentions=()))
    assert full.list_mentions(AFTER.article.id) == ()
    assert {claim.article_id for claim in full.find_claims(ClaimQuery()).claims} == {OTHER.article.id}
    derive(full)
    full.replace(AFTER)
    assert _look(full) == _look(fresh)


def test_until_all_is_derived_nothing_rests_on_what_is_gone(full: GraphStore) -> None:
    full.replace(replace(AFTER, claims=()))
    there = {claim.id for claim in full.find_claims(ClaimQuery()).claims}
    for one in full.iter_propositions():
        assert {link.claim for link in one.links} <= there
        assert {id for event in one.events for id in event.basis} <= there


def test_what_is_not_there_cannot_be_read_again(full: GraphStore) -> None:
    with pytest.raises(NotFound, match="add it first"):
        full.replace(make_extraction(NEW, url="https://elsewhere.example/9"))


def test_what_stays_and_what_comes_stand_side_by_side(store: GraphStore) -> None:
    said = [replace(RELEASED, text=f"DeepSeek released R1, {n}.") for n in range(4)]
    text = make_extraction(*said)
    for before in ([0], [0, 1], [1, 2], [3]):
        for after in ([0, 1, 2, 3], [0, 3], [1, 3], [2]):
            told = tuple(replace(text.claims[n], reader="test 2") for n in after)
            store.add([text])
            store.replace(replace(text, claims=tuple(text.claims[n] for n in before)))
            store.replace(replace(text, claims=told))
            [held] = store.iter_extractions()
            assert held.claims == told


OLD, HEIR = BEFORE.claims[1].id, AFTER.claims[1].id
LOST = BEFORE.claims[2].id
FAR = OTHER.claims[0].id


def test_an_old_address_leads_to_the_heir(full: GraphStore) -> None:
    full.replace(AFTER)
    assert full.list_heirs([OLD, LOST, FAR]) == {OLD: HEIR}
    assert full.list_heirs() == {OLD: HEIR}
    again = make_extraction(SURER, replace(TOOK, predicate=Predicate.MISLED, object="OpenAI"), NEW)
    full.replace(again)
    assert full.list_heirs() == dict.fromkeys(sorted([OLD, HEIR]), again.claims[1].id)
    full.replace(replace(again, claims=again.claims[:1]))
    assert full.list_heirs() == {}


def _judge(
    store: GraphStore,
    kind: JudgementKind,
    claims: tuple[ClaimId, ...] = (),
    entities: tuple[EntityId, ...] = (),
    undoes: JudgementId | None = None,
) -> Judgement:
    when = NOON + timedelta(days=2, seconds=len(store.list_judgements()))
    judgement = make_judgement(kind, entities, "ann", when, "it is so", claims=claims, undoes=undoes)
    assert store.judge(judgement)
    return judgement


def test_a_ruling_follows_the_heir(full: GraphStore) -> None:
    parted = _judge(full, JudgementKind.PART, (OLD, FAR))
    derive(full)
    full.replace(AFTER)
    [held] = full.list_judgements()
    assert held == replace(parted, claims=(HEIR, FAR))
    with pytest.raises(JudgementRefused, match="parted them"):
        _judge(full, JudgementKind.JOIN, (FAR, HEIR))
    _judge(full, JudgementKind.UNDO, undoes=parted.id)
    joined = _judge(full, JudgementKind.JOIN, (FAR, HEIR))
    derive(full)
    found = full.find_propositions_of([FAR, HEIR])
    assert found[FAR] == found[HEIR]
    assert full.list_judgements()[-1] == joined


def test_a_ruling_without_an_heir_is_kept_and_listed(full: GraphStore) -> None:
    joined = _judge(full, JudgementKind.JOIN, (LOST, FAR))
    pinned = _judge(full, JudgementKind.PIN, (FAR, LOST))
    derive(full)
    full.replace(AFTER)
    derive(full)
    assert full.list_judgements() == (joined, pinned)
    undone = _judge(full, JudgementKind.UNDO, undoes=joined.id)
    assert full.list_judgements() == (joined, pinned, undone)
    full.replace(BEFORE)
    assert full.list_judgements() == (joined, pinned, undone)


def test_a_split_follows_the_heir(full: GraphStore) -> None:
    full.add_entities([replace(DEEPSEEK, id=EntityId("ds-two"), name="DS Two", aliases=(), name_ja=None)])
    split = _judge(full, JudgementKind.SPLIT, (OLD,), (DEEPSEEK.id, EntityId("ds-two")))
    full.replace(AFTER)
    assert full.list_judgements() == (replace(split, claims=(HEIR,)),)
    assert [claim.id for claim in full.find_claims(ClaimQuery(about=(EntityId("ds-two"),))).claims] == [HEIR]
    stored = {claim.id: claim for one in full.iter_extractions() for claim in one.claims}
    assert stored[HEIR] == AFTER.claims[1]
    full.add([make_extraction(NEW, url="https://third.example/3")])  # whoever else writes knows of it too
    assert [claim.id for claim in full.find_claims(ClaimQuery(about=(EntityId("ds-two"),))).claims] == [HEIR]


def test_heirs_go_along_when_a_store_is_copied(full: GraphStore, tmp_path: Path) -> None:
    rulings = (_judge(full, JudgementKind.JOIN, (LOST, FAR)), _judge(full, JudgementKind.PIN, (FAR, LOST)))
    full.replace(AFTER)
    with SqliteStore(tmp_path / "copy.db") as target:
        copy(full, target)
        assert target.list_heirs() == {OLD: HEIR}
        assert target.list_judgements() == rulings
        full.add_heirs(target.list_heirs())
        assert full.list_heirs([OLD]) == {OLD: HEIR}


def test_what_another_store_kept_is_taken_over_whole(store: GraphStore, tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "source.db") as source:
        source.add([BEFORE, OTHER])
        rulings = (_judge(source, JudgementKind.JOIN, (LOST, FAR)), _judge(source, JudgementKind.PIN, (FAR, LOST)))
        source.replace(AFTER)
        copy(source, store)
        copy(source, store)
    assert store.list_heirs() == {OLD: HEIR}
    assert store.list_judgements() == rulings


def test_heirs_agree_on_the_parties() -> None:
    claim = BEFORE.claims[1]
    other = AFTER.claims[1]
    assert find_heirs(BEFORE.claims, AFTER.claims) == {OLD: HEIR}
    elsewhere = replace(other, span=(500, 530))
    assert find_heirs([claim], [elsewhere]) == {}
    assert find_heirs([claim], [replace(other, subject=claim.object or claim.subject)]) == {}
    denied = replace(other, id=ClaimId("cdenied"), polarity=Polarity.DENIED)
    assert find_heirs([claim], [denied, other]) == {OLD: HEIR}
    assert find_heirs([claim, other], [other, denied]) == {OLD: denied.id}


def test_what_people_found_against_a_claim_stays_with_it() -> None:
    read = [replace(claim, misread="not said") for claim in BEFORE.claims]
    assert [claim.misread for claim in hand_on(read, AFTER.claims)] == ["not said", "", ""]


REREAD = Rereading(
    AFTER.article.id,
    NOON + timedelta(days=9, microseconds=7),
    ("test 1",),
    ("test 2",),
    came=tuple(claim.id for claim in AFTER.claims[1:]),
    gone=BEFORE.claims[1:],
)


def test_what_the_last_rereading_changed_is_kept(full: GraphStore) -> None:
    assert (full.list_rereadings([AFTER.article.id]), list(full.iter_rereadings())) == ((), [])
    full.replace(AFTER, REREAD)
    assert full.list_rereadings([OTHER.article.id, AFTER.article.id]) == (REREAD,)
    full.replace(replace(AFTER, claims=tuple(replace(claim, refuted="no") for claim in AFTER.claims)))
    assert list(full.iter_rereadings()) == [REREAD]
    later = replace(REREAD, at=REREAD.at + timedelta(days=1), came=(), gone=())
    full.replace(AFTER, later)
    assert list(full.iter_rereadings()) == [later]


def test_its_article_tells_what_came_went_and_stayed(full: GraphStore) -> None:
    assert get_article(full, AFTER.article.id).rereading is None
    full.replace(AFTER, REREAD)
    told = get_article(full, AFTER.article.id).rereading
    assert told is not None
    assert (told.at, told.before, told.after) == (REREAD.at, ("test 1",), ("test 2",))
    assert ([one.id for one in told.came], [one.id for one in told.went]) == ([AFTER.claims[2].id], [LOST])
    assert [(heir.before.id, heir.after.id) for heir in told.heirs] == [(OLD, HEIR)]
    assert told.heirs[0].before.subject.entity


def test_given_claims_neither_come_nor_stay(full: GraphStore) -> None:
    learned = replace(AFTER, claims=(replace(AFTER.claims[0], reader="learned 5"), *AFTER.claims[1:]))
    full.replace(learned, REREAD)
    told = get_article(full, AFTER.article.id).rereading
    assert told is not None
    assert told.stayed == (AFTER.claims[0].id,)


def test_rereadings_go_along_in_copies_and_exports(full: GraphStore, tmp_path: Path) -> None:
    full.replace(AFTER, REREAD)
    with SqliteStore(tmp_path / "copy.db") as target, SqliteStore(tmp_path / "import.db") as imported:
        copy(full, target)
        assert list(target.iter_rereadings()) == [REREAD]
        assert import_lines(imported, [line.encode() for line in iter_lines(full)]).failures == []
        assert list(imported.iter_rereadings()) == [REREAD]
        far = replace(REREAD, article_id=ArticleId("anowhere"))
        full.add_rereadings([replace(REREAD, gone=()), far])
        assert list(full.iter_rereadings()) == [replace(REREAD, gone=())]
