"""Judgements about who is who: every answer follows them, and every one can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import JudgementRefused, NotFound
from graph.judging.making import make_judgement
from graph.records import (
    ArticleId,
    Claim,
    ClaimId,
    Entity,
    EntityId,
    EntityType,
    Extraction,
    Judgement,
    JudgementId,
    JudgementKind,
    Mention,
    Relation,
    Tie,
)
from graph.rulings.resolve import derive_entity, derive_extraction, derive_identity
from graph.store import ClaimQuery, Facet, GraphStore
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, Said, make_extraction

DS = Entity(EntityId("ds-inc"), "DS Inc", EntityType.COMPANY, "ディーエス", ("R1",), "Q9")
FIRST = make_extraction(Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",)))
SECOND = make_extraction(Said("DeepSeek is fine."), url="https://news.example/2")


def _about_ds(extraction: Extraction) -> Extraction:
    """The same extraction as if it had named DS Inc where it names DeepSeek."""

    def swap(claim: Claim) -> Claim:
        party = replace(claim.subject, entity=DS.id)
        return replace(claim, id=ClaimId("c" + claim.id[:0:-1]), subject=party)

    mentions = tuple(replace(m, entity=DS.id) if m.entity == DEEPSEEK.id else m for m in extraction.mentions)
    entities = (*(entity for entity in extraction.entities if entity != DEEPSEEK), DS)
    return replace(extraction, entities=entities, mentions=mentions, claims=tuple(map(swap, extraction.claims)))


THIRD = _about_ds(make_extraction(Said("DeepSeek is denied.", object="OpenAI"), url="https://news.example/3"))


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([FIRST, SECOND, THIRD])
    store.add_entities(
        [], [Tie(OPENAI.id, Relation.COMPETES_WITH, DS.id, "t"), Tie(DS.id, Relation.OWNS, OPENAI.id, "t")]
    )
    return store


_COUNTER = iter(range(10**9))


def judge(
    store: GraphStore,
    kind: JudgementKind,
    *entities: EntityId,
    undoes: JudgementId | None = None,
    aliases: Sequence[str] = (),
    claims: Sequence[ClaimId] = (),
    articles: Sequence[ArticleId] = (),
) -> Judgement:
    judgement = make_judgement(
        kind,
        entities,
        "ann",
        NOON + timedelta(seconds=next(_COUNTER)),
        "seen in the filing",
        aliases=aliases,
        claims=claims,
        articles=articles,
        undoes=undoes,
    )
    assert store.judge(judgement)
    return judgement


def undo(store: GraphStore, judgement: Judgement) -> Judgement:
    return judge(store, JudgementKind.UNDO, undoes=judgement.id)


def merge(store: GraphStore) -> Judgement:
    return judge(store, JudgementKind.MERGE, DEEPSEEK.id, DS.id)


def about(store: GraphStore, id: EntityId) -> set[ClaimId]:
    return {claim.id for claim in store.find_claims(ClaimQuery(about=(id,))).claims}


def look(store: GraphStore) -> object:
    """Everything that judgements bear upon."""
    ids = (DEEPSEEK.id, DS.id, OPENAI.id, MICROSOFT.id)
    return (
        store.get_entities(ids),
        [store.find_entities(text) for text in ("DeepSeek", "DS Inc", "R1", "ディーエス", "深度求索", "DS")],
        [(about(store, id), store.list_ties(id), store.list_articles(id)) for id in ids],
        store.find_claims(ClaimQuery()).claims,
        [store.list_mentions(extraction.article.id) for extraction in (FIRST, SECOND, THIRD)],
        store.list_entities(),
        store.list_entities(since=NOON),
        store.list_new_names(),
        store.count(),
        store.count_claims(ClaimQuery(about=(DEEPSEEK.id,)), Facet.TYPE),
    )


def check_against_the_pure_view(store: GraphStore) -> None:
    """What the store answers is what resolve.py makes of what was added and judged."""
    identity = derive_identity(store.list_judgements())
    ids = [entity.id for entity in store.iter_entities()]
    added = {entity.id: entity for entity in store.get_entities(ids, as_added=True)}
    for extraction in store.iter_extractions():
        derived = derive_extraction(identity, extraction)
        assert store.list_mentions(extraction.article.id) == derived.mentions
        assert store.get_claims([claim.id for claim in derived.claims]) == derived.claims
    for id in added:
        root = added[identity.find_root(id)]
        members = [added[member] for member in identity.list_members(root.id)]
        assert store.get_entities([id]) == (derive_entity(identity, root, members),)


def test_days_of_a_tie_are_corrected_for_one_of_two_that_are_one(full: GraphStore) -> None:
    old = Tie(DS.id, Relation.PARTNER_OF, MICROSOFT.id, "a table, until 2024")
    own, new = replace(old, subject=DEEPSEEK.id), replace(old, source="a table, until 2026")
    full.add_entities([MICROSOFT], [old, own])
    merged = merge(full)
    full.add_entities([], [own, new])
    assert [tie.source for tie in full.list_ties(MICROSOFT.id)] == [own.source, new.source]
    full.add_entities([], [replace(new, subject=DEEPSEEK.id), new])
    assert full.list_ties(MICROSOFT.id) == (replace(new, subject=DEEPSEEK.id),)
    undo(full, merged)
    assert {*full.list_ties(MICROSOFT.id)} == {new, replace(new, subject=DEEPSEEK.id)}


def test_a_tie_that_its_table_has_no_more_goes_from_one_of_two_that_are_one(full: GraphStore) -> None:
    own, other = (Tie(id, Relation.PARTNER_OF, MICROSOFT.id, "a table") for id in (DEEPSEEK.id, DS.id))
    full.add_entities([MICROSOFT], [own, other])
    merged = merge(full)
    full.add_entities([], [own])
    assert full.list_ties(MICROSOFT.id) == (own,)
    full.add_entities([], [replace(own, relation=Relation.OWNS)])
    assert [tie.relation for tie in full.list_ties(MICROSOFT.id)] == [Relation.OWNS]
    undo(full, merged)
    assert full.list_ties(MICROSOFT.id) == (replace(own, relation=Relation.OWNS),)


def test_a_merge_makes_one_of_two(full: GraphStore) -> None:
    merge(full)
    [entity] = full.get_entities([DEEPSEEK.id])
    assert entity.aliases == ("深度求索", "DS Inc", "ディーエス", "R1")
    assert (entity.name, entity.name_ja, entity.wikidata) == ("DeepSeek", "ディープシーク", "Q9")
    assert full.get_entities([DS.id]) == (entity,)
    assert full.find_entities("ds inc") == (entity,)
    assert about(full, DEEPSEEK.id) == about(full, DS.id) == {e.claims[0].id for e in (FIRST, SECOND, THIRD)}
    assert full.get_claims([THIRD.claims[0].id])[0].subject.entity == DEEPSEEK.id
    assert full.list_entities()[0].claims == 3
    assert len(full.list_articles(DEEPSEEK.id)) == 3
    assert full.count().entities == 3
    assert {tie.subject for tie in full.list_ties(DEEPSEEK.id)} == {DEEPSEEK.id, OPENAI.id}
    check_against_the_pure_view(full)


def test_a_merge_taken_back_leaves_what_was(full: GraphStore) -> None:
    before = look(full)
    undo(full, merge(full))
    assert look(full) == before
    check_against_the_pure_view(full)


def test_an_undo_taken_back_lets_the_merge_count_again(full: GraphStore) -> None:
    judgement = merge(full)
    after = look(full)
    undo(full, undo(full, judgement))
    assert look(full) == after


def test_cypher_follows_a_merge_and_its_undo(full: GraphStore) -> None:
    query = (
        "MATCH (c:Claim)-[:SUBJECT]->(e:Company) RETURN e.id AS id, e.aliases AS aliases, count(c) AS n ORDER BY n DESC"
    )
    before = full.cypher(query).rows
    judgement = merge(full)
    assert full.cypher(query).rows == (("deepseek", ["深度求索", "DS Inc", "ディーエス", "R1"], 3),)
    assert full.cypher("MATCH (e:Entity {id: 'ds-inc'}) RETURN e.id AS id").rows == ()
    assert full.cypher("MATCH (:Entity {id: 'deepseek'})-[:OWNS]->(o) RETURN o.id AS id").rows == (("openai",),)
    undo(full, judgement)
    assert full.cypher(query).rows == before


def test_what_is_added_later_follows_a_merge(full: GraphStore) -> None:
    judgement = merge(full)
    later = _about_ds(make_extraction(Said("DeepSeek again."), url="https://news.example/4"))
    later = replace(later, entities=(replace(DS, aliases=("DS Ltd",)),))
    full.add([later])
    assert full.get_claims([later.claims[0].id])[0].subject.entity == DEEPSEEK.id
    assert full.find_entities("DS Ltd")[0].id == DEEPSEEK.id
    check_against_the_pure_view(full)
    undo(full, judgement)
    assert full.get_claims([later.claims[0].id]) == later.claims
    assert full.find_entities("DS Ltd")[0].id == DS.id
    check_against_the_pure_view(full)


def test_curating_a_merged_entity_leaves_the_merge(full: GraphStore) -> None:
    merge(full)
    full.add_entities([replace(DS, curated=True, aliases=("R1", "DSI"))])
    assert full.find_entities("DSI")[0].id == DEEPSEEK.id
    assert full.find_entities("DSI")[0].curated
    check_against_the_pure_view(full)


def test_merges_follow_one_another(full: GraphStore) -> None:
    first = merge(full)
    judge(full, JudgementKind.MERGE, OPENAI.id, DEEPSEEK.id)
    assert full.get_entities([DS.id])[0].id == OPENAI.id
    undo(full, first)
    assert full.get_entities([DS.id])[0].id == DS.id
    assert full.get_entities([DEEPSEEK.id])[0].id == OPENAI.id
    check_against_the_pure_view(full)


def test_claims_leave_by_a_split_with_their_mentions(full: GraphStore) -> None:
    before = look(full)
    judgement = judge(full, JudgementKind.SPLIT, DEEPSEEK.id, DS.id, claims=[SECOND.claims[0].id])
    assert about(full, DEEPSEEK.id) == {FIRST.claims[0].id}
    assert about(full, DS.id) == {SECOND.claims[0].id, THIRD.claims[0].id}
    assert [mention.entity for mention in full.list_mentions(SECOND.article.id)] == [DS.id]
    check_against_the_pure_view(full)
    undo(full, judgement)
    assert look(full) == before


def test_articles_leave_by_a_split(full: GraphStore) -> None:
    judge(full, JudgementKind.SPLIT, DEEPSEEK.id, DS.id, articles=[FIRST.article.id])
    assert about(full, DEEPSEEK.id) == {SECOND.claims[0].id}
    check_against_the_pure_view(full)


def test_spellings_leave_by_a_split_with_what_is_and_will_be_written_so(full: GraphStore) -> None:
    text = "深度求索 is old."
    written = make_extraction(Said(text), url="https://news.example/5")
    written = replace(written, mentions=(Mention(DEEPSEEK.id, (0, 4), "深度求索"),))
    full.add([written])
    judge(full, JudgementKind.SPLIT, DEEPSEEK.id, DS.id, aliases=["深度求索"])
    later = make_extraction(Said(text), url="https://news.example/6")
    full.add([replace(later, mentions=written.mentions)])
    assert {written.claims[0].id, later.claims[0].id} < about(full, DS.id)
    assert about(full, DEEPSEEK.id) == {FIRST.claims[0].id, SECOND.claims[0].id}
    assert full.find_entities("深度求索")[0].id == DS.id
    check_against_the_pure_view(full)


def test_an_alias_is_added_and_withdrawn(full: GraphStore) -> None:
    before = look(full)
    added = judge(full, JudgementKind.ALIAS_ADDED, DEEPSEEK.id, aliases=["Whale"])
    assert full.find_entities("whale")[0].id == DEEPSEEK.id
    withdrawn = judge(full, JudgementKind.ALIAS_WITHDRAWN, DEEPSEEK.id, aliases=["深度求索"])
    assert full.find_entities("深度求索") == ()
    assert full.get_entities([DEEPSEEK.id])[0].aliases == ("Whale",)
    full.add([replace(make_extraction(url="https://news.example/7"), entities=(DEEPSEEK,))])
    assert full.find_entities("深度求索") == ()
    check_against_the_pure_view(full)
    undo(full, added)
    undo(full, withdrawn)
    assert look(full)[:2] == before[:2]  # type: ignore[index]


def test_a_merge_of_what_is_not_the_same_is_refused_until_that_is_undone(full: GraphStore) -> None:
    apart = judge(full, JudgementKind.APART, DEEPSEEK.id, DS.id)
    with pytest.raises(JudgementRefused, match=rf"ann judged on .*seen in the filing.*undo {apart.id}"):
        merge(full)
    assert len(full.list_judgements()) == 1
    undo(full, apart)
    merge(full)


def test_a_merge_by_way_of_a_third_is_refused_too(full: GraphStore) -> None:
    judge(full, JudgementKind.APART, DEEPSEEK.id, DS.id)
    judge(full, JudgementKind.MERGE, OPENAI.id, DS.id)
    with pytest.raises(JudgementRefused, match="not the same"):
        judge(full, JudgementKind.MERGE, OPENAI.id, DEEPSEEK.id)


def test_a_merge_does_not_come_back_over_apart(full: GraphStore) -> None:
    taken = undo(full, merge(full))
    judge(full, JudgementKind.APART, DS.id, DEEPSEEK.id)
    with pytest.raises(JudgementRefused, match="not the same"):
        undo(full, taken)


@pytest.mark.parametrize(
    ("kind", "entities", "words"),
    [
        (JudgementKind.MERGE, (DEEPSEEK.id,), "names 1"),
        (
            JudgementKind.MERGE,
            (DEEPSEEK.id, DEEPSEEK.id),
            "one entity already, deepseek: by the tables, .* history deepseek` lists",
        ),
        (JudgementKind.APART, (DEEPSEEK.id, DEEPSEEK.id), "are one entity"),
        (JudgementKind.SPLIT, (DEEPSEEK.id, DS.id), "which claims"),
        (JudgementKind.ALIAS_ADDED, (DEEPSEEK.id,), "give a spelling"),
    ],
)
def test_a_judgement_that_says_nothing_is_refused(
    full: GraphStore, kind: JudgementKind, entities: tuple[EntityId, ...], words: str
) -> None:
    with pytest.raises(JudgementRefused, match=words):
        judge(full, kind, *entities)


def test_a_name_is_not_withdrawn(full: GraphStore) -> None:
    with pytest.raises(JudgementRefused, match="is the name of deepseek"):
        judge(full, JudgementKind.ALIAS_WITHDRAWN, DEEPSEEK.id, aliases=["deep seek"])


def test_a_claim_that_does_not_name_the_entity_cannot_leave_it(full: GraphStore) -> None:
    with pytest.raises(JudgementRefused, match="does not name microsoft"):
        judge(full, JudgementKind.SPLIT, MICROSOFT.id, DS.id, claims=[SECOND.claims[0].id])


def test_what_is_not_there_is_named(full: GraphStore) -> None:
    with pytest.raises(NotFound, match="no entity nobody"):
        judge(full, JudgementKind.MERGE, DEEPSEEK.id, EntityId("nobody"))
    with pytest.raises(NotFound, match="no claim c0"):
        judge(full, JudgementKind.SPLIT, DEEPSEEK.id, DS.id, claims=[ClaimId("c0")])
    with pytest.raises(NotFound, match="no article a0"):
        judge(full, JudgementKind.SPLIT, DEEPSEEK.id, DS.id, articles=[ArticleId("a0")])
    with pytest.raises(NotFound, match="no judgement j0"):
        judge(full, JudgementKind.UNDO, undoes=JudgementId("j0"))
    assert full.list_judgements() == ()


def test_what_is_taken_back_cannot_be_taken_back_again(full: GraphStore) -> None:
    judgement = merge(full)
    taken = undo(full, judgement)
    with pytest.raises(JudgementRefused, match=f"undo {taken.id} to let it count"):
        undo(full, judgement)


def test_the_same_judgement_again_changes_nothing(full: GraphStore) -> None:
    judgement = merge(full)
    assert not full.judge(judgement)
    assert full.list_judgements() == (judgement,)


def test_judgements_come_back_as_they_were_made(full: GraphStore) -> None:
    made = [
        merge(full),
        judge(full, JudgementKind.ALIAS_ADDED, OPENAI.id, aliases=["オープン"]),
        judge(full, JudgementKind.SPLIT, DEEPSEEK.id, MICROSOFT.id, claims=[SECOND.claims[0].id], aliases=["R1"]),
    ]
    made.append(undo(full, made[0]))
    assert full.list_judgements() == tuple(made)
    assert full.list_judgements(OPENAI.id) == (made[1],)
    assert full.list_judgements(DS.id) == (made[0], made[3])
    assert full.list_judgements(DEEPSEEK.id) == (made[0], made[2], made[3])


def test_a_merge_leaves_what_was_added(full: GraphStore) -> None:
    ids = [entity.id for entity in full.iter_entities()]
    before = full.get_entities(ids, as_added=True)
    merge(full)
    assert full.get_entities(ids, as_added=True) == before


def test_curated_entities_are_read_with_their_tables_aliases(store: GraphStore) -> None:
    store.add_entities([replace(DEEPSEEK, curated=True)])
    store.add([replace(FIRST, entities=(*FIRST.entities, replace(DEEPSEEK, aliases=("Whale",))))])
    [curated] = [entity for entity in store.iter_entities() if entity.curated]
    assert curated.aliases == ("深度求索",)
    [extraction] = store.iter_extractions()
    assert [e.aliases for e in extraction.entities if e.id == DEEPSEEK.id] == [("深度求索", "Whale")]


def test_what_was_added_can_be_read_whole(full: GraphStore) -> None:
    merge(full)
    found = {extraction.article.id: extraction for extraction in full.iter_extractions()}
    for extraction in (FIRST, SECOND, THIRD):
        back = found[extraction.article.id]
        assert replace(back, entities=()) == replace(extraction, entities=())
        assert {*back.entities} == {*extraction.entities}
    assert {entity.id for entity in full.iter_entities()} == {DEEPSEEK.id, DS.id, OPENAI.id, MICROSOFT.id}
    assert len([*full.iter_ties()]) == 2


def test_some_articles_are_read_as_all_are(full: GraphStore) -> None:
    merge(full)
    found = {extraction.article.id: extraction for extraction in full.iter_extractions()}
    ids = [THIRD.article.id, FIRST.article.id]
    assert full.get_extractions([ids[0], ArticleId("nowhere"), ids[1], ids[0]]) == tuple(found[id] for id in ids)
    assert full.get_extractions([]) == ()


_IDS = st.sampled_from([DEEPSEEK.id, DS.id, OPENAI.id, MICROSOFT.id])
_PAIRS = st.tuples(_IDS, _IDS)
_CLAIMS = st.lists(st.sampled_from([e.claims[0].id for e in (FIRST, SECOND, THIRD)]), max_size=2).map(tuple)
_ARTICLES = st.lists(st.sampled_from([e.article.id for e in (FIRST, SECOND, THIRD)]), max_size=1).map(tuple)
_WORDS = ["DeepSeek", "R1", "深度求索", "Open AI", "OpenAI", "new"]
_ALIASES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=2).map(tuple)


@dataclass(frozen=True, slots=True)
class Step:
    """A judgement to be made."""

    kind: JudgementKind
    entities: tuple[EntityId, ...]
    aliases: tuple[str, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    articles: tuple[ArticleId, ...] = ()


_STEPS: st.SearchStrategy[Step | int] = st.one_of(
    st.builds(Step, st.sampled_from([JudgementKind.MERGE, JudgementKind.APART]), _PAIRS),
    st.builds(Step, st.just(JudgementKind.SPLIT), _PAIRS, _ALIASES | st.just(()), _CLAIMS, _ARTICLES),
    st.builds(
        Step,
        st.sampled_from([JudgementKind.ALIAS_ADDED, JudgementKind.ALIAS_WITHDRAWN]),
        st.tuples(_IDS),
        _ALIASES,
    ),
    st.integers(0, 20),
)


def test_any_judgements_taken_back_in_any_order_leave_what_was(full: GraphStore) -> None:
    """A number among the steps takes back one of the judgements made until then, be it an undo."""

    # A server takes some seconds for an example; what it derives is the one resolve.py for both.
    @settings(max_examples=25 if isinstance(full, SqliteStore) else 6, deadline=None)
    @given(steps=st.lists(_STEPS, max_size=10), seed=st.integers(0, 999))
    def check(steps: list[Step | int], seed: int) -> None:
        _check_taken_back(full, steps, seed)

    check()


def _check_taken_back(full: GraphStore, steps: list[Step | int], seed: int) -> None:
    before = look(full)
    made: list[Judgement] = []
    for step in steps:
        try:
            if isinstance(step, int):
                made += [undo(full, made[step % len(made)])] if made else []
            else:
                made.append(
                    judge(
                        full,
                        step.kind,
                        *step.entities,
                        aliases=step.aliases,
                        claims=step.claims,
                        articles=step.articles,
                    )
                )
        except JudgementRefused:
            continue
    check_against_the_pure_view(full)
    counting = derive_identity(full.list_judgements()).counting
    left = [j for j in made if j.id in counting and j.kind is not JudgementKind.UNDO]
    Random(seed).shuffle(left)
    for judgement in left:
        undo(full, judgement)
    assert look(full) == before
    check_against_the_pure_view(full)
